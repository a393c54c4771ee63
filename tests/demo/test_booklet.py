"""The booklet: a PDF that anybody can open, with every quote of the book in two columns."""

import io
import re

import pdfplumber
import pytest
import typst
from django.core.management import CommandError, call_command

from tracker.demo.book import example_book
from tracker.demo.booklet import booklet, example_booklet
from tracker.demo.content import read

BODY, BOX = 11, 15  # points


@pytest.fixture(scope="module")
def pages():
    with pdfplumber.open(io.BytesIO(example_booklet())) as pdf:
        yield pdf.pages


def column_pages(pages):
    """The pages that hold sections: those with the text of quotes behind a chapter's title."""
    chapters = [page for page in pages if page.extract_text().startswith("1 Trends")]
    return [
        page
        for page in pages
        if page.page_number > chapters[0].page_number
        if sum(round(char["size"]) == BODY for char in page.chars) > 100
    ]


def letters(text):
    """What is left when line breaks, hyphens and punctuation are gone."""
    return re.sub(r"[\W_]+", "", text).casefold()


def stream(pages, size):
    """The letters of one size in reading order: page after page, left column before right."""
    chars = (
        (page.page_number, char["x0"] > page.width / 2, round(char["top"]), char["x0"], char)
        for page in column_pages(pages)
        for char in page.chars
        if round(char["size"]) == size
    )
    return letters("".join(row[-1]["text"] for row in sorted(chars, key=lambda row: row[:4])))


def test_every_quote_stands_in_the_booklet_once_and_in_order(pages):
    quotes = [q for part in example_book().parts for q in part.statements if not q.pull_quote]
    assert stream(pages, BODY) == "".join(letters(quote.text) for quote in quotes)


def test_every_pull_quote_stands_in_a_box(pages):
    boxes = stream(pages, BOX)
    pulled = [q for part in example_book().parts for q in part.statements if q.pull_quote]
    assert sorted(boxes) == sorted("".join(letters(quote.text) for quote in pulled))
    for quote in pulled:
        assert letters(quote.text) in boxes


def test_the_text_stands_in_two_columns(pages):
    found = column_pages(pages)
    assert len(found) >= 10
    for page in found:
        middle = page.width / 2
        text = [c for c in page.chars if round(c["size"]) in (BODY, BOX) and c["text"].strip()]
        assert not [c for c in text if c["x0"] < middle < c["x1"]]
    both = [
        p for p in found if {c["x0"] > p.width / 2 for c in p.chars if c["size"] > 10} == {0, 1}
    ]
    assert len(both) >= len(found) - 2


def test_the_contents_name_every_section_with_its_page(pages):
    contents = pages[1].extract_text()
    for part in example_book().parts:
        row = re.search(
            rf"^{re.escape(part.number)} {re.escape(part.title)} .*?(\d+)$", contents, re.MULTILINE
        )
        assert row, part.number
        assert f"{part.number} {part.title}" in headings(pages[int(row[1]) - 1])


def headings(page):
    """The bold lines of either column."""
    half = page.width / 2
    sides = (page.crop((0, 0, half, page.height)), page.crop((half, 0, page.width, page.height)))
    bold = (side.filter(lambda o: "Bold" in o.get("fontname", "Bold")) for side in sides)
    return [line for side in bold for line in side.extract_text().splitlines()]


def test_every_page_but_the_cover_says_that_it_is_an_example(pages):
    footer = example_book().footer
    for page in pages[1:]:
        assert page.extract_text().splitlines()[-1] == f"{footer} {page.page_number}"
    cover = pages[0].extract_text()
    assert "Voorbeeldbloemlezing" in cover
    assert "Niemand heeft dit gezegd." in cover


def test_a_screen_reader_finds_title_language_and_structure(pages):
    pdf = pages[0].pdf
    assert pdf.metadata["Title"] == "Voorbeeldbloemlezing mensenhandel"
    assert pdf.metadata["CreationDate"].startswith("D:20260105")
    assert pdf.doc.catalog["Lang"] in (b"nl", "nl")
    assert pdf.doc.catalog["MarkInfo"]["Marked"] is True
    kinds = [element["type"] for element in flat(pdf.structure_tree)]
    assert kinds.count("H1") == 6
    assert kinds.count("H2") == len(example_book().parts)


def flat(tree):
    for element in tree:
        yield element
        yield from flat(element.get("children", []))


def test_the_same_book_gives_the_same_bytes():
    assert example_booklet() == booklet(read("book"))


def test_another_book_is_set_too_and_a_lame_one_is_refused():
    book = read("book")
    short = book | {"sections": book["sections"][:1], "chapters": book["chapters"][:1]}
    with pdfplumber.open(io.BytesIO(booklet(short))) as pdf:
        assert len(pdf.pages) == 5
    with pytest.raises(typst.TypstError, match="preface"):
        booklet({key: value for key, value in book.items() if key != "preface"})


def test_the_command_writes_the_booklet_and_touches_no_database(tmp_path, capsys):
    path = tmp_path / "bloemlezing.pdf"
    call_command("demo", booklet=path)
    assert path.read_bytes() == example_booklet()
    assert str(path) in capsys.readouterr().out


def test_a_file_that_cannot_be_written_is_named_in_one_sentence(tmp_path):
    path = tmp_path / "nowhere" / "bloemlezing.pdf"
    with pytest.raises(CommandError, match=r"nowhere.*could not be written: No such file"):
        call_command("demo", booklet=path)
