"""An intervention's own page: who takes part, what it went over into, which quotes it answers."""

import datetime

import pytest
from django.test import Client

from actions.plan.models import Intervention, Succession, SuccessionKind
from tests import factories as make
from tests.pages import said, signed_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def office() -> Client:
    return signed_in(make.make_office())


def succeed(earlier: Intervention, later: Intervention, kind: str) -> None:
    Succession.objects.create(
        from_intervention=earlier,
        to_intervention=later,
        kind=kind,
        on=datetime.date(2026, 3, 18),
        reason="Two target groups.",
    )


def test_a_split_is_told_at_both_ends(office: Client) -> None:
    whole = make.make_intervention("Beds for minors")
    girls, boys = make.make_intervention("Beds for girls"), make.make_intervention("Beds for boys")
    for part in (girls, boys):
        succeed(whole, part, SuccessionKind.SPLIT)
    page = said(office.get(whole.get_absolute_url()))
    assert f"Split on 18 March 2026; goes on as {girls.code} Beds for girls" in page
    assert f"{boys.code} Beds for boys" in page
    assert page.count("Two target groups.") == 1
    page = said(office.get(girls.get_absolute_url()))
    assert f"Came from {whole.code} Beds for minors (split, 18 March 2026)" in page


@pytest.mark.parametrize(
    ("kind", "words"),
    [
        (SuccessionKind.REPLACED, "Replaced on 18 March 2026 by"),
        (SuccessionKind.MERGED, "Merged on 18 March 2026 into"),
    ],
)
def test_another_succession_has_its_own_words(office: Client, kind: str, words: str) -> None:
    earlier, later = make.make_intervention("Form on paper"), make.make_intervention("Form online")
    succeed(earlier, later, kind)
    page = said(office.get(earlier.get_absolute_url()))
    assert f"{words} {later.code} Form online" in page


def test_parties_parts_and_quotes_stand_in_their_own_order(office: Client) -> None:
    town = make.make_organisation("Town")
    beds = make.make_intervention("Beds", lead=None)
    names = ("Helper", "Co-lead", "Group")
    make.make_involvement(beds, make.make_organisation(names[0]), "involved")
    make.make_involvement(beds, make.make_organisation(names[1]), "co_lead")
    make.make_involvement(beds, town, "lead", responsibility="Pays.")
    for number in range(12, 0, -1):
        make.make_intervention(f"Part {number:02}", code=f"P-{number:03}", parent=beds)
    quotes = [make.make_quote(f"Wish number {number:02}") for number in range(12)]
    for quote in reversed(quotes):
        make.make_link(quote, beds)
    page = said(office.get(beds.get_absolute_url()))
    for words in (
        ["Town lead", "Co-lead co-lead", "Helper involved"],
        [f"P-{number:03} Part {number:02}" for number in range(1, 13)],
        [quote.text for quote in quotes],
    ):
        places = [page.index(one) for one in words]
        assert places == sorted(places), words


def test_a_quote_of_another_anthology_is_named_with_its_code(office: Client) -> None:
    beds = make.make_intervention("Beds")
    section = make.make_section(anthology=make.make_anthology("BL2"))
    make.make_link(make.make_quote("From the second book.", section), beds)
    html = office.get(beds.get_absolute_url()).content.decode()
    assert ">BL2:4.12-01</a>" in html
    assert 'href="/anthology/BL2:4.12-01/"' in html


def test_an_intervention_with_nothing_says_what_is_missing(office: Client) -> None:
    page = said(office.get(make.make_intervention("Bare").get_absolute_url()))
    for words in ("Nobody takes part yet", "No ambition is linked", "No indicator tells"):
        assert words in page, words


def test_the_panel_shows_the_next_target_with_its_decimals(office: Client) -> None:
    beds = make.make_intervention("Beds")
    indicator = make.make_indicator("Share", unit="%", decimals=2)
    make.measure(beds, indicator)
    make.make_measurement(indicator, "40.25")
    make.make_target(indicator, "61.75", 2099)
    make.make_target(indicator, "99.5", 2100)
    page = said(office.get(beds.get_absolute_url()))
    assert "40.25%" in page
    assert "61.75% (2099)" in page
    assert "99.5" not in page
