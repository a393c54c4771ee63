"""The pure parts of the review: whose words stand where, where a quote may fall in two, and why to
doubt it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quotes.doubt import break_points, how_sure, reasons
from quotes.excerpt import Claim, page_lines
from quotes.importing.text import tidy

WORDS = st.lists(st.sampled_from("wij willen een sam- enwerking, (nu) • – 2.1".split()), max_size=8)
LINES = st.lists(WORDS.map("  ".join), min_size=1, max_size=6)


@given(LINES, st.lists(st.tuples(WORDS, st.integers(1, 6), st.integers(1, 6)), max_size=3))
def test_no_letter_of_the_source_is_lost_or_moved(lines, claimed) -> None:
    claims = [
        Claim(key, " ".join(words), min(first, last), max(first, last))
        for key, (words, first, last) in enumerate(claimed, start=1)
    ]
    for line in page_lines("\n".join(lines), claims):
        assert "".join(piece.text for piece in line.pieces) == lines[line.number - 1]
        inside = {c.key for c in claims if c.first <= line.number <= c.last}
        assert {piece.key for piece in line.pieces} - {None} <= inside


def test_in_columns_each_word_goes_to_its_own_quote() -> None:
    text = "Meet every sam-     Call me\nenwerking week.     back."
    claims = [Claim(1, "Meet every samenwerking week.", 1, 2), Claim(2, "Call me back.", 1, 2)]
    owned = [[(p.text, p.key) for p in line.pieces if p.key] for line in page_lines(text, claims)]
    assert owned == [
        [("Meet every sam-", 1), ("Call me", 2)],
        [("enwerking week.", 1), ("back.", 2)],
    ]


@given(st.text("ab AB.?!’ ", max_size=40).map(tidy))
def test_every_break_point_leaves_two_parts_of_which_the_first_ends(text: str) -> None:
    for at in break_points(text):
        assert text[:at].rstrip()[-1] in ".?!’"
        assert text[at:].strip()


def test_an_abbreviation_ends_no_sentence() -> None:
    text = "Bel de politie, bijv. De wijkagent. Of mij."
    assert [text[at:] for at in break_points(text)] == ["Of mij."]


@pytest.mark.parametrize(
    ("confidence", "words"),
    [(0, "very unsure"), (0.5, "unsure"), (0.89, "almost sure"), (1, "sure of the words")],
)
def test_confidence_is_told_in_words(confidence: float, words: str, in_english: None) -> None:
    assert how_sure(confidence) == words


def test_there_is_always_a_reason_to_doubt(in_english: None) -> None:
    assert reasons("A whole sentence.", 0.5, True) == [
        "The lines of this page can be read in more than one way."
    ]
    assert reasons("Wij willen samen-", 0.5, True) == ["It ends in the middle of a word."]
    assert len(reasons("en dan nog", 0, False)) == 4
    assert "two quotes" in reasons("Lang. " * 200, 0.5, True)[0]
