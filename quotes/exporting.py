"""Quotes as rows: the columns of an export, which `import_quotes` reads back without loss."""

from __future__ import annotations

import csv
import json
from collections.abc import Iterable, Iterator
from typing import IO, Any

from quotes.models import Quote
from tracker.shared.exports import formula_safe, write_workbook

COLUMNS = (
    "reference", "kind", "section", "section_title", "page", "position", "text",
    "is_pull_quote", "complete", "confidence", "state", "source",
)  # fmt: skip


def rows(*, kind: str = "", section: str = "", anthology: str = "") -> Iterator[dict[str, Any]]:
    """Yield the quotes of one anthology (the primary one by default) in reading order."""
    quotes = Quote.objects.with_section().in_reading_order()
    home = {"anthology__code__iexact": anthology} if anthology else {"anthology__is_primary": True}
    quotes = quotes.filter(**home)
    if kind:
        quotes = quotes.filter(section__kind=kind)
    if section:
        quotes = quotes.filter(section__number=section)
    for quote in quotes.iterator(chunk_size=1000):
        yield row_of(quote)


def row_of(quote: Quote) -> dict[str, Any]:
    """Return one quote as a row; it needs its section and source file."""
    return {
        "reference": quote.reference,
        "kind": quote.section.kind,
        "section": quote.section.number,
        "section_title": quote.section.title,
        "page": quote.page,
        "position": quote.position,
        "text": quote.text,
        "is_pull_quote": quote.pull_quote_of_id is not None,
        "complete": quote.complete,
        "confidence": quote.confidence,
        "state": quote.state,
        "source": quote.source_file.name if quote.source_file else "",
    }


def write_jsonl(found: Iterable[dict[str, Any]], target: IO[str]) -> None:
    """Write one JSON object per line."""
    for row in found:
        target.write(json.dumps(row, ensure_ascii=False) + "\n")


def write_csv(found: Iterable[dict[str, Any]], target: IO[str]) -> None:
    """Write CSV with a head; a text that a spreadsheet would run gets an apostrophe."""
    writer = csv.writer(target, lineterminator="\n")
    writer.writerow(COLUMNS)
    for row in found:
        writer.writerow([_cell(row[column]) for column in COLUMNS])


def write_xlsx(found: Iterable[dict[str, Any]], target: Any) -> None:
    """Write a workbook with one sheet, every text stored as text."""
    body = ([row[column] for column in COLUMNS] for row in found)
    write_workbook([list(COLUMNS), *body], target)


def _cell(value: Any) -> Any:
    """Return a cell that is safe to open; an apostrophe of the text's own is doubled."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, str) and value.startswith("'"):
        return f"'{value}"
    return "" if value is None else formula_safe(value)
