"""The example anthology typeset as a two-column PDF. Pure: a book in, bytes out."""

import json
from datetime import UTC, datetime

import typst

from tracker.demo.content import FOLDER, Row, read

TEMPLATE = FOLDER / "booklet.typ"
# The file says when it was made; a fixed moment keeps two runs alike to the byte.
MADE = datetime(2026, 1, 5, 9, tzinfo=UTC)


def booklet(book: Row) -> bytes:
    """The PDF (PDF/UA-1) of a book in its JSON form; of the same book always the same bytes.

    Raises typst.TypstError where the book lacks what the template prints.
    """
    return typst.compile(
        TEMPLATE.read_bytes(),
        format="pdf",
        ignore_system_fonts=True,
        pdf_standards="ua-1",
        sys_inputs={"book": json.dumps(book)},
        timestamp=int(MADE.timestamp()),
    )


def example_booklet() -> bytes:
    """The example anthology's own PDF."""
    return booklet(read("book"))
