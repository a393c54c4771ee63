"""Every page, by axe, in both languages and at both ends of the range of screens."""

import os
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.e2e.conftest import OFFICE
from tests.e2e.screenshots import PEOPLE, addresses
from tests.operations.test_supervisor import ROOT, Spoor, wait_for

if TYPE_CHECKING:
    from playwright.sync_api import Page

pytestmark = [pytest.mark.e2e, pytest.mark.sqlite]

TWO_MINUTES = 120
AXE = Path(ROOT) / "node_modules" / "axe-core" / "axe.min.js"
# Forms that are refused: what was wrong is said where it is, and that too must be read by all.
REFUSED = "/interventions/new/"
LOOK_AT_IT = """async () => (await axe.run(document, {
    runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
})).violations.map(one => one.id + ": " + one.nodes.map(node => node.html).join(" | ")) """


@pytest.fixture(scope="module")
def where(spoor: Spoor) -> dict[str, list[str]]:
    """Every address of the started Spoor, by the url's name; with mails, as the engine runs."""
    wait_for(lambda: addresses(spoor)["monitoring:mailbox-mail"], TWO_MINUTES)
    return addresses(spoor)


EVERYTHING = bool(os.environ.get("SPOOR_TEST_EVERYTHING"))
# Everybody at both ends of the range of screens and in both languages, but not each with each:
# what axe looks at hangs on the template. SPOOR_TEST_EVERYTHING=1 takes them all, with every sample
# of every url instead of two.
SIGHTS = [("nl", 1280), ("en", 320)]
OTHER_SIGHTS = [("en", 1280), ("nl", 320)]


def sights() -> list[tuple[str, str, int]]:
    """Who looks, in which language, at how wide a screen."""
    found = []
    for number, role in enumerate(PEOPLE):
        mine = SIGHTS + OTHER_SIGHTS if EVERYTHING else (SIGHTS, OTHER_SIGHTS)[number % 2]
        found += [(role, language, width) for language, width in mine]
    return found


@pytest.mark.parametrize(("role", "language", "width"), sights())
def test_axe_finds_nothing(
    role: str,
    language: str,
    width: int,
    where: dict[str, list[str]],
    sit_down: Callable[..., "Page"],
) -> None:
    """Every page that a role may see; the console stays silent, and nothing is wider than it."""
    page = sit_down(PEOPLE[role], language=language, width=width)
    heard: list[str] = []
    page.on("console", lambda message: heard.append(f"{page.url} {message.text}"))
    page.on("pageerror", lambda error: heard.append(f"{page.url} {error}"))
    seen, found = 0, []
    for path in pages(where):
        del heard[:]
        if not PEOPLE[role] and page.request.get(path, max_redirects=0).status != 200:
            continue  # a stranger is sent to the sign-in page, which is looked at by itself
        if visit(page, path, language, width):
            seen += 1
            assert not heard, "no blocked style, no script error"
            found += [f"{path}: {one}" for one in violations(page)]
    assert seen > (40 if role == "office" else 25 if PEOPLE[role] else 1)
    assert not found


def pages(where: dict[str, list[str]]) -> list[str]:
    """What is a page to look at: no download, and no mail by itself (it is framed)."""
    return [
        path
        for name, paths in where.items()
        for path in (paths if EVERYTHING else paths[:2])
        if "export=" not in path and name != "monitoring:mailbox-html"
    ]


def visit(page: "Page", path: str, language: str, width: int) -> bool:
    """Open a page; whether this person may see it."""
    answer = page.goto(path)
    assert answer is not None
    assert answer.status in {200, 403, 404}, path
    if answer.status != 200 or not page.url.endswith(path):
        return False
    assert page.locator("html").get_attribute("lang") == language
    wide = page.evaluate("document.documentElement.scrollWidth")
    assert wide <= width, f"{path} is {wide} px wide on a screen of {width}"
    return True


@pytest.mark.parametrize("language", ["nl", "en"])
def test_axe_finds_nothing_on_a_refused_form(
    language: str, sit_down: Callable[..., "Page"]
) -> None:
    page = sit_down(PEOPLE["office"], language=language, width=320)
    page.goto(REFUSED)
    page.locator("main form button[type=submit]").last.click()
    assert page.locator(".error-summary").count() == 1
    assert violations(page) == []


def violations(page: "Page") -> list[str]:
    """What axe finds on the page that is open; leaves it, as axe tries inline styles itself and
    what the console says of them is not the page's."""
    page.evaluate(AXE.read_text())
    found = page.evaluate(LOOK_AT_IT)
    page.goto("about:blank")
    return found


def test_the_pages_work_by_keyboard_alone(sit_down: Callable[..., "Page"]) -> None:
    """Skip link first, then the menu; what has the focus is seen to have it."""
    page = sit_down(OFFICE)
    page.goto("/coverage/")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.getAttribute('href')") == "#content"
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.closest('main') !== null")
    outline = page.evaluate("getComputedStyle(document.activeElement).outlineStyle")
    assert outline == "solid"
