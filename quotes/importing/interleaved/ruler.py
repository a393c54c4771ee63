"""How long a line is, and how wide a column: letters of print are not equally wide.

A line that could have held the next word was not broken there by the printer; so the more
exactly its length is known, the more a line's end tells. Lengths are in average letters of the
file's own face, which is the one of a few under which its full lines differ least.
"""

from __future__ import annotations

import statistics
from bisect import bisect
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from quotes.importing.interleaved.speech import Speech
from quotes.importing.text import ends_in_hyphen, is_terminal, starts_low

# Widths in thousandths of the type size, by group of letters; a face is told apart by these.
_SANS = {
    "ijl'’‘|": 225, " .,:;!/ft[]\\": 278, "r()-“”\"„–": 333, "csvxykzJ?": 500,
    "w": 722, "m": 833, "•": 350, "ABEKPSVXYàÀ&": 667, "CDHNRUw": 722, "FTZ": 611, "GOQ": 778,
    "I": 278, "L": 556, "M": 833, "W": 944, "—…%@": 950,
}  # fmt: skip
_SERIF = {
    "ijlt'’‘|/": 278, " .,:;": 250, "frI!()[]-": 333, "ceaz?": 444, "sJ": 389, "“”\"„": 440,
    "m": 778, "w": 722, "•": 350, "ABCKRXYVDGHNOQU&": 700, "EFLPSTZ": 590, "M": 889, "W": 944,
    "—…%@": 950,
}  # fmt: skip
_HUMANIST = {
    " ij'’‘,.!l|": 260, ":;f()[]": 320, "tr/": 365, "I-•": 400, "sz?“”\"„": 475, "cvxyJL": 500,
    "agkeoF": 535, "EST": 575, "CKXABRPVYZ": 635, "DUGHNOQ&": 690, "w—": 775, "mM…": 850,
    "W%": 910,
}  # fmt: skip
INDENT = 0.05  # as long as nothing is known
_CLIFF = 4.0
_LEAST = 18.0


class Widths(dict[str, float]):
    """Width by letter; a letter that was not given is as wide as its like."""

    def __init__(self, groups: dict[str, int], other: float, capital: float) -> None:
        super().__init__((char, width) for chars, width in groups.items() for char in chars)
        self._other, self._capital = other, capital

    def __missing__(self, char: str) -> float:
        self[char] = width = self._capital if char.isupper() else self._other
        return width


@dataclass(frozen=True, slots=True)
class Face:
    """A type face; lengths are in halves of the type size, about an average letter."""

    name: str
    widths: Widths = field(repr=False)
    unit: float = 500.0

    def length(self, text: str) -> float:
        """Return the length of a text in average letters."""
        return sum(map(self.widths.__getitem__, text)) / self.unit


FACES = (
    Face("sans", Widths(_SANS, 556, 700)),
    Face("humanist", Widths(_HUMANIST, 575, 600)),
    Face("serif", Widths(_SERIF, 500, 690)),
    Face("plain", Widths({}, 1, 1), 1.0),
)


@dataclass(frozen=True, slots=True)
class Ruler:
    """Measures text; `width` is that of a full line of a column, `slack` how exact that is.

    `indent` is how much shorter the first line of a quote may be, as a share of the width.
    """

    face: Face
    width: float
    slack: float
    indent: float = INDENT

    def length(self, text: str) -> float:
        """Return the length of the text in average letters."""
        return self.face.length(text)


def ruler_for(lines: Sequence[str], single: bool, speech: Speech) -> Ruler:
    """Choose how to measure a file, and estimate the width of its columns.

    Lines that end in a hyphen are full, so the face under which they differ least is right.
    """
    texts = [line.strip() for line in lines if line.strip()]
    merged = not single and _side_by_side(texts, speech)
    rulers = [_ruler(face, texts, merged) for face in FACES]
    return min(rulers, key=lambda ruler: round(ruler.slack / ruler.width, 3))


