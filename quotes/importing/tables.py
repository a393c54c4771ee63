"""Tables with one quote a row: what `export_quotes` writes, read back without loss, and others.

A row needs a text, and a section, a chapter or a page. Which column holds what is told by the
caller or guessed by the columns' names (quotes.importing.mapping).
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from quotes.importing.contents import key_of
from quotes.importing.readers import Document
from quotes.importing.reading import ImportRefused, QuoteRead, Reading, SectionRead, SourceRead
from quotes.importing.rows import Row, mapped_rows
from quotes.importing.text import fingerprint, normalised, tidy

_SECTION = re.compile(r"^(\d{1,2})\.(?:(\d{1,2})|\?|x)\.?(?:\s+(\S.*))?$")
_CHAPTER = re.compile(r"^(?:\w+\s+)?(\d{1,2})\.?(?:\s+\S.*)?$")
_TRUE = frozenset("true 1 yes y ja j waar x".split())
_FALSE = frozenset(["false", "0", "no", "n", "nee", "onwaar", ""])
_KINDS = {
    "trend": "trend", "trends": "trend", "problem": "problem", "probleem": "problem",
    "problemen": "problem", "strength": "strength", "wat gaat goed": "strength",
    "ambition": "ambition", "ambitie": "ambition", "ambities": "ambition",
}  # fmt: skip


@dataclass
class _Shared:
    """What the rows of all tables have in common."""

    titles: dict[str, str] = field(default_factory=dict)
    warnings: list[str] = field(default_factory=list)


def read_tables(
    documents: Sequence[Document],
    page: int | None = None,
    *,
    columns: Mapping[str, str] | None = None,
    sheet: str = "",
) -> Reading:
    """Read every row of these files as a quote; rows of one statement and page count once.

    `columns` says which column holds what (field → name); without it the names are guessed.
    Raises ImportRefused, naming file and row, for a missing column or an impossible value.
    """
    quotes: dict[tuple[object, ...], QuoteRead] = {}
    shared = _Shared()
    for document in documents:
        for number, row in mapped_rows(document, columns or {}, sheet, shared.warnings):
            quote = _quote(row, document.name, number, shared)
            if page is not None and quote.page != page:
                continue
            key = (quote.section_number, quote.page, quote.fingerprint, quote.is_pull_quote)
            quotes.setdefault(key if not quote.reference else (quote.reference,), quote)
    if not quotes:
        if page is not None:
            raise ImportRefused(f"No quote of page {page} was found; check the number.")
        raise ImportRefused("No quote was found in the files; offer a table with a row per quote.")
    ordered = tuple(quotes.values())
    pages = sorted({quote.page for quote in ordered if quote.page is not None})
    sources = tuple(
        SourceRead(d.name, d.sha256, d.media_type, tuple(pages), d.data) for d in documents
    )
    warnings = (*shared.warnings, *_doubts(ordered))
    return Reading("", _sections(ordered, shared.titles), _point(ordered), sources, warnings)


def _quote(row: Row, name: str, number: int, shared: _Shared) -> QuoteRead:
    where = f"{name}, line {number}"
    text = tidy(_text(row, "text"))
    if not normalised(text):
        raise ImportRefused(f"{where}: the column 'text' is missing or empty; every row needs it.")
    page = _number(row, "page", where)
    section = _section(row, where, page, shared)
    return QuoteRead(
        section_number=section,
        text=text,
        page=page,
        column="",
        position=_number(row, "position", where) or number,
        line_start=number,
        line_end=number,
        is_pull_quote=_flag(row, "is_pull_quote", where, default=False),
        pull_quote_of=None,
        complete=_flag(row, "complete", where, default=True),
        confidence=0.0 if section.endswith("?") else _share(row, "confidence", where),
        source_name=name,
        fingerprint=fingerprint(text),
        reference=_text(row, "reference"),
        state=_text(row, "state"),
        kind=_kind(row, where),
    )


def _section(row: Row, where: str, page: int | None, shared: _Shared) -> str:
    """The number of the section; '4.12 Samenwerken' may stand in one cell."""
    value, title = _text(row, "section"), _text(row, "section_title")
    if value:
        found = _SECTION.match(value)
        if found is None:
            raise ImportRefused(f"{where}: '{value}' is not a section; write it as 4.12.")
        number = f"{int(found[1])}.{int(found[2]) if found[2] else '?'}"
        title = title or found[3] or ""
    elif chapter := _text(row, "chapter"):
        found = _CHAPTER.match(chapter)
        if found is None:
            raise ImportRefused(f"{where}: '{chapter}' names no chapter; write its number, as 4.")
        number = _numbered(int(found[1]), title, shared)
    elif page is not None:
        number = "0.?"
    else:
        raise ImportRefused(
            f"{where}: neither 'section' nor 'page' is filled in; fill in one of them."
        )
    shared.titles[number] = title or shared.titles.get(number, "")
    return number


def _numbered(chapter: int, title: str, shared: _Shared) -> str:
    """The section of this title in the chapter; new titles are counted on, as in a book."""
    if not title:
        return f"{chapter}.?"
    mine = {
        number: known for number, known in shared.titles.items() if key_of(number)[0] == chapter
    }
    same = next((n for n, known in mine.items() if normalised(known) == normalised(title)), None)
    if same is not None:
        return same
    warning = f"Chapter {chapter}: its sections were numbered in the order of the table."
    if warning not in shared.warnings:
        shared.warnings.append(warning)
    last = max((key_of(n)[1] for n in mine if not n.endswith("?")), default=0)
    return f"{chapter}.{last + 1}"


def _kind(row: Row, where: str) -> str:
    value = _text(row, "kind")
    if value and value.casefold() not in _KINDS:
        raise ImportRefused(
            f"{where}: '{value}' is no kind; write trend, problem, strength or ambition."
        )
    return _KINDS.get(value.casefold(), "")


def _text(row: Row, column: str) -> str:
    value = row.get(column)
    return "" if value is None else str(value).strip()


def _number(row: Row, column: str, where: str) -> int | None:
    value = _text(row, column)
    if not value:
        return None
    if not value.isdecimal() or len(value) > 6:
        raise ImportRefused(f"{where}: '{column}' is '{value}'; write a whole number.")
    return int(value)


def _flag(row: Row, column: str, where: str, *, default: bool) -> bool:
    value = _text(row, column).casefold()
    if value in _TRUE:
        return True
    if value in _FALSE:
        return default if value == "" else False
    raise ImportRefused(f"{where}: '{column}' is '{value}'; write true or false.")


def _share(row: Row, column: str, where: str) -> float:
    value = _text(row, column).replace(",", ".")
    try:
        share = float(value) if value else 1.0
    except ValueError:
        share = -1.0
    if not 0 <= share <= 1:
        raise ImportRefused(f"{where}: '{column}' is '{value}'; write a number from 0 to 1.")
    return share


def _sections(quotes: Sequence[QuoteRead], titles: Mapping[str, str]) -> tuple[SectionRead, ...]:
    numbers = sorted({quote.section_number for quote in quotes}, key=key_of)
    return tuple(
        SectionRead(
            number,
            titles.get(number, ""),
            None,
            key_of(number)[0] * 1000 + min(999, key_of(number)[1]),
            key_of(number)[0],
        )
        for number in numbers
    )


def _point(quotes: Sequence[QuoteRead]) -> tuple[QuoteRead, ...]:
    """Point every pull quote at the quote with the same words, else at one that holds them."""
    regular = [(i, normalised(q.text)) for i, q in enumerate(quotes) if not q.is_pull_quote]
    same = {text: i for i, text in reversed(regular)}
    found = []
    for quote in quotes:
        target = None
        if quote.is_pull_quote:
            text = normalised(quote.text)
            target = same.get(text, next((i for i, other in regular if text in other), None))
        found.append(quote if target is None else replace(quote, pull_quote_of=target))
    return tuple(found)


def _doubts(quotes: Sequence[QuoteRead]) -> tuple[str, ...]:
    pages = sorted({q.page for q in quotes if q.section_number.endswith("?") and q.page})
    return tuple(
        f"Page {page}: the section is not known; add the column 'section'." for page in pages
    )
