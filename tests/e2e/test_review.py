"""The office reviews quotes with nothing but a keyboard."""

import json
import os
import subprocess
import sys
from collections.abc import Callable
from typing import TYPE_CHECKING

import pytest

from tests.e2e.conftest import OFFICE
from tests.operations.test_supervisor import ROOT, Spoor

if TYPE_CHECKING:
    from playwright.sync_api import Page

pytestmark = [pytest.mark.e2e, pytest.mark.sqlite]

# What the reader doubts is its own affair and gets better: here it doubts three quotes of one page.
DOUBT = """
import json
from quotes.models import Quote
TEXT = "Dit klopt. Dit ook."
page = Quote.objects.counted().exclude(page=None).order_by("page").last().page
Quote.objects.update(confidence=1, complete=True)
mine = list(Quote.objects.counted().filter(page=page).in_page_order()[:5])
for quote in (mine[0], mine[1], mine[3]):
    Quote.objects.filter(pk=quote.pk).update(confidence=0.5, text=TEXT, state="imported")
print(json.dumps([one.reference for one in mine]))
"""
TELL = """
import json
from quotes.models import Quote
rows = Quote.objects.filter(reference__in={names}).values_list("reference", "text", "state")
print(json.dumps({{reference: [text, state] for reference, text, state in rows}}))
"""


def ask(spoor: Spoor, script: str) -> list | dict:
    """Run something in the started Spoor's database, and read what it prints."""
    done = subprocess.run(
        [sys.executable, "manage.py", "shell", "--no-imports", "--command", script],
        cwd=ROOT,
        env={**os.environ, "SPOOR_DATA_DIR": str(spoor.data)},
        capture_output=True,
        text=True,
        check=True,
    )
    return json.loads(done.stdout)


def test_three_quotes_are_reviewed_by_keyboard_only(
    spoor: Spoor, sit_down: Callable[..., "Page"]
) -> None:
    names = ask(spoor, DOUBT)
    page = sit_down(OFFICE, language="en")
    page.goto("/anthology/review/")
    tab_to(page, "Begin with page")
    page.keyboard.press("Enter")
    page.wait_for_selector("#review-keys[data-keys=on]")

    press(page, "a", "Accepted")
    assert focused(page) == names[1], "on to the next one that is doubted"
    page.keyboard.press("s")
    page.wait_for_selector(".desk-form [type=radio]:focus")
    press(page, "Enter", "is split: the second part is")
    assert focused(page) == names[3]
    page.keyboard.press("e")
    page.wait_for_selector(".desk-form textarea:focus")
    page.keyboard.press("Control+A")
    page.keyboard.type("Zo staat het er, met een a en een x.")
    tab_to(page, "Store the words")
    press(page, "Enter", "Changed")
    assert "This page is done" in page.locator("h1").inner_text()

    press(page, "u", "Undone")
    page.keyboard.press("s")
    page.locator(".desk-form textarea").focus()
    page.keyboard.press("Control+Home")
    page.keyboard.press("Control+ArrowRight")
    press(page, "Enter", "is split")
    press(page, "u", "Undone")
    press(page, "x", "is no quote now")
    stands = ask(spoor, TELL.format(names=names))
    assert stands[names[0]][1] == "reviewed"
    assert stands[names[1]] == ["Dit klopt.", "reviewed"]
    assert stands[names[3]] == ["Dit klopt. Dit ook.", "withdrawn"]


def press(page: "Page", key: str, result: str) -> None:
    """Press a key, and wait until its result is read aloud."""
    page.keyboard.press(key)
    heard(page, result)


def heard(page: "Page", result: str) -> None:
    page.locator("#review-said", has_text=result).wait_for(state="attached")


def focused(page: "Page") -> str:
    """The reference of the quote that has the focus."""
    return page.evaluate("document.activeElement.querySelector('strong').textContent")


def tab_to(page: "Page", name: str) -> None:
    """Go on with Tab until what has the focus is called so."""
    for _time in range(60):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.textContent").strip().startswith(name):
            return
    raise AssertionError(f"{name} cannot be reached by keyboard")


def test_keys_can_be_switched_off_and_stay_off(
    spoor: Spoor, sit_down: Callable[..., "Page"]
) -> None:
    names = ask(spoor, DOUBT)
    page = sit_down(OFFICE, language="en")
    page.goto("/anthology/review/")
    page.get_by_role("link", name="Begin with page").click()
    page.get_by_role("button", name="Switch keys off").click()
    page.reload()
    page.keyboard.press("a")
    page.keyboard.press("x")
    assert not page.locator(".desk-quote kbd").first.is_visible()
    page.get_by_role("button", name="Accept", exact=True).first.click()
    heard(page, "Accepted")
    stands = ask(spoor, TELL.format(names=names))
    assert [state for _text, state in stands.values()].count("withdrawn") <= 1
    page.get_by_role("button", name="Switch keys on").click()
    assert page.locator("#review-keys").get_attribute("data-keys") == "on"


def test_without_javascript_everything_can_be_done(
    spoor: Spoor, sit_down: Callable[..., "Page"]
) -> None:
    names = ask(spoor, DOUBT)
    signed_in = sit_down(OFFICE, language="en").context
    plain = signed_in.browser.new_context(
        base_url=f"http://127.0.0.1:{spoor.port}",
        java_script_enabled=False,
        storage_state=signed_in.storage_state(),
    )
    page = plain.new_page()
    page.goto("/anthology/review/")
    page.get_by_role("link", name="Begin with page").click()
    quote = page.locator("[data-doubtful]").first
    assert names[0] in quote.inner_text()
    assert "Edit E" not in quote.inner_text(), "no key is shown that does nothing"
    quote.get_by_role("link", name="Edit").click()
    page.get_by_label("The words of the quote").fill("Zonder script.")
    page.get_by_role("button", name="Store the words").click()
    assert "Changed:" in page.locator("main").inner_text()
    page.get_by_role("button", name="Undo").click()
    assert "Undone:" in page.locator("main").inner_text()
    page.get_by_role("button", name="Accept all").click()
    assert "This page is done" in page.locator("h1").inner_text()
    plain.close()
