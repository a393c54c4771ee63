"""Which quote of the anthology a quote of the reading is: by its words, then by near words."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from quotes.importing.differences import HeldQuote
from quotes.importing.near import Pair, is_part, pairs, words_of
from quotes.importing.reading import QuoteRead
from quotes.references import parse

NEIGHBOURS = 1  # pages


class Look(NamedTuple):
    """What a quote is known by."""

    section: str
    page: int | None
    position: int
    text: str
    print: str
    pulled: bool


# The surest way first. A quote and the box that repeats it have the same words: mixed up last.
WAYS: tuple[Callable[[Look], object], ...] = (
    lambda look: look,
    lambda look: (look.section, look.page, look.print, look.pulled),
    lambda look: None if look.page is None else (look.page, look.print, look.pulled),
    lambda look: (look.section, look.print, look.pulled),
    lambda look: None if look.page is None else (look.page, look.print),
    lambda look: (look.section, look.print),
)


@dataclass(frozen=True, slots=True)
class Material:
    """What is matched: the read quotes with the sections they get, and the held ones.

    `covered` are the pages of which the reading claims to hold every quote.
    """

    reads: Sequence[QuoteRead]
    sections: Sequence[str]
    held: Sequence[HeldQuote]
    covered: frozenset[int]

    def look(self, read: int) -> Look:
        """What the read quote is known by."""
        quote, pulled = self.reads[read], self.reads[read].pull_quote_of is not None
        return Look(
            self.sections[read],
            quote.page,
            quote.position,
            quote.text,
            quote.fingerprint,
            pulled,
        )


@dataclass
class Matches:
    """Which is which, as indexes. `parts` and `merged` stand by the held quote that goes on.

    `partly`: reads that are only what one page shows of a quote that the anthology holds whole.
    """

    held_of: dict[int, int] = field(default_factory=dict)
    read_of: dict[int, int] = field(default_factory=dict)
    parts: dict[int, list[int]] = field(default_factory=lambda: defaultdict(list))
    merged: dict[int, list[int]] = field(default_factory=lambda: defaultdict(list))
    partly: set[int] = field(default_factory=set)

    def claim(self, read: int, held: int) -> None:
        """The read quote is this held one, and no other."""
        self.held_of[read], self.read_of[held] = held, read


def match(material: Material) -> Matches:
    """Recognise as many quotes as can be, each at most once."""
    found = Matches()
    _by_reference(material, found)
    for way in WAYS:
        _by_words(material, found, way)
    _moved_far(material, found)
    _by_near_words(material, found)
    return found


def _by_reference(m: Material, found: Matches) -> None:
    """A table may name the reference: believed where the words are near as well."""
    known = {quote.reference: index for index, quote in enumerate(m.held)}
    for read, quote in enumerate(m.reads):
        given = parse(quote.reference) if quote.reference else None
        held = known.get(given.bare) if given else None
        if held is None or held in found.read_of:
            continue
        other = m.held[held]
        if other.fingerprint == quote.fingerprint or _near_text(quote.text, other.text):
            found.claim(read, held)


def _near_text(left: str, right: str) -> bool:
    return any(pairs([words_of(left)], [words_of(right)], lambda _l, _r: True))


def _looks(held: HeldQuote) -> Iterator[Look]:
    """As it stands, and with the words it had before somebody changed them."""
    pulled = held.pull_quote_of is not None
    look = Look(held.section, held.page, held.position, held.text, held.fingerprint, pulled)
    yield look
    for earlier in sorted(held.earlier - {held.fingerprint}):
        yield look._replace(print=earlier, text="")


def _by_words(m: Material, found: Matches, way: Callable[[Look], object]) -> None:
    index: dict[object, list[int]] = defaultdict(list)
    # A quote that counts is recognised before one that was withdrawn.
    for held in sorted(range(len(m.held)), key=lambda h: m.held[h].withdrawn):
        if held not in found.read_of:
            for key in {way(look) for look in _looks(m.held[held])}:
                index[key].append(held)
    for read in range(len(m.reads)):
        key = way(m.look(read))
        if read in found.held_of or key is None:
            continue
        free = (
            held
            for held in index.get(key, ())
            if held not in found.read_of and not _elsewhere(m, read, held)
        )
        first = next(free, None)
        if first is not None:
            found.claim(read, first)


def _elsewhere(m: Material, read: int, held: int) -> bool:
    """Who tells of a few pages only does not say that a quote of another page has moved."""
    here, there = m.reads[read].page, m.held[held].page
    return len(m.covered) < 2 and None not in (here, there) and here != there


def _moved_far(m: Material, found: Matches) -> None:
    """The same words, once left on either side, where the quote is no longer on its page."""
    reads = defaultdict(list)
    for read in range(len(m.reads)):
        if read not in found.held_of:
            reads[m.reads[read].fingerprint, m.look(read).pulled].append(read)
    held = defaultdict(list)
    for index, quote in enumerate(m.held):
        if index not in found.read_of and not quote.withdrawn and quote.page in m.covered:
            held[quote.fingerprint, quote.pull_quote_of is not None].append(index)
    for key, here in reads.items():
        there = held.get(key, [])
        if len(here) == len(there) == 1:
            found.claim(here[0], there[0])


def _by_near_words(m: Material, found: Matches) -> None:
    """Mended words, and quotes that fell into parts or went together."""
    reads = [read for read in range(len(m.reads)) if read not in found.held_of]
    # What the import itself withdrew comes back by its very words only.
    held = [
        index
        for index, quote in enumerate(m.held)
        if index not in found.read_of and (quote.corrected or not quote.withdrawn)
    ]
    lefts = [words_of(m.reads[read].text) for read in reads]
    rights = [words_of(m.held[index].text) for index in held]
    looks = [m.look(read) for read in reads]
    near = pairs(lefts, rights, lambda left, right: _close(m, looks[left], m.held[held[right]]))
    order = sorted(
        near, key=lambda p: (m.held[held[p.right]].withdrawn, -p.shared, p.left, p.right)
    )
    for pair in order:
        _settle(m, found, pair, reads[pair.left], held[pair.right])
    _first_goes_on(m, found)


def _close(m: Material, look: Look, other: HeldQuote) -> bool:
    """On the same or a neighbouring page, or in the same section; a box only with a box."""
    if look.pulled != (other.pull_quote_of is not None):
        return False
    if look.page is not None and other.page is not None:
        if abs(look.page - other.page) <= NEIGHBOURS:
            return True
        if len(m.covered) < 2:
            return False
    return look.section == other.section


def _settle(m: Material, found: Matches, pair: Pair, read: int, held: int) -> None:
    gone = m.held[held].withdrawn
    if read not in found.held_of and held not in found.read_of:
        found.claim(read, held)
        whole = m.held[held].complete and not m.reads[read].complete
        if whole and _inside(m.reads[read].text, m.held[held].text):
            found.partly.add(read)
    elif read not in found.held_of and pair.left_in_right and not gone:
        first = found.read_of.get(held)
        if first is not None and not _inside(m.reads[read].text, m.reads[first].text):
            found.parts[held].append(read)
            found.held_of[read] = held
            found.partly.discard(first)
    elif held not in found.read_of and pair.right_in_left and not gone:
        first = found.held_of[read]
        own = found.read_of.get(first) == read
        if own and not _inside(m.held[held].text, m.held[first].text):
            found.merged[first].append(held)
            found.read_of[held] = read


def _inside(part: str, whole: str) -> bool:
    left, right = words_of(part), words_of(whole)
    return left == right or is_part(left, right)


def _first_goes_on(m: Material, found: Matches) -> None:
    """Where several became one, the first of them keeps its reference."""
    for keeper, others in list(found.merged.items()):
        first, *rest = sorted([keeper, *others])
        del found.merged[keeper]
        found.merged[first] = rest
        read = found.read_of[keeper]
        found.held_of[read] = first
        if keeper in found.parts and first != keeper:
            parts = found.parts.pop(keeper)
            found.parts[first] = parts
            found.held_of.update(dict.fromkeys(parts, first))
