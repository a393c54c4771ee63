"""What is kept of a source: its text, or the picture of a sheet of its PDF."""

from __future__ import annotations

import io
import threading

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage

from quotes.importing.readers import clean, decode
from quotes.importing.reading import ImportRefused
from quotes.models import SourceFile

PDF = "application/pdf"
WIDTH = 1000  # pixels of a sheet's picture
TALLEST = 3000  # pixels; a sheet that is a long strip is made smaller
_TEXTS = ("text/", "application/jsonl")
# PDFium is not made for two threads at once.
_pdfium = threading.Lock()


class SheetUnavailable(Exception):
    """The picture of a sheet cannot be made: there is no such sheet, or the file is damaged."""


def text_of(source: SourceFile) -> str:
    """The text of a source as the importer read it; empty when it is none or is not kept."""
    if not source.media_type.startswith(_TEXTS):
        return ""
    try:
        with source.file.open("rb") as stream:
            return clean(decode(stream.read(), source.name))
    except (OSError, ValueError, ImportRefused):
        return ""  # the page then says that the source cannot be shown


def sheet_picture(source: SourceFile, sheet: int) -> bytes:
    """A sheet of a PDF (from 1) as a PNG, made once and then kept.

    Raises SheetUnavailable for what is no PDF, a sheet that it does not have, and a broken file.
    """
    if source.media_type != PDF or sheet < 1:
        raise SheetUnavailable
    name = f"sheets/{source.sha256}/{sheet}.png"
    if default_storage.exists(name):
        with default_storage.open(name) as kept:
            return kept.read()
    try:
        picture = _render(_path_or_bytes(source), sheet)
    except (OSError, ValueError) as error:
        raise SheetUnavailable from error
    stored = default_storage.save(name, ContentFile(picture))
    if stored != name:  # somebody else made it at the same moment
        default_storage.delete(stored)
    return picture


def _path_or_bytes(source: SourceFile) -> str | bytes:
    """The file itself where it lies on a disk: then only what is drawn of it is read."""
    try:
        return source.file.path
    except NotImplementedError:
        with source.file.open("rb") as stream:
            return stream.read()


def _render(data: str | bytes, sheet: int) -> bytes:
    """Draw one sheet. Only who looks at a PDF pays for the library that draws it."""
    import pypdfium2  # noqa: PLC0415 - weighs as much as a page view of everybody else

    with _pdfium:
        try:
            document = pypdfium2.PdfDocument(data)
        except pypdfium2.PdfiumError as error:
            raise SheetUnavailable from error
        try:
            if sheet > len(document):
                raise SheetUnavailable
            page = document[sheet - 1]
            width, height = page.get_size()
            scale = min(WIDTH / max(width, 1), TALLEST / max(height, 1))
            image = page.render(scale=scale).to_pil()
        except pypdfium2.PdfiumError as error:
            raise SheetUnavailable from error
        finally:
            document.close()
    stored = io.BytesIO()
    image.convert("RGB").save(stored, "PNG")
    return stored.getvalue()
