// A button that copies a text. <button hidden data-copy="id of the field" data-copied="id of the
// status" data-done="what to say then">. Without this file the button stays hidden and the field,
// which is read-only, can be selected by hand.
(() => {
  const select = (field) => {
    field.focus();
    field.select();
  };

  const copy = async (field) => {
    try {
      await navigator.clipboard.writeText(field.value);
      return true;
    } catch {
      // No permission, or a page that was not served over TLS: the old way needs neither.
      select(field);
      return document.execCommand("copy");
    }
  };

  const ready = (button) => {
    const field = document.getElementById(button.dataset.copy);
    const status = document.getElementById(button.dataset.copied);
    button.hidden = false;
    button.addEventListener("click", async () => {
      status.textContent = "";
      const done = await copy(field);
      // A word that did not change would not be read aloud a second time.
      window.setTimeout(() => {
        status.textContent = done ? button.dataset.done : button.dataset.failed;
      }, 50);
    });
  };

  document.querySelectorAll("button[data-copy]").forEach(ready);
})();
