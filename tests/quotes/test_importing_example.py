"""A composed two-column book: what was put in comes out, whatever the file looks like."""

from dataclasses import replace
from itertools import pairwise

import pytest

from quotes.importing.engine import read_files
from quotes.importing.reading import ImportRefused
from tests.quotes.composer import Sheet, compose
from tracker.demo.book import example_book

CHAPTER = 3


@pytest.fixture(scope="module")
def composition():
    return compose(example_book())


@pytest.fixture(scope="module")
def reading(composition, tmp_path_factory):
    path = tmp_path_factory.mktemp("example") / "book.txt"
    path.write_text(composition.text)
    return read_files([path])


@pytest.fixture
def book(tmp_path):
    """The third chapter alone: enough where the text is read over and over."""
    whole = example_book()
    short = replace(
        whole,
        chapters=tuple(row for row in whole.chapters if row[0] == CHAPTER),
        parts=tuple(part for part in whole.parts if part.chapter == CHAPTER),
    )
    path = tmp_path / "book.txt"
    path.write_text(compose(short).text)
    return path


def texts(reading):
    return [(q.section_number, q.text) for q in reading.quotes]


def test_every_quote_of_the_book_is_found_in_its_section(composition, reading):
    wanted = {(placed.section, placed.statement.text) for placed in composition.key}
    found = set(texts(reading))
    assert len(wanted & found) / len(wanted) >= 0.97
    assert len(found) <= len(wanted) + 2


def test_a_file_without_blanks_at_line_ends_glues_no_words_together(tmp_path):
    bare = compose(example_book(), Sheet(keep_blanks=False))
    path = tmp_path / "bare.txt"
    path.write_text(bare.text)
    known = {word for placed in bare.key for word in placed.statement.text.split()}
    read = {word for quote in read_files([path]).quotes for word in quote.text.split()}
    assert len(read - known) / len(read) < 0.01


def test_a_highlighted_box_points_at_the_quote_that_it_repeats(composition, reading):
    boxes = [q for q in reading.quotes if q.is_pull_quote]
    assert len(boxes) == sum(placed.statement.pull_quote for placed in composition.key)
    for box in boxes:
        if box.pull_quote_of is not None:
            assert reading.quotes[box.pull_quote_of].fingerprint == box.fingerprint
    assert any(box.pull_quote_of is not None for box in boxes)


def test_a_box_under_a_later_heading_stays_in_the_section_of_its_quote(composition, reading):
    displaced = {
        (box.section, box.statement.text)
        for last, box in pairwise(composition.key)
        if box.statement.pull_quote and (last.page, last.column) == (box.page, box.column)
        if last.section != box.section
    }
    assert displaced
    assert displaced <= {(q.section_number, q.text) for q in reading.quotes if q.is_pull_quote}


@pytest.mark.parametrize(
    "change",
    [
        lambda text: text.replace("\n", "\r\n").encode(),
        lambda text: text.replace("\n", "\r").encode(),
        lambda text: b"\xef\xbb\xbf" + text.encode(),
        lambda text: text.replace(" de ", " \x00de ").encode(),
        lambda text: text.encode("utf-16"),
        lambda text: text.encode("cp1252"),
    ],
    ids=["crlf", "cr", "mark", "nul", "utf-16", "cp1252"],
)
def test_line_ends_marks_and_encodings_make_no_difference(book, change):
    before = texts(read_files([book]))
    book.write_bytes(change(book.read_text()))
    assert texts(read_files([book])) == before


def test_a_page_handed_in_twice_counts_once(book, tmp_path):
    copy = tmp_path / "copy.txt"
    copy.write_text(book.read_text() + "\n")
    assert texts(read_files([book, copy])) == texts(read_files([book]))


def test_one_page_can_be_asked_for(book):
    whole = read_files([book])
    page = whole.quotes[-1].page
    part = read_files([book], page)
    assert {q.page for q in part.quotes} == {page}
    assert [q.text for q in part.quotes] == [q.text for q in whole.quotes if q.page == page]


def test_a_page_that_the_book_does_not_have_is_refused(book):
    with pytest.raises(ImportRefused, match="Page 999 stands in none of the files"):
        read_files([book], 999)


def test_a_page_whose_section_nobody_can_know_goes_to_the_question_mark(tmp_path):
    pages = [
        "2  Wat knelt",
        "voorbeeld 9",
        "",
        "2.1 Tijd\nEr is te weinig tijd. Niemand luistert.",
        "voorbeeld 10",
        "",
        "Wij hebben meer mensen nodig.\nHet loket is dicht.",
        "voorbeeld 14",
        "",
        "2.9 Ruimte\nEr is geen plek voor een gesprek.",
        "voorbeeld 20",
    ]
    path = tmp_path / "loose.txt"
    path.write_text("\n".join(pages))
    reading = read_files([path])
    lost = [q for q in reading.quotes if q.page == 14]
    assert lost
    assert {(q.section_number, q.confidence) for q in lost} == {("2.?", 0.0)}
    assert any("Page 14" in warning for warning in reading.warnings)


@pytest.mark.parametrize(
    ("name", "data", "sentence"),
    [
        ("a.txt", b"", "a.txt: the file is empty"),
        ("a.txt", b" \r\n\x00", "a.txt: the file is empty"),
        ("a.pptx", b"x", "'.pptx' cannot be read"),
        ("a", b"x", "without an extension cannot be read"),
        ("a.txt", bytes(range(128, 256)) * 9, "cannot be read as UTF-8 or Windows-1252"),
        ("a.txt", b"Een losse zin zonder plaats.", "no page of it can be placed"),
        ("a.jsonl", b"geen json", "line 1: this is not a JSON object"),
        ("a.jsonl", b'{"text": "Er is tijd."}', "neither 'section' nor 'page'"),
        ("a.csv", b"section,page\n4.1,3\n", "no column is known to hold the text"),
        ("a.csv", b"text,section\nTijd.,vier\n", "'vier' is not a section"),
    ],
)
def test_a_file_that_cannot_be_read_is_refused_in_one_sentence(tmp_path, name, data, sentence):
    path = tmp_path / name
    path.write_bytes(data)
    with pytest.raises(ImportRefused) as refusal:
        read_files([path])
    message = str(refusal.value)
    assert sentence in message
    assert "\n" not in message
    assert message.endswith(".")


def test_a_missing_file_and_mixed_kinds_are_refused(tmp_path, book):
    with pytest.raises(ImportRefused, match="cannot be opened"):
        read_files([tmp_path / "absent.txt"])
    table = tmp_path / "rows.jsonl"
    table.write_text('{"text": "Er is tijd.", "section": "4.1"}')
    with pytest.raises(ImportRefused, match="cannot be read together"):
        read_files([book, table])
