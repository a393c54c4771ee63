"""PDFs written by hand, object by object: what no well-meaning program would make."""

from __future__ import annotations

import zlib
from collections.abc import Sequence

ROOM = b"<< /Font << /F1 4 0 R >> >>"
FONT = b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>"
FONT_BOLD = FONT.replace(b"Helvetica", b"Helvetica-Bold")


def stream(data: bytes, extra: bytes = b"") -> bytes:
    """A packed stream."""
    packed = zlib.compress(data, 9)
    head = b"<< /Length %d /Filter /FlateDecode %s >>" % (len(packed), extra)
    return head + b"\nstream\n" + packed + b"\nendstream"


def text_page(rows: Sequence[tuple[str, int, int, int]]) -> bytes:
    """Drawing instructions for rows of (words, size, x, y); size 14 and up is bold."""
    parts = []
    for words, size, x, y in rows:
        safe = words.encode("cp1252").replace(b"(", rb"\(").replace(b")", rb"\)")
        font = b"/F2" if size >= 14 else b"/F1"
        parts.append(b"BT %s %d Tf 1 0 0 1 %d %d Tm (%s) Tj ET" % (font, size, x, y, safe))
    return b"\n".join(parts)


def document(
    pages: Sequence[bytes],
    *,
    catalog: bytes = b"",
    trailer: bytes = b"",
    more: Sequence[bytes] = (),
) -> bytes:
    """A whole file of these pages; `more` are further objects, numbered on from 6 + pages * 2."""
    first = 6
    kids = b" ".join(b"%d 0 R" % (first + 2 * i) for i in range(len(pages)))
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R %s >>" % catalog,
        b"<< /Type /Pages /Kids [%s] /Count %d >>" % (kids, len(pages)),
        b"<< /Font << /F1 4 0 R /F2 5 0 R >> >>",
        FONT,
        FONT_BOLD,
    ]
    for place, content in enumerate(pages):
        objects.append(
            b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Resources 3 0 R "
            b"/Contents %d 0 R >>" % (first + 2 * place + 1)
        )
        objects.append(content if content.startswith(b"<<") else stream(content))
    return _file([*objects, *more], trailer)


def _file(objects: Sequence[bytes], trailer: bytes) -> bytes:
    out, places = bytearray(b"%PDF-1.7\n"), []
    for number, body in enumerate(objects, start=1):
        places.append(len(out))
        out += b"%d 0 obj\n" % number + body + b"\nendobj\n"
    start = len(out)
    out += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    out += b"".join(b"%010d 00000 n \n" % place for place in places)
    out += b"trailer\n<< /Size %d /Root 1 0 R %s >>\n" % (len(objects) + 1, trailer)
    return bytes(out + b"startxref\n%d\n%%%%EOF\n" % start)


def small_book(*lines: str) -> bytes:
    """A page with a heading, three quotes and a number."""
    rows = [("4.1 Signalen", 14, 60, 760)]
    quotes = lines or ("Er is te weinig tijd.", "Niemand luistert naar ons.", "Het loket is dicht.")
    rows += [(text, 10, 60, 730 - 24 * place) for place, text in enumerate(quotes)]
    return text_page(rows)
