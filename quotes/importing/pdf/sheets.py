"""What stands on a sheet of a PDF: rows of words with their places, and shapes behind them.

Points from the top left corner of the sheet. A row keeps its words as one text with their edges
beside it: a book of two thousand pages fits in memory.
"""

from __future__ import annotations

from array import array
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import NamedTuple, TypeVar

from quotes.importing.readers import clean

T = TypeVar("T")
# A gap of this share of the type size parts two words; a narrower one holds no blank.
_WORD_GAP, _NO_GAP = 0.16, 0.07
_SAME_ROW = 0.6
_RAISED, _RAISED_MOST = 0.8, 4
_LIGATURES = str.maketrans(
    {"ﬀ": "ff", "ﬁ": "fi", "ﬂ": "fl", "ﬃ": "ffi", "ﬄ": "ffl", "ﬅ": "st", "ﬆ": "st"}
)
# Marks of direction and blanks of odd widths.
_MARKS = dict.fromkeys([*range(0x200B, 0x2010), *range(0x202A, 0x202F), *range(0x2060, 0x206A)])
_BLANKS = dict.fromkeys([*range(0x2000, 0x200B), 0x00A0, 0x202F, 0x205F, 0x3000], " ")
_HYPHENS = dict.fromkeys([0x00AD, 0x2010, 0x2011], "-")


class Style(NamedTuple):
    """How a word is set; the same style is the same object."""

    family: str
    bold: bool
    italic: bool
    colour: tuple[float, ...]


class Glyph(NamedTuple):
    """A character as it is drawn, its baseline measured from the top of the sheet."""

    base: float
    x0: float
    x1: float
    text: str
    size: float
    style: Style


class Shape(NamedTuple):
    """A filled area, a rule or a picture; `colour` is None for a picture or a mere outline."""

    x0: float
    top: float
    x1: float
    bottom: float
    colour: tuple[float, ...] | None
    kind: str


@dataclass(frozen=True, slots=True)
class Row:
    """Words on one baseline, from left to right, with single blanks between them.

    `edges` are x0 and x1 of each word in turn.
    """

    base: float
    text: str
    edges: array[float]
    sizes: tuple[float, ...]
    styles: tuple[Style, ...]

    @property
    def words(self) -> list[str]:
        """The words one by one."""
        return self.text.split(" ")

    @property
    def x0(self) -> float:
        """The left edge."""
        return self.edges[0]

    @property
    def x1(self) -> float:
        """The right edge."""
        return self.edges[-1]

    def part(self, first: int, last: int) -> Row:
        """Return the words from index `first` up to `last` as a row of their own."""
        if first == 0 and last == len(self.sizes):
            return self
        return Row(
            self.base,
            " ".join(self.words[first:last]),
            self.edges[2 * first : 2 * last],
            self.sizes[first:last],
            self.styles[first:last],
        )

    def main(self) -> tuple[float, Style]:
        """Return the size and the style in which most of its letters are set."""
        first = (self.sizes[0], self.styles[0])
        if all(size == first[0] for size in self.sizes) and all(
            style is first[1] for style in self.styles
        ):
            return first
        weights: dict[tuple[float, Style], int] = {}
        for word, size, style in zip(self.words, self.sizes, self.styles, strict=True):
            weights[size, style] = weights.get((size, style), 0) + len(word)
        return max(weights, key=lambda key: weights[key])


@dataclass(slots=True)
class Sheet:
    """One sheet of the file, counted from 1."""

    number: int
    width: float
    height: float
    rows: list[Row] = field(default_factory=list)
    shapes: list[Shape] = field(default_factory=list)
    unread: int = 0


def plain(text: str) -> str:
    """Return the text without ligatures, marks of direction and odd blanks.

    A soft hyphen that is drawn is a hyphen: fonts give both the same glyph.
    """
    if text.isascii():
        return clean(text)
    return clean(text.translate(_LIGATURES).translate(_MARKS).translate(_BLANKS | _HYPHENS))


def rows_of(glyphs: Sequence[Glyph]) -> list[Row]:
    """Gather glyphs into rows from top to bottom, whatever the order in which they are drawn."""
    lines: list[list[Glyph]] = []
    for glyph in sorted(glyphs):
        if lines and glyph.base - lines[-1][0].base <= _SAME_ROW:
            lines[-1].append(glyph)
        else:
            lines.append([glyph])
    rows = [_row(line) for line in _with_raised(lines)]
    return [row for row in rows if row is not None]


def _with_raised(lines: list[list[Glyph]]) -> list[list[Glyph]]:
    """Put raised and lowered small type into the row that it belongs to."""
    kept: list[list[Glyph]] = []
    for place, line in enumerate(lines):
        size = max(glyph.size for glyph in line)
        near = [
            other
            for other in (*kept[-1:], *lines[place + 1 : place + 2])
            if size < _RAISED * (big := max(glyph.size for glyph in other))
            and abs(other[0].base - line[0].base) < big / 2
            and _touches(line, other, big)
        ]
        if near:
            near[0].extend(line)
        else:
            kept.append(line)
    return kept


def _touches(small: Sequence[Glyph], large: Sequence[Glyph], size: float) -> bool:
    """Tell whether a few small characters stand right behind a letter of the row."""
    start = min(glyph.x0 for glyph in small)
    return len(small) <= _RAISED_MOST and any(
        abs(start - glyph.x1) < size / 5 for glyph in large if not glyph.text.isspace()
    )


def _same(before: Glyph, glyph: Glyph) -> bool:
    return glyph.text == before.text and abs(glyph.x0 - before.x0) < glyph.size / 20


def _parted(before: Glyph, space: Glyph | None, glyph: Glyph) -> bool:
    """Tell whether two letters stand in two words: by the white between them, or a real blank.

    A blank that the next letter is drawn back over is none.
    """
    gap = (glyph.x0 - before.x1) / glyph.size
    if gap > _WORD_GAP or (space is not None and gap > _NO_GAP):
        return True
    if space is None:
        return False
    wide = space.x1 - space.x0 > _WORD_GAP * glyph.size
    return wide and glyph.x0 > space.x1 - _NO_GAP * glyph.size


def _row(line: list[Glyph]) -> Row | None:
    line.sort(key=lambda glyph: glyph.x0)
    words: list[str] = []
    edges: array[float] = array("f")
    sizes: list[float] = []
    styles: list[Style] = []
    before: Glyph | None = None
    space: Glyph | None = None
    for glyph in line:
        if glyph.text.isspace():
            space = glyph
            continue
        # Drawn twice on one spot: that is how some programs make type bold.
        if before is not None and _same(before, glyph):
            continue
        if before is None or _parted(before, space, glyph):
            words.append(glyph.text)
            edges.extend((glyph.x0, glyph.x1))
            sizes.append(glyph.size)
            styles.append(glyph.style)
        else:
            words[-1] += glyph.text
            edges[-1] = max(edges[-1], glyph.x1)
        before, space = glyph, None
    if not words:
        return None
    return Row(line[0].base, " ".join(words), edges, _shared(tuple(sizes)), _shared(tuple(styles)))


@lru_cache(maxsize=4096)
def _shared(values: tuple[T, ...]) -> tuple[T, ...]:
    """Return one and the same tuple for equal ones: most rows are set in one type."""
    return values
