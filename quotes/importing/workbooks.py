"""Rows of an .xlsx file, which may be a bomb: measured before it is opened, and while it is."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from openpyxl import load_workbook
from openpyxl.utils.escape import unescape
from openpyxl.utils.exceptions import InvalidFileException

from quotes.importing.readers import clean
from quotes.importing.reading import ImportRefused

MAX_UNPACKED = 100 * 1024 * 1024
MAX_RATIO, RATIO_COUNTS_FROM = 200, 5 * 1024 * 1024
MAX_ENTRIES = 1000
MAX_ROWS, MAX_COLUMNS = 60_000, 200
_CHUNK = 1 << 20
_BROKEN = (
    zipfile.BadZipFile, InvalidFileException, KeyError, ValueError, TypeError, EOFError,
    AttributeError, IndexError, OSError, SyntaxError, NotImplementedError, RuntimeError,
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class NoValue:
    """A cell that should hold something and does not; used, it is refused with its place."""

    cell: str
    error: str = ""

    def __str__(self) -> str:
        return ""


def check_archive(data: bytes, name: str) -> None:
    """Raise ImportRefused for what is no workbook, is locked, or unpacks to too much."""
    if data.startswith(b"\xd0\xcf\x11\xe0"):
        raise ImportRefused(
            f"{name}: the file is locked with a password or of the old kind; save it as an "
            "ordinary .xlsx file."
        )
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            _measure(archive, len(data), name)
            for entry in archive.infolist():
                _read_through(archive, entry, name)
    except _BROKEN:
        raise ImportRefused(f"{name}: this is not a whole .xlsx file; save it again.") from None


def _measure(archive: zipfile.ZipFile, size: int, name: str) -> None:
    entries = archive.infolist()
    unpacked = sum(entry.file_size for entry in entries)
    dense = unpacked > RATIO_COUNTS_FROM and unpacked > MAX_RATIO * size
    if len(entries) > MAX_ENTRIES or unpacked > MAX_UNPACKED or dense:
        raise ImportRefused(
            f"{name}: unpacked the file is far larger than it seems, so it was not opened; "
            "save only the sheet with the quotes, or save it as .csv."
        )


def _read_through(archive: zipfile.ZipFile, entry: zipfile.ZipInfo, name: str) -> None:
    """Read a part to its end: its size and sum are as it says, and it defines no entities."""
    tail = b""
    with archive.open(entry) as stream:
        # zipfile stops at the size that the entry gives, and then compares its sum.
        while chunk := stream.read(_CHUNK):
            if b"<!DOCTYPE" in tail + chunk or b"<!ENTITY" in tail + chunk:
                raise ImportRefused(f"{name}: the file holds definitions that no table needs.")
            tail = chunk[-16:]


def workbook_rows(data: bytes, name: str, sheet: str = "") -> tuple[list[str], list[list[Any]]]:
    """Return (names of the columns, rows) of the first sheet with content, or of the one named.

    A row starts with its number; cells are text, a number that was one, None or NoValue. A formula
    counts as what it last came to. Raises ImportRefused for a sheet that is not there.
    """
    check_archive(data, name)
    try:
        with_values = load_workbook(io.BytesIO(data), read_only=True, data_only=True)
        with_formulas = load_workbook(io.BytesIO(data), read_only=True, data_only=False)
        titles = _titles(with_values, sheet, name)
        for title in titles:
            rows = list(_rows(with_values[title], with_formulas[title], name))
            if rows:
                return _table(rows, name)
    except ImportRefused:
        raise
    except _BROKEN:
        raise ImportRefused(f"{name}: this is not a whole .xlsx file; save it again.") from None
    raise ImportRefused(f"{name}: there is nothing in the sheet; offer a table with a head.")


def _titles(book: Any, sheet: str, name: str) -> list[str]:
    shown = [one.title for one in book.worksheets if one.sheet_state == "visible"]
    if not sheet:
        return shown
    found = [one.title for one in book.worksheets if one.title.casefold() == sheet.casefold()]
    if not found:
        raise ImportRefused(f"{name}: there is no sheet '{sheet}'; there are {', '.join(shown)}.")
    return found


def _rows(values: Any, formulas: Any, name: str) -> Iterator[list[Any]]:
    # What a sheet says of its size may be a lie: read what is there, up to a limit.
    values.reset_dimensions()
    formulas.reset_dimensions()
    pairs = zip(values.iter_rows(), formulas.iter_rows(), strict=True)
    for number, (row, formula_row) in enumerate(pairs, start=1):
        if number > MAX_ROWS or len(row) > MAX_COLUMNS:
            raise ImportRefused(
                f"{name}: the sheet has more than {MAX_ROWS} rows or {MAX_COLUMNS} columns; "
                "save only the rows with quotes."
            )
        cells = [_cell(one, other) for one, other in zip(row, formula_row, strict=False)]
        if any(cell is not None for cell in cells):
            yield [number, *cells]


def _cell(cell: Any, formula: Any) -> Any:
    value = cell.value
    if value is None:
        if formula.value is not None and formula.data_type == "f":
            return NoValue(formula.coordinate)
        return None
    if cell.data_type == "e":
        return NoValue(cell.coordinate, str(value))
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int | float):
        return _number(value, cell.number_format)
    if isinstance(value, datetime | date):
        return value.isoformat()
    # A spreadsheet writes a line end within a cell as _x000D_.
    return clean(unescape(str(value))).strip() or None


def _number(value: float, shown_as: str) -> float | str:
    """4.1 shown with two decimals is section 4.10, as whoever made the sheet sees it."""
    if shown_as == "0.00":
        return f"{value:.2f}"
    return int(value) if float(value).is_integer() else value


def _table(rows: list[list[Any]], name: str) -> tuple[list[str], list[list[Any]]]:
    # A title may stand above the head; the head is the first row with more than one name.
    start = next((i for i, row in enumerate(rows) if sum(c is not None for c in row[1:]) > 1), 0)
    head, *body = rows[start:]
    names = [str(cell or "").strip() for cell in head[1:]]
    if not body:
        raise ImportRefused(f"{name}: below the head there are no rows; offer a row per quote.")
    return names, body
