"""References as people write them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quotes.references import Reference, find_all, parse, reference_for

NUMBERS = st.integers(min_value=1, max_value=9999)
SECTIONS = st.builds(
    lambda chapter, section: f"{chapter}.{section}",
    st.integers(1, 99),
    st.one_of(st.integers(1, 99).map(str), st.just("?")),
)
CODES = st.one_of(st.just(""), st.from_regex(r"\A[A-Z]{2,5}[0-9]{1,3}\Z"))


@given(CODES, SECTIONS, NUMBERS)
def test_what_is_written_is_read_again(code, section, number):
    reference = Reference(code, section, number)
    assert parse(str(reference)) == reference
    assert find_all(f"Zie {reference}, en ({reference}).") == [reference, reference]


@given(CODES, SECTIONS, NUMBERS, st.sampled_from(["https://a.example/{}", "/trace/{}/", "x{}y"]))
def test_a_word_of_an_address_is_never_a_reference(code, section, number, address):
    assert find_all(address.format(Reference(code, section, number))) == []


@pytest.mark.parametrize(
    "text", ["", "4.12", "4.12-", "4-12-07", "4.12-7", "bl1:4.12-07", "4.12-07 "]
)
def test_what_only_looks_like_a_reference_is_none(text):
    assert parse(text) is None


def test_an_unknown_section_gives_a_reference_that_an_address_can_hold():
    assert reference_for("4.?", 1) == "4.x-01"
    assert reference_for("4.12", 107) == "4.12-107"
