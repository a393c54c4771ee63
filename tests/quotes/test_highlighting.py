"""What is marked in a quote that was found, and how much of the quote is shown."""

from hypothesis import given
from hypothesis import strategies as st

from quotes.highlighting import from_first_hit, pieces
from quotes.searching import sought
from quotes.tables import marked


def hits(text: str, typed: str) -> list[str]:
    return [piece.text for piece in pieces(text, sought(typed)) if piece.hit]


def test_words_are_marked_by_their_beginning_whatever_case_accent_or_ending() -> None:
    text = "Slachtoffers en de zorgcoördinator: één SLACHTOFFER."
    assert hits(text, "slachtoffers") == ["Slachtoffers", "SLACHTOFFER"]
    assert hits(text, "Zorgcoordinator een") == ["zorgcoördinator", "één"]
    assert hits("Mensenhandel herkennen.", "handel") == ["Mensenhandel"]
    assert hits("Een e-mail naar allen.", "e-mail") == ["e", "mail"]


def test_excluded_words_and_references_mark_nothing() -> None:
    assert hits("Police and 4.12-07.", "-police 4.12-07") == []


def test_a_typing_mistake_marks_what_was_meant_only_where_nothing_else_is_marked() -> None:
    assert hits("Slachtoffers eerst.", "slachtofers") == ["Slachtoffers"]
    assert hits("Slachtoffers, dus slachtofers.", "slachtofers") == ["slachtofers"]
    assert hits("Een kat.", "kut") == []


def test_what_looks_like_html_stays_text() -> None:
    html = marked(pieces("<script>alert('victims')</script> & more", sought("victims script")))
    assert "<script>" not in html
    assert html == (
        "&lt;<mark>script</mark>&gt;alert(&#x27;<mark>victims</mark>&#x27;)"
        "&lt;/<mark>script</mark>&gt; &amp; more"
    )
    assert marked(pieces("<mark>", sought("nothing"))) == "&lt;mark&gt;"


def test_a_long_quote_is_shown_from_shortly_before_its_first_hit() -> None:
    text = "word " * 60 + "victims come first. " + "more " * 30
    shown = "".join(piece.text for piece in from_first_hit(pieces(text, sought("victims"))))
    assert shown.startswith("… word word")
    assert shown.index("victims") < 70
    assert shown.endswith("more ")
    early = pieces("The victims. " + "word " * 60, sought("victims"))
    assert from_first_hit(early) == early


@given(st.text(), st.text())
def test_the_pieces_are_the_text_again(text: str, typed: str) -> None:
    found = pieces(text, sought(typed))
    assert "".join(piece.text for piece in found) == text
    assert all(piece.text for piece in from_first_hit(found))
