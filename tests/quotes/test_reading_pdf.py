"""A PDF anthology comes out as it was set, whatever its layout."""

from statistics import mean

import pytest

from quotes.importing.engine import read_files
from quotes.importing.reading import ImportRefused
from quotes.importing.upsert import upsert
from quotes.models import Quote
from quotes.references import parse, reference_for
from tests.quotes.pdfs.chance import layout_by_lot
from tests.quotes.pdfs.layouts import LAYOUTS
from tests.quotes.pdfs.raw import document, small_book, text_page
from tests.quotes.pdfs.scores import read_anthology, score
from tests.quotes.pdfs.setting import typeset
from tests.quotes.pdfs.unseen import UNSEEN
from tracker.demo.book import example_book
from tracker.demo.booklet import example_booklet

QUOTES, BY_LOT = 125, 6


@pytest.fixture(scope="module")
def scores(tmp_path_factory):
    """How well each layout was read, by name."""
    folder = tmp_path_factory.mktemp("pdfs")
    layouts = [*LAYOUTS, *UNSEEN, *(layout_by_lot(seed) for seed in range(100, 100 + BY_LOT))]
    sets = ((layout.name, typeset(layout, QUOTES)) for layout in layouts)
    return {name: score(held, read_anthology(held, folder)) for name, held in sets}


def test_every_layout_is_read_as_it_was_set(scores):
    exact = {name: found.exact for name, found in scores.items()}
    worst = sorted(exact.items(), key=lambda row: row[1])[:3]
    assert mean(exact.values()) >= 0.995, worst
    assert min(exact[layout.name] for layout in (*LAYOUTS, *UNSEEN)) >= 0.98, worst
    assert min(exact.values()) >= 0.95, worst


def test_the_words_stand_in_their_section_and_the_quotes_on_their_page(scores):
    assert mean(found.words for found in scores.values()) >= 0.998
    assert mean(found.paged for found in scores.values()) >= 0.995


def test_who_is_sure_is_right(scores):
    verdicts = [verdict for found in scores.values() for verdict in found.verdicts]
    sure = [right for confidence, right in verdicts if confidence >= 0.9]
    assert sum(sure) >= 0.99 * len(sure)
    assert len(sure) >= 0.85 * len(verdicts)


def test_the_example_booklet_is_read_whole(tmp_path):
    path = tmp_path / "booklet.pdf"
    path.write_bytes(example_booklet())
    reading = read_files([path])
    wanted = {(p.number, s.text, s.pull_quote) for p in example_book().parts for s in p.statements}
    assert {(q.section_number, q.text, q.is_pull_quote) for q in reading.quotes} == wanted
    assert reading.warnings == ()
    boxed = [q for q in reading.quotes if q.is_pull_quote and q.pull_quote_of is not None]
    for box in boxes_of(reading.quotes):
        assert 0 <= box.x0 < box.x1 <= 1
        assert 0 <= box.top < box.bottom <= 1
    assert all(reading.quotes[q.pull_quote_of].fingerprint == q.fingerprint for q in boxed)


def boxes_of(quotes):
    assert all(quote.boxes for quote in quotes)
    return [box for quote in quotes for box in quote.boxes]


def write(tmp_path, name, *pages):
    path = tmp_path / name
    path.write_bytes(document(list(pages)))
    return path


def page_of(number, heading, *quotes):
    """A page with a heading, quotes of two lines each, and a foot with its number."""
    rows = [(heading, 14, 60, 760)]
    for place, quote in enumerate(quotes):
        long = f"{quote} zegt iemand over {heading[4:].lower()} wat anderen daar alleen maar denken"
        rows.append((long, 10, 60, 730 - 40 * place))
        rows.append((f"en nooit {heading[4:]} zouden noemen.", 10, 60, 718 - 40 * place))
    return text_page([*rows, (f"bundel {number}", 8, 270, 30)])


