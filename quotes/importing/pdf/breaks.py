"""Where one quote ends and the next begins: what this book parts them with.

Blank space, an indent, a bullet or quotation marks: learnt from the places where a paragraph must
end, because its line stops short of the edge at the end of a sentence.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from quotes.importing.pdf.measures import mode, most_common
from quotes.importing.pdf.strips import Strip
from quotes.importing.text import is_terminal, starts_low

_MARKER = re.compile(r"([•‣▪◦●○■□–—*»›→✓·-])\s+(?=\S)")
_OPENS = re.compile(r"[“„\"«‘‚]")
_CLOSES = re.compile(r"[”“\"»’][.,]?$")
_PAIRS = {"“": "”", "„": "”", '"': '"', "«": "»", "‘": "’", "‚": "’"}
_BLANK, _COMMON, _FEW = 1.08, 0.3, 4
_INDENT, _DEEPEST = 0.5, 4.0
_LEADING, _WIDEST = 1.3, 1.7
_MARKED = 0.6
# How lines stand: the upper one stops early, it ends a sentence, the lower one starts in one.
Kind = tuple[bool, bool, bool]
# The chance that a quote ends there, before anything is known of the book.
_BEFORE: dict[Kind, float] = {
    (True, True, False): 0.98,
    (True, True, True): 0.8,
    (True, False, False): 0.9,
    (True, False, True): 0.1,
    (False, True, False): 0.3,
    (False, True, True): 0.05,
    (False, False, False): 0.05,
    (False, False, True): 0.002,
}
_WEIGHT, _CUT_IN = 4.0, 0.85


@dataclass(frozen=True, slots=True)
class Pair:
    """Two lines that follow each other; `pitch` is None where something stands between them."""

    above: Strip
    below: Strip
    pitch: float | None

    @property
    def early(self) -> bool:
        """Whether the upper line stops before it had to."""
        if self.above.justified:
            return self.above.room > 1.5
        return self.above.room > self.below.first + 0.35 * self.above.size

    @property
    def ends(self) -> bool:
        """Whether a sentence ends with the upper line."""
        return is_terminal(self.above.text)

    @property
    def low(self) -> bool:
        """Whether the lower line begins in the middle of a sentence."""
        return starts_low(_MARKER.sub("", self.below.text, count=1))

    @property
    def beside(self) -> bool:
        """Whether both stand in one column, with or without something between them."""
        here, there = self.above, self.below
        return (here.sheet, here.column) == (there.sheet, there.column)

    @property
    def kind(self) -> Kind:
        """How the lines stand to each other."""
        return self.early, self.ends, self.low

    @property
    def indent(self) -> float:
        """How far the lower line is set in, in ems."""
        return (self.below.x0 - self.below.left) / self.below.size

    @property
    def indented(self) -> bool:
        """Whether the lower line is set in as the first of a paragraph is."""
        deep = _INDENT <= self.indent <= _DEEPEST
        return deep and self.above.x0 - self.above.left < self.below.x0 - self.below.left + 1

    @property
    def marker(self) -> str:
        """The bullet or dash before the lower line."""
        found = _MARKER.match(self.below.text)
        return found[1] if found else ""

    @property
    def quoted(self) -> bool:
        """Whether quotation marks close above and open below."""
        return bool(_OPENS.match(self.below.text) and _CLOSES.search(self.above.text))


@dataclass(frozen=True, slots=True)
class Verdict:
    """Whether a quote ends between two lines, and how sure that is."""

    parts: bool
    certainty: float


@dataclass(frozen=True, slots=True)
class Separators:
    """What parts the quotes of a book. `blank` is the pitch from which lines stand apart."""

    leading: float
    blank: float
    blanks: bool
    indents: bool
    marker: str
    marker_indent: float
    quotes: bool
    chances: dict[Kind, float]
    cuts_in: bool
    cards: bool

    def judge(self, pair: Pair) -> Verdict:
        """Tell whether a quote ends between the two lines."""
        if self.cards and pair.beside:
            return Verdict(pair.above.box != pair.below.box, 0.98)
        if pair.pitch is None:
            return self._interrupted(pair)
        return self._apart(pair) if pair.pitch > self.blank else self._close(pair)

    def _marked(self, pair: Pair) -> bool:
        level = abs(pair.indent - self.marker_indent) < 0.4
        return bool(self.marker) and pair.marker == self.marker and level

    def _apart(self, pair: Pair) -> Verdict:
        """White space stands between the lines."""
        if self.marker:
            return Verdict(True, 0.98) if self._marked(pair) else Verdict(False, 0.7)
        if not self.blanks:
            return Verdict(True, 0.9 if pair.ends and not pair.low else 0.6)
        if pair.marker and (not pair.ends or bool(_MARKER.match(pair.above.text))):
            return Verdict(False, 0.8)
        doubt = not pair.ends and pair.low
        clear = pair.pitch is not None and pair.pitch - self.blank > 0.04
        if doubt:
            return Verdict(True, 0.85 if pair.early else 0.6)
        return Verdict(True, 0.99 if clear else 0.9)

    def _close(self, pair: Pair) -> Verdict:
        """The lines follow each other at the leading of the text."""
        if self.marker:
            return Verdict(True, 0.97) if self._marked(pair) else Verdict(False, 0.99)
        if self.indents:
            return self._by_indent(pair)
        if self.quotes:
            return Verdict(pair.quoted, 0.98)
        over = pair.early and pair.ends and not pair.low and not pair.marker
        if self.blanks:
            if over:
                return Verdict(True, 0.6)
            return Verdict(False, 0.9 if pair.early and not pair.marker else 0.98)
        if over:
            return Verdict(True, 0.92)
        return Verdict(False, 0.85 if pair.early or (pair.ends and not pair.low) else 0.97)

    def _by_indent(self, pair: Pair) -> Verdict:
        if pair.indented and not pair.marker:
            sure = pair.early or not pair.above.justified
            return Verdict(True, 0.98 if sure and not (pair.low and not pair.ends) else 0.8)
        ended = pair.early and pair.ends and not pair.low and not pair.marker
        return Verdict(False, 0.85 if ended else 0.99)

    def _interrupted(self, pair: Pair) -> Verdict:
        """A column or page ends between the lines, or something else stands there."""
        if self.marker:
            return Verdict(self._marked(pair), 0.97)
        if self.indents:
            if pair.indented and not pair.marker:
                return Verdict(True, 0.97 if pair.ends else 0.8)
            return Verdict(False, 0.97 if not (pair.early and pair.ends) else 0.6)
        if self.quotes:
            return Verdict(pair.quoted, 0.97)
        if pair.marker:
            return Verdict(False, 0.8)
        chance = self.chances[pair.kind]
        # Where boxes cut into quotes, the line above one may stop early for its sake.
        most = _CUT_IN if pair.beside and self.cuts_in and chance >= 0.5 else 0.98
        return Verdict(chance >= 0.5, min(most, max(chance, 1 - chance)))


def bare(text: str, separators: Separators) -> str:
    """Return the text of a quote without the marks that this book puts before every quote."""
    if separators.marker and text.startswith(separators.marker):
        return text[len(separators.marker) :].lstrip()
    close = _PAIRS.get(text[:1], "")
    if separators.quotes and close and text.endswith(close) and close not in text[1:-1]:
        return text[1:-1].strip()
    return text


def learn(pairs: Sequence[Pair], size: float, *, cards: bool) -> Separators:
    """Learn from the lines of a book what parts its quotes."""
    known = [pair for pair in pairs if pair.pitch is not None]
    leading = _leading(known, size)
    scaled = [Pair(p.above, p.below, None if p.pitch is None else p.pitch / leading) for p in known]
    over = [p for p in scaled if p.early and p.ends and not p.low]
    blank = sorted(p.pitch for p in over if p.pitch is not None and p.pitch > _BLANK)
    blanks = len(blank) >= _COMMON * len(over)
    least = blank[len(blank) // 10] if blank else 1.5
    edge = 1 + 0.55 * (least - 1) if blanks else 1.5
    parted = [p for p in over if (p.pitch or 0) > edge] if blanks else over
    counts = Counter(p.marker for p in parted if p.marker)
    marker = most_common(counts, "")
    marked = bool(marker) and counts[marker] >= _MARKED * len(parted)
    depth = mode((p.indent for p in parted if marked and p.marker == marker), 0.1, 0.0)
    free = [p for p in over if not p.marker]
    indents = not blanks and not marked and _share(p.indented for p in free) >= _MARKED
    return Separators(
        leading=leading,
        blank=edge,
        blanks=blanks,
        indents=indents,
        marker=marker if marked else "",
        marker_indent=depth,
        quotes=not marked and _share(p.quoted for p in parted) >= _MARKED,
        chances=_chances(scaled, [p for p in pairs if p.pitch is None and not p.beside], edge),
        cuts_in=any(p.pitch is None and p.beside and not p.ends and p.low for p in pairs),
        cards=cards,
    )


def _leading(pairs: Sequence[Pair], size: float) -> float:
    """The pitch of the lines of a quote: of those that go on in the middle of a sentence.

    Where there are none, it is not taken to be that of a list of quotes of one line each.
    """
    inside = [p.pitch or 0.0 for p in pairs if not p.ends and not p.early and p.low]
    if len(inside) >= _FEW:
        return mode(inside, 0.1, _LEADING * size)
    leading = mode((p.pitch or 0.0 for p in pairs), 0.1, _LEADING * size)
    alike = [p for p in pairs if abs((p.pitch or 0.0) - leading) < 1]
    loose = leading > _WIDEST * size and all(p.ends and not p.low for p in alike)
    return _LEADING * size if loose else leading


def _chances(pairs: Sequence[Pair], edges: Sequence[Pair], blank: float) -> dict[Kind, float]:
    """The chance that a quote ends between two lines of each kind when a column ends there.

    How often it does within a column, set right by how much more often columns end with a quote.
    """
    ends = sum(1 for p in edges if p.early and p.ends and not p.low)
    plain = ends + sum(1 for p in edges if not p.ends and not p.early)
    usual = _odds(sum(1 for p in pairs if (p.pitch or 0) > blank), len(pairs))
    shift = _odds(ends, plain) / usual
    seen, ended = Counter(p.kind for p in pairs), Counter[Kind]()
    ended.update(p.kind for p in pairs if (p.pitch or 0) > blank)
    chances = {}
    for kind, before in _BEFORE.items():
        inside = (ended[kind] + _WEIGHT * before) / (seen[kind] + _WEIGHT)
        odds = shift * inside / (1 - inside)
        chances[kind] = odds / (1 + odds)
    return chances


def _odds(count: int, total: int) -> float:
    return (count + 0.5) / (total - count + 0.5)


def _share(values: Iterable[bool]) -> float:
    held = list(values)
    return sum(held) / len(held) if len(held) >= _FEW else 0.0
