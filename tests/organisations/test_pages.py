"""The page of one organisation: who it is, whom it shows to whom, and what downstream adds."""

import datetime
from collections.abc import Iterator

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone, translation

from actions.monitoring.models import RequestState, RoundState
from actions.organisations.access import UserActor
from actions.organisations.models import (
    MembershipKind,
    Organisation,
    OrganisationKind,
    User,
)
from actions.plan.models import DeliveryState, Intervention, Involvement, TrafficLight
from actions.reports.models import Decision, DecisionState
from tests import factories as make
from tests.pages import queries, said, signed_in
from tests.reports.world import accepted, asked, closed_round, sent_report

pytestmark = pytest.mark.django_db

YESTERDAY = datetime.timedelta(days=1)


@pytest.fixture(autouse=True)
def _in_english() -> Iterator[None]:
    with translation.override("en"):
        yield


@pytest.fixture
def town() -> Organisation:
    return make.make_organisation(
        "Riverton", kind=OrganisationKind.MUNICIPALITY, region="Rivers",
        contact_address="desk@riverton.example",
    )  # fmt: skip


@pytest.fixture
def office() -> Client:
    return signed_in(make.make_office("Noor Office"))


def page_of(client: Client, organisation: Organisation) -> str:
    return said(client.get(organisation.get_absolute_url()))


def owing(
    organisation: Organisation, title: str, *, days: int, state: str = "open"
) -> Intervention:
    """The organisation leads something and was asked about it, due so many days from now."""
    intervention = make.make_intervention(title, lead=organisation)
    due = timezone.localdate() + datetime.timedelta(days=days)
    running = closed_round(f"Round about {title}", due, state=RoundState.OPEN)
    asked(running, intervention, state)
    return intervention


# --- who it is ------------------------------------------------------------------------------------


def test_it_says_who_an_organisation_is_and_where_it_belongs(office: Client) -> None:
    province = make.make_organisation("Province")
    town = make.make_organisation("Riverton", parent=province, abbreviation="RT", region="Rivers")
    make.make_organisation("Riverton Harbour", parent=town)
    make.make_organisation("Gone Harbour", parent=town, valid_to=datetime.date(2020, 1, 1))
    make.make_group("Centre towns", town)
    page = page_of(office, town)
    for words in ("Municipality · Rivers", "Abbreviation RT", "Part of Province",
                  "Its parts Riverton Harbour", "In the group Centre towns"):  # fmt: skip
        assert words in page, words
    assert "Gone Harbour" not in page


def test_what_ended_names_its_successor_and_the_successor_what_it_took_over(office: Client) -> None:
    new = make.make_organisation("Riverton")
    old = make.make_organisation("Mudbank", valid_to=datetime.date(2024, 12, 31), successor=new)
    assert "Existed until 31 December 2024. Its successor is Riverton" in page_of(office, old)
    assert "Took over from Mudbank" in page_of(office, new)


def test_a_double_says_into_what_it_was_merged(office: Client) -> None:
    kept = make.make_organisation("Police")
    double = make.make_organisation("Police (again)", merged_into=kept)
    assert "Merged into Police ." in page_of(office, double)


# --- people and addresses -------------------------------------------------------------------------


def test_people_and_addresses_are_for_the_office_and_for_the_organisation_itself(
    town: Organisation,
) -> None:
    fatima = make.make_reporter(town, "Fatima Town", email="fatima@riverton.example")
    make.make_membership(fatima, town, MembershipKind.CONTACT)
    make.make_reporter(town, "Gone Away", is_active=False)
    seen = {
        "office": make.make_office(),
        "own": fatima,
        "other": make.make_reporter(make.make_organisation("Police")),
        "leadership": make.make_leadership(),
    }
    pages = {who: page_of(signed_in(user), town) for who, user in seen.items()}
    for who in ("office", "own"):
        assert "desk@riverton.example" in pages[who], who
        assert "Fatima Town answers, contact person fatima@riverton.example" in pages[who], who
        assert "Gone Away" not in pages[who], who
    for who in ("other", "leadership"):
        assert "riverton.example" not in pages[who], who
        assert "Fatima" not in pages[who], who


