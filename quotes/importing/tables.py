"""Tables with one quote a row: what `export_quotes` writes, read back without loss.

Required columns: text, and section or page. Known others: reference, kind, section_title,
position, is_pull_quote, complete, confidence, state, source.
"""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any

from quotes.importing.contents import key_of
from quotes.importing.readers import Document
from quotes.importing.reading import ImportRefused, QuoteRead, Reading, SectionRead, SourceRead
from quotes.importing.text import fingerprint, normalised, tidy

_SECTION = re.compile(r"^(\d{1,2})\.(?:(\d{1,2})|\?|x)$")
_TRUE, _FALSE = {"true", "1", "yes", "ja", "waar"}, {"false", "0", "no", "nee", "onwaar", ""}
_GUARDED = re.compile(r"^'[=+\-@\t\r']")


def read_tables(documents: Sequence[Document], page: int | None = None) -> Reading:
    """Read every row of these files as a quote; rows of one statement and page count once.

    Raises ImportRefused, naming file and row, for a missing column or an impossible value.
    """
    quotes: dict[tuple[object, ...], QuoteRead] = {}
    titles: dict[str, str] = {}
    for document in documents:
        for number, row in _rows(document):
            quote = _quote(row, document.name, number)
            if page is not None and quote.page != page:
                continue
            titles[quote.section_number] = _text(row, "section_title") or titles.get(
                quote.section_number, ""
            )
            key = (quote.section_number, quote.page, quote.fingerprint, quote.is_pull_quote)
            quotes.setdefault(key if not quote.reference else (quote.reference,), quote)
    if not quotes:
        where = f"page {page}" if page is not None else "the files"
        raise ImportRefused(f"No quote was found in {where}; offer a table with a row per quote.")
    ordered = tuple(quotes.values())
    pages = sorted({quote.page for quote in ordered if quote.page is not None})
    sources = tuple(
        SourceRead(d.name, d.sha256, d.media_type, tuple(pages), d.data) for d in documents
    )
    return Reading("", _sections(ordered, titles), _point(ordered), sources, _doubts(ordered))


def _rows(document: Document) -> Iterator[tuple[int, Mapping[str, Any]]]:
    if document.media_type == "text/csv":
        yield from _csv_rows(document)
        return
    for number, line in enumerate(document.text.split("\n"), start=1):
        if not line.strip():
            continue
        try:
            row = json.loads(line)
        except ValueError:
            row = None
        if not isinstance(row, dict):
            raise ImportRefused(
                f"{document.name}, line {number}: this is not a JSON object; write one per line."
            )
        yield number, row


def _csv_rows(document: Document) -> Iterator[tuple[int, Mapping[str, Any]]]:
    head = document.text.lstrip().split("\n", 1)[0]
    delimiter = max(",;\t", key=head.count)
    reader = csv.DictReader(io.StringIO(document.text.lstrip(), newline=""), delimiter=delimiter)
    try:
        for row in reader:
            if None in row:
                raise ImportRefused(
                    f"{document.name}, line {reader.line_num}: there are more cells than columns; "
                    "put quotation marks around texts."
                )
            yield reader.line_num, {_name(key): _safe(value) for key, value in row.items()}
    except csv.Error:
        raise ImportRefused(
            f"{document.name}, line {reader.line_num}: this is not a CSV row; save it as CSV again."
        ) from None


def _name(key: str) -> str:
    return (key or "").strip().casefold()


def _safe(value: str | None) -> str:
    """Undo the apostrophe with which an export keeps a cell from being run as a formula."""
    return (value or "")[1:] if _GUARDED.match(value or "") else (value or "")


def _quote(row: Mapping[str, Any], name: str, number: int) -> QuoteRead:
    where = f"{name}, line {number}"
    text = tidy(_text(row, "text"))
    if not normalised(text):
        raise ImportRefused(f"{where}: the column 'text' is missing or empty; every row needs it.")
    section, page = _text(row, "section"), _number(row, "page", where)
    if section and not _SECTION.match(section):
        raise ImportRefused(f"{where}: '{section}' is not a section; write it as 4.12.")
    if not section:
        if page is None:
            raise ImportRefused(
                f"{where}: neither 'section' nor 'page' is filled in; fill in one of them."
            )
        section = "0.?"
    section = section.replace("x", "?")
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
        kind=_text(row, "kind"),
    )


def _text(row: Mapping[str, Any], column: str) -> str:
    value = row.get(column)
    return "" if value is None else str(value).strip()


def _number(row: Mapping[str, Any], column: str, where: str) -> int | None:
    value = _text(row, column)
    if not value:
        return None
    if not value.isdecimal() or len(value) > 6:
        raise ImportRefused(f"{where}: '{column}' is '{value}'; write a whole number.")
    return int(value)


def _flag(row: Mapping[str, Any], column: str, where: str, *, default: bool) -> bool:
    value = _text(row, column).casefold()
    if value in _TRUE:
        return True
    if value in _FALSE:
        return default if value == "" else False
    raise ImportRefused(f"{where}: '{column}' is '{value}'; write true or false.")


def _share(row: Mapping[str, Any], column: str, where: str) -> float:
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
