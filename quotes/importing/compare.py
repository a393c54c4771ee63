"""A reading beside what the anthology holds: what would change, and what stays as it is.

References never change. What somebody corrected keeps its words; what something downstream refers
to never disappears; both are shown instead. Pages that the reading does not cover are left alone.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from quotes.importing.differences import Change, Details, Held, HeldQuote, Plan, What
from quotes.importing.matching import Matches, Material, match
from quotes.importing.readers import XLSX
from quotes.importing.reading import ImportRefused, QuoteRead, Reading

# A table is a choice of rows: what it leaves out is not gone.
TABLES = frozenset({"text/csv", "application/jsonl", XLSX})


def compare(reading: Reading, held: Held) -> Plan:
    """Return the differences that importing the reading makes, in reading order.

    Raises ImportRefused when a quote can be placed in no section at all.
    """
    material = Material(
        reading.quotes, sections_of(reading, held), held.quotes, covered_pages(reading)
    )
    found = match(material)
    judge = _Judge(material, found, _names(reading))
    changes = list(judge.of_reads())
    unchanged = len(reading.quotes) - sum(change.read is not None for change in changes)
    changes += judge.of_the_rest()
    places = {read: held.quotes[index].pk for read, index in judge.whole()}
    return Plan(tuple(changes), unchanged, places)


def covered_pages(reading: Reading) -> frozenset[int]:
    """The pages of which the reading has every quote."""
    if reading.only_page is not None:
        return frozenset({reading.only_page})
    sources = [s for s in reading.sources if s.media_type not in TABLES]
    return frozenset(page for source in sources for page in source.pages)


def sections_of(reading: Reading, held: Held) -> list[str]:
    """The section of every read quote; where it is not known, the one running on its page."""
    known = dict(held.sections)
    for section in reading.sections:
        if section.kind_chapter:
            known.setdefault(section.number, (section.first_page, section.order))
    return [_section_of(quote, known) for quote in reading.quotes]


def _section_of(read: QuoteRead, known: Mapping[str, tuple[int | None, int]]) -> str:
    if read.section_number in known:
        return read.section_number
    running = [
        (order, number)
        for number, (first, order) in known.items()
        if first and first <= (read.page or 0)
    ]
    if not running:
        raise ImportRefused(
            f"{read.source_name}, line {read.line_start}: no section is known for page "
            f"{read.page}; fill in the column 'section'."
        )
    return max(running)[1]


def details_of(read: QuoteRead, source: str) -> Details:
    """Where a read quote stands and how sure it is; `source` is the SHA-256 of its file."""
    boxes = [[box.sheet, box.x0, box.top, box.x1, box.bottom] for box in read.boxes] or None
    place = (read.page, read.position, read.line_start, read.line_end, boxes)
    return (*place, read.complete, read.confidence, source)


def _names(reading: Reading) -> dict[str, str]:
    return {source.name: source.sha256 for source in reading.sources}


class _Judge:
    """Tells for every quote what becomes of it, by the rules of this module's docstring."""

    def __init__(self, m: Material, found: Matches, sources: Mapping[str, str]) -> None:
        self._m, self._found, self._sources = m, found, sources
        self._pks: Sequence[int] = [quote.pk for quote in m.held]

    def whole(self) -> Iterator[tuple[int, int]]:
        """Which read quote goes on as which held one (a part of one is a quote of its own)."""
        parts = {read for reads in self._new_parts().values() for read in reads}
        return ((read, held) for read, held in self._found.held_of.items() if read not in parts)

    def _new_parts(self) -> dict[int, list[int]]:
        """The parts that become quotes: not those of a quote that somebody corrected."""
        parts = self._found.parts.items()
        return {held: reads for held, reads in parts if not self._m.held[held].corrected}

    def of_reads(self) -> Iterator[Change]:
        """The differences of what was read."""
        new_parts = {
            read: self._m.held[held] for held, reads in self._new_parts().items() for read in reads
        }
        for read in range(len(self._m.reads)):
            section = self._m.sections[read]
            held = self._found.held_of.get(read)
            if held is None:
                yield Change(What.NEW, read, section=section)
            elif read in new_parts:
                yield Change(What.NEW, read, section=section, split_from=new_parts[read].pk)
            elif read not in self._found.partly and read not in self._found.parts.get(held, ()):
                change = self._difference(read, held)
                if change is not None:
                    yield change

    def _difference(self, read: int, held: int) -> Change | None:
        quote, other = self._m.reads[read], self._m.held[held]
        section = self._m.sections[read]
        words = quote.text != other.text
        # What is not known any more does not overrule what was known.
        moved = section != other.section and not section.endswith("?")
        pulled = self._pulled(quote, other)
        restored = other.withdrawn
        if other.corrected:
            differs = words or moved or pulled or restored
            return Change(What.KEPT, read, other.pk, section) if differs else None
        others = tuple(
            self._pks[index]
            for index in self._found.merged.get(held, ())
            if not (self._m.held[index].corrected or self._m.held[index].used)
        )
        details = details_of(quote, self._sources.get(quote.source_name, ""))
        headlines = (
            (What.SPLIT, bool(self._found.parts.get(held))),
            (What.JOINED, bool(others)),
            (What.RESTORED, restored),
            (What.TEXT, words),
            (What.SECTION, moved),
            (What.PULL_QUOTE, pulled),
            (What.DETAILS, details != other.details),
        )
        what = next((what for what, holds in headlines if holds), None)
        if what is None:
            return None
        return Change(
            what,
            read,
            other.pk,
            section if moved else other.section,
            text=words,
            moved=moved,
            pulled=pulled,
            restored=restored,
            others=others,
        )

    def _pulled(self, quote: QuoteRead, other: HeldQuote) -> bool:
        """Whether the quote repeats another one than before, or none any more."""
        if quote.pull_quote_of is None:
            return other.pull_quote_of is not None
        target = self._found.held_of.get(quote.pull_quote_of)
        return target is None or self._pks[target] != other.pull_quote_of

    def of_the_rest(self) -> Iterator[Change]:
        """What stands on a page that was read, and was not found there any more."""
        merged = {index for others in self._found.merged.values() for index in others}
        for index, quote in enumerate(self._m.held):
            if quote.withdrawn or (index in self._found.read_of and index not in merged):
                continue
            if index in merged:
                keeper = self._m.held[self._found.held_of[self._found.read_of[index]]]
                if keeper.corrected or not (quote.corrected or quote.used):
                    continue  # it goes into the keeper, or nothing happens at all
            elif quote.page not in self._m.covered:
                continue
            if quote.corrected:
                yield Change(What.KEPT, held=quote.pk, section=quote.section)
            elif quote.used:
                yield Change(What.STAYS, held=quote.pk, section=quote.section)
            else:
                yield Change(What.GONE, held=quote.pk, section=quote.section)
