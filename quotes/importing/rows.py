"""The rows of a table, whatever file holds them: .csv, .xlsx, or one JSON object a line."""

from __future__ import annotations

import csv
import json
import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from quotes.importing.mapping import FIELDS, Column, checked, columns_of
from quotes.importing.readers import XLSX, Document, clean
from quotes.importing.reading import ImportRefused
from quotes.importing.workbooks import NoValue, workbook_rows

MAX_ROWS = 50_000  # far more than any anthology has quotes
_LINE = re.compile(r"[^\n]*\n|[^\n]+")
_GUARDED = re.compile(r"^'[=+\-@\t\r']")

Row = Mapping[str, Any]


def table_columns(document: Document, sheet: str = "") -> list[Column]:
    """Return the columns of a table with samples, for whoever says what they hold."""
    names, rows = _table(document, sheet)
    return columns_of(
        names,
        (
            {key: str(row[key]) if row[key] is not None else "" for key in row}
            for _number, row in rows
        ),
    )


def mapped_rows(
    document: Document, columns: Mapping[str, str], sheet: str, warnings: list[str]
) -> Iterator[tuple[int, Row]]:
    """Yield (line, row) of a table, with our names for its columns; warn of what is unclear.

    Raises ImportRefused for a row that cannot be, and when there are too many of them.
    """
    for count, row in enumerate(_mapped_rows(document, columns, sheet, warnings), start=1):
        if count > MAX_ROWS:
            raise ImportRefused(
                f"{document.name}: the table has more than {MAX_ROWS:,} rows; split it first."
            )
        yield row


def _mapped_rows(
    document: Document, columns: Mapping[str, str], sheet: str, warnings: list[str]
) -> Iterator[tuple[int, Row]]:
    if document.media_type not in ("text/csv", XLSX):
        yield from _json_rows(document)
        return
    names, rows = _table(document, sheet)
    held = checked(columns, names, document.name)
    numeric = False
    for number, row in rows:
        mapped = {what: row.get(name) for what, name in held.items()}
        empty = next((v for v in mapped.values() if isinstance(v, NoValue)), None)
        if empty is not None:
            raise _no_value(document.name, empty)
        numeric |= isinstance(mapped.get("section"), float)
        if any(value not in (None, "") for value in mapped.values()):
            yield number, mapped
    if numeric:
        warnings.append(
            f"{document.name}: its sections are numbers, so that 4.1 and 4.10 look the same; "
            "check the sections, or store that column as text."
        )


def _no_value(name: str, empty: NoValue) -> ImportRefused:
    if empty.error:
        return ImportRefused(
            f"{name}, cell {empty.cell}: it holds the error {empty.error}; fill in what it should "
            "say."
        )
    return ImportRefused(
        f"{name}, cell {empty.cell}: it holds a formula that was never worked out; open the file "
        "in a spreadsheet and save it, or fill in what it should say."
    )


def _table(document: Document, sheet: str) -> tuple[list[str], Iterator[tuple[int, Row]]]:
    if document.media_type == XLSX:
        names, rows = workbook_rows(document.data, document.name, sheet)
        named = [(place, name) for place, name in enumerate(names, start=1) if name]
        _refuse_twins([name for _place, name in named], document.name)
        return [name for _place, name in named], (
            (row[0], {name: row[place] if place < len(row) else None for place, name in named})
            for row in rows
        )
    # Line by line: a copy of the whole text would take four times its size.
    held = (line[0] for line in _LINE.finditer(document.text.strip("\n")))
    lines = csv.reader(held, delimiter=_delimiter(document.text))
    names = next(_csv_lines(lines, document.name), (1, []))[1]
    names = [name.strip() for name in names]
    _refuse_twins([name for name in names if name], document.name)
    return [name for name in names if name], _csv_rows(lines, names, document.name)


def _refuse_twins(names: Sequence[str], where: str) -> None:
    twice = next((name for name in names if names.count(name) > 1), None)
    if twice:
        raise ImportRefused(f"{where}: two columns are named '{twice}'; rename one of them.")


def _delimiter(text: str) -> str:
    head = text[:100_000].lstrip().split("\n", 1)[0]
    return max(",;\t", key=head.count)


def _csv_lines(lines: Any, name: str) -> Iterator[tuple[int, list[str]]]:
    try:
        for row in lines:
            yield lines.line_num, row
    except csv.Error:
        raise ImportRefused(
            f"{name}, line {lines.line_num}: this is not a CSV row; save it as CSV again."
        ) from None


def _csv_rows(lines: Any, names: Sequence[str], where: str) -> Iterator[tuple[int, Row]]:
    for number, row in _csv_lines(lines, where):
        if len(row) > len(names) and any(row[len(names) :]):
            raise ImportRefused(
                f"{where}, line {number}: there are more cells than columns; "
                "put quotation marks around texts."
            )
        if row:
            yield number, {name: _safe(cell) for name, cell in zip(names, row, strict=False)}


def _json_rows(document: Document) -> Iterator[tuple[int, Row]]:
    for number, line in enumerate(document.text.split("\n"), start=1):
        if not line.strip():
            continue
        where = f"{document.name}, line {number}"
        try:
            row = json.loads(line)
        except (ValueError, RecursionError):
            row = None
        if not isinstance(row, dict):
            raise ImportRefused(f"{where}: this is not a JSON object; write one per line.")
        yield number, {name: _plain(name, row[name], where) for name in FIELDS if name in row}


def _plain(name: str, value: Any, where: str) -> Any:
    """A value as a cell would hold it: what JSON escapes was not yet seen when the file was."""
    if isinstance(value, list | dict):
        raise ImportRefused(
            f"{where}: '{name}' holds more than one value; write a text or a number."
        )
    return clean(value) if isinstance(value, str) else value


def _safe(value: str) -> str:
    """Undo the apostrophe with which an export keeps a cell from being run as a formula."""
    return value[1:] if _GUARDED.match(value) else value