def first_words(reading):
    return [quote.text.split(" zegt ")[0] for quote in reading.quotes]


def test_a_chapter_without_sections_has_a_section_of_its_own(tmp_path):
    page = small_book().replace(b"4.1 Signalen", b"3 Ambities")
    reading = read_files([write(tmp_path, "book.pdf", page)])
    assert [(s.number, s.title) for s in reading.sections] == [("3.0", "Ambities")]
    assert parse(reference_for("3.0", 7)).bare == "3.0-07"


def test_the_progress_is_told_page_by_page(tmp_path):
    told = []
    read_files(
        [write(tmp_path, "book.pdf", *[small_book()] * 3)], progress=lambda *step: told.append(step)
    )
    assert told == [(1, 3), (2, 3), (3, 3)]


def chapter(*numbers):
    names = {3: "Geld", 4: "Tijd", 5: "Macht", 6: "Werk", 7: "Zorg", 8: "Wonen"}
    return [
        page_of(n, f"1.{n} {names[n]}", f"Eerst {names[n]}", f"Dan {names[n]}") for n in numbers
    ]


def test_two_parts_of_a_book_are_read_in_the_order_of_their_pages(tmp_path):
    late = write(tmp_path, "late.pdf", *chapter(6, 7, 8))
    early = write(tmp_path, "early.pdf", *chapter(3, 4, 5))
    reading = read_files([late, early])
    assert [q.page for q in reading.quotes] == [3, 3, 4, 4, 5, 5, 6, 6, 7, 7, 8, 8]
    assert [s.number for s in reading.sections] == [f"1.{n}" for n in range(3, 9)]
    assert first_words(reading)[:3] == ["Eerst Geld", "Dan Geld", "Eerst Tijd"]


def test_one_page_of_a_pdf_can_be_asked_for(tmp_path):
    path = write(tmp_path, "book.pdf", *chapter(3, 4, 5))
    assert first_words(read_files([path], 4)) == ["Eerst Tijd", "Dan Tijd"]
    with pytest.raises(ImportRefused, match="Page 9 holds no quote"):
        read_files([path], 9)


def test_where_the_table_of_contents_differs_the_headings_win(tmp_path):
    rows = [("Inhoud", 14, 60, 760)]
    for place, (title, page) in enumerate([("1.3 Geld", 3), ("1.4 Vuur", 4), ("1.9 Werk", 9)]):
        rows += [(title, 10, 60, 730 - 20 * place), (str(page), 10, 500, 730 - 20 * place)]
    contents = text_page([*rows, ("bundel 2", 8, 270, 30)])
    reading = read_files([write(tmp_path, "book.pdf", contents, *chapter(3, 4))])
    assert [(s.number, s.title) for s in reading.sections] == [("1.3", "Geld"), ("1.4", "Tijd")]
    (warning,) = reading.warnings
    assert "1.4 is called 'Tijd' and not 'Vuur'" in warning
    assert "1.9 has no heading" in warning


@pytest.mark.django_db
def test_a_pdf_imported_twice_changes_nothing(tmp_path):
    path = write(tmp_path, "book.pdf", *chapter(3, 4, 5))
    first, second = (upsert(reading=read_files([path])) for _turn in range(2))
    assert first.created == 6
    assert (second.created, second.unchanged) == (0, 6)
    assert [q.reference for q in Quote.objects.order_by("pk")][:3] == ["1.3-01", "1.3-02", "1.4-01"]


@pytest.mark.django_db
def test_a_chapter_without_sections_gives_references_that_are_understood(tmp_path):
    page = small_book().replace(b"4.1 Signalen", b"3 Ambities")
    upsert(reading=read_files([write(tmp_path, "book.pdf", page)]))
    references = list(Quote.objects.order_by("pk").values_list("reference", flat=True))
    assert references == ["3.0-01", "3.0-02", "3.0-03"]
    assert all(parse(reference) for reference in references)
