"""Which words follow one another: learnt from the text itself, with a few facts of Dutch.

The pairs of words inside lines tell how likely two words are neighbours. As few pairs are seen
twice, words are also taken together: by their ending, and by their kind. Each count is believed
as far as it goes, and what is coarser fills the rest.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import pairwise

from quotes.importing.interleaved.dutch import is_small, kind_of
from quotes.importing.text import is_terminal, starts_low

# Words that speak of the sentence before: those that may, and those that hardly do otherwise.
_REFERRING = frozenset("dit deze ze zij die dat ook oorzaak zo bijvoorbeeld".split())
_BOUND = frozenset(
    "dus daarom waarom? daarnaast hierdoor daardoor daarmee hiermee hierbij daarbij hierover "
    "hiervan daarna bovendien echter hiervoor daarvoor".split()
)
_ARTICLES = frozenset("de het een".split())
# What never stands behind an article.
_AFTER_NO_ARTICLE = frozenset(
    {"article", "mine", "we", "them", "thereby", "can", "and", "to", "if"}
)
_MARKS = ".,;:!?()’”“\"'‘"
_FREQUENT = 12
# How many pairs must be expected before a count says more than the coarser one behind it.
_DOUBT = 4.0
_LEAST, _MOST = -2.5, 3.0


@dataclass(slots=True)
class Level:
    """Counts of pairs under one way to take words together."""

    pairs: Counter[tuple[str, str]] = field(default_factory=Counter)
    firsts: Counter[str] = field(default_factory=Counter)
    seconds: Counter[str] = field(default_factory=Counter)
    total: int = 0

    def add(self, left: str, right: str, count: int) -> None:
        self.pairs[left, right] += count
        self.firsts[left] += count
        self.seconds[right] += count
        self.total += count

    def ratio(self, left: str, right: str, seen: int, coarser: float) -> float:
        """How much more often than by chance a pair is met; `coarser` where nothing is known."""
        expected = self.firsts[left] * self.seconds[right] / max(1, self.total)
        met = max(0, self.pairs[left, right] - seen)
        return (met + _DOUBT * coarser) / (expected + _DOUBT)


@dataclass(frozen=True, slots=True)
class Speech:
    """What the inside of a text's lines tells of its words."""

    words: Counter[str]
    lows: Counter[str]
    triples: Counter[tuple[str, str, str]]
    beginnings: frozenset[str]
    by_word: Level = field(default_factory=Level)
    by_ending: Level = field(default_factory=Level)
    by_kind: Level = field(default_factory=Level)
    _joints: dict[tuple[str, str, int], float] = field(default_factory=dict, repr=False)

    def pair(self, left: str, right: str, seen: int = 0) -> float:
        """Score two words as neighbours, in points: negative is unlikely, 0 unknown.

        `seen` says how often the place in question itself stands in the counts.
        """
        key = (left, right, seen)
        known = self._joints.get(key)
        if known is None:
            known = self._joints[key] = self._pair(left, right, seen)
        return known

    def _pair(self, left: str, right: str, seen: int) -> float:
        kinds = _kind(left, ends=True), _kind(right, ends=False)
        if left.casefold() in _ARTICLES and kinds[1] in _AFTER_NO_ARTICLE:
            return _LEAST
        ratio = self.by_kind.ratio(*kinds, seen, 1.0)
        ratio = self.by_ending.ratio(
            self._ending(left, True), self._ending(right, False), seen, ratio
        )
        ratio = self.by_word.ratio(left.casefold(), _bare(right), seen, ratio)
        return max(_LEAST, min(_MOST, math.log(max(ratio, 0.01))))

    def _ending(self, word: str, ends: bool) -> str:
        """Name a word by itself if it is frequent, else by its looks and its last letters."""
        low = word.casefold()
        core = low.strip(_MARKS)
        if self.words[core] >= _FREQUENT:
            return low if ends else core
        mark = low[-1] if ends and low[-1:] in ".,;:!?" else ""
        capital = "^" if word.lstrip(_MARKS)[:1].isupper() else ""
        return f"{capital}~{core[-2:]}{mark}"

    def repeats(self, above: str, below: str) -> bool:
        """Tell whether the four words around a line's end stand together elsewhere in the text."""
        words = [*above.casefold().split()[-2:], *below.casefold().split()[:2]]
        if len(words) < 4:
            return False
        return all(self.triples[three] for three in zip(words, words[1:], words[2:], strict=False))

    def completes(self, above: str, below: str) -> float:
        """Score the word that a hyphen has broken: known as a whole, by its beginning, or not."""
        stem = _bare(above.rstrip(" -").rsplit(" ", 1)[-1])
        rest = _bare(below.split(" ", 1)[0])
        if self.words[stem + rest]:
            return 3.0
        return 1.2 if f"{stem}{rest[:4]}" in self.beginnings else -0.6

    def common(self, word: str) -> bool:
        """Tell whether a capitalised word is one that the text mostly writes without a capital."""
        core = word.strip(_MARKS)
        low = core.casefold()
        if is_small(low) and core != core.upper():
            return True
        return self.lows[low] >= 2 and 3 * self.lows[low] > self.words[low] - self.lows[low]

    def breaks(self, left: str, right: str) -> bool:
        """Tell whether two words that stand side by side cannot be read in one go.

        A sentence ends and none begins, or a sentence begins where none has ended.
        """
        if is_terminal(left):
            return starts_low(right) and len(left) > 4 and right[:1].isalpha()
        opens = left[-1:] in ":;-–‘“\"'/" or right[:1] in "‘“\"'(•"
        return not opens and right[:1].isupper() and self.common(right)

    def refers_back(self, text: str) -> float:
        """Tell from 0 to 3 how surely a sentence speaks, by its first word, of the one before."""
        word = text.split(" ", 1)[0].casefold().rstrip(",.")
        return 3.0 if word in _BOUND else float(word.rstrip("?") in _REFERRING)

    def joint(self, above: str, below: str, seen: int = 0) -> float:
        """Score the last word of one text and the first word of the next as neighbours."""
        if not above or not below:
            return 0.0
        return self.pair(above.rsplit(" ", 1)[-1], below.split(" ", 1)[0], seen)


