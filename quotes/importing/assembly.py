"""Last step: what was gathered into a Reading, the same for text and for PDF."""

from __future__ import annotations

from collections.abc import Sequence

from quotes.importing.contents import Contents, key_of
from quotes.importing.lines import Box
from quotes.importing.pieces import PULL
from quotes.importing.quotes import Draft, Gathered
from quotes.importing.readers import Document
from quotes.importing.reading import QuoteRead, SectionRead, SourceRead
from quotes.importing.text import fingerprint


def sections_of(found: Gathered, contents: Contents) -> tuple[SectionRead, ...]:
    """Return the sections that have quotes, a heading or a line in the table of contents."""
    numbers = {draft.section for draft in found.drafts} | set(found.headings)
    numbers |= set(contents.titles)
    sections = []
    for number in sorted(numbers, key=key_of):
        heading, page = found.headings.get(number, ("", None))
        sections.append(
            SectionRead(
                number=number,
                title=contents.titles.get(number, heading),
                first_page=contents.first_pages.get(number, page),
                order=key_of(number)[0] * 1000 + min(999, key_of(number)[1]),
                kind_chapter=key_of(number)[0],
            )
        )
    return tuple(sections)


def quote_of(
    draft: Draft, documents: Sequence[Document], confidence: float, boxes: tuple[Box, ...] = ()
) -> QuoteRead:
    """Return a draft as a finished quote."""
    first, last = draft.lines
    return QuoteRead(
        section_number=draft.section,
        text=draft.text,
        page=draft.page,
        column=draft.column,
        position=draft.position,
        line_start=first,
        line_end=last,
        is_pull_quote=draft.kind == PULL,
        pull_quote_of=draft.pull_of,
        complete=not draft.cut_off,
        confidence=confidence,
        source_name=documents[draft.document].name,
        fingerprint=fingerprint(draft.text),
        boxes=boxes,
    )


def source_of(document: Document, numbers: set[int]) -> SourceRead:
    """Return a file with the numbers of the pages that were found in it."""
    return SourceRead(
        document.name, document.sha256, document.media_type, tuple(sorted(numbers)), document.data
    )
