"""Running heads and feet, and the page numbers that they carry.

What recurs at one place over the sheets is not text of the book. The number that a page bears is
the one that counts up with the sheets; `pagina 3 van 40` and `3 Ambities` hold others too.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from statistics import median

from quotes.importing.pdf.sheets import Row, Sheet
from quotes.importing.text import normalised

_NUMBER = re.compile(r"(?<![\d.,])\d{1,4}(?![\d.,]\d)")
_ROMAN = re.compile(r"\b[ivxlc]{1,7}\b")
_BARE = re.compile(
    r"\W*(?:(?:pagina|page|blz|p)\W*)?\d{1,4}(?:\s*(?:van|of|/)\s*\d{1,4})?\W*", re.IGNORECASE
)
_ZONE, _DEPTH, _GRID = 0.2, 3, 2.0
_MANY, _LARGE, _AGREED = 3, 1.15, 0.4


@dataclass(frozen=True, slots=True)
class Numbered:
    """A sheet without its running rows, and the number printed on it, if any."""

    sheet: Sheet
    number: int | None
    rows: tuple[Row, ...]


def without_running(sheets: Sequence[Sheet]) -> list[Numbered]:
    """Take the running heads and feet off the sheets and read the page numbers from them."""
    sizes = [row.main()[0] for sheet in sheets for row in sheet.rows]
    largest = _LARGE * median(sizes) if sizes else 0.0
    edges = [_edges(sheet, largest) for sheet in sheets]
    recurring = _recurring(sheets, edges)
    found = [
        [row for row in rows if _runs(row, sheet, recurring, len(sheets))]
        for sheet, rows in zip(sheets, edges, strict=True)
    ]
    numbers = _numbers(sheets, found)
    return [
        Numbered(sheet, number, tuple(row for row in sheet.rows if row not in running))
        for sheet, number, running in zip(sheets, numbers, found, strict=True)
    ]


def _edges(sheet: Sheet, largest: float) -> list[Row]:
    """The rows at the head and the foot of a sheet that could be running ones: never large type."""
    top, foot = sheet.height * _ZONE, sheet.height * (1 - _ZONE)
    heads = [row for row in sheet.rows[:_DEPTH] if row.base < top]
    heads += [row for row in sheet.rows[-_DEPTH:] if row.base > foot and row not in heads]
    return [row for row in heads if row.main()[0] <= largest]


def _form(row: Row) -> str:
    """The words of a row without its numbers; '#' for a row of numbers only."""
    words = [w for w in normalised(row.text).split() if not w.isdigit()]
    if len(words) == 1 and _ROMAN.fullmatch(words[0]):
        words = []
    return " ".join(words) or "#"


def _place(row: Row) -> int:
    return round(row.base / _GRID)


@dataclass(frozen=True, slots=True)
class _Recurring:
    forms: frozenset[tuple[str, int]]
    places: frozenset[tuple[int, float]]


def _recurring(sheets: Sequence[Sheet], edges: Sequence[Sequence[Row]]) -> _Recurring:
    """Find what recurs: the same words at one place, or a place where a number counts on."""
    seen: Counter[tuple[str, int]] = Counter()
    at: Counter[tuple[int, float]] = Counter()
    counting: dict[tuple[int, float], Counter[int]] = defaultdict(Counter)
    for sheet, rows in zip(sheets, edges, strict=True):
        seen.update({(_form(row), place) for row in rows for place in _near(row)})
        spots = {(place, row.main()[0]) for row in rows for place in _near(row)}
        at.update(spots)
        for row in rows:
            offsets = {int(n) - sheet.number for n in _NUMBER.findall(row.text)}
            for place in _near(row):
                counting[place, row.main()[0]].update(offsets)
    enough = max(2, min(_MANY, len(edges) // 2))
    forms = frozenset(key for key, count in seen.items() if count >= enough)
    running: Counter[tuple[int, float]] = Counter()
    for rows in edges:
        running.update(
            {(_place(row), row.main()[0]) for row in rows if seen[_form(row), _place(row)] > 1}
        )
    for spot, counts in counting.items():
        running[spot] = max(running[spot], max(counts.values(), default=0))
    places = frozenset(
        key for key, count in running.items() if count >= _MANY and count * 2 >= at[key]
    )
    return _Recurring(forms, places)


def _near(row: Row) -> tuple[int, int, int]:
    place = _place(row)
    return place - 1, place, place + 1


def _runs(row: Row, sheet: Sheet, recurring: _Recurring, sheets: int) -> bool:
    if (_form(row), _place(row)) in recurring.forms:
        return True
    if (_place(row), row.main()[0]) in recurring.places:
        return True
    return sheets <= _MANY and _stands_off(row, sheet)


def _stands_off(row: Row, sheet: Sheet) -> bool:
    """Tell whether the outermost row of a loose sheet bears its number, well away from the text."""
    pitches = [b.base - a.base for a, b in zip(sheet.rows, sheet.rows[1:], strict=False)]
    if not pitches or row not in (sheet.rows[0], sheet.rows[-1]):
        return False
    gap = pitches[0] if row is sheet.rows[0] else pitches[-1]
    small = row.main()[0] < median(other.main()[0] for other in sheet.rows)
    return gap > 1.5 * median(pitches) and (
        bool(_BARE.fullmatch(row.text)) or (small and bool(_NUMBER.search(row.text)))
    )


def _numbers(sheets: Sequence[Sheet], running: Sequence[Sequence[Row]]) -> list[int | None]:
    """Return the number of each page: printed, or counted on from the printed ones."""
    printed = [
        {int(n) for row in rows for n in _NUMBER.findall(row.text)} - {0} for rows in running
    ]
    votes: Counter[int] = Counter()
    for sheet, numbers in zip(sheets, printed, strict=True):
        votes.update(number - sheet.number for number in numbers)
    # Of two offsets with as many votes the one nearer to the sheets' own count.
    ranked = sorted(votes, key=lambda offset: (-votes[offset], abs(offset)))
    numbered = sum(1 for numbers in printed if numbers)
    if not ranked or votes[ranked[0]] < max(min(2, len(sheets) - 1), _AGREED * numbered):
        return [sheet.number for sheet in sheets]
    strong = {offset for offset in ranked if votes[offset] >= max(1, votes[ranked[0]] // 8)}
    found: list[int | None] = []
    for sheet, numbers in zip(sheets, printed, strict=True):
        offsets = [o for o in ranked if o in strong and sheet.number + o in numbers]
        offset = offsets[0] if offsets else _offset_near(found, sheet.number, ranked[0])
        number = sheet.number + offset
        found.append(number if number > 0 else None)
    return found


def _offset_near(found: Sequence[int | None], sheet: int, common: int) -> int:
    """A page without a number counts on from the page before it."""
    before = found[-1] if found else None
    return before - (sheet - 1) if before is not None else common
