"""Where the real anthology is found, and how a reading is held against a careful reader's key."""

from __future__ import annotations

import json
import os
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest

from quotes.importing.engine import read_files
from quotes.importing.reading import QuoteRead, Reading

ROOT = Path(__file__).resolve().parents[2]
FILES = ("pages-odd.txt", "page-28.txt", "page-33.txt", "page-35.txt", "page-56.txt")


def folder() -> Path:
    """The folder of the real anthology; the test says so and skips where it is absent."""
    place = Path(os.environ.get("SPOOR_ANTHOLOGY_DIR", ROOT.parent / "shared" / "anthology"))
    if not (place / FILES[0]).exists():
        pytest.skip("The real anthology is absent; name its folder in SPOOR_ANTHOLOGY_DIR.")
    return place


def key_rows(place: Path) -> list[dict]:
    """The quotes of some pages as a careful reader splits them."""
    return [json.loads(line) for line in (place / "hand-read.jsonl").read_text().splitlines()]


def read_real(place: Path) -> Reading:
    return read_files([place / name for name in FILES])


def exact(reading: Reading, key: list[dict]) -> float:
    """The share of the key's quotes that were read exactly, white space aside.

    A quote that readers could split otherwise also counts joined with its neighbours.
    """
    hits = 0
    for rows, got in _by_page(reading, key):
        left = Counter(_plain(quote.text) for quote in got)
        for place, row in enumerate(rows):
            text = _plain(row["text"])
            if left[text]:
                left[text] -= 1
                hits += 1
            elif not row["certain"] and _joined(rows, place) & left.keys():
                hits += 1
    return hits / len(key)


def verdicts(reading: Reading, key: list[dict]) -> list[tuple[float, bool]]:
    """The confidence of each quote that was read on the key's pages, and whether it is right."""
    found = []
    for rows, got in _by_page(reading, key):
        right = {_plain(row["text"]) for row in rows}
        for place, row in enumerate(rows):
            right |= set() if row["certain"] else _joined(rows, place)
        found += [(quote.confidence, _plain(quote.text) in right) for quote in got]
    return found


def _by_page(reading: Reading, key: list[dict]) -> Iterator[tuple[list[dict], list[QuoteRead]]]:
    """The key's rows of a page, and the quotes that were read on it."""
    for page in sorted({row["page"] for row in key}):
        rows = [row for row in key if row["page"] == page]
        yield rows, [quote for quote in reading.quotes if quote.page == page]


def well_placed(reading: Reading, key: list[dict]) -> float:
    """The share of the key's words that stand in the right section."""
    pages = {row["page"] for row in key}
    wanted = Counter((r["page"], r["section"], word) for r in key for word in r["text"].split())
    got = Counter(
        (quote.page, quote.section_number, word)
        for quote in reading.quotes
        if quote.page in pages
        for word in quote.text.split()
    )
    return (wanted & got).total() / wanted.total()


def _plain(text: str) -> str:
    return " ".join(text.split())


def _joined(rows: list[dict], place: int) -> set[str]:
    spans = (
        (first, last)
        for first in range(max(0, place - 3), place + 1)
        for last in range(place + 1, min(len(rows), place + 4) + 1)
        if last - first > 1
    )
    return {_plain(" ".join(r["text"] for r in rows[first:last])) for first, last in spans}
