"""An anthology into Spoor by the browser, and a corrected edition of it after that."""

import csv
import io
import re
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.e2e.conftest import OFFICE
from tests.e2e.test_accessibility import violations
from tests.quotes.composer import compose
from tracker.demo.book import Book, example_book

if TYPE_CHECKING:
    from playwright.sync_api import Page

pytestmark = [pytest.mark.e2e, pytest.mark.sqlite]

CHAPTER = 4
PATIENCE = 60_000  # milliseconds; a loaded machine is slow, not wrong


def first_edition() -> Book:
    """Three sections of the example: enough to see everything."""
    whole = example_book()
    parts = [part for part in whole.parts if part.chapter == CHAPTER][:3]
    chapters = tuple(row for row in whole.chapters if row[0] == CHAPTER)
    return replace(whole, chapters=chapters, parts=tuple(parts))


def corrected(book: Book) -> Book:
    """One statement has other words at its end, and one is new."""
    first, *others = book.parts
    mended = replace(first.statements[0], text=f"{first.statements[0].text[:-1]}, elke dag weer.")
    new = replace(
        first.statements[1],
        text="Wij vragen om een vast nummer dat ook in het weekend wordt opgenomen.",
        pull_quote=False,
    )
    statements = (mended, *first.statements[1:], new)
    return replace(book, parts=(replace(first, statements=statements), *others))


def test_an_anthology_comes_in_and_its_corrected_edition_keeps_references_and_links(
    tmp_path: Path, sit_down: Callable[..., "Page"]
) -> None:
    book = first_edition()
    office = sit_down(OFFICE)
    hand_in(office, tmp_path, "boek.txt", book, anthology="new")
    assert "nieuwe citaten kunnen worden geïmporteerd" in headline(office)
    look_with_axe(office)
    press(office, "Importeer")
    number = int(re.match(r"(\d+) citaten zijn geïmporteerd", headline(office))[1])  # type: ignore[index]
    before = references(office)
    assert len(before) == number
    mended = next(ref for ref, text in before.items() if text.startswith(start_of(book)))
    link(office, mended)

    hand_in(office, tmp_path, "boek-verbeterd.txt", corrected(book), anthology="BL2")
    assert "citaten zouden nieuw zijn of veranderen" in headline(office)
    assert "elke dag weer." in " ".join(office.locator(".import-pair").all_inner_texts())
    look_with_axe(office)
    press(office, "Sla")
    after = references(office)
    assert set(before) < set(after)
    assert after[mended].endswith("elke dag weer.")
    office.goto(f"/anthology/{mended}/")
    assert "I-0" in office.locator("main").inner_text(), "the link is still there"


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


def hand_in(office: "Page", folder: Path, name: str, book: Book, *, anthology: str) -> None:
    (folder / name).write_text(compose(book).text)
    office.goto("/anthology/import/")
    office.locator("#id_files").set_input_files(str(folder / name))
    choice = office.locator("#id_anthology option", has_text=anthology)
    value = "new" if anthology == "new" else choice.get_attribute("value")
    office.select_option("#id_anthology", value)
    office.get_by_role("button", name="Lees de bestanden").click()
    office.get_by_role("heading", name="Wat er is gelezen").wait_for(timeout=PATIENCE)


def headline(office: "Page") -> str:
    return office.locator("h1").inner_text()


def press(office: "Page", name: str) -> None:
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
    return found


def start_of(book: Book) -> str:
    return book.parts[0].statements[0].text[:30]


def link(office: "Page", reference: str) -> None:
    office.goto(f"/coverage/link/{reference}/")
    office.get_by_role("checkbox").first.check()
    office.get_by_label("Waarom past dit?").fill("Omdat het hierom gaat.")
    office.get_by_role("button", name="Koppel", exact=True).click()
    assert "I-0" in office.locator("main").inner_text()
