"""Which quotes of a newer edition return from an earlier one, as far as words can tell. Pure.

Everything here is a suggestion: what returns is for a person to say.
"""

from __future__ import annotations

from collections import Counter, defaultdict, deque
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from quotes.highlighting import Piece
from quotes.importing.text import normalised

LEAST_ALIKE = 0.55
NEARLY_THE_SAME = 0.85
_RAREST = 8  # words of a quote by which its like is looked for
_COMMON = 60  # a word of more quotes than this tells little
_CANDIDATES = 4

Pair = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Said:
    """A quote as far as comparing needs it."""

    key: int
    text: str
    fingerprint: str


@dataclass(frozen=True, slots=True)
class Match:
    """A newer and an earlier quote, and how alike they are: 1 is the same words."""

    new: int
    old: int
    likeness: float

    @property
    def identical(self) -> bool:
        return self.likeness == 1


def identical(newer: Iterable[Said], earlier: Iterable[Said], refused: set[Pair]) -> list[Match]:
    """Pair the quotes of the same fingerprint in their given order, each at most once."""
    waiting: dict[str, deque[int]] = defaultdict(deque)
    for one in earlier:
        waiting[one.fingerprint].append(one.key)
    found = []
    for one in newer:
        left = waiting.get(one.fingerprint, deque())
        old = next((key for key in left if (one.key, key) not in refused), None)
        if old is not None:
            left.remove(old)
            found.append(Match(one.key, old, 1.0))
    return found


def matches(newer: Sequence[Said], earlier: Sequence[Said], refused: set[Pair]) -> list[Match]:
    """Pair quotes that return, the likest first; each quote in at most one pair.

    First those of the same fingerprint; of the others those that share rare words and are alike.
    """
    same = identical(newer, earlier, refused)
    taken_new, taken_old = {one.new for one in same}, {one.old for one in same}
    near = _near(
        [one for one in newer if one.key not in taken_new],
        [one for one in earlier if one.key not in taken_old],
        refused,
    )
    found = list(same)
    for match in sorted(near, key=lambda one: (-one.likeness, one.new, one.old)):
        if match.new not in taken_new and match.old not in taken_old:
            taken_new.add(match.new)
            taken_old.add(match.old)
            found.append(match)
    return found


def _near(newer: list[Said], earlier: list[Said], refused: set[Pair]) -> Iterator[Match]:
    words = {one.key: normalised(one.text).split() for one in earlier}
    holders: dict[str, list[int]] = defaultdict(list)
    for key, said in words.items():
        for word in set(said):
            holders[word].append(key)
    for one in newer:
        said = normalised(one.text).split()
        compare = SequenceMatcher(None, autojunk=False)
        compare.set_seq2(said)
        for key in _candidates(said, holders):
            if (one.key, key) in refused:
                continue
            compare.set_seq1(words[key])
            if compare.quick_ratio() < LEAST_ALIKE:
                continue
            likeness = compare.ratio()
            if likeness >= LEAST_ALIKE:
                # The same words in a row have the same fingerprint: these are never quite alike.
                yield Match(one.key, key, min(likeness, 0.99))


def _candidates(said: list[str], holders: dict[str, list[int]]) -> list[int]:
    """The earlier quotes that share the most of the rarest words."""
    known = sorted({word for word in said if word in holders}, key=lambda w: (len(holders[w]), w))
    shared: Counter[int] = Counter()
    for number, word in enumerate(known[:_RAREST]):
        if number and len(holders[word]) > _COMMON:
            break
        for key in holders[word]:
            shared[key] += 1
    return [key for key, _count in shared.most_common(_CANDIDATES)]


def differences(old: str, new: str) -> tuple[list[Piece], list[Piece]]:
    """Both texts in pieces; the words that the other does not have there are marked."""
    before, after = old.split(), new.split()
    compare = SequenceMatcher(None, before, after, autojunk=False)
    left: list[Piece] = []
    right: list[Piece] = []
    for what, i1, i2, j1, j2 in compare.get_opcodes():
        for words, pieces in ((before[i1:i2], left), (after[j1:j2], right)):
            if words:
                pieces.append(Piece(" ".join(words), what != "equal"))
    return _spaced(left), _spaced(right)


def _spaced(pieces: list[Piece]) -> list[Piece]:
    """A blank between the pieces, outside what is marked."""
    found: list[Piece] = []
    for number, piece in enumerate(pieces):
        if number:
            found.append(Piece(" ", False))
        found.append(piece)
    return found
