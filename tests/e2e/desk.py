"""What the stories at the review desk share: its keys, what is said, and what is stored."""

import json
import os
import subprocess
import sys
from typing import TYPE_CHECKING

from tests.operations.test_supervisor import ROOT, Spoor

if TYPE_CHECKING:
    from playwright.sync_api import Page

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
