/* Keys for the review desk. Without this file everything works by its buttons and links: a key only
   presses the button that is marked with it, in the quote that is current. */
"use strict";
(() => {
  const room = document.getElementById("review-keys");
  if (!room) return;
  const bar = room.querySelector(".key-bar");
  const button = document.getElementById("review-switch");
  const said = document.getElementById("review-said");
  const failed = document.getElementById("review-failed");
  const NAME = "spoor-review-keys";
  let busy = false;
  let strange = false; // the answer was no desk

  const remembered = () => {
    try { return localStorage.getItem(NAME) !== "off"; } catch { return true; }
  };
  const remember = (on) => {
    try { localStorage.setItem(NAME, on ? "on" : "off"); } catch { /* then for this page only */ }
  };
  const isOn = () => room.dataset.keys === "on";
  const turn = (on) => {
    room.dataset.keys = on ? "on" : "off";
    button.textContent = on ? button.dataset.off : button.dataset.on;
    room.querySelectorAll(".for-script").forEach((one) => { one.hidden = !on; });
  };

  const quotes = () => [...room.querySelectorAll("[data-quote]")];
  const current = () => room.querySelector("[data-quote].is-current");

  /* The current quote, and its words or box in the source, stand out. */
  const choose = (quote) => {
    quotes().forEach((one) => one.classList.toggle("is-current", one === quote));
    room.querySelectorAll("[data-of]").forEach((one) => {
      one.classList.toggle("is-now", one.dataset.of === quote.dataset.quote);
    });
    const place = room.querySelector(".is-now");
    const frame = place && place.closest(".desk-source details");
    if (frame && frame.scrollHeight > frame.clientHeight) {
      const down = place.getBoundingClientRect().top - frame.getBoundingClientRect().top;
      if (down < 0 || down > frame.clientHeight - 80) frame.scrollTop += down - frame.clientHeight / 3;
    }
  };
  const go = (quote) => {
    if (!quote) return;
    choose(quote);
    quote.focus({ preventScroll: true });
    quote.scrollIntoView({ block: "nearest" });
  };
  const step = (by) => {
    const all = quotes();
    const at = all.indexOf(current());
    const inside = current() && current().contains(document.activeElement);
    go(at < 0 ? all[0] : inside ? all[at + by] : all[at]);
  };
  const press = (key) => {
    const scope = key === "u" ? room : current();
    const found = scope && scope.querySelector(`[data-key="${key}"]`);
    if (found) found.click();
    return Boolean(found);
  };

  const splitAtCursor = (area) => {
    const at = area.selectionStart;
    area.value = `${area.value.slice(0, at)}\n\n${area.value.slice(at)}`;
    area.form.requestSubmit();
  };

  document.addEventListener("keydown", (event) => {
    if (!isOn() || event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
    const target = event.target;
    const key = event.key.length === 1 ? event.key.toLowerCase() : event.key;
    let done = false;
    if (busy) return;
    if (key === "Enter" && !event.shiftKey && target.matches("textarea[data-split]")) {
      splitAtCursor(target);
      done = true;
    } else if (key === "Escape") {
      const cancel = room.querySelector('.desk-form [data-key="Escape"]');
      if (cancel) cancel.click();
      done = Boolean(cancel);
    } else if (target.closest(".desk-form") || target.matches("input, textarea, select")) {
      return;
    } else if (key === "Enter" && target.id === "page-done") {
      const on = target.querySelector('[data-key="Enter"]');
      if (on) on.click();
      done = Boolean(on);
    } else if (key === "j" || key === "k") {
      step(key === "j" ? 1 : -1);
      done = true;
    } else if ((key === "ArrowDown" || key === "ArrowUp") && target.matches("[data-quote]")) {
      step(key === "ArrowDown" ? 1 : -1);
      done = true;
    } else if ("aesnmpxu".includes(key)) {
      done = press(key);
    }
    if (done) event.preventDefault();
  });

  room.addEventListener("focusin", (event) => {
    const quote = event.target.closest("[data-quote]");
    if (quote) choose(quote);
  });
  room.addEventListener("click", (event) => {
    const place = event.target.closest("[data-of]");
    if (place) go(document.getElementById(`q-${place.dataset.of}`));
  });

  /* After a deed: say what happened, and put the focus where the work goes on. */
  const settle = () => {
    const desk = document.getElementById("desk");
    said.textContent = desk.dataset.said.trim();
    turn(isOn());
    const form = desk.querySelector(".desk-form");
    const next = desk.querySelector(".error-summary")
      || (form && form.querySelector("textarea, select, [type=radio]:checked, [type=radio]"))
      || document.getElementById(desk.dataset.focus)
      || current();
    if (!next) return;
    next.focus();
    if (next.matches("[data-quote]")) go(next);
  };
  document.body.addEventListener("htmx:beforeRequest", () => { busy = true; strange = false; failed.hidden = true; });
  document.body.addEventListener("htmx:afterRequest", (event) => {
    busy = false;
    failed.hidden = event.detail.successful && !strange;
    if (!failed.hidden) failed.scrollIntoView({ block: "nearest" });
  });
  /* Whoever was signed out meanwhile gets another page: what is written here must not give way. */
  document.body.addEventListener("htmx:beforeSwap", (event) => {
    if (event.detail.xhr.responseText.includes('id="desk"')) return;
    event.detail.shouldSwap = false;
    event.detail.successful = false;
    strange = true;
  });
  document.body.addEventListener("htmx:afterSettle", settle);

  button.addEventListener("click", () => {
    remember(!isOn());
    turn(!isOn());
  });
  bar.hidden = false;
  turn(remembered());
  if (current()) choose(current());
  const opened = room.querySelector(".desk-form textarea, .desk-form select, .desk-form [type=radio]");
  if (opened) opened.focus();
})();
