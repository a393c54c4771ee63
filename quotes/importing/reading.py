"""The shapes that travel between the steps of an import."""

from __future__ import annotations

from dataclasses import dataclass, field

from quotes.importing.lines import Box


class ImportRefused(Exception):
    """A file that cannot be imported; the message is one sentence for the person who tried."""


@dataclass(frozen=True, slots=True)
class SectionRead:
    """A section of the anthology; `number` ends in '.?' when it could not be known."""

    number: str
    title: str
    first_page: int | None
    order: int
    kind_chapter: int


@dataclass(frozen=True, slots=True)
class QuoteRead:
    """One statement; `pull_quote_of` is the index in `Reading.quotes` of what it repeats.

    `boxes` are the places of its lines on the page, where the source knows them.
    """

    section_number: str
    text: str
    page: int | None
    column: str
    position: int
    line_start: int | None
    line_end: int | None
    is_pull_quote: bool
    pull_quote_of: int | None
    complete: bool
    confidence: float
    source_name: str
    fingerprint: str
    reference: str = ""
    state: str = ""
    kind: str = ""
    boxes: tuple[Box, ...] = ()


@dataclass(frozen=True, slots=True)
class SourceRead:
    """A file as it was handed in, with the pages that were found in it."""

    name: str
    sha256: str
    media_type: str
    pages: tuple[int, ...]
    data: bytes = field(repr=False)


@dataclass(frozen=True, slots=True)
class Reading:
    """All that was read from a set of files; quotes stand in reading order.

    `only_page` is set when a single page was asked for: of others it then says nothing.
    """

    anthology_title: str
    sections: tuple[SectionRead, ...]
    quotes: tuple[QuoteRead, ...]
    sources: tuple[SourceRead, ...]
    warnings: tuple[str, ...]
    only_page: int | None = None
