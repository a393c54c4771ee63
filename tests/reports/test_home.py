"""The first page of each role: its news, its figures, and what it costs."""

import datetime
import random
from collections import Counter
from typing import Any

import pytest
from django.urls import reverse
from django.utils import timezone

from actions.monitoring.models import (
    MonitoringRound,
    RequestState,
    RoundState,
    StatusUpdate,
    UpdateRequest,
)
from actions.organisations.models import GroupMembership, Organisation, OrganisationGroup, User
from actions.plan.models import Commitment, Intervention, Involvement, TrafficLight
from actions.reports import words
from actions.reports.services import report_outcome
from tests import factories as make
from tests.pages import queries, said, signed_in
from tests.reports import world

pytestmark = pytest.mark.django_db

HOME = "/"
SPRING, AUTUMN = datetime.date(2026, 5, 1), datetime.date(2026, 10, 1)
PAGE_QUERIES = 6
DAY = datetime.timedelta(days=1)


@pytest.fixture
def office() -> User:
    return make.make_office("Noor Office")


@pytest.fixture
def leader() -> User:
    return make.make_leadership("Lena Leadership")


@pytest.fixture
def town() -> Organisation:
    return make.make_organisation("Town")


def home(user: User) -> Any:
    response = signed_in(user).get(HOME)
    assert response.status_code == 200
    return response


def led_by_a_group(name: str) -> tuple[Intervention, Organisation]:
    """An intervention that a group of towns leads together."""
    member = make.make_organisation(f"Member of {name}")
    group = OrganisationGroup.objects.create(name=name)
    GroupMembership.objects.create(group=group, organisation=member, valid_from=SPRING)
    intervention = make.make_intervention()
    Involvement.objects.create(intervention=intervention, group=group, role="lead")
    return intervention, member


# --- leadership -----------------------------------------------------------------------------------


def told_about(round_: MonitoringRound) -> Counter[str]:
    """The lights of a round, counted by hand from the tables."""
    lights: Counter[str] = Counter()
    requests = UpdateRequest.objects.filter(round=round_).exclude(state="withdrawn")
    for pk in set(requests.values_list("intervention", flat=True)):
        leads = set()
        for part in Involvement.objects.filter(intervention=pk, role="lead"):
            leads |= {part.organisation_id} if part.organisation_id else set(
                GroupMembership.objects.filter(group=part.group).values_list(
                    "organisation", flat=True
                )
            )  # fmt: skip
        answers = [
            update
            for update in StatusUpdate.objects.filter(
                request__round=round_, request__intervention=pk
            )
            if hasattr(update, "review") and update.review.verdict == "accepted"
        ]
        answers.sort(key=lambda one: (one.request.organisation_id in leads, one.submitted_at))
        if not answers:
            lights["not_rated"] += 1
        elif answers[-1].delivery_state != "stopped":
            lights[answers[-1].traffic_light] += 1
            lights["reported"] += 1
    return lights


def test_the_lights_are_those_of_the_last_closed_round_against_the_one_before(
    office: User, leader: User
) -> None:
    spring, autumn = world.closed_round("Spring", SPRING), world.closed_round("Autumn", AUTUMN)
    running = world.closed_round("Now", AUTUMN + 180 * DAY, state=RoundState.OPEN)
    pick = random.Random(7)
    for number in range(14):
        if number % 5 == 4:
            intervention, lead = led_by_a_group(f"Towns {number}")
        else:
            lead = make.make_organisation()
            intervention = make.make_intervention(lead=lead)
        helper = make.make_organisation()
        make.make_involvement(intervention, helper, "involved", reports=True)
        for round_ in (spring, autumn, running):
            for party in (lead, helper):
                kind = pick.random()
                light = pick.choice(TrafficLight.values)
                if kind < 0.5:
                    state = "stopped" if kind < 0.05 else "running"
                    world.accepted(round_, intervention, reviewer=office, light=light,
                                   organisation=party, state=state)  # fmt: skip
                elif kind < 0.9:
                    world.asked(round_, intervention, RequestState.LAPSED, party)
                else:
                    world.asked(round_, intervention, RequestState.WITHDRAWN, party)
    now, then = told_about(autumn), told_about(spring)
    figures = home(leader).context["figures"]
    shown = {one.light: (one.count, one.before) for one in figures.lights}
    assert shown == {light: (now[light], then[light]) for light in TrafficLight.values}
    assert figures.now.live == sum(now[light] for light in TrafficLight.values)
    assert figures.now.reported == now["reported"]
    asked = [one.state for one in autumn.requests.exclude(state="withdrawn")]
    assert (figures.answered, figures.asked) == (asked.count("accepted"), len(asked))
    report = signed_in(leader).get(reverse("reports:report", args=[autumn.pk])).context["report"]
    assert [(one.count, one.before) for one in report.lights] == list(shown.values()), (
        "the home and the report say the same"
    )
    assert report.reported == now["reported"]


