"""An anthology on its way in and at the review desk, in the browser and mostly by keyboard."""

import csv
import io
import re
from collections.abc import Callable
from copy import deepcopy
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from tests.e2e.conftest import OFFICE
from tests.e2e.desk import DOUBT, TELL, ask, focused, heard, press, tab_to
from tests.e2e.test_accessibility import violations
from tests.operations.test_supervisor import Spoor
from tracker.demo.booklet import booklet
from tracker.demo.content import read

if TYPE_CHECKING:
    from playwright.sync_api import Page

# One start of Spoor serves all of these stories.
pytestmark = [pytest.mark.e2e, pytest.mark.sqlite, pytest.mark.xdist_group("anthology")]

CHAPTER = 4
PATIENCE = 60_000  # milliseconds; a loaded machine is slow, not wrong
NEW = "Wij vragen om een vast nummer dat ook in het weekend wordt opgenomen."
BY_HAND = "Over vier jaar kan een nieuwe collega binnen een week vinden wat er al is uitgeprobeerd."
# The reader is sure of this booklet; here it doubts the quotes that the story looks at.
LOOK_AT = """
from quotes.models import Quote
Quote.objects.update(confidence=1, complete=True)
Quote.objects.filter(anthology__code="BL2", reference__in={names}).update(confidence=0.4)
print("[]")
"""


# Said to be at work for an hour: no other worker takes it up meanwhile.
AT_WORK = """
from datetime import timedelta
from django.utils import timezone
from quotes.models import ImportRun
later = timezone.now() + timedelta(hours=1)
how = {{"state": "reading", "beat_at": later, "done": {done}, "total": 8}}
run, _new = ImportRun.objects.update_or_create(pk={pk}, defaults=how)
print([run.pk])
"""


def book_of_three_sections() -> dict[str, Any]:
    """The first sections of a chapter of the example, as its booklet takes them."""
    whole = read("book")
    chapters = [row for row in whole["chapters"] if row["number"] == CHAPTER]
    sections = [row for row in whole["sections"] if row["number"].startswith(f"{CHAPTER}.")][:3]
    return deepcopy({**whole, "chapters": chapters, "sections": sections})


def first_edition() -> dict[str, Any]:
    """Twice the printer ran two statements together."""
    book = book_of_three_sections()
    for section, place in ((0, 2), (2, 1)):
        quotes = book["sections"][section]["quotes"]
        quotes[place]["text"] += f" {quotes.pop(place + 1)['text']}"
    return book


def corrected_edition() -> dict[str, Any]:
    """They stand apart now, two statements have other words at their end, and one is new."""
    book = book_of_three_sections()
    quotes = book["sections"][0]["quotes"]
    for place in (1, 4):
        quotes[place]["text"] = f"{quotes[place]['text'][:-1]}, elke dag weer."
    quotes.append({"text": NEW, "pull_quote": False})
    return book


def test_a_pdf_comes_in_is_reviewed_by_keyboard_and_its_corrected_edition_keeps_everything(
    tmp_path: Path, spoor: Spoor, sit_down: Callable[..., "Page"]
) -> None:
    office = sit_down(OFFICE)
    hand_in(office, tmp_path / "boek.pdf", first_edition(), anthology="new")
    assert "15 nieuwe citaten kunnen worden geïmporteerd" in headline(office)
    look_with_axe(office)
    confirm(office, "Importeer")
    assert headline(office).startswith("15 citaten zijn geïmporteerd")
    before = references(office)
    assert list(before)[:4] == [f"BL2:4.1-0{number}" for number in (1, 2, 3, 4)]

    review_three(office, spoor)
    reviewed = references(office)
    assert reviewed["BL2:4.1-02"] == BY_HAND
    assert f"{reviewed['BL2:4.1-03']} {reviewed['BL2:4.1-05']}" == before["BL2:4.1-03"]
    link(office, "BL2:4.1-04")

    hand_in(office, tmp_path / "boek-verbeterd.pdf", corrected_edition(), anthology="BL2")
    assert "citaten zouden nieuw zijn of veranderen" in headline(office)
    # New are a statement and the part that was split off.
    told = {"Nieuw 2", "Twee geworden 1", "Andere woorden 1", "Blijft zoals verbeterd 1"}
    assert groups(office) == told
    look_with_axe(office)
    confirm(office, "Sla")
    after = references(office)
    # Every reference of before means what it meant; what is new has numbers of its own.
    assert set(after) - set(reviewed) == {"BL2:4.1-06", "BL2:4.3-05"}
    assert after["BL2:4.1-06"] == NEW
    # The larger part keeps the reference.
    assert f"{after['BL2:4.3-05']} {after['BL2:4.3-02']}" == before["BL2:4.3-02"]
    assert after["BL2:4.1-04"] == f"{before['BL2:4.1-04'][:-1]}, elke dag weer."
    others = set(reviewed) - {"BL2:4.1-04", "BL2:4.3-02"}
    assert {name: after[name] for name in others} == {name: reviewed[name] for name in others}
    office.goto("/anthology/BL2:4.1-04/")
    assert "I-0" in office.locator("main").inner_text(), "the link is still there"