def _bare(word: str) -> str:
    return word.casefold().strip(_MARKS)


@lru_cache(maxsize=20_000)
def _kind(word: str, ends: bool) -> str:
    """Name the kind of a word; with `ends`, the mark behind it counts."""
    core = _bare(word)
    mark = word[-1] if ends and word[-1:] in ".,;:!?" else ""
    if not core or not core[0].isalpha():
        return f"0{mark}" if core else word[:1]
    if word.lstrip(_MARKS)[:1].isupper():
        return f"Name{mark}"
    return mark or kind_of(core)


def learn(lines: Iterable[str]) -> Speech:
    """Count words, and pairs of words under each way to take them together, inside the lines."""
    words: Counter[str] = Counter()
    lows: Counter[str] = Counter()
    seen: Counter[tuple[str, str]] = Counter()
    triples: Counter[tuple[str, str, str]] = Counter()
    for line in lines:
        tokens = line.split()
        low = [token.casefold() for token in tokens]
        words.update(low)
        words.update(bare for token in low if (bare := token.strip(_MARKS)) != token)
        lows.update(token.strip(_MARKS) for token in tokens if token.lstrip(_MARKS)[:1].islower())
        seen.update(pairwise(tokens))
        triples.update(zip(low, low[1:], low[2:], strict=False))
    beginnings = frozenset(
        word[:size] for word in words for size in range(5, len(word)) if word.isalpha()
    )
    speech = Speech(words, lows, triples, beginnings)
    for (left, right), count in seen.items():
        speech.by_word.add(left.casefold(), _bare(right), count)
        speech.by_ending.add(speech._ending(left, True), speech._ending(right, False), count)
        speech.by_kind.add(_kind(left, ends=True), _kind(right, ends=False), count)
    return speech