def test_leadership_reads_first_what_is_asked_of_it(
    office: User, leader: User, town: Organisation
) -> None:
    spring, autumn = world.closed_round("Spring", SPRING), world.closed_round("Autumn", AUTUMN)
    shelter = world.measured_intervention(town, "Emergency beds")
    world.accepted(spring, shelter, reviewer=office, light=TrafficLight.AT_RISK)
    world.accepted(autumn, shelter, reviewer=office, light=TrafficLight.OFF_TRACK)
    other = world.measured_intervention(town, "Card for doctors")
    world.accepted(autumn, other, reviewer=office, light=TrafficLight.AT_RISK, secret="Only us.")
    decision = world.proposed(shelter, by=office)
    page = home(leader)
    text = said(page)
    assert "One deviation asks for your decision" in text
    assert "was at risk" in text
    assert "Pay twelve beds." in text
    assert "The other deviation is adjusted by its lead." in text
    assert "2 of the 2 interventions were reported. As many are on track as" in text
    assert "Only us." not in text
    assert f'href="{decision.get_absolute_url()}">Take the decision' in page.content.decode()
    world.taken(decision, by=leader)
    assert "One intervention is off track, no decision is asked of you" in said(home(leader))


def test_before_any_round_is_closed_leadership_is_told_so(leader: User) -> None:
    text = said(home(leader))
    assert "No report round has been closed yet" in text
    assert "No decision is asked of you" in text


def test_a_decision_about_what_goes_well_is_no_deviation(
    office: User, leader: User, town: Organisation
) -> None:
    intervention = world.measured_intervention(town)
    world.accepted(world.closed_round(), intervention, reviewer=office)
    world.proposed(intervention, by=office)
    world.proposed(make.make_intervention(), by=office)
    text = said(home(leader))
    assert "Two decisions are asked of you" in text
    assert "Take the two decisions" in text


# --- the office -----------------------------------------------------------------------------------


def test_the_office_sees_all_that_waits_for_it(
    office: User, leader: User, town: Organisation
) -> None:
    today = timezone.localdate()
    running = world.closed_round(deadline=today - DAY, state=RoundState.OPEN)
    world.submitted(running, world.measured_intervention(town), author=office)
    world.asked(running, world.measured_intervention(town), RequestState.OPEN)
    make.make_quote()
    make.make_quote(section=make.make_section("2.1", "problem"), confidence=0.4)
    first, second, third = (
        world.proposed(make.make_intervention(), by=office) for _number in range(3)
    )
    world.taken(first, by=leader)
    checked = world.taken(second, by=leader, effect_check_on=world.ASKED)
    report_outcome(decision=checked, carried_out_on=world.ASKED, outcome="", actor=office)
    Commitment.objects.create(
        number="T-1", kind="pledge", made_on=SPRING, text="A letter.", due_on=today + 20 * DAY
    )
    Commitment.objects.create(
        number="T-2", kind="pledge", made_on=SPRING, text="Another.", due_on=today + 90 * DAY
    )
    Commitment.objects.create(
        number="T-3", kind="motion", made_on=SPRING, text="Overdue.", due_on=today - DAY
    )
    chores = {one.text: one.count for one in home(office).context["chores"]}
    assert chores == {
        "answer to judge": 1,
        "answer is late": 1,
        "ambition without answer": 1,
        "decision to carry out": 1,
        "effect to check": 1,
        "commitment is late": 1,
        "commitment due within 30 days": 1,
        "quote to review": 1,
    }
    assert third.state == "proposed", "what leadership must decide is no chore of the office"
    for chore in home(office).context["chores"]:
        assert signed_in(office).get(chore.url.partition("#")[0]).status_code == 200, chore.url