def test_nobody_to_answer_is_said_to_the_office(office: Client, town: Organisation) -> None:
    assert "Nobody is known who answers for this organisation." in page_of(office, town)


def test_what_somebody_answers_for_comes_with_the_user(town: Organisation) -> None:
    fatima = make.make_reporter(town)
    police = make.make_organisation("Police")
    make.make_membership(fatima, police)
    known = User.objects.with_organisation_ids().get(pk=fatima.pk)
    with CaptureQueriesContext(connection) as captured:
        assert UserActor(known).organisation_ids == {town.pk, police.pk}
    assert not captured.captured_queries
    assert UserActor(fatima).organisation_ids == {town.pk, police.pk}
    nobody = User.objects.with_organisation_ids().get(pk=make.make_office().pk)
    assert UserActor(nobody).organisation_ids == frozenset()


# --- what it does ---------------------------------------------------------------------------------


def test_it_shows_what_it_leads_and_helps_also_through_a_group(
    office: Client, town: Organisation
) -> None:
    beds = make.make_intervention("Beds", lead=town, traffic_light=TrafficLight.AT_RISK)
    desk = make.make_intervention("Desk", lead=make.make_organisation("Police"))
    make.make_involvement(desk, town, "co_lead", responsibility="Opens the door.")
    group = make.make_group("Centre towns", town)
    policy, both = make.make_intervention("Policy"), beds
    for one in (policy, both):
        Involvement.objects.create(intervention=one, group=group, role="involved")
    make.make_intervention("Stopped one", lead=town, delivery_state=DeliveryState.STOPPED)
    page = page_of(office, town)
    assert "What it works on Leads 1, co-leads 1, helps with 1" in page
    assert f"{beds.code} Beds lead running at risk" in page
    assert f"{desk.code} Desk Opens the door. co-lead" in page
    assert f"{policy.code} Policy involved, through Centre towns" in page
    assert "1 intervention that was stopped or went over into another" in page
    assert page.count("through Centre towns") == 1, "its own part outranks that of its group"


def test_a_group_of_the_past_brings_nothing(office: Client, town: Organisation) -> None:
    group = make.make_group("Centre towns", town)
    group.memberships.update(valid_to=timezone.localdate() - YESTERDAY)
    Involvement.objects.create(intervention=make.make_intervention("Policy"), group=group,
                               role="involved")  # fmt: skip
    page = page_of(office, town)
    assert "This organisation takes part in no intervention at the moment." in page
    assert "Centre towns" not in page


def test_what_is_owed_is_shown_late_first_to_who_may_see_it(town: Organisation) -> None:
    owing(town, "Beds", days=5)
    owing(town, "Desk", days=-4)
    own, other = make.make_reporter(town), make.make_reporter(make.make_organisation("Police"))
    for user in (make.make_office(), make.make_leadership(), own):
        page = page_of(signed_in(user), town)
        assert "1 answer is late" in page
        assert page.index("Round about Desk") < page.index("Round about Beds")
    assert "Round about" not in page_of(signed_in(other), town)
    assert "Its answers" not in page_of(signed_in(other), town)


def test_an_answer_is_filled_in_by_who_may_and_looked_at_by_others(town: Organisation) -> None:
    beds = owing(town, "Beds", days=5)
    link = beds.requests.get().get_absolute_url()
    for user, may in ((make.make_office(), True), (make.make_reporter(town), True),
                      (make.make_leadership(), False)):  # fmt: skip
        html = signed_in(user).get(town.get_absolute_url()).content.decode()
        assert (link in html) is may, user


