"""A PDF opened with care: what cannot be read is refused in one sentence.

Nothing in the file is executed, fetched or unpacked but text: scripts, actions and attachments
are never looked at, and a stream that unpacks into too much is refused before it is unpacked.
"""

from __future__ import annotations

import re
import struct
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from io import BytesIO
from itertools import islice

from pdfminer.pdfdocument import (
    PDFDocument,
    PDFEncryptionError,
    PDFPasswordIncorrect,
)
from pdfminer.pdfexceptions import PDFException
from pdfminer.pdfinterp import PDFPageInterpreter, PDFResourceManager
from pdfminer.pdfpage import PDFPage
from pdfminer.pdfparser import PDFParser
from pdfminer.pdftypes import PDFStream, resolve1
from pdfminer.psexceptions import PSException

from quotes.importing.pdf.glyphs import Collector, TooMuchDrawn
from quotes.importing.pdf.sheets import Sheet, rows_of
from quotes.importing.reading import ImportRefused

MAX_PAGES = 2_000
MAX_UNPACKED = 48 * 1024 * 1024
# What reading a broken file may raise; anything else is a fault of ours.
_BROKEN = (
    PSException,
    PDFException,
    ArithmeticError,
    AssertionError,
    AttributeError,
    EOFError,
    LookupError,
    MemoryError,
    RecursionError,
    TypeError,
    ValueError,
    struct.error,
    zlib.error,
)
_STREAM = re.compile(rb"stream\r?\n")
_PACKED = re.compile(rb"/(?:FlateDecode|Fl)\b")
_ODD_FILTER = re.compile(rb"/(?:LZWDecode|LZW|RunLengthDecode|RL)\b")
_MAX_ODD = 4 * 1024 * 1024
_PICTURE = re.compile(rb"/Subtype\s*/Image\b")
_HEAD = 1024


def open_pdf(data: bytes, name: str) -> PDFDocument:
    """Open a PDF. Raises ImportRefused for what is no PDF, broken, locked or unsafe to unpack."""
    if b"%PDF-" not in data[:_HEAD]:
        raise ImportRefused(f"{name}: this is not a PDF, whatever its name says; export it anew.")
    if b"%%EOF" not in data[-2 * _HEAD :]:
        raise ImportRefused(
            f"{name}: the end of the file is missing; download or export it once more."
        )
    _refuse_bombs(data, name)
    try:
        return PDFDocument(PDFParser(BytesIO(data)))
    except (PDFPasswordIncorrect, PDFEncryptionError):
        raise ImportRefused(
            f"{name}: the file is locked with a password; offer a copy without one."
        ) from None
    except _BROKEN:
        raise _broken(name) from None


def _broken(name: str, where: str = "the file") -> ImportRefused:
    return ImportRefused(
        f"{name}: {where} is damaged and cannot be read; export the PDF once more."
    )


def _refuse_bombs(data: bytes, name: str) -> None:
    """Look how much every packed stream holds, a little at a time."""
    for start in (found.end() for found in _STREAM.finditer(data)):
        head = data[max(0, start - 600) : start].rsplit(b"obj", 1)[-1]
        end = data.find(b"endstream", start)
        body = data[start : end if end > 0 else len(data)]
        if _PICTURE.search(head):
            continue
        odd = _ODD_FILTER.search(head) and len(body) > _MAX_ODD
        if odd or (_PACKED.search(head) and _unpacks_too_far(body)):
            raise ImportRefused(
                f"{name}: a part of the file at byte {start} unpacks into more than "
                f"{MAX_UNPACKED // 1024 // 1024} MB, far more than text needs; export it anew."
            )


def _unpacks_too_far(body: bytes, depth: int = 0) -> bool:
    first, held, total = b"", body, 0
    unpacker = zlib.decompressobj()
    try:
        while held and not unpacker.eof:
            piece = unpacker.decompress(held, 1 << 20)
            held = unpacker.unconsumed_tail
            total += len(piece)
            # Only what looks packed once more is kept to be looked into.
            if depth == 0 and (first or piece[:1] == b"\x78"):
                first += piece
            if total > MAX_UNPACKED:
                return True
    except zlib.error:
        return False
    return bool(first) and _unpacks_too_far(first, depth + 1)


def count_pages(document: PDFDocument, name: str) -> int:
    """Return the number of pages. Raises ImportRefused when there are none or too many."""
    try:
        pages = sum(1 for _page in islice(PDFPage.create_pages(document), MAX_PAGES + 1))
    except _BROKEN:
        raise _broken(name) from None
    if not pages:
        raise _broken(name)
    if pages > MAX_PAGES:
        raise ImportRefused(f"{name}: the file has more than {MAX_PAGES:,} pages; split it first.")
    return pages


@contextmanager
def _packed_again(page: PDFPage) -> Iterator[None]:
    """Forget what the page's streams unpacked into: the library keeps all that it ever read."""
    streams = [stream for held in page.contents if isinstance(stream := resolve1(held), PDFStream)]
    packed = [stream.rawdata for stream in streams]
    try:
        yield
    finally:
        for stream, raw in zip(streams, packed, strict=True):
            if raw is not None:
                stream.rawdata, stream.data = raw, None


def sheets_of(document: PDFDocument, name: str) -> Iterator[Sheet]:
    """Read one sheet after the other, keeping nothing of the last."""
    manager = PDFResourceManager(caching=True)
    collector = Collector(manager)
    interpreter = PDFPageInterpreter(manager, collector)
    for number, page in enumerate(PDFPage.create_pages(document), start=1):
        try:
            with _packed_again(page):
                interpreter.process_page(page)
        except TooMuchDrawn:
            raise ImportRefused(
                f"{name}: page {number} draws more than a page of text can hold; export the PDF "
                "without that drawing."
            ) from None
        except _BROKEN:
            raise _broken(name, f"page {number}") from None
        rows = rows_of(collector.glyphs)
        yield Sheet(
            number, collector.width, collector.height, rows, collector.shapes, collector.unread
        )