def test_the_button_is_the_deed_that_the_title_asks_for(office: User, town: Organisation) -> None:
    def button() -> tuple[str, str]:
        deed = home(office).context["deed"]
        return deed.label, deed.url

    assert button() == ("Plan a round", reverse("monitoring:round-new"))
    make.make_quote()
    coverage = f"{reverse('reports:coverage')}?coverage=uncovered#list-title"
    assert button() == ("Show the open ambition", coverage)
    late = world.closed_round(deadline=timezone.localdate() - DAY, state=RoundState.OPEN)
    world.asked(late, world.measured_intervention(town), RequestState.OPEN)
    assert button() == ("Go to the round", late.get_absolute_url())
    world.submitted(late, world.measured_intervention(town), author=office)
    assert button() == ("Judge 1 answer", reverse("monitoring:review"))


def test_the_office_sees_what_waits_in_every_open_round(office: User, town: Organisation) -> None:
    today = timezone.localdate()
    near = world.closed_round("Near", today - DAY, state=RoundState.OPEN)
    far = world.closed_round("Far", today + 30 * DAY, state=RoundState.OPEN)
    for round_ in (near, far):
        world.submitted(round_, world.measured_intervention(town), author=office)
        world.asked(round_, world.measured_intervention(town), RequestState.OPEN)
    page = home(office)
    assert "2 answers wait for your judgement" in said(page)
    chores = {one.text: one for one in page.context["chores"]}
    assert chores["answers to judge"].count == 2, "as the queue of the office says"
    late = chores["answer is late"]
    assert (late.count, late.url) == (1, f"{near.get_absolute_url()}#organisations")


def test_late_answers_are_found_behind_a_round_with_answers_to_judge(
    office: User, town: Organisation
) -> None:
    today = timezone.localdate()
    late = world.closed_round("Late", today - DAY, state=RoundState.OPEN)
    world.asked(late, world.measured_intervention(town), RequestState.OPEN)
    judged = world.closed_round("To judge", today + 30 * DAY, state=RoundState.OPEN)
    world.submitted(judged, world.measured_intervention(town), author=office)
    chores = {one.text: one.url for one in home(office).context["chores"]}
    assert chores["answer is late"] == f"{late.get_absolute_url()}#organisations"


def test_an_office_without_work_is_told_so(office: User) -> None:
    assert "Nothing waits for the office." in said(home(office))


# --- a partner ------------------------------------------------------------------------------------


def test_a_partner_works_on_what_its_group_does_while_it_belongs_to_it(
    town: Organisation,
) -> None:
    today = timezone.localdate()
    fatima = make.make_reporter(town, "Fatima")
    for name, until in (("Present group", None), ("Former group", today - DAY)):
        group = OrganisationGroup.objects.create(name=name)
        GroupMembership.objects.create(group=group, organisation=town, valid_to=until)
        work = make.make_intervention(f"Work of {name}")
        Involvement.objects.create(intervention=work, group=group, role="lead")
    page = said(home(fatima))
    assert "Work of Present group" in page
    assert "Work of Former group" not in page


