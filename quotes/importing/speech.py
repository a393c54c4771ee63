"""Which words follow one another: learnt from the text itself, and a few facts of Dutch."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import pairwise

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
    "zo hiervan bijvoorbeeld".split()
)
_NO_NOUN = frozenset("en of maar dat die want dus is zijn wordt worden voor met om te er".split())


@dataclass(frozen=True, slots=True)
class Speech:
    """Counts of words and of pairs of words inside the lines of a text."""

    words: Counter[str]
    pairs: Counter[tuple[str, str]]

    def pair(self, left: str, right: str) -> float:
        """Score two words as neighbours: from -1 (cannot be) to +1.5 (often seen)."""
        left, right = left.casefold(), right.casefold()
        if left in _OPENERS and right in _NO_NOUN and (left, right) != ("van", "die"):
            return -1.0
        if left in _ARTICLES and right in _AFTER_NO_ARTICLE:
            return -1.0
        return min(1.5, 0.5 * math.log1p(self.pairs[left, right]))

    def completes(self, above: str, below: str) -> float:
        """Tell whether a word broken by a hyphen becomes one that the text knows."""
        stem = above.rstrip(" -").rsplit(" ", 1)[-1]
        whole = f"{stem}{below.split(' ', 1)[0].strip('.,;:!?)')}".casefold()
        return 1.5 if self.words[whole] else 0.0

    def refers_back(self, text: str) -> bool:
        """Tell whether a sentence opens with a word that speaks of the sentence before it."""
        return text.split(" ", 1)[0].strip("?,.").casefold() in _REFERRING

    def joint(self, above: str, below: str) -> float:
        """Score the last word of one line and the first word of the next as neighbours."""
        if not above or not below:
            return 0.0
        return self.pair(above.rsplit(" ", 1)[-1], below.split(" ", 1)[0])


def learn(lines: Iterable[str]) -> Speech:
    """Count words and pairs of words inside the lines."""
    words: Counter[str] = Counter()
    pairs: Counter[tuple[str, str]] = Counter()
    for line in lines:
        tokens = line.casefold().split()
        words.update(tokens)
        pairs.update(pairwise(tokens))
    return Speech(words, pairs)
