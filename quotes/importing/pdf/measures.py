"""The measures of a book: in which type and with how much space its text is set."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TypeVar

from quotes.importing.pdf.running import Numbered
from quotes.importing.pdf.sheets import Row, Style

T = TypeVar("T")
_NEAR, _COMMON = 0.06, 0.2


@dataclass(frozen=True, slots=True)
class Type:
    """The type of the running text: its size, its main style, and all styles it is set in."""

    size: float
    style: Style
    styles: frozenset[Style]

    def is_body(self, size: float, style: Style) -> bool:
        """Tell whether letters of this size and style belong to the running text."""
        return abs(size - self.size) <= _NEAR * self.size and (
            style in self.styles
            or (style.bold, style.italic, style.colour)
            == (self.style.bold, self.style.italic, self.style.colour)
        )

    def is_row(self, row: Row) -> bool:
        """Tell whether most of a row is running text."""
        return self.is_body(*row.main())


def type_of(pages: Sequence[Numbered]) -> Type:
    """Find the type in which most of the book is set."""
    letters: Counter[tuple[float, Style]] = Counter()
    for page in pages:
        for row in page.rows:
            letters[row.main()] += len(row.text)
    sizes: Counter[float] = Counter()
    for (size, _style), count in letters.items():
        sizes[size] += count
    size = most_common(sizes, 10.0)
    styles: Counter[Style] = Counter()
    for (other, style), count in letters.items():
        if abs(other - size) <= _NEAR * size:
            styles[style] += count
    total = sum(styles.values())
    common = frozenset(style for style, count in styles.items() if count >= _COMMON * total)
    return Type(size, most_common(styles, Style("", False, False, ())), common)


def most_common(counts: Counter[T], default: T) -> T:
    """Return what is counted most, or the default where nothing is."""
    return max(counts, key=lambda key: counts[key]) if counts else default


def mode(values: Iterable[float], grain: float, default: float) -> float:
    """Return the most common value, counted in steps of `grain`."""
    counts = Counter(round(value / grain) for value in values)
    return most_common(counts, round(default / grain)) * grain
