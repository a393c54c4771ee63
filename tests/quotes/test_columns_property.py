"""Random quotes, laid out in two columns as text and read back."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from quotes.importing.columns import learn_habits, split_columns
from quotes.importing.contents import chapter_title, is_contents
from quotes.importing.engine import read_files
from quotes.importing.pages import split_pages
from quotes.importing.readers import read_document
from quotes.importing.reading import Reading
from tests.quotes.composer import Sheet, compose
from tests.quotes.pdfs.speech import Speech
from tracker.demo.book import Book, Part, Statement

FLOOR = 0.7
PARTS = ("Signalen eerder zien", "Opvang en nazorg", "Veiligheid", "Wonen en werken")
laid_out = settings(
    derandomize=True,
    max_examples=12,
    deadline=None,
    # Every example of a group is as large as another, and no smaller one is easier to read.
    phases=[Phase.generate],
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)


@dataclass(frozen=True)
class Case:
    """What is laid out, and how."""

    seed: int
    quotes: int
    sheet: Sheet

    @property
    def book(self) -> Book:
        said = [Statement(text) for text in Speech(self.seed).quotes(self.quotes)]
        share = -(-len(said) // len(PARTS))
        parts = (
            Part(f"1.{number}", title, tuple(said[(number - 1) * share : number * share]))
            for number, title in enumerate(PARTS, start=1)
        )
        return Book(
            ("Stemmen",),
            "Een bundel",
            2,
            "Vooraf",
            ("Wie leest, begint bij het begin.",),
            ((1, "Trends"),),
            tuple(part for part in parts if part.statements),
        )


CASES = st.builds(
    Case,
    seed=st.integers(0, 10_000),
    quotes=st.integers(8, 20),
    sheet=st.builds(
        Sheet,
        width=st.integers(45, 75),
        height=st.integers(26, 44),
        keep_blanks=st.booleans(),
        gap=st.integers(1, 2),
    ),
)


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    return tmp_path_factory.mktemp("columns")


@lru_cache(maxsize=64)
def read(case: Case, folder: Path) -> Reading:
    return read_as(text_of(case), folder)


def text_of(case: Case) -> str:
    return compose(case.book, case.sheet).text


def read_as(text: str, folder: Path, encoding: str = "utf-8") -> Reading:
    path = folder / "book.txt"
    path.write_bytes(text.encode(encoding))
    return read_files([path])


def letters(texts) -> Counter[str]:
    return Counter(char for text in texts for char in text if char.isalnum())


@laid_out
@given(case=CASES)
def test_every_word_of_a_line_goes_to_one_column(folder, case):
    path = folder / "page.txt"
    path.write_text(text_of(case), encoding="utf-8")
    pages = [page.lines for page in split_pages([read_document(path)])]
    pages = [page for page in pages if not is_contents(page) and chapter_title(page) is None]
    habits = learn_habits(pages, {})
    for page in pages:
        rows: dict[int, list[str]] = {}
        for paragraph in split_columns(page, habits=habits, titles={}).paragraphs:
            for piece in paragraph.pieces:
                rows.setdefault(piece.row, []).append(piece.text)
        assert {row: " ".join(texts).split() for row, texts in rows.items()} == {
            row: line.text.split() for row, line in enumerate(page)
        }


@laid_out
@given(case=CASES)
def test_no_letter_is_lost_or_doubled(folder, case):
    said = [statement.text for part in case.book.parts for statement in part.statements]
    titles = [f"{part.number} {part.title}" for part in case.book.parts]
    got = letters(quote.text for quote in read(case, folder).quotes)
    assert not letters(said) - got
    # A heading that was not known for one has become a quote; nothing else may be added.
    assert not got - letters(said) - letters(titles)


def test_most_quotes_of_a_single_page_come_back_exactly(folder):
    """A page or two teach little about a book; longer texts are measured by make bench."""
    right: list[bool] = []

    @laid_out
    @given(case=CASES)
    def hold_against_the_truth(case):
        wanted = Counter(s.text for part in case.book.parts for s in part.statements)
        got = Counter(quote.text for quote in read(case, folder).quotes)
        right.extend([True] * (wanted & got).total() + [False] * (wanted - got).total())

    hold_against_the_truth()
    assert sum(right) >= FLOOR * len(right), f"{sum(right)} of {len(right)}"


@settings(laid_out, max_examples=2)
@given(case=CASES)
def test_reading_again_gives_the_same_whatever_ends_the_lines_and_codes_the_letters(folder, case):
    text, first = text_of(case), read(case, folder).quotes
    for again, encoding in (
        (text, "utf-8"),
        (text.replace("\n", "\r\n"), "utf-8-sig"),
        (text.replace("\n", "\r"), "utf-16"),
        (text, "cp1252"),
    ):
        assert read_as(again, folder, encoding).quotes == first