def test_a_partner_counts_the_ambitions_that_it_answers_and_no_other_quotes(
    town: Organisation,
) -> None:
    beds = make.make_intervention("Beds", lead=town)
    withdrawn = make.make_quote(state="withdrawn")
    problem = make.make_quote(section=make.make_section("2.1", "problem"))
    for quote in (make.make_quote(), withdrawn, problem):
        make.make_link(quote, beds)
    [mine] = home(make.make_reporter(town)).context["interventions"]
    assert mine.quote_count == 1


def test_a_partner_finds_what_it_owes_and_what_it_does(
    office: User, leader: User, town: Organisation
) -> None:
    today = timezone.localdate()
    fatima = make.make_reporter(town, "Fatima")
    beds = world.measured_intervention(town, "Emergency beds")
    world.link(make.make_quote(), [beds])
    theirs = make.make_intervention("Shared roster", lead=make.make_organisation("Other"))
    make.make_involvement(theirs, town, "involved")
    make.make_intervention("Not ours", lead=make.make_organisation("Third"))
    running = world.closed_round("Now", today + 3 * DAY, state=RoundState.OPEN)
    request = world.asked(running, beds, RequestState.OPEN)
    world.taken(world.proposed(beds, by=office), by=leader, carried_out_by=town)
    world.proposed(beds, "Anything else?", by=office)
    world.sent_report(world.closed_round("Spring", SPRING), by=office)
    page = home(fatima)
    text = said(page)
    assert "We ask you 1 question" in text
    assert reverse("monitoring:answer", args=[request.pk]) in page.content.decode()
    assert [one.title for one in page.context["interventions"]] == [
        "Emergency beds",
        "Shared roster",
    ]
    assert "1 ambition" in text
    assert "Twelve beds it is." in text
    assert "sent on 10 May 2026 under number 28638-260" in text
    assert "Not ours" not in text
    assert "Anything else?" not in text


def test_a_partner_that_owes_nothing_is_told_so(town: Organisation) -> None:
    assert "You owe nothing at the moment" in said(home(make.make_reporter(town)))


def test_of_many_questions_the_most_urgent_are_shown_and_all_are_counted(
    town: Organisation,
) -> None:
    today = timezone.localdate()
    running = world.closed_round(deadline=today - DAY, state=RoundState.OPEN)
    for number in range(7):
        request = world.asked(running, make.make_intervention(lead=town), RequestState.OPEN)
        if number:
            UpdateRequest.objects.filter(pk=request.pk).update(due_on=today + number * DAY)
    page = home(make.make_reporter(town))
    assert "We ask you 7 questions, 1 is late" in said(page)
    assert len(page.context["questions"]) == 5
    assert "Show the other 2" in said(page)


# --- what it costs --------------------------------------------------------------------------------


@pytest.mark.parametrize("role", ["office", "leadership", "partner"])
def test_a_home_costs_the_same_with_two_and_with_twelve(
    role: str, office: User, leader: User, town: Organisation
) -> None:
    reader = {"office": office, "leadership": leader, "partner": make.make_reporter(town)}[role]
    spring, autumn = world.closed_round("Spring", SPRING), world.closed_round("Autumn", AUTUMN)
    running = world.closed_round("Now", AUTUMN + 90 * DAY, state=RoundState.OPEN)
    world.sent_report(spring, by=office)
    client, costs = signed_in(reader), []
    for number in (2, 10):
        for _number in range(number):
            intervention = world.measured_intervention(town)
            world.link(make.make_quote(), [intervention])
            for round_ in (spring, autumn):
                world.accepted(round_, intervention, reviewer=office, light=TrafficLight.AT_RISK)
            world.asked(running, intervention, RequestState.OPEN)
            world.proposed(intervention, by=office)
            world.taken(
                world.proposed(intervention, "And?", by=office), by=leader, carried_out_by=town
            )
            for year in (2023, 2024, 2025):
                indicator = intervention.indicator_links.get().indicator
                make.make_measurement(indicator, year=year)
        costs.append(queries(client, HOME))
    assert costs[0] == costs[1]
    assert costs[1] <= PAGE_QUERIES


