"""Turn a typeset anthology into the text that pdf-to-text leaves of it, its columns interleaved.

Words at (nearly) the same height share a line, whichever column they are of; what stands higher
comes first. Nothing of the page but the order of its words is left. Unlike `composer`, which sets
both columns on one grid of rows, the columns slip against each other as a printer lets them.
"""

from __future__ import annotations

import io
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import pairwise
from pathlib import Path
from typing import Any

import pdfplumber

from quotes.importing.engine import read_files
from quotes.importing.reading import Reading
from quotes.importing.text import ends_in_hyphen
from tests.quotes.pdfs.setting import Anthology, Layout

# Points by which the baselines of one text line may differ.
SAME_HEIGHT = 3.0
# The right column begins behind this share of the page's width, and behind a gap.
RIGHT, GAP = 0.38, 0.6
TAIL = 24

Word = dict[str, Any]
Row = list[Word]
# The column (0 or 1) in which some words of a row stand, and the words.
Piece = tuple[int, str]


def interleaved(anthology: Anthology, layout: Layout, *, keep_blanks: bool = True) -> str:
    """Return the text of an anthology, page after page, each closed by its foot.

    Most extractors keep the blank behind a line that goes on (`keep_blanks`), some strip it.
    A book that prints no page numbers has its pages parted by form feeds.
    """
    with pdfplumber.open(io.BytesIO(anthology.pdf)) as pdf:
        pages = [(rows_of(page.extract_words()), float(page.width)) for page in pdf.pages]
    ends = frozenset(_compact(row.text)[-TAIL:] for row in anthology.truth)
    texts = []
    for rows, width in pages:
        split = [_columns(row, RIGHT * width, GAP * layout.gutter) for row in rows]
        lines = []
        for pieces, closed in zip(split, _closing(split, tuple(ends)), strict=True):
            line = " ".join(text for _column, text in pieces)
            bare = not keep_blanks or closed or ends_in_hyphen(line)
            lines.append(line if bare else f"{line} ")
        texts.append("\n".join(lines))
    parted = "\n\f" if layout.footer == "none" or layout.number == "none" else "\n\n"
    return parted.join(text for text in texts if text) + "\n"


def read_interleaved(text: str, folder: Path) -> Reading:
    """Read such a text as the importer does."""
    path = folder / "anthology.txt"
    path.write_text(text, encoding="utf-8")
    return read_files([path])


def rows_of(words: Sequence[Word]) -> list[Row]:
    """Gather words into rows from top to bottom, the words of a row from left to right."""
    rows: list[Row] = []
    for word in sorted(words, key=lambda one: (one["bottom"], one["x0"])):
        if rows and word["bottom"] - rows[-1][0]["bottom"] <= SAME_HEIGHT:
            rows[-1].append(word)
        else:
            rows.append([word])
    return [sorted(row, key=lambda one: one["x0"]) for row in rows]


def _columns(row: Row, middle: float, gap: float) -> list[Piece]:
    """The words of a row, in one piece or in two where a gap tells that a column ends."""
    texts = [word["text"] for word in row]
    for place, (here, there) in enumerate(pairwise(row), start=1):
        if there["x0"] > middle and there["x0"] - here["x1"] > gap:
            return [(0, " ".join(texts[:place])), (1, " ".join(texts[place:]))]
    return [(int(row[0]["x0"] > middle), " ".join(texts))]


def _closing(rows: Sequence[Sequence[Piece]], ends: tuple[str, ...]) -> Iterator[bool]:
    """Tell of each row whether its last piece ends a quote: then no blank stands behind it."""
    flows = ["", ""]
    for pieces in rows:
        closed = False
        for column, text in pieces:
            flows[column] += _compact(text)
            closed = flows[column].endswith(ends)
        yield closed


def _compact(text: str) -> str:
    return "".join(char for char in text if char.isalnum())


def text_verdicts(anthology: Anthology, reading: Reading) -> tuple[float, list[tuple[float, bool]]]:
    """The share of the quotes whose words came back exactly, and of each its confidence.

    In which section a quote stands, and whether it is a pull quote, is counted elsewhere.
    """
    wanted = Counter(" ".join(row.text.split()) for row in anthology.truth)
    left, verdicts = Counter(wanted), []
    for quote in reading.quotes:
        right = left[quote.text] > 0
        left[quote.text] -= right
        verdicts.append((quote.confidence, right))
    return 1 - (+left).total() / wanted.total(), verdicts
