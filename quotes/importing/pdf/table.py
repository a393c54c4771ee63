"""The table of contents of a PDF, and where the headings contradict it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence

from quotes.importing.contents import Contents, key_of, read_contents
from quotes.importing.lines import Line
from quotes.importing.pdf.running import Numbered
from quotes.importing.pdf.sheets import Row
from quotes.importing.text import normalised

_TITLES = frozenset({"inhoud", "inhoudsopgave", "contents", "table of contents", "index"})
_PAGE = re.compile(r"(?:\d{1,4}|[ivxlc]{1,7})$")
_NUMBER = re.compile(r"\d{1,2}(?:\.\d{1,2})?\.?$")
_LEADERS = re.compile(r"[.…·_]{3,}|(?:[.·] ){3,}")
_WIDE = 2.0


def is_table(rows: Sequence[Row]) -> bool:
    """Tell whether a page is a table of contents: its lines end far away in a page number."""
    if not rows:
        return False
    entries = sum(1 for row in rows if _is_entry(row))
    titled = any(normalised(row.text) in _TITLES for row in rows[:3])
    return entries >= (2 if titled else 4) and entries * (4 if titled else 2) >= len(rows)


def _is_entry(row: Row) -> bool:
    if len(row.words) < 2 or not _PAGE.match(row.words[-1]):
        return False
    gap = row.edges[-2] - row.edges[-3]
    return gap > _WIDE * row.sizes[-1] or bool(_LEADERS.search(row.text))


def read_table(pages: Iterable[Numbered]) -> Contents:
    """Read the tables on these pages; an entry may run over more lines."""
    return read_contents(_lines(page.rows) for page in pages)


def _lines(rows: Sequence[Row]) -> list[Line]:
    lines: list[Line] = []
    held = ""
    for number, row in enumerate(rows, start=1):
        text = _LEADERS.sub(" ", row.text)
        if _NUMBER.match(row.words[0]):
            held = ""
        held = f"{held} {text}" if held else text
        if _is_entry(row):
            lines.append(Line(number, held))
            held = ""
    return lines


def contradictions(
    table: Contents, headings: Mapping[str, tuple[str, int | None]], name: str
) -> list[str]:
    """Say where the table of contents and the headings of the text differ; the headings win."""
    found = []
    for number in sorted(headings, key=key_of):
        title, page = headings[number]
        named, first = table.titles.get(number), table.first_pages.get(number)
        if named is not None and normalised(named) != normalised(title):
            found.append(f"{number} is called '{title}' and not '{named}'")
        elif first is not None and page is not None and first != page:
            found.append(f"{number} begins on page {page} and not {first}")
    missing = sorted(set(table.titles) - set(headings), key=key_of)
    found += [f"{number} has no heading in the text" for number in missing]
    if not found:
        return []
    more = f" (and {len(found) - 5} more)" if len(found) > 5 else ""
    told = "; ".join(found[:5])
    return [f"{name}: the headings were followed where the contents differ: {told}{more}."]
