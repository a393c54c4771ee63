"""How long a line is, and how wide a column: letters of print are not equally wide.

A line that could have held the next word was not broken there by the printer; so the more
exactly its length is known, the more a line's end tells. Lengths are in average letters.
"""

from __future__ import annotations

import statistics
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from quotes.importing.text import ends_in_hyphen, is_terminal, starts_low

_NARROW = dict.fromkeys("iljI.,;:'’‘|! ", 0.51)
_SLIM = dict.fromkeys('ftr()-[]/“”"', 0.7)
_ROUND = dict.fromkeys("cszvxyk", 0.94)
_WIDE = dict.fromkeys("mMwW", 1.6)
_LETTERS = {**_NARROW, **_SLIM, **_ROUND, **_WIDE}


@dataclass(frozen=True, slots=True)
class Ruler:
    """Measures text; `width` is that of a full line of a column, in the ruler's own unit."""

    width: float
    proportional: bool

    def length(self, text: str) -> float:
        """Return the length of the text in average letters (or plainly in characters)."""
        return printed_length(text) if self.proportional else float(len(text))


def printed_length(text: str) -> float:
    """Estimate the printed length of a text in average letters of a text face."""
    return sum(_LETTERS.get(char, 1.28 if char.isupper() else 1.06) for char in text)


def ruler_for(lines: Sequence[str]) -> Ruler:
    """Choose how to measure a file, and estimate the width of its columns.

    Lines that end in a hyphen are full, so the measure under which they differ least is right.
    """
    texts = [line.strip() for line in lines if line.strip()]
    single = one_column(texts)
    plain = _column_width([float(len(text)) for text in texts], single)
    full = [text for text in texts if ends_in_hyphen(text) and 0.75 < len(text) / plain < 1.25]
    proportional = True
    if len(full) >= 4:
        proportional = _spread([printed_length(t) for t in full]) < _spread([*map(len, full)])
    if not proportional:
        return Ruler(plain, False)
    return Ruler(_column_width([printed_length(text) for text in texts], single), True)


def _column_width(lengths: list[float], single: bool) -> float:
    if not lengths:
        return 1.0
    longest = sorted(lengths)[min(len(lengths) - 1, int(len(lengths) * 0.98))]
    return max(20.0, longest if single else longest / 2)


def _spread(lengths: Sequence[float]) -> float:
    return statistics.pstdev(lengths) / statistics.fmean(lengths)


def one_column(lines: Sequence[str]) -> bool:
    """Tell plain running text from interleaved columns: its lines follow from one another."""
    texts = [line.strip() for line in lines if line.strip()]
    breaks = sum(1 for above, below in pairwise(texts) if is_terminal(above) == starts_low(below))
    return breaks * 10 <= len(texts)