def test_the_last_answers_are_those_that_the_reader_may_see(town: Organisation) -> None:
    office = make.make_office()
    done = make.make_intervention("Beds", lead=town)
    spring = closed_round()
    accepted(spring, done, reviewer=office)
    waiting = owing(town, "Desk", days=3, state=RequestState.SUBMITTED)
    waiting.requests.get().updates.create(
        version=1, delivery_state="running", traffic_light="on_track", for_the_report="Good.",
        author=office, submitted_at=timezone.now(),
    )  # fmt: skip
    other = make.make_reporter(make.make_organisation("Police"))
    before = page_of(signed_in(other), town)
    assert "running on track accepted" not in before, "the report was not sent yet"
    sent_report(spring, by=office)
    inside, outside = page_of(signed_in(office), town), page_of(signed_in(other), town)
    assert "running on track submitted" in inside
    assert "running on track accepted" in inside
    assert "running on track accepted" in outside
    assert "submitted" not in outside


def test_figures_commitments_and_decisions_stand_there_where_there_are_any(
    office: Client, town: Organisation
) -> None:
    empty = page_of(office, town)
    for title in ("Figures it supplies", "Commitments Motions", "Decisions it carries out"):
        assert title not in empty, title
    indicator = make.make_indicator("Reports", supplier=town, publication_lag_days=0)
    make.make_measurement(indicator, "12", 2020)
    make.make_indicator("Unmeasured", supplier=town)
    make.make_commitment("T-9", owner=town, due_on=datetime.date(2026, 2, 1))
    user = make.make_leadership()
    Decision.objects.create(
        intervention=make.make_intervention("Beds"), asked_by=user, question="Ten more beds?",
        asked_on=datetime.date(2026, 1, 1), options="Yes", state=DecisionState.TAKEN,
        decided_by=user, decided_on=datetime.date(2026, 1, 2), ruling="Ten.", carried_out_by=town,
        carry_out_by=datetime.date(2026, 3, 1),
    )  # fmt: skip
    page = page_of(office, town)
    assert "Reports every year 12 reports 31 Dec 2020 was due on 31 December 2021" in page
    assert "Unmeasured every year – – no measurement" in page
    assert "T-9 pledge Parliament gets a letter about it. open 1 Feb 2026 late" in page
    assert "Ten more beds? Ten." in page
    assert "1 Mar 2026 late" in page


def test_a_decision_that_was_not_taken_is_not_for_partners(town: Organisation) -> None:
    user = make.make_leadership()
    Decision.objects.create(
        intervention=make.make_intervention("Beds"), asked_by=user, question="Ten more beds?",
        asked_on=datetime.date(2026, 1, 1), options="Yes", carried_out_by=town,
    )  # fmt: skip
    assert "Ten more beds?" in page_of(signed_in(user), town)
    assert "Ten more beds?" not in page_of(signed_in(make.make_reporter(town)), town)


# --- what it costs --------------------------------------------------------------------------------


def grow(town: Organisation, times: int) -> None:
    user = make.make_office()
    group = make.make_group(f"Group {times}", town)
    for number in range(times):
        make.make_reporter(town)
        make.make_organisation(parent=town)
        intervention = owing(town, f"Title {times}-{number}", days=number - 5)
        accepted(closed_round(f"Past {times}-{number}"), intervention, reviewer=user)
        Involvement.objects.create(
            intervention=make.make_intervention(), group=group, role="involved"
        )
        indicator = make.make_indicator(supplier=town)
        make.make_measurement(indicator)
        make.make_target(indicator)
        make.make_commitment("", intervention, owner=town)
        Decision.objects.create(
            intervention=intervention, asked_by=user, question="?", options="Yes", ruling="Yes.",
            asked_on=datetime.date(2026, 1, 1), decided_on=datetime.date(2026, 1, 1),
            decided_by=user, state=DecisionState.TAKEN, carried_out_by=town,
        )  # fmt: skip


def test_the_page_costs_six_queries_whoever_looks_and_however_much_there_is(
    town: Organisation,
) -> None:
    several = make.make_reporter(town)
    make.make_membership(several, make.make_organisation())
    clients = [
        signed_in(user)
        for user in (
            make.make_office(),
            make.make_leadership(),
            several,
            make.make_reporter(make.make_organisation("Police")),
        )
    ]
    grow(town, 2)
    few = [queries(client, town.get_absolute_url()) for client in clients]
    grow(town, 12)
    many = [queries(client, town.get_absolute_url()) for client in clients]
    assert few == many
    assert max(many) <= 6
