"""The real anthology, held against the pages that a careful reader has split by hand."""

import pytest

from quotes.importing.contents import key_of
from tests.quotes import anthology

FLOOR_EXACT = 0.97
FLOOR_PLACED = 0.99
AMBITIONS = {"4.2", *(f"4.{n}" for n in (4, 5, 6, 7, 9, 10, 11, 12, 13, 14))}


@pytest.fixture(scope="module")
def place():
    return anthology.folder()


@pytest.fixture(scope="module")
def reading(place):
    return anthology.read_real(place)


def test_the_quotes_of_the_hand_read_pages_are_read_exactly(reading, place):
    assert anthology.exact(reading, anthology.key_rows(place)) >= FLOOR_EXACT


def test_the_words_of_the_hand_read_pages_stand_in_the_right_section(reading, place):
    assert anthology.well_placed(reading, anthology.key_rows(place)) >= FLOOR_PLACED


def test_every_ambition_section_that_has_pages_has_its_quotes_and_no_other_has(reading):
    found = {q.section_number for q in reading.quotes if key_of(q.section_number)[0] == 4}
    assert found == AMBITIONS


def test_pages_that_stand_in_two_files_count_once(reading, place):
    key = anthology.key_rows(place)
    for page in (33, 35):
        wanted = sum(row["page"] == page for row in key)
        assert abs(sum(q.page == page for q in reading.quotes) - wanted) <= 1


def test_pages_without_a_number_are_placed_even_when_the_files_have_other_names(place, tmp_path):
    names = {"pages-odd.txt": "all.txt", "page-56.txt": "scan.txt", "page-35.txt": "copy.txt"}
    for name, other in names.items():
        (tmp_path / other).write_bytes((place / name).read_bytes())
    reading = anthology.read_files([tmp_path / other for other in names.values()])
    placed = {q.section_number for q in reading.quotes if q.page == 56}
    assert placed == {"4.11", "4.12"}
    assert sum(q.page == 35 for q in reading.quotes) < 30


def test_nothing_is_read_from_title_pages_contents_preface_and_appendix(reading):
    assert {q.page for q in reading.quotes}.isdisjoint({3, 5, 7, 9, 47, 61})
