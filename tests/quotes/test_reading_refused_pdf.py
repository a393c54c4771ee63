"""PDFs that cannot or must not be read: one clear sentence, and no more memory than text needs."""

import tracemalloc

import pytest

from quotes.importing.engine import read_files
from quotes.importing.pdf import glyphs, opening
from quotes.importing.pdf.sheets import plain
from quotes.importing.reading import ImportRefused
from tests.quotes.pdfs.raw import document, small_book, stream

LOCK = (
    b"/Encrypt << /Filter /Standard /V 1 /R 2 /P -44 /O <"
    + b"41" * 32
    + b"> /U <"
    + b"42" * 32
    + b"> >> /ID [<00> <00>]"
)
PICTURE = b"q 500 0 0 700 40 60 cm BI /W 1 /H 1 /BPC 8 /CS /G ID x EI Q"


def refusal(tmp_path, data, name="book.pdf"):
    path = tmp_path / name
    path.write_bytes(data)
    with pytest.raises(ImportRefused) as refused:
        read_files([path])
    message = str(refused.value)
    assert message.startswith(name)
    assert "\n" not in message
    assert message.endswith(".")
    return message


def texts(tmp_path, data):
    path = tmp_path / "book.pdf"
    path.write_bytes(data)
    return [(q.section_number, q.text) for q in read_files([path]).quotes]


WHOLE = document([small_book()])
READ = [
    ("4.1", "Er is te weinig tijd."),
    ("4.1", "Niemand luistert naar ons."),
    ("4.1", "Het loket is dicht."),
]


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        (b"", "the file is empty"),
        (b"PK\x03\x04 a document of another kind", "this is not a PDF"),
        (WHOLE[: len(WHOLE) // 2], "the end of the file is missing"),
        (b"%PDF-1.7\n nothing at all \n%%EOF", "is damaged and cannot be read"),
        (document([small_book()], trailer=LOCK), "locked with a password"),
        (document([PICTURE, PICTURE]), "no text on its 2 pages, only a picture or nothing"),
        (document([b""]), "no text on its only page, only a picture or nothing"),
        (document([small_book().replace(b"4.1 Signalen", b"Signalen")]), "numbered heading"),
        (document([stream(b"\x00" * 60_000_000)]), "unpacks into more than 48 MB"),
        (document([b"BT /F1 1 Tf (" + b"a" * 200_001 + b") Tj ET"]), "page 1 draws more"),
        (document([b""] * 2_001), "more than 2,000 pages"),
    ],
    ids=(
        "empty|other kind|truncated|broken|locked|scanned|blank|no numbers|bomb|letters|many pages"
    ).split("|"),
)
def test_a_pdf_that_cannot_be_read_is_refused_in_one_sentence(tmp_path, data, sentence):
    assert sentence in refusal(tmp_path, data)


def test_a_drawing_without_end_is_given_up(tmp_path, monkeypatch):
    monkeypatch.setattr(glyphs, "MAX_SHAPES", 5_000)
    message = refusal(tmp_path, document([b"0 0 1 1 re f\n" * 1_000_000]))
    assert "page 1 draws more than a page of text can hold" in message


def test_a_bomb_within_a_bomb_is_not_unpacked(tmp_path):
    data = document([stream(stream(b"\x00" * 60_000_000).split(b"stream\n")[1])])
    tracemalloc.start()
    refusal(tmp_path, data)
    _now, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert most < 150 * 1024 * 1024


def test_a_pdf_that_is_too_large_is_not_opened(tmp_path):
    path = tmp_path / "large.pdf"
    with path.open("wb") as file:
        file.truncate(50 * 1024 * 1024 + 1)
    with pytest.raises(ImportRefused, match="larger than 50 MB"):
        read_files([path])


def test_scripts_actions_and_attachments_are_never_looked_at(tmp_path):
    """The file asks to run a script, start a program and unpack an attachment; it is only read."""
    catalog = (
        b"/OpenAction << /S /JavaScript /JS (app.alert\\(1\\)) >> "
        b"/AA << /WC << /S /Launch /F (touch) >> >> "
        b"/Names << /EmbeddedFiles << /Names [(x.exe) 8 0 R] >> >>"
    )
    more = [b"<< /Type /Filespec /F (x.exe) /EF << /F 9 0 R >> >>", stream(b"MZ")]
    before = sorted(tmp_path.iterdir())
    assert texts(tmp_path, document([small_book()], catalog=catalog, more=more)) == READ
    assert [p.name for p in sorted(tmp_path.iterdir()) if p not in before] == ["book.pdf"]


def test_a_page_without_text_in_a_book_with_text_is_told(tmp_path):
    path = tmp_path / "book.pdf"
    path.write_bytes(document([small_book(), PICTURE]))
    reading = read_files([path])
    assert len(reading.quotes) == len(READ)
    assert reading.warnings == (
        "book.pdf: nothing was read from a picture without text on sheet 2.",
    )


@pytest.mark.parametrize(
    ("drawn", "text"),
    [
        ("o\ufb03ce", "office"),
        ("\u202bnaam\u202c", "naam"),
        ("zorg\u00ad", "zorg-"),
        ("te\u2009veel", "te veel"),
        ("nul\x00", "nul"),
        ("e\u0301e\u0301n", "één"),
    ],
)
def test_odd_characters_leave_clean_text(drawn, text):
    assert plain(drawn) == text


def test_a_pdf_is_not_read_together_with_text(tmp_path):
    pdf, text = tmp_path / "book.pdf", tmp_path / "page.txt"
    pdf.write_bytes(WHOLE)
    text.write_text("4.1 Signalen\nEr is te weinig tijd.\nvoorbeeld 3\n")
    with pytest.raises(ImportRefused, match="cannot be read together"):
        read_files([pdf, text])


def test_the_bar_for_unpacking_lies_above_what_text_needs():
    """A page of text takes kilobytes; the bar lies far above it and far below the memory."""
    assert 1_000_000 < opening.MAX_UNPACKED < 100_000_000
