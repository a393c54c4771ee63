"""How a quote is cited, and how it is told where its words also stand."""

import datetime

import pytest
from django.test import override_settings
from django.utils import translation

from quotes.citation import Cited, citation
from quotes.places import Place, also_stands
from tests import factories as make
from tests.pages import said, signed_in

FULL = Cited(
    title="Voices", publisher="The Centre", published_on=datetime.date(2025, 3, 9),
    section_number="4.12", section_title="Better beds", page=51, reference="4.12-07",
    address="https://spoor.example/anthology/4.12-07/",
)  # fmt: skip


def test_a_citation_names_all_that_is_known() -> None:
    with translation.override("en"):
        assert citation(FULL) == (
            "Voices (The Centre, 9 March 2025), section 4.12 “Better beds”, p. 51, quote 4.12-07. "
            "https://spoor.example/anthology/4.12-07/"
        )
    with translation.override("nl"):
        assert "9 maart 2025" in citation(FULL)


def test_what_is_not_known_is_left_out() -> None:
    bare = Cited(
        title="Voices", section_number="4.?", section_title="", reference="4.x-01", address="x:/"
    )
    with translation.override("en"):
        assert citation(bare) == "Voices, section 4.?, quote 4.x-01. x:/"


def test_places_are_named_in_order_and_at_most_three() -> None:
    with translation.override("en"):
        assert also_stands([]) == ""
        assert also_stands([Place(33, "2.10")]) == "also on page 33, in 2.10"
        places = [Place(page, "2.1") for page in (40, 9, 12, 7)] + [Place(0, "3.1")]
        assert also_stands(places) == (
            "also in 3.1; on page 7, in 2.1; on page 9, in 2.1; and 2 more"
        )


@pytest.mark.django_db
@override_settings(SPOOR_BASE_URL="https://spoor.example")
def test_the_page_of_a_quote_gives_its_citation_in_a_field_that_can_be_selected() -> None:
    quote = make.make_quote("Beds & <b>more</b>.", page=51)
    quote.anthology.title = "Voices & <i>choices</i>"
    quote.anthology.save()
    response = signed_in(make.make_reporter(make.make_organisation())).get(quote.get_absolute_url())
    page = response.content.decode()
    assert "Voices &amp; &lt;i&gt;choices&lt;/i&gt;, section 4.12" in page
    assert f"https://spoor.example{quote.get_absolute_url()}</textarea>" in page
    assert "readonly" in page
    assert "copy.js" in page


@pytest.mark.django_db
def test_the_same_words_elsewhere_are_told_on_page_and_in_list_and_never_merged() -> None:
    quote = make.make_quote("Meet every week.", page=50)
    elsewhere = make.make_section("2.10", "problem")
    twin = make.make_quote("MEET every week!", section=elsewhere, page=33)
    gone = make.make_quote("Meet every week", section=elsewhere, page=34, state="withdrawn")
    pulled = make.make_quote("Meet every week", page=35, pull_quote_of=quote)
    other = make.make_quote(
        "Meet every week.", section=make.make_section(anthology=make.make_anthology("BL2"))
    )
    for one in (twin, gone, pulled, other):
        type(one).objects.filter(pk=one.pk).update(fingerprint=quote.fingerprint)
    client = signed_in(make.make_office())
    page = said(client.get(quote.get_absolute_url()))
    assert "more than once: also on page 33, in 2.10." in page
    listed = said(client.get("/anthology/"))
    assert "also on page 33, in 2.10" in listed
    assert "also on page 50, in 4.12" in listed
    assert listed.count("also on page") == 2
    rows = b"".join(client.get("/anthology/?export=csv").streaming_content).decode()
    assert "also on page" not in rows
    assert "MEET every week!" in rows
