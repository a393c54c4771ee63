"""Every page, by axe, in both languages and at both ends of the range of screens."""

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.e2e.conftest import LEADERSHIP, OFFICE
from tests.operations.test_supervisor import ROOT

if TYPE_CHECKING:
    from playwright.sync_api import Page

pytestmark = [pytest.mark.e2e, pytest.mark.sqlite]

AXE = Path(ROOT) / "node_modules" / "axe-core" / "axe.min.js"
PARTNER = "Esra Yıldız"
PAGES = {
    OFFICE: [
        "/",
        "/anthology/",
        "/anthology/4.7-01/",
        "/coverage/",
        "/coverage/?coverage=uncovered",
        "/coverage/link/4.1-03/",
        "/coverage/set-aside/4.1-03/",
        "/trace/4.7-01/",
        "/trace/4.1-03/",
        "/trace/4.12-02/",
        "/interventions/",
        "/interventions/new/",
        "/interventions/I-006/",
        "/interventions/I-006/edit/",
        "/indicators/",
        "/indicators/IND-01/",
        "/indicators/IND-01/measure/",
        "/rounds/",
        "/rounds/new/",
        "/rounds/1/",
        "/rounds/2/",
        "/rounds/2/close/",
        "/updates/22/",
        "/inbox/",
        "/mailbox/",
    ],
    PARTNER: ["/inbox/", "/requests/37/", "/coverage/", "/interventions/I-015/"],
    LEADERSHIP: ["/", "/rounds/2/", "/coverage/set-aside/4.6-03/"],
    "": ["/sign-in/"],
}
LOOK_AT_IT = """async () => (await axe.run(document, {
    runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
})).violations.map(one => one.id + ": " + one.nodes.map(node => node.html).join(" | ")) """


@pytest.mark.parametrize("language", ["nl", "en"])
@pytest.mark.parametrize("width", [1280, 320])
@pytest.mark.parametrize("person", PAGES, ids=["office", "partner", "leadership", "stranger"])
def test_axe_finds_nothing(
    person: str, width: int, language: str, sit_down: Callable[..., "Page"]
) -> None:
    page = sit_down(person, language=language, width=width)
    heard: list[str] = []
    page.on("console", lambda message: heard.append(f"{page.url} {message.text}"))
    page.on("pageerror", lambda error: heard.append(f"{page.url} {error}"))
    for path in PAGES[person]:
        answer = page.goto(path)
        assert answer is not None
        assert answer.status == 200, path
        assert page.locator("html").get_attribute("lang") == language
        wide = page.evaluate("document.documentElement.scrollWidth")
        assert wide <= width, f"{path} is {wide} px wide on a screen of {width}"
    assert not heard, "the console stays silent: no blocked style, no script error"
    assert not violations(page, PAGES[person])


def violations(page: "Page", paths: list[str]) -> list[str]:
    """What axe finds. It tries inline styles itself, so nothing is heard from here on."""
    found = []
    for path in paths:
        page.goto(path)
        page.evaluate(AXE.read_text())
        found += [f"{path}: {violation}" for violation in page.evaluate(LOOK_AT_IT)]
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
