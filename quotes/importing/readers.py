"""First step: bytes to clean lines. Knows encodings and line ends, nothing of quotes."""

from __future__ import annotations

import codecs
import hashlib
import re
import unicodedata
from dataclasses import dataclass, field
from pathlib import Path

from quotes.importing.reading import ImportRefused

PDF = "application/pdf"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
MEDIA_TYPES = {
    ".txt": "text/plain",
    ".pdf": PDF,
    ".jsonl": "application/jsonl",
    ".csv": "text/csv",
    ".xlsx": XLSX,
}
MAX_BYTES = 50 * 1024 * 1024
_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
# A soft hyphen where a line was broken is one that was printed; so are then the others.
_PRINTED_SOFT = re.compile(r"\w\u00ad(?:\s|$)")
# Marks of order, joiners, soft hyphens, and what turns the direction of writing.
_INVISIBLE = (
    "\ufeff\u200b\u200c\u200d\u00ad\u061c\u200e\u200f"
    "\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"
)
# Letters and signs of Windows-1252 as UTF-8 writes them; nobody means what they are there.
_UTF8_SIGN = re.compile(rb"[\xc2\xc3][\x80-\xbf]|\xe2\x80[\x90-\xbf]|\xe2\x82\xac")
# Control characters but for the ends of lines and pages, halves of characters, invisible marks.
_NOISE = re.compile(f"[\x00-\x09\x0b\x0d-\x1f\x7f-\x9f\ud800-\udfff{_INVISIBLE}]")


@dataclass(frozen=True, slots=True)
class Document:
    """A decoded file: its bytes for the record, its text for the next step (a PDF has none yet)."""

    name: str
    media_type: str
    sha256: str
    data: bytes = field(repr=False)
    text: str = field(repr=False)

    @property
    def is_table(self) -> bool:
        """Whether the file holds one quote a row rather than pages."""
        return self.media_type not in {"text/plain", PDF}

    @property
    def is_pdf(self) -> bool:
        """Whether the file is a PDF: pages as they were printed."""
        return self.media_type == PDF


def read_document(path: Path) -> Document:
    """Read and decode one file.

    Raises ImportRefused for a missing, empty, too large or undecodable file and for a file type
    that is not known.
    """
    media_type = MEDIA_TYPES.get(path.suffix.lower())
    if media_type is None:
        raise _unknown_kind(path)
    try:
        data = path.read_bytes() if path.stat().st_size <= MAX_BYTES else None
    except OSError as error:
        reason = (error.strerror or "unknown error").lower()
        raise ImportRefused(
            f"{path.name}: the file cannot be opened ({reason}); check its name and rights."
        ) from None
    if data is None:
        raise ImportRefused(f"{path.name}: the file is larger than 50 MB; split it first.")
    packed = media_type in {PDF, XLSX}
    text = "" if packed else clean(decode(data, path.name))
    if not (data if packed else text.strip()):
        raise ImportRefused(f"{path.name}: the file is empty; offer a file with text in it.")
    return Document(path.name, media_type, hashlib.sha256(data).hexdigest(), data, text)


def _unknown_kind(path: Path) -> ImportRefused:
    name, suffix, offered = path.name, path.suffix, ", ".join(MEDIA_TYPES)
    if suffix.lower() == ".xls":
        return ImportRefused(f"{name}: a file '.xls' cannot be read; save it as .xlsx.")
    if suffix:
        return ImportRefused(f"{name}: a file '{suffix}' cannot be read; offer {offered}.")
    return ImportRefused(f"{name}: a file without an extension cannot be read; offer {offered}.")


def decode(data: bytes, name: str) -> str:
    """Decode UTF-8 (with or without mark), UTF-16 with a mark, Windows-1252, or both in one file.

    Raises ImportRefused, naming the place, for anything else.
    """
    for mark, encoding in _BOMS:
        if data.startswith(mark):
            try:
                return data[len(mark) :].decode(encoding)
            except UnicodeDecodeError as error:
                raise _undecodable(name, error.start + len(mark), encoding.upper()) from None
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError as error:
        place = error.start
    text = _decode_mixed(data)
    if _looks_written(text):
        return text
    raise _undecodable(name, place, "UTF-8 or Windows-1252")


def _decode_mixed(data: bytes) -> str:
    """Decode as Windows-1252, but for the letters that were pasted in as UTF-8."""
    parts, at = [], 0
    for sign in _UTF8_SIGN.finditer(data):
        parts += [data[at : sign.start()].decode("cp1252", errors="replace"), sign[0].decode()]
        at = sign.end()
    return "".join([*parts, data[at:].decode("cp1252", errors="replace")])


def _undecodable(name: str, place: int, encoding: str) -> ImportRefused:
    return ImportRefused(
        f"{name}: byte {place} cannot be read as {encoding}; save the file as UTF-8 and try again."
    )


def _looks_written(text: str) -> bool:
    """Tell text from binary data: hardly any control characters, mostly letters and blanks."""
    if "\ufffd" in text:
        return False
    odd = sum(1 for char in text if unicodedata.category(char) == "Cc" and char not in "\n\r\t\f")
    plain = sum(1 for char in text if char.isalpha() or char.isspace())
    return odd * 200 <= len(text) and plain * 10 >= len(text) * 7


def clean(text: str) -> str:
    """Return the text with Unix line ends and without NUL, soft marks, control characters and
    halves of characters."""
    text = text.replace("\r\n", "\n").replace("\r", "\n").replace("\x85", "\n")
    text = text.replace("\u00a0", " ").replace("\u202f", " ").replace("\t", " ")
    if _PRINTED_SOFT.search(text):
        text = text.replace("\u00ad", "-")
    return unicodedata.normalize("NFC", _NOISE.sub("", text))