def review_three(office: "Page", spoor: Spoor) -> None:
    """Accept one, edit one and split one beside the printed page, without touching the mouse."""
    ask(spoor, LOOK_AT.format(names=["4.1-01", "4.1-02", "4.1-03"]))
    office.goto("/anthology/review/")
    tab_to(office, "Begin met pagina")
    office.keyboard.press("Enter")
    office.wait_for_selector("#review-keys[data-keys=on]")
    assert office.evaluate("document.querySelector('.sheet img').decode().then(() => true)")
    assert office.locator(".sheet .box").count() >= 15
    assert office.locator(".sheet .box.is-now").count() >= 1
    press(office, "a", "Geaccepteerd")
    assert focused(office) == "BL2:4.1-02", "on to the next one that is doubted"
    office.keyboard.press("e")
    office.wait_for_selector(".desk-form textarea:focus")
    office.keyboard.press("Control+A")
    office.keyboard.type(BY_HAND)
    tab_to(office, "Bewaar de woorden")
    press(office, "Enter", "Gewijzigd")
    assert focused(office) == "BL2:4.1-03"
    office.keyboard.press("s")
    office.wait_for_selector(".desk-form [type=radio]:focus")
    press(office, "Enter", "is gesplitst")
    assert "Deze pagina is klaar" in headline(office)


def test_the_progress_of_an_import_moves_by_itself(
    spoor: Spoor, sit_down: Callable[..., "Page"]
) -> None:
    [pk] = ask(spoor, AT_WORK.format(pk=None, done=3))
    office = sit_down(OFFICE)
    office.goto(f"/anthology/import/{pk}/")
    bar = office.get_by_role("progressbar", name="Hoe ver het is")
    assert bar.get_attribute("value") == "3"
    look_with_axe(office)
    ask(spoor, AT_WORK.format(pk=pk, done=7))
    office.locator("progress[value='7']").wait_for(timeout=PATIENCE)


def test_a_table_asks_what_its_columns_hold_and_can_be_discarded(
    tmp_path: Path, sit_down: Callable[..., "Page"]
) -> None:
    table = tmp_path / "tabel.csv"
    table.write_text("Uitspraak;Waar\nEr is te weinig tijd.;4.1\n")
    office = sit_down(OFFICE, width=320)
    office.goto("/anthology/import/")
    office.locator("#id_files").set_input_files(str(table))
    office.get_by_role("button", name="Lees de bestanden").click()
    office.get_by_label("Waar").wait_for(timeout=PATIENCE)
    look_with_axe(office)
    office.get_by_label("Waar").select_option("section")
    office.get_by_role("button", name="Lees de tabel").click()
    office.get_by_role("heading", name="Wat er is gelezen").wait_for(timeout=PATIENCE)
    look_with_axe(office)
    office.get_by_role("button", name="Verwerp").click()
    assert "er is niets van geïmporteerd" in office.locator("main").inner_text()


def test_what_was_done_by_a_key_is_undone_by_a_key(
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
    page.locator(".desk-form textarea").focus()
    page.keyboard.press("Control+Home")
    page.keyboard.press("Control+ArrowRight")
    press(page, "Enter", "is split")
    press(page, "u", "Undone")
    press(page, "x", "is no quote now")
    stands = ask(spoor, TELL.format(names=names))
    assert stands[names[0]][1] == "reviewed"
    assert stands[names[1]] == ["Dit klopt. Dit ook.", "withdrawn"]


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


def hand_in(office: "Page", path: Path, book: dict[str, Any], *, anthology: str) -> None:
    """Upload a booklet, and wait until its page goes on to the preview by itself."""
    path.write_bytes(booklet(book))
    office.goto("/anthology/import/")
    office.locator("#id_files").set_input_files(str(path))
    choice = office.locator("#id_anthology option", has_text=anthology)
    value = "new" if anthology == "new" else choice.get_attribute("value")
    office.select_option("#id_anthology", value)
    office.get_by_role("button", name="Lees de bestanden").click()
    office.get_by_role("heading", name="Wat er is gelezen").wait_for(timeout=PATIENCE)


def headline(office: "Page") -> str:
    return office.locator("h1").inner_text()


def groups(office: "Page") -> set[str]:
    """The kinds of differences that the preview shows, with how many there are of each."""
    return {" ".join(one.split()) for one in office.locator(".import-groups a").all_inner_texts()}


def confirm(office: "Page", name: str) -> None:
    office.get_by_role("button", name=re.compile(f"^{name} ")).click()
    office.get_by_role("link", name="Naar de bloemlezing").wait_for(timeout=PATIENCE)


def look_with_axe(office: "Page") -> None:
    url = office.url
    assert violations(office) == []
    office.goto(url)


def references(office: "Page") -> dict[str, str]:
    """The quotes and pull quotes of the new anthology, by the references that people write."""
    found: dict[str, str] = {}
    for query in ("?export=csv", "?show=pull&export=csv"):
        rows = csv.DictReader(io.StringIO(office.request.get(f"/anthology/{query}").text()))
        known = list(rows.fieldnames or ())
        found |= {row[known[0]]: row["Citaat"] for row in rows if row[known[0]].startswith("BL2:")}
    return dict(sorted(found.items()))


def link(office: "Page", reference: str) -> None:
    office.goto(f"/coverage/link/{reference}/")
    office.get_by_role("checkbox").first.check()
    office.get_by_label("Waarom past dit?").fill("Omdat het hierom gaat.")
    office.get_by_role("button", name="Koppel", exact=True).click()
    assert "I-0" in office.locator("main").inner_text()
