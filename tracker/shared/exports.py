"""A table as CSV or XLSX: exactly the rows that are filtered, safe to open in a spreadsheet."""

import csv
from collections.abc import Iterable, Iterator
from typing import Any

import django_tables2 as tables
from django.http import HttpResponse, HttpResponseBase, StreamingHttpResponse
from django.utils.text import slugify
from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE

FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def formula_safe(value: Any) -> Any:
    """Text that a spreadsheet would run as a formula gets an apostrophe in front (OWASP)."""
    if isinstance(value, str) and value.startswith(FORMULA_STARTS):
        return f"'{value}"
    return value


class _Echo:
    """A file that hands back what is written, so that csv can stream."""

    def write(self, value: str) -> str:
        return value


def csv_lines(rows: Iterable[list[Any]]) -> Iterator[str]:
    """The rows as CSV text with a byte-order mark, which Excel needs to see UTF-8."""
    writer = csv.writer(_Echo())
    yield "\ufeff"
    for row in rows:
        yield writer.writerow(["" if cell is None else formula_safe(cell) for cell in row])


def export(table: tables.Table, kind: str, name: str) -> HttpResponseBase:
    """The whole table (not only its page) as a download; `kind` is 'csv' or 'xlsx'."""
    rows = ([_plain(cell) for cell in row] for row in table.as_values())
    filename = f'attachment; filename="{slugify(name) or "export"}.{kind}"'
    if kind == "csv":
        return StreamingHttpResponse(
            csv_lines(rows),
            content_type="text/csv; charset=utf-8",
            headers={"Content-Disposition": filename},
        )
    response = HttpResponse(content_type=XLSX, headers={"Content-Disposition": filename})
    write_workbook(rows, response)
    return response


def write_workbook(rows: Iterable[list[Any]], target: Any) -> None:
    """Write one sheet; every text is stored as text, so that '=1+1' stays what it says."""
    book = Workbook(write_only=True)
    sheet = book.create_sheet()
    for row in rows:
        sheet.append([_text_cell(sheet, cell) for cell in row])
    book.save(target)


def _text_cell(sheet: Any, value: Any) -> Any:
    if not isinstance(value, str):
        return value
    cell = WriteOnlyCell(sheet)
    cell.value = ILLEGAL_CHARACTERS_RE.sub("", value)
    cell.data_type = "s"
    return cell


def _plain(value: Any) -> Any:
    """Lazy translations become text; numbers and dates stay what they are."""
    return value if isinstance(value, int | float) or value is None else str(value)