def _ruler(face: Face, texts: Sequence[str], merged: bool) -> Ruler:
    lengths = sorted(face.length(text) for text in texts)
    width = _column_width(lengths, merged)
    full = [
        length
        for text in texts
        if ends_in_hyphen(text) and 0.85 < (length := face.length(text)) / width < 1.08
    ]
    slack = statistics.pstdev(full) if len(full) >= 5 else 0.04 * width
    return Ruler(face, width, max(0.02 * width, slack))


@dataclass(frozen=True, slots=True)
class Wrap:
    """A line that goes on in the next: its text, the word that did not fit, whether it is first."""

    text: str
    word: str
    first: bool


def refined(ruler: Ruler, wraps: Sequence[Wrap]) -> Ruler:
    """Measure anew by lines that are known to go on: each fits, but not with the next word."""
    inner = [wrap for wrap in wraps if not wrap.first]
    first = [wrap for wrap in wraps if wrap.first]
    if min(len(inner), len(first)) < 12:
        return ruler
    fits = [(_fit(face, inner), _fit(face, first), face) for face in FACES]
    (strain, width), (_, short), face = min(
        fits, key=lambda fit: fit[0][0] * len(inner) + fit[1][0] * len(first)
    )
    indent = min(0.12, max(0.0, 1 - short / width))
    return Ruler(face, width, max(0.006, 3 * strain) * width, indent)


def _fit(face: Face, wraps: Sequence[Wrap]) -> tuple[float, float]:
    """The width that the lines strain least, and by which share of it they do on average."""
    spans = [(face.length(wrap.text), face.length(f"{wrap.text} {wrap.word}")) for wrap in wraps]
    middle = statistics.fmean(short for short, _long in spans)
    widths = [middle * (0.9 + step / 250) for step in range(75)]

    def strain(width: float) -> float:
        over = (max(0.0, short - width) + max(0.0, width - long) for short, long in spans)
        return sum(min(one, 0.06 * width) for one in over) / width / len(spans)

    best = min(widths, key=strain)
    return strain(best), best


def _side_by_side(texts: Sequence[str], speech: Speech) -> bool:
    """Tell whether the longest lines hold two columns: then they do not read as one line.

    A word is broken by a hyphen in the midst of them, or a sentence begins where none has ended.
    """
    longest = sorted(map(len, texts))[int(len(texts) * 0.98)] if texts else 0
    long = [text for text in texts if len(text) > 0.75 * longest]
    odd = 0
    for text in long:
        words = text.split()
        odd += any(
            (left[-1] == "-" and len(left) > 2 and right not in {"en", "of"})
            or speech.breaks(left, right)
            for left, right in pairwise(words)
        )
    return odd * 7 > len(long)


def _column_width(lengths: Sequence[float], merged: bool) -> float:
    """Find the length behind which lines suddenly get rare: that of a full line.

    Where two columns share lines, there is a second such cliff at twice the width.
    """
    if not lengths:
        return _LEAST
    longest = lengths[min(len(lengths) - 1, int(len(lengths) * 0.99))]
    least = max(_LEAST, longest / 2 - _CLIFF) if merged else _LEAST
    most = longest * (0.62 if merged else 1.0)
    steps = max(0, int((most - least) * 2))
    candidates = [least + step / 2 for step in range(steps + 2)]
    return max(
        candidates,
        key=lambda width: _cliff(lengths, width) + merged * 0.7 * _cliff(lengths, 2 * width + 0.5),
    )


def _cliff(lengths: Sequence[float], width: float) -> float:
    before = bisect(lengths, width) - bisect(lengths, width - _CLIFF)
    behind = bisect(lengths, width + _CLIFF) - bisect(lengths, width)
    return before - 1.5 * behind


def one_column(lines: Sequence[str]) -> bool:
    """Tell plain running text from interleaved columns: its lines follow from one another."""
    texts = [line.strip() for line in lines if line.strip()]
    breaks = sum(1 for above, below in pairwise(texts) if is_terminal(above) == starts_low(below))
    return breaks * 10 <= len(texts)