# --- the words, without a database ----------------------------------------------------------------


@pytest.mark.parametrize(
    ("count", "before", "text"),
    [
        (27, 22, "5 more · was 22"),
        (9, 11, "2 fewer · was 11"),
        (4, 4, "as before"),
        (4, None, "first round"),
    ],
)
def test_a_change_is_said_in_words(count: int, before: int | None, text: str) -> None:
    assert words.change(count, before) == text


@pytest.mark.parametrize(
    ("facts", "text"),
    [
        (
            {"on_track": 27, "before": 22, "behind": 2, "judged": 2},
            (
                "More are on track than in the round before, but the effect stays behind what was "
                "expected."
            ),
        ),
        (
            {"on_track": 20, "before": 22, "behind": 1, "judged": 2},
            (
                "Fewer are on track than in the round before, and the effect stays behind at 1 of "
                "the 2 indicators shown."
            ),
        ),
        (
            {"on_track": 20, "before": 22, "behind": 0, "judged": 1},
            "Fewer are on track than in the round before, but the effect is as expected.",
        ),
        (
            {"on_track": 22, "before": 22, "behind": 0, "judged": 0},
            "As many are on track as in the round before.",
        ),
        (
            {"on_track": 22, "before": None, "behind": 1, "judged": 1},
            "The effect stays behind what was expected.",
        ),
        ({"on_track": 22, "before": None, "behind": 0, "judged": 0}, ""),
    ],
)
def test_the_lead_says_no_more_than_the_figures(facts: dict[str, Any], text: str) -> None:
    found = words.leadership_lead(reported=43, live=46, **facts)
    assert found == f"43 of the 46 interventions were reported. {text}".strip()


@pytest.mark.parametrize(
    ("lights", "off_track", "open_ambitions", "text"),
    [
        (["off_track"] * 3, 6, 2, "Three deviations ask for your decision"),
        (["off_track", "on_track"], 6, 2, "Two decisions are asked of you"),
        (["at_risk"] * 13, 6, 2, "13 deviations ask for your decision"),
        ([], 6, 2, "Six interventions are off track, no decision is asked of you"),
        ([], 0, 2, "2 ambitions still wait for an answer"),
        ([], 0, 0, "No decision is asked of you"),
    ],
)
def test_the_news_for_leadership_follows_a_rule(
    lights: list[str], off_track: int, open_ambitions: int, text: str
) -> None:
    assert words.leadership_news(lights, off_track, open_ambitions) == text


@pytest.mark.parametrize(
    ("total", "asked", "text"),
    [
        (15, 3, "The other twelve deviations are adjusted by their leads."),
        (15, 0, "15 deviations are adjusted by their leads."),
        (4, 3, "The other deviation is adjusted by its lead."),
        (3, 3, "Every deviation asks for a decision."),
        (0, 0, "No intervention deviates."),
    ],
)
def test_what_is_not_asked_is_adjusted(total: int, asked: int, text: str) -> None:
    assert words.other_deviations(total, asked) == text


@pytest.mark.parametrize(
    ("now", "before", "text"),
    [
        ("off_track", "at_risk", "was at risk"),
        ("off_track", "off_track", "unchanged"),
        ("off_track", "", "new"),
    ],
)
def test_one_light_against_the_round_before(now: str, before: str, text: str) -> None:
    assert words.was(now, before, before.replace("_", " ")) == text


@pytest.mark.parametrize(
    ("count", "before", "text"),
    [
        (3, 5, "3 organisations did not answer · was 5"),
        (1, 1, "1 organisation did not answer"),
        (0, None, "every organisation answered"),
    ],
)
def test_who_did_not_answer(count: int, before: int | None, text: str) -> None:
    assert words.silent(count, before) == text


def test_a_capital_loses_its_accent_as_dutch_spelling_has_it() -> None:
    assert words.capital("één besluit") == "Eén besluit"
    assert words.capital("two decisions") == "Two decisions"
    assert words.capital("") == ""
