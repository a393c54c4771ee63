"""Home, coverage and trace as people see them."""

import datetime
import re

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from actions.monitoring.models import RequestState, RoundState
from actions.organisations.models import Organisation, User
from actions.plan.models import TrafficLight
from tests import factories as make
from tests.reports import world

pytestmark = pytest.mark.django_db

# Session, user and (for a partner) memberships come on top of what a page itself asks.
PASSPORT = 2
PAGE_QUERIES = 6


@pytest.fixture
def office() -> User:
    return make.make_office("Noor Office")


@pytest.fixture
def town() -> Organisation:
    return make.make_organisation("Town")


@pytest.fixture
def at_office(office: User) -> Client:
    return signed_in(office)


def signed_in(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


def queries(client: Client, url: str) -> int:
    with CaptureQueriesContext(connection) as captured:
        assert client.get(url).status_code == 200
    return len(captured)


def words(client: Client, url: str, language: str = "en") -> str:
    html = client.get(url, headers={"accept-language": language}).content.decode()
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", html))


def test_the_trace_shows_the_whole_way(at_office: Client, office: User, town: Organisation) -> None:
    intervention = world.measured_intervention(town, "Meet within five days")
    quote = world.link(make.make_quote("We should sit together."), [intervention])
    world.accepted(world.closed_round(), intervention, reviewer=office)
    text = words(at_office, reverse("reports:trace", args=[quote.reference]))
    indicator = intervention.indicator_links.get().indicator.name
    stops = ["We should sit together.", "Meet within five days", "Town", indicator, "on track"]
    places = [text.index(stop) for stop in stops]
    assert places == sorted(places), "quote → intervention → lead → indicator → last answer"
    assert "Eight of ten take part." in text
    assert "Reported." in text


def test_a_missing_link_is_named_at_the_break(at_office: Client, town: Organisation) -> None:
    quote = world.link(make.make_quote(), [make.make_intervention(lead=town)])
    text = words(at_office, reverse("reports:trace", args=[quote.reference]))
    assert "No indicator yet" in text
    assert "no indicator tells yet whether it works" in text


def test_a_duplicate_points_at_the_other(at_office: Client, office: User) -> None:
    first, second = make.make_quote(), make.make_quote()
    disposition = world.set_aside(second, by=office, confirmed=False)
    disposition.verdict, disposition.duplicate_of = "duplicate", first
    disposition.confirmed_by, disposition.confirmed_on = office, datetime.date(2026, 6, 1)
    disposition.save()
    page = at_office.get(reverse("reports:trace", args=[second.reference])).content.decode()
    assert reverse("reports:trace", args=[first.reference]) in page


def test_a_quote_that_is_no_ambition_has_no_trace(at_office: Client) -> None:
    problem = make.make_quote(section=make.make_section("2.1", "problem"))
    assert at_office.get(reverse("reports:trace", args=[problem.reference])).status_code == 404


def test_partners_see_what_was_accepted_but_never_the_office_text(
    office: User, town: Organisation
) -> None:
    intervention = world.measured_intervention(town)
    quote = world.link(make.make_quote(), [intervention])
    spring = world.closed_round()
    world.accepted(spring, intervention, reviewer=office, secret="Only for us.")
    other = make.make_reporter(make.make_organisation("Elsewhere"))
    url = reverse("reports:trace", args=[quote.reference])
    before = words(signed_in(other), url)
    assert "Eight of ten" not in before, "the report was not sent yet"
    assert "Accepted, not published yet" in before
    assert "no answer was accepted yet" not in before
    page = words(signed_in(other), intervention.get_absolute_url())
    assert "What was accepted is published with the progress report." in page
    world.sent_report(spring, by=office)
    text = words(signed_in(other), url)
    assert "Eight of ten take part." in text
    assert "Only for us." not in text


def test_a_trace_says_why_what_can_be_measured_is_not_reported(
    office: User, town: Organisation
) -> None:
    intervention = world.measured_intervention(town)
    quote = world.link(make.make_quote(), [intervention])
    world.accepted(world.closed_round(state="open"), intervention, reviewer=office)
    url = reverse("reports:trace", args=[quote.reference])
    silent = f"No answer about {intervention.code} was accepted in the last closed report round."
    assert silent in words(signed_in(office), url)
    world.accepted(world.closed_round("Closed"), intervention, reviewer=office)
    assert silent not in words(signed_in(office), url)


def test_an_answer_of_an_open_round_is_hidden_from_others(office: User, town: Organisation) -> None:
    intervention = world.measured_intervention(town)
    quote = world.link(make.make_quote(), [intervention])
    running = world.closed_round(state=RoundState.OPEN)
    world.accepted(running, intervention, reviewer=office)
    url = reverse("reports:trace", args=[quote.reference])
    other = make.make_reporter(make.make_organisation("Elsewhere"))
    assert "Eight of ten" not in words(signed_in(other), url)
    assert "Eight of ten" in words(signed_in(make.make_reporter(town)), url)


def test_linking_moves_coverage(at_office: Client, town: Organisation) -> None:
    quote = make.make_quote()
    url = reverse("reports:coverage")
    assert "1 of the 1 ambitions still waits for an answer" in words(at_office, url)
    make.make_link(quote, make.make_intervention(lead=town))
    assert "All 1 ambitions have an answer" in words(at_office, url)


def test_coverage_filters_by_section_state_and_lead(at_office: Client, town: Organisation) -> None:
    linked = world.link(make.make_quote("Linked text."), [make.make_intervention(lead=town)])
    make.make_quote("Open text.", section=make.make_section("4.2"))
    url = reverse("reports:coverage")
    for query in ("?section=4.12", "?coverage=owned", f"?lead={town.pk}", "?q=linked"):
        text = words(at_office, url + query)
        assert ("Linked text." in text, "Open text." in text) == (True, False), query
    assert linked.reference in words(at_office, f"{url}?sort=-coverage")


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_a_download_is_exactly_what_is_filtered(at_office: Client, kind: str) -> None:
    make.make_quote("=1+1 in our region.")
    make.make_quote("Another one.", section=make.make_section("4.2"))
    response = at_office.get(reverse("reports:coverage"), {"section": "4.12", "export": kind})
    content = response.getvalue()
    assert response.status_code == 200
    if kind == "csv":
        text = content.decode()
        assert "'=1+1 in our region." in text, "a formula must not run in a spreadsheet"
        assert "Another one." not in text


@pytest.mark.parametrize("name", ["home", "reports:coverage"])
def test_a_page_costs_the_same_with_2_and_12_rows(
    name: str, at_office: Client, office: User, town: Organisation
) -> None:
    round_ = world.closed_round()
    at_office.get(reverse(name))
    costs = []
    for number in (2, 10):
        for _ in range(number):
            intervention = world.measured_intervention(town)
            world.link(make.make_quote(), [intervention])
            world.accepted(round_, intervention, reviewer=office, light=TrafficLight.AT_RISK)
        costs.append(queries(at_office, reverse(name)))
    assert costs[0] == costs[1]
    assert costs[1] <= PAGE_QUERIES + PASSPORT


def test_a_trace_costs_the_same_with_1_and_6_lines(
    at_office: Client, office: User, town: Organisation
) -> None:
    round_, quote, costs = world.closed_round(), make.make_quote(), []
    url = reverse("reports:trace", args=[quote.reference])
    for number in (1, 5):
        for _ in range(number):
            intervention = world.measured_intervention(town)
            world.link(quote, [intervention])
            world.accepted(round_, intervention, reviewer=office)
        costs.append(queries(at_office, url))
    assert costs[0] == costs[1]
    assert costs[1] <= PAGE_QUERIES + PASSPORT


def test_home_says_the_news_first(at_office: Client, office: User, town: Organisation) -> None:
    make.make_quote()
    assert "1 ambition still waits for an answer" in words(at_office, reverse("home"))
    intervention = world.measured_intervention(town, "Shelter for minors")
    world.accepted(
        world.closed_round(), intervention, reviewer=office, light=TrafficLight.OFF_TRACK
    )
    text = words(at_office, reverse("home"))
    assert "Shelter for minors" in text
    assert "Cause" in text


def test_of_two_open_rounds_the_one_with_answers_to_judge_comes_first(
    at_office: Client, town: Organisation
) -> None:
    first = world.closed_round("First", datetime.date(2026, 5, 1), state=RoundState.OPEN)
    later = world.closed_round("Later", datetime.date(2026, 6, 1), state=RoundState.OPEN)
    intervention = world.measured_intervention(town)
    world.asked(first, intervention, RequestState.OPEN)
    assert "First" in words(at_office, reverse("home"))
    world.asked(later, intervention, RequestState.SUBMITTED)
    text = words(at_office, reverse("home"))
    assert "Later" in text
    assert "1 answer waits for your judgement" in text


def test_leadership_is_not_called_to_what_the_office_judges(
    office: User, town: Organisation
) -> None:
    make.make_quote()
    intervention = world.measured_intervention(town)
    running = world.closed_round(state=RoundState.OPEN)
    world.asked(running, intervention, RequestState.SUBMITTED)
    assert "1 answer waits for your judgement" in words(signed_in(office), reverse("home"))
    leader = signed_in(make.make_leadership())
    assert "1 ambition still waits for an answer" in words(leader, reverse("home"))


@pytest.mark.parametrize("name", ["home", "reports:coverage"])
def test_a_stranger_is_sent_to_sign_in(name: str, client: Client) -> None:
    response = client.get(reverse(name))
    assert response.status_code == 302
    assert reverse("login") in response.url
