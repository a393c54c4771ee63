"""The text helpers: joining what a printer broke, and knowing a statement again."""

from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quotes.importing.contents import Contents
from quotes.importing.interleaved.speech import learn
from quotes.importing.readers import clean
from quotes.importing.sections import Heads, place_pages, running_sections
from quotes.importing.text import (
    fingerprint,
    is_terminal,
    join_lines,
    mend_blanks,
    normalised,
    starts_low,
    tidy,
    vocabulary,
)

SENTENCES = st.lists(
    st.text(alphabet="abcdefghijklmnopqrstuvwxyzéë", min_size=2, max_size=12), min_size=1
)


def joined(*lines: str, words: str = "") -> str:
    return join_lines([(line.strip(), None) for line in lines], vocabulary([words]))


@pytest.mark.parametrize(
    ("above", "below", "text"),
    [
        ("de signalerings-", "structuur is", "de signaleringsstructuur is"),
        ("zorg-", "en veiligheid", "zorg- en veiligheid"),
        ("in afhankelijk -", "heidsrelaties", "in afhankelijkheidsrelaties"),
        ("de AVG-", "wet bij", "de AVG-wet bij"),
        ("van zorg/", "opvang en", "van zorg/opvang en"),
        ("elk plan", "telt mee", "elk plan telt mee"),
        ("een plan:", "• dit", "een plan: • dit"),
    ],
)
def test_lines_are_joined_as_they_were_written(above, below, text):
    assert joined(above, below) == text


def test_a_word_that_is_written_with_a_hyphen_elsewhere_keeps_it():
    assert joined("de keten-", "aanpak", words="onze keten-aanpak werkt") == "de keten-aanpak"


def test_a_dash_at_the_end_of_a_line_stays_a_dash():
    lines = [("dit is lastig -", False), ("maar het kan", None)]
    assert join_lines(lines, Counter()) == "dit is lastig - maar het kan"


def test_a_stray_blank_in_a_known_word_is_mended():
    words = vocabulary(["onze ketenpartijen werken", "de organisaties en ketenpartijen ook"])
    assert mend_blanks("met k etenpartijen", words) == "met ketenpartijen"
    assert mend_blanks("elke org anisaties", words) == "elke organisaties"
    assert mend_blanks("de keten werkt", words) == "de keten werkt"


@pytest.mark.parametrize("text", ["Het is zo.", "Waarom?", "(en dat is goed).", "‘Zo is het.’"])
def test_a_sentence_ends(text):
    assert is_terminal(text)


@pytest.mark.parametrize("text", ["Dat geldt bijv.", "door o.a.", "en dan", "zoals (o.a."])
def test_an_abbreviation_does_not_end_a_sentence(text):
    assert not is_terminal(text)


@given(st.text())
def test_tidying_and_normalising_twice_is_once(text):
    assert tidy(tidy(text)) == tidy(text)
    assert normalised(normalised(text)) == normalised(text)


@given(st.text())
def test_a_fingerprint_sees_no_white_space_and_no_punctuation(text):
    assert fingerprint(f"  {text}\n . ") == fingerprint(text)
    assert len(fingerprint(text)) == 64


@given(SENTENCES)
def test_joining_lines_loses_no_letter(words):
    text = join_lines([(word, None) for word in words], Counter())
    assert text.replace(" ", "") == "".join(words)


@given(st.text())
def test_a_cleaned_text_holds_no_control_characters(text):
    cleaned = clean(text)
    assert clean(cleaned) == cleaned
    assert not set(cleaned) & {"\r", "\x00", "\ufeff", "\x07"}


@given(st.text(min_size=1))
def test_a_capital_never_starts_low(text):
    assert not starts_low("A" + text)


def test_the_first_heading_of_a_page_tells_what_runs_before_it():
    pages = [Heads(11, ("1.2",)), Heads(13, ("1.4", "1.5")), Heads(14), Heads(17)]
    assert running_sections(pages, Contents()) == ["1.1", "1.3", "1.5", "1.?"]


def test_the_page_behind_tells_what_runs_on_a_page_without_headings():
    pages = [Heads(25, ("2.15",)), Heads(27), Heads(28, ("2.17",))]
    assert running_sections(pages, Contents()) == ["2.14", "2.16", "2.16"]


def test_a_page_is_numbered_by_its_headings_and_the_contents():
    contents = Contents(first_pages={"4.11": 56, "4.12": 56}, chapter_pages={4: 47})
    pages = [Heads(55, ("4.10",)), Heads(None, ("4.11", "4.12")), Heads(57)]
    assert place_pages(pages, contents) == [55, 56, 57]


def test_a_hint_that_contradicts_the_headings_is_not_believed():
    pages = [Heads(55, ("4.10",)), Heads(None, ("4.11",), hint=12), Heads(59, ("4.14",))]
    assert place_pages(pages, Contents()) == [55, None, 59]


def test_an_article_wants_no_second_one_behind_it():
    speech = learn(["de straat van de wijk", "op het plein"])
    assert speech.joint("aan het", "mijn huis") < 0 <= speech.joint("aan het", "nieuwe huis")
    assert speech.pair("de", "straat") > speech.pair("de", "plein")
