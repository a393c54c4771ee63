"""The list of organisations: who takes part, and for office and leadership who owes what."""

import csv
import datetime
from collections.abc import Iterator

import pytest
from django.test import Client
from django.utils import timezone, translation

from actions.monitoring.models import RequestState, RoundState
from actions.organisations.models import Organisation, OrganisationKind
from actions.plan.models import DeliveryState, Involvement
from tests import factories as make
from tests.pages import queries, said, signed_in
from tests.reports.world import asked, closed_round

pytestmark = pytest.mark.django_db

LIST = "/organisations/"


@pytest.fixture(autouse=True)
def _in_english() -> Iterator[None]:
    with translation.override("en"):
        yield


@pytest.fixture
def office() -> Client:
    return signed_in(make.make_office("Noor Office"))


@pytest.fixture
def partner() -> Client:
    return signed_in(make.make_reporter(make.make_organisation("Elsewhere")))


def owe(organisation: Organisation, *, days: int, state: str = RequestState.OPEN) -> None:
    """The organisation leads something and is asked about it, due so many days from now."""
    intervention = make.make_intervention(lead=organisation)
    due = timezone.localdate() + datetime.timedelta(days=days)
    asked(closed_round(f"Round of {intervention.code}", due, state=RoundState.OPEN), intervention,
          state)  # fmt: skip


def rows(client: Client, query: str = "") -> list[list[str]]:
    """The list as it is downloaded, without its head."""
    text = b"".join(client.get(f"{LIST}?export=csv&{query}")).decode("utf-8-sig")
    return list(csv.reader(text.splitlines()))[1:]


def test_a_row_says_what_an_organisation_leads_helps_and_owes(office: Client) -> None:
    town = make.make_organisation("Town", region="Rivers", kind=OrganisationKind.MUNICIPALITY)
    owe(town, days=3)
    owe(town, days=-3)
    owe(town, days=-9, state=RequestState.RETURNED)
    owe(town, days=-9, state=RequestState.SUBMITTED)
    make.make_involvement(make.make_intervention(), town, "co_lead")
    make.make_intervention(lead=town, delivery_state=DeliveryState.STOPPED)
    assert rows(office) == [["Town", "municipality", "Rivers", "4", "1", "3", "2"]]


def test_a_group_brings_its_members_help_once(office: Client) -> None:
    town, police = make.make_organisation("Town"), make.make_organisation("Police")
    group = make.make_group("Centre towns", town)
    led, other = make.make_intervention(lead=town), make.make_intervention(lead=police)
    for one in (led, other):
        Involvement.objects.create(intervention=one, group=group, role="involved")
    assert [row[3:5] for row in rows(office)] == [["1", ""], ["1", "1"]]
    group.memberships.update(valid_to=timezone.localdate() - datetime.timedelta(days=1))
    assert [row[3:5] for row in rows(office)] == [["1", ""], ["1", ""]]


def test_the_news_is_who_is_late(office: Client, partner: Client) -> None:
    assert "No organisation takes part yet" in said(office.get(LIST))
    town, police = make.make_organisation("Town"), make.make_organisation("Police")
    make.make_intervention(lead=town)
    assert "1 organisation takes part" in said(office.get(LIST))
    owe(police, days=3)
    assert "1 organisation still owes an answer, none is late" in said(office.get(LIST))
    owe(town, days=-3)
    owe(police, days=-3)
    assert "2 organisations are late" in said(office.get(LIST))
    assert "2 organisations are late" in said(signed_in(make.make_leadership()).get(LIST))
    assert "2 organisations take part" in said(partner.get(LIST))


def test_a_partner_sees_nothing_of_what_others_owe(partner: Client) -> None:
    owe(make.make_organisation("Town"), days=-3)
    make.make_organisation("Police")
    page = said(partner.get(LIST))
    for words in ("Owes", "late", "owes an answer"):
        assert words not in page, words
    everybody = [row[0] for row in rows(partner)]
    assert everybody == ["Elsewhere", "Police", "Town"]
    assert all(len(row) == 5 for row in rows(partner))
    assert [row[0] for row in rows(partner, "debt=late")] == everybody
    assert [row[0] for row in rows(partner, "sort=-late")] == everybody


def test_the_list_filters_by_words_kind_group_and_debt(office: Client) -> None:
    town = make.make_organisation(
        "Town", abbreviation="TWN", region="Rivers", kind=OrganisationKind.MUNICIPALITY
    )
    police = make.make_organisation("Police", kind=OrganisationKind.POLICE)
    group = make.make_group("Centre towns", town)
    owe(town, days=-3)
    owe(police, days=3)
    for query in ("q=twn", "q=rivers", "kind=municipality", f"group={group.pk}", "debt=late",
                  "kind=municipality&debt=owes"):  # fmt: skip
        assert [row[0] for row in rows(office, query)] == ["Town"], query
    assert [row[0] for row in rows(office, "debt=owes")] == ["Police", "Town"]
    assert "No organisation answers to this filter." in said(office.get(f"{LIST}?q=zzz"))


def test_what_ended_or_was_merged_is_there_only_when_asked_for(office: Client) -> None:
    kept = make.make_organisation("Police")
    make.make_organisation("Police (again)", merged_into=kept)
    make.make_organisation("Mudbank", valid_to=datetime.date(2020, 1, 1))
    make.make_organisation("Newtown", valid_from=datetime.date(2099, 1, 1))
    assert [row[0] for row in rows(office)] == ["Police"]
    assert [row[0] for row in rows(office, "q=o")] == ["Police"]
    gone = ["Mudbank", "Newtown", "Police (again)"]
    assert [row[0] for row in rows(office, "exists=ended")] == gone
    assert len(rows(office, "exists=all")) == 4


def test_an_organisation_leads_to_its_own_page(office: Client) -> None:
    town = make.make_organisation("Town")
    assert f'href="{town.get_absolute_url()}"' in office.get(LIST).content.decode()
    assert office.get(f"{LIST}?export=xlsx").headers["Content-Disposition"] == (
        'attachment; filename="organisations.xlsx"'
    )


@pytest.mark.parametrize("column", ["name", "kind", "region", "leads", "helps", "owed", "late"])
@pytest.mark.parametrize("direction", ["", "-"])
def test_every_column_sorts_both_ways(office: Client, column: str, direction: str) -> None:
    owe(make.make_organisation("Town"), days=-3)
    make.make_organisation("Police")
    assert office.get(f"{LIST}?sort={direction}{column}").status_code == 200
    if column == "late":
        first = "Town" if direction else "Police"
        assert rows(office, f"sort={direction}late")[0][0] == first


def test_the_list_costs_the_same_for_two_rows_and_for_twelve(
    office: Client, partner: Client
) -> None:
    def grow(times: int) -> None:
        for number in range(times):
            town = make.make_organisation()
            make.make_group(f"Group {times}-{number}", town)
            owe(town, days=number - 5)

    grow(2)
    few = [queries(client, LIST) for client in (office, partner)]
    grow(10)
    many = [queries(client, LIST) for client in (office, partner)]
    assert few == many
    assert max(many) <= 6
