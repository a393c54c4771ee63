"""Which words follow one another: learnt from the text itself, and a few facts of Dutch.

The pairs of words inside lines tell how likely two words are neighbours; as few pairs are seen
twice, words are also taken together by their ending, which tells verbs from nouns well enough.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from itertools import pairwise

from quotes.importing.text import is_terminal, starts_low

# Words that want a noun behind them; none of the second list can take its place.
_OPENERS = frozenset("de het een van in op te aan bij door naar uit over alle deze dit hun".split())
_ARTICLES = frozenset("de het een".split())
# What never stands behind an article.
_AFTER_NO_ARTICLE = frozenset(
    "de het een mijn jouw onze ons hun deze dit die ik hij zij ze wij we er iemand niemand "
    "iedereen van in op aan bij door naar uit al als want".split()
)
_REFERRING = frozenset(
    "waarom dit deze ze zij die dat daarnaast daarmee hierdoor daardoor hierbij ook oorzaak dus "
    "zo hiervan bijvoorbeeld daarom echter hierbij hierover daarbij daarna bovendien".split()
)
_NO_NOUN = frozenset("en of maar dat die want dus is zijn wordt worden voor met om te er".split())
_MARKS = ".,;:!?()’”“\"'‘"
_FREQUENT = 12
_SMOOTH = 4.0


@dataclass(frozen=True, slots=True)
class Speech:
    """Counts of words, of pairs of words, and of pairs of their classes, inside lines."""

    words: Counter[str]
    lows: Counter[str]
    pairs: Counter[tuple[str, str]]
    classes: Counter[tuple[str, str]]
    firsts: Counter[str]
    seconds: Counter[str]
    total: int
    triples: Counter[tuple[str, str, str]]
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

    def _pair(self, one: str, two: str, seen: int) -> float:
        left, right = one.casefold(), two.casefold()
        if left in _OPENERS and right in _NO_NOUN and (left, right) != ("van", "die"):
            return -1.5
        if left in _ARTICLES and right in _AFTER_NO_ARTICLE:
            return -1.5
        known = 0.5 * math.log1p(max(0, self.pairs[left, right] - seen))
        class_one, class_two = self.class_of(one), self.class_of(two)
        expected = self.firsts[class_one] * self.seconds[class_two] / max(1, self.total)
        met = max(0, self.classes[class_one, class_two] - seen)
        kinship = math.log((met + _SMOOTH) / (expected + _SMOOTH))
        return max(-1.5, min(2.0, known + 0.7 * kinship))

    def repeats(self, above: str, below: str) -> bool:
        """Tell whether the words around a line's end stand together elsewhere in the text."""
        before = above.casefold().split()[-2:]
        behind = below.casefold().split()[:2]
        if not before or not behind or len(before) + len(behind) < 3:
            return False
        span = (*before, *behind)
        return any(self.triples[span[i : i + 3]] for i in range(len(span) - 2))

    def class_of(self, word: str) -> str:
        """Name the class of a word: itself if it is frequent, else its looks and its ending."""
        low = word.casefold()
        if self.words[low] >= _FREQUENT:
            return low
        core = low.strip(_MARKS)
        if not core:
            return low[:1]
        mark = low[-1] if low[-1] in ".,;:!?" else ""
        if core[0].isdigit():
            return f"0{mark}"
        capital = "^" if word.lstrip(_MARKS)[:1].isupper() else ""
        return f"{capital}~{core[-2:]}{mark}"

    def completes(self, above: str, below: str) -> float:
        """Tell whether a word broken by a hyphen becomes one that the text knows."""
        stem = above.rstrip(" -").rsplit(" ", 1)[-1]
        whole = f"{stem}{below.split(' ', 1)[0].strip('.,;:!?)')}".casefold()
        return 1.0 if self.words[whole] else 0.0

    def common(self, word: str) -> bool:
        """Tell whether a capitalised word is one that the text mostly writes without a capital."""
        core = word.strip(_MARKS)
        low = core.casefold()
        return self.lows[low] >= 2 and 3 * self.lows[low] > self.words[low] - self.lows[low]

    def breaks(self, left: str, right: str) -> bool:
        """Tell whether two words that stand side by side cannot be read in one go.

        A sentence ends and none begins, or a sentence begins where none has ended.
        """
        if is_terminal(left):
            return starts_low(right) and len(left) > 4 and right[:1].isalpha()
        opens = left[-1:] in ":;-–‘“\"'/" or right[:1] in "‘“\"'(•"
        return not opens and right[:1].isupper() and self.common(right)

    def refers_back(self, text: str) -> bool:
        """Tell whether a sentence opens with a word that speaks of the sentence before it."""
        return text.split(" ", 1)[0].strip("?,.").casefold() in _REFERRING

    def joint(self, above: str, below: str, seen: int = 0) -> float:
        """Score the last word of one text and the first word of the next as neighbours."""
        if not above or not below:
            return 0.0
        return self.pair(above.rsplit(" ", 1)[-1], below.split(" ", 1)[0], seen)


def learn(lines: Iterable[str]) -> Speech:
    """Count words, and pairs of words and of their classes, inside the lines."""
    words: Counter[str] = Counter()
    lows: Counter[str] = Counter()
    pairs: Counter[tuple[str, str]] = Counter()
    seen: Counter[tuple[str, str]] = Counter()
    triples: Counter[tuple[str, str, str]] = Counter()
    for line in lines:
        tokens = line.split()
        low = [token.casefold() for token in tokens]
        words.update(low)
        lows.update(token.strip(_MARKS) for token in tokens if token.lstrip(_MARKS)[:1].islower())
        words.update(bare for token in low if (bare := token.strip(_MARKS)) != token)
        pairs.update(pairwise(low))
        seen.update(pairwise(tokens))
        triples.update(zip(low, low[1:], low[2:], strict=False))
    bare = Speech(words, lows, pairs, Counter(), Counter(), Counter(), 0, triples)
    classes: Counter[tuple[str, str]] = Counter()
    for (left, right), count in seen.items():
        classes[bare.class_of(left), bare.class_of(right)] += count
    firsts: Counter[str] = Counter()
    seconds: Counter[str] = Counter()
    for (one, two), count in classes.items():
        firsts[one] += count
        seconds[two] += count
    return Speech(words, lows, pairs, classes, firsts, seconds, sum(firsts.values()), triples)
