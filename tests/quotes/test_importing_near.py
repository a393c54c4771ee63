"""Which texts are one statement with mended words, which are parts, and which are others."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quotes.importing.near import alike, is_part, pairs, words_of

LONG = "Wij zien dat gemeenten elkaar te laat bellen wanneer een slachtoffer verhuist"


def near(left: str, right: str) -> bool:
    return any(pairs([words_of(left)], [words_of(right)], lambda _left, _right: True))


@pytest.mark.parametrize(
    ("left", "right", "is_near"),
    [
        ("Meer k etenpartijen samen.", "Meer ketenpartijen samen.", True),
        ("Er is te weinig tijd.", "Er is te weinig geld.", False),
        (f"{LONG}.", f"{LONG.replace('elkaar', 'mekaar')}.", True),
        (
            f"{LONG}.",
            "De opvang heeft te weinig plekken voor gezinnen die moeten vertrekken.",
            False,
        ),
        ("zien dat gemeenten elkaar te laat bellen", LONG, True),
        ("gemeenten een te dat wij verhuist", LONG, False),
        ("Bellen.", LONG, False),
        ("", LONG, False),
    ],
)
def test_near_is_mended_or_a_part_and_nothing_else(left, right, is_near) -> None:
    assert near(left, right) is is_near
    assert near(right, left) is is_near


WORDS = st.lists(st.sampled_from("wij zij zorg tijd geld plek bellen samen".split()), min_size=6)


@given(WORDS, WORDS)
def test_a_half_is_a_part_of_the_whole(first, second) -> None:
    whole = tuple(first + second)
    assert is_part(tuple(first), whole)
    assert not is_part(whole, tuple(first))


@given(WORDS)
def test_a_text_is_alike_itself_and_no_part_of_itself(words) -> None:
    text = tuple(words)
    assert alike(text, text) is (len(text) <= 40)
    assert not is_part(text, text)
