"""Which texts are one statement whose words were mended, and which are parts of one another.

Words are compared, not characters, and a rare word weighs more than a common one. Candidates are
found by their rarest words, so that ten thousand quotes take seconds.
"""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import pairwise

from quotes.importing.text import normalised

SAME_SHARE, SAME_WORDS = 0.7, 6
ALIKE, ALIKE_PIECE, ALIKE_LONGEST = 0.8, 0.5, 40
ONE_LENGTH, FEW_WORDS = 0.15, 3
PART_SHARE, PART_SPREAD, PART_WORDS, PART_OF_WHOLE = 0.85, 1.3, 5, 0.4
_RAREST, _MOST = 8, 60

Words = tuple[str, ...]


def words_of(text: str) -> Words:
    """The words of a text as they are compared."""
    return tuple(normalised(text).split())


@dataclass(frozen=True, slots=True)
class Pair:
    """Two texts that are near: one statement, or one a part of the other; `shared` is a weight."""

    left: int
    right: int
    shared: float
    same: bool
    left_in_right: bool
    right_in_left: bool


def pairs(
    lefts: Sequence[Words], rights: Sequence[Words], close: Callable[[int, int], bool]
) -> Iterator[Pair]:
    """Yield the pairs of near texts among those for which `close(left, right)` holds."""
    found_in = Counter(word for text in (*lefts, *rights) for word in set(text))
    total = len(lefts) + len(rights)
    weight = {word: math.log(1 + total / count) for word, count in found_in.items()}
    index: dict[str, list[int]] = defaultdict(list)
    for number, text in enumerate(rights):
        for word in set(text):
            index[word].append(number)
    bags = [Counter(text) for text in rights]
    weights = [sum(weight[word] for word in text) for text in rights]
    for left, text in enumerate(lefts):
        bag, own = Counter(text), sum(weight[word] for word in text)
        known = sorted((word for word in bag if word in index), key=lambda w: (len(index[w]), w))
        some = {right for word in known[:_RAREST] for right in index[word][:_MOST]}
        for right in sorted(right for right in some if close(left, right)):
            shared = bag & bags[right]
            shared_weight = sum(weight[word] * count for word, count in shared.items())
            both = own + weights[right]
            share = 2 * shared_weight / both if both else 0.0
            other = rights[right]
            same = _same(text, other, share, shared.total())
            # Of nearly one length they are one statement, and neither is a part.
            apart = not same or abs(len(text) - len(other)) > ONE_LENGTH * len(other)
            in_right = apart and is_part(text, other)
            in_left = apart and is_part(other, text)
            pair = Pair(left, right, shared_weight, same, in_right, in_left)
            if pair.same or pair.left_in_right or pair.right_in_left:
                yield pair


def _same(left: Words, right: Words, share: float, shared: int) -> bool:
    if share >= SAME_SHARE and shared >= SAME_WORDS:
        return True
    # Letters are compared only where half of the words are the same, or there are hardly any.
    shorter = min(len(left), len(right))
    return (shared * 2 >= shorter or shorter <= FEW_WORDS) and alike(left, right)


def alike(left: Words, right: Words) -> bool:
    """Whether short texts differ only in how their words are written.

    'er is te weinig tijd' and '… geld' are not alike, though they share all words but one.
    """
    if not left or not right or max(len(left), len(right)) > ALIKE_LONGEST:
        return False
    letters = SequenceMatcher(None, "".join(left), "".join(right), autojunk=False)
    if letters.quick_ratio() < ALIKE or letters.ratio() < ALIKE:
        return False
    for deed, l0, l1, r0, r1 in SequenceMatcher(None, left, right, autojunk=False).get_opcodes():
        here, there = "".join(left[l0:l1]), "".join(right[r0:r1])
        if deed == "replace" and _ratio(here, there) < ALIKE_PIECE:
            return False
        if deed in ("insert", "delete") and (l1 - l0 + r1 - r0) * 3 > len(left):
            return False
    return True


def _ratio(left: str, right: str) -> float:
    return SequenceMatcher(None, left, right, autojunk=False).ratio()


def is_part(part: Words, whole: Words) -> bool:
    """Whether `part` is a run of the words of the longer text `whole`, a few mended words aside."""
    enough = len(part) >= PART_WORDS or len(part) >= PART_OF_WHOLE * len(whole)
    if not enough or len(part) < 2 or len(part) >= len(whole):
        return False
    if (Counter(part) & Counter(whole)).total() < PART_SHARE * len(part):
        return False
    in_turn = (Counter(pairwise(part)) & Counter(pairwise(whole))).total()
    if len(part) > FEW_WORDS and in_turn * 2 < len(part) - 1:
        return False
    blocks = SequenceMatcher(None, part, whole, autojunk=False).get_matching_blocks()[:-1]
    if sum(block.size for block in blocks) < PART_SHARE * len(part):
        return False
    spread = blocks[-1].b + blocks[-1].size - blocks[0].b
    return spread <= PART_SPREAD * len(part) + 1
