"""The progress report over a round: its way to parliament, and what it says."""

import datetime
from collections import Counter
from typing import Any

import pytest
import time_machine
from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from actions.indicators.models import GoalIndicator
from actions.monitoring.models import (
    MonitoringRound,
    RequestState,
    RoundKind,
    RoundState,
    StatusUpdate,
    UpdateRequest,
)
from actions.organisations.models import Organisation, User
from actions.plan.models import Goal
from actions.reports.models import Report, ReportState
from actions.reports.progress import summary
from actions.reports.services import advance_report, propose_decision, start_report
from tests import factories as make
from tests.pages import queries, said, signed_in
from tests.reports import world
from tracker.audit.models import AuditEntry

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_english")]

DAY = datetime.date(2026, 6, 1)
SPRING, AUTUMN = datetime.date(2026, 5, 1), datetime.date(2026, 10, 1)
IN_JUNE = datetime.datetime(2026, 6, 15, 10, tzinfo=datetime.UTC)
LIGHTS = ("on_track", "at_risk", "off_track", "not_rated")


@pytest.fixture
def office() -> User:
    return make.make_office("Noor Office")


def advance(
    report: Report, office: User, state: str, on: datetime.date = DAY, number: str = ""
) -> Report:
    return advance_report(report=report, state=state, on=on, document_number=number, actor=office)


# --- the services ---------------------------------------------------------------------------------


def test_a_report_goes_its_way_a_step_at_a_time(office: User) -> None:
    report = start_report(round=world.closed_round(), actor=office)
    assert report.state == ReportState.DRAFT
    advance(report, office, "in_alignment")
    advance(report, office, "draft")
    advance(report, office, "in_alignment")
    assert advance(report, office, "adopted").adopted_on == DAY
    sent = advance(report, office, "sent", number="28638-260")
    assert (sent.state, sent.sent_on, sent.document_number) == ("sent", DAY, "28638-260")
    entries = AuditEntry.objects.filter(object_type="reports.Report", object_id=str(report.pk))
    assert list(entries.order_by("pk").values_list("verb", flat=True)) == [
        "report.started",
        "report.in_alignment",
        "report.draft",
        "report.in_alignment",
        "report.adopted",
        "report.sent",
    ]


@pytest.mark.parametrize(
    ("way", "wrong", "sentence"),
    [
        ([], "adopted", "the next step is in alignment"),
        ([], "sent", "the next step is in alignment"),
        ([], "shredded", "no such state"),
        (["in_alignment"], "sent", "the next step is adopted"),
        (["in_alignment", "adopted"], "draft", "the next step is sent"),
        (["in_alignment", "adopted", "sent"], "draft", "it stays as it is"),
    ],
)
def test_no_step_is_left_out(way: list[str], wrong: str, sentence: str, office: User) -> None:
    report = start_report(round=world.closed_round(), actor=office)
    for state in way:
        report = advance(report, office, state, number="28638-260")
    with pytest.raises(ValidationError, match=sentence):
        advance(report, office, wrong, number="28638-260")


def test_it_is_sent_under_a_number_and_not_before_it_was_adopted(office: User) -> None:
    report = start_report(round=world.closed_round(), actor=office)
    for state in ("in_alignment", "adopted"):
        report = advance(report, office, state)
    with pytest.raises(ValidationError, match="number of the document"):
        advance(report, office, "sent", number=" ")
    with pytest.raises(ValidationError, match="before it was adopted"):
        advance(report, office, "sent", on=DAY - datetime.timedelta(days=1), number="28638-260")


def test_it_is_not_adopted_while_answers_come_in(office: User) -> None:
    report = start_report(round=world.closed_round(state=RoundState.OPEN), actor=office)
    advance(report, office, "in_alignment")
    with pytest.raises(ValidationError, match="Close the round first"):
        advance(report, office, "adopted")


def test_each_report_round_that_was_opened_has_one_report(office: User) -> None:
    spring = world.closed_round()
    start_report(round=spring, actor=office)
    later = datetime.date(2026, 9, 1)
    for round_, sentence in [
        (spring, "started before"),
        (world.closed_round("Planned", later, state=RoundState.PLANNED), "Open the round first"),
        (world.closed_round("Interim", later, kind=RoundKind.INTERIM), "no progress report"),
    ]:
        with pytest.raises(ValidationError, match=sentence):
            start_report(round=round_, actor=office)


# --- the pages ------------------------------------------------------------------------------------


@pytest.fixture
def town() -> Organisation:
    return make.make_organisation("Town")


@pytest.fixture
def spring() -> MonitoringRound:
    return world.closed_round("Spring", SPRING)


@pytest.fixture
def autumn() -> MonitoringRound:
    return world.closed_round("Autumn", AUTUMN)


def page_of(round_: MonitoringRound) -> str:
    return reverse("reports:report", args=[round_.pk])


def read(user: User, round_: MonitoringRound) -> str:
    response = signed_in(user).get(page_of(round_))
    assert response.status_code == 200
    return said(response)


def report_of(user: User, round_: MonitoringRound) -> Any:
    return signed_in(user).get(page_of(round_)).context["report"]


def test_the_report_has_the_shape_of_what_parliament_gets(
    office: User, town: Organisation, spring: MonitoringRound
) -> None:
    intervention = world.measured_intervention(town, "Emergency beds")
    world.link(make.make_quote("A bed within three days."), [intervention])
    make.make_quote("Nobody answers this one.")
    world.accepted(
        spring, intervention, reviewer=office, light="off_track", text="Ten of twelve beds stand."
    )
    world.proposed(intervention, by=office)
    text = read(office, spring)
    chapters = [
        "1 On one page",
        "2 Per action line",
        "3 Annex: all interventions",
        "Ten of twelve beds stand.",
        "4 Response",
        "5 Deviations",
        "Adjustment Said.",
        "Decision · proposed Pay for twelve beds?",
        "6 What is missing",
        "Nobody answers this one.",
        "7 Definitions, sources and caveats",
    ]
    places = [text.index(chapter) for chapter in chapters]
    assert places == sorted(places)
    assert "1 of the 1 interventions deviates" in text
    assert "1 intervention: 1 off track." in text


def test_it_never_says_what_is_for_the_office_only_nor_what_was_not_accepted(
    office: User, town: Organisation, spring: MonitoringRound
) -> None:
    told = world.measured_intervention(town)
    world.accepted(spring, told, reviewer=office, secret="Between us: money is short.")
    waiting = world.measured_intervention(town)
    world.submitted(spring, waiting, author=office, text="Not judged by anybody.")
    returned = world.accepted(
        spring, world.measured_intervention(town), reviewer=office, text="The second version."
    )
    StatusUpdate.objects.create(
        request=returned.request,
        version=2,
        delivery_state="running",
        traffic_light="at_risk",
        for_the_report="A third that came later.",
        author=office,
        submitted_at=timezone.now(),
        **dict.fromkeys(("cause", "consequence", "adjustment"), "Later."),
    )
    for reader in (office, make.make_leadership()):
        text = read(reader, spring)
        assert "The second version." in text
        for hidden in ("money is short", "Not judged by anybody.", "A third that came later."):
            assert hidden not in text
    assert Counter({"on_track": 2, "not_rated": 1}) == +Counter(
        {one.light: one.count for one in report_of(office, spring).lights}
    )


def test_what_changed_is_told_against_the_round_before(
    office: User, town: Organisation, spring: MonitoringRound, autumn: MonitoringRound
) -> None:
    cases = {
        "Falls back": ("on_track", "off_track", "running"),
        "Climbs": ("at_risk", "on_track", "running"),
        "Stays": ("at_risk", "at_risk", "running"),
        "Is done": ("on_track", "on_track", "completed"),
        "Ends": ("off_track", "off_track", "stopped"),
        "Begins": ("", "on_track", "running"),
    }
    for title, (then, now, state) in cases.items():
        intervention = world.measured_intervention(town, title)
        if then:
            world.accepted(spring, intervention, reviewer=office, light=then)
        world.accepted(autumn, intervention, reviewer=office, light=now, state=state)
    changes = {
        label: [one.title for one in entries]
        for label, entries in report_of(office, autumn).changes
    }
    assert changes == {
        "Worse than in the round before": ["Falls back"],
        "Better than in the round before": ["Climbs"],
        "New in this round": ["Begins"],
        "Completed": ["Is done"],
        "Stopped": ["Ends"],
    }
    assert "What changed since Spring" in read(office, autumn)
    assert "This is the first round" in read(office, spring)


def test_the_word_of_another_organisation_is_named_and_is_no_improvement(
    office: User, town: Organisation, spring: MonitoringRound, autumn: MonitoringRound
) -> None:
    """The lead reported a risk; now only a partner reported, about its own part."""
    intervention = world.measured_intervention(town, "Beds")
    helper = make.make_organisation("Helper")
    world.accepted(spring, intervention, reviewer=office, light="at_risk")
    world.accepted(autumn, intervention, reviewer=office, light="on_track", organisation=helper)
    report = report_of(office, autumn)
    assert report.changes == []
    assert [one.was for one in report.entries] == [""]
    assert "this is what Helper reported." in read(office, autumn)


def test_a_part_stands_under_what_it_is_part_of(
    office: User, town: Organisation, spring: MonitoringRound
) -> None:
    whole = make.make_intervention("The whole", lead=town)
    part = make.make_intervention("The part", lead=town, parent=whole)
    elsewhere = make.make_intervention(
        "The far part", lead=town, parent=whole, action_line=make.make_action_line("Other line")
    )
    for one in (elsewhere, part, whole):
        world.accepted(spring, one, reviewer=office)
    lines = {line.title: line for line in report_of(office, spring).lines}
    (top,) = lines["Cooperation"].tree
    assert (top.title, [one.title for one in top.children]) == ("The whole", ["The part"])
    assert [one.title for one in lines["Other line"].tree] == ["The far part"]
    assert f"Part of {whole.code}." in read(office, spring)


def test_the_response_names_who_did_not_answer_and_who_was_late(
    office: User, town: Organisation, spring: MonitoringRound
) -> None:
    silent = make.make_organisation("Silent")
    asked = world.asked(spring, make.make_intervention(lead=silent))
    late = world.accepted(spring, make.make_intervention(lead=town), reviewer=office)
    UpdateRequest.objects.filter(pk=late.request_id).update(
        due_on=SPRING - datetime.timedelta(days=900)
    )
    rows = {one.name: one for one in report_of(office, spring).responses}
    assert list(rows) == ["Silent", "Town"]
    assert (rows["Silent"].answered, rows["Silent"].silent_about) == (0, [asked.intervention.code])
    assert (rows["Town"].asked, rows["Town"].answered, rows["Town"].late) == (1, 1, 1)


def test_an_indicator_is_shown_with_its_verdict(
    office: User, town: Organisation, spring: MonitoringRound
) -> None:
    intervention = make.make_intervention(lead=town)
    indicator = make.make_indicator(
        "Beds", baseline_value=10, baseline_on=datetime.date(2024, 12, 31), decimals=0
    )
    make.make_target(indicator, "100", 2027)
    make.make_measurement(indicator, "20", timezone.localdate().year - 1)
    make.measure(intervention, indicator)
    bare = make.make_indicator("Never measured")
    make.measure(intervention, bare)
    world.accepted(spring, intervention, reviewer=office)
    (line,) = report_of(office, spring).lines
    assert [one.indicator.name for one in line.gauges] == ["Beds", "Never measured"]
    first, second = line.gauges
    assert (first.baseline, first.aim) == ("10 reports (2024)", "100 reports (2027)")
    assert "less" in first.verdict
    assert second.unmeasured
    assert "1 of the 1 indicators that can be judged stays behind" in line.summary[2]
    missing = [one.indicator.name for one in report_of(office, spring).unmeasured]
    assert missing == ["Never measured"]


def test_an_indicator_of_a_goal_stands_with_its_goal(
    office: User, town: Organisation, spring: MonitoringRound
) -> None:
    goal = Goal.objects.create(code="D-1", title="Fewer victims", level="goal")
    indicator = make.make_indicator("Victims")
    for year in (2026, 2027):
        make.make_target(indicator, year=year)
    GoalIndicator.objects.create(goal=goal, indicator=indicator)
    intervention = make.make_intervention(lead=town, goal=goal)
    world.accepted(spring, intervention, reviewer=office)
    report = report_of(office, spring)
    assert {
        goal: [one.indicator.name for one in found] for goal, found in report.goals.items()
    } == {"D-1 Fewer victims": ["Victims"]}
    (line,) = report.lines
    assert line.gauges == []
    assert list(line.goals.values()) == ["D-1 Fewer victims"]
    assert report.without_indicator == report.entries
    assert "Do the goals come nearer?" in read(office, spring)


@time_machine.travel(IN_JUNE)
def test_it_is_a_concept_until_it_was_sent(
    office: User, town: Organisation, spring: MonitoringRound
) -> None:
    client = signed_in(office)
    advance_url = reverse("reports:report-advance", args=[spring.pk])
    assert "Concept. This report was not started yet." in read(office, spring)
    client.post(advance_url, {"state": "draft"})
    client.post(advance_url, {"state": "in_alignment"})
    assert "Concept. This report is in alignment." in read(office, spring)
    question = said(client.get(advance_url, {"state": "adopted"}))
    assert "An adopted report cannot go back." in question
    client.post(advance_url, {"state": "adopted", "on": "1-6-2026"})
    refused = client.post(advance_url, {"state": "sent", "on": "1-6-2026"})
    assert "Give the number of the document that was sent." in said(refused)
    client.post(advance_url, {"state": "sent", "on": "2-6-2026", "document_number": "28638-260"})
    text = read(office, spring)
    assert "Sent on 2 June 2026 under number 28638-260." in text
    assert "Concept" not in text
    assert Report.objects.get().state == ReportState.SENT


def test_a_report_is_not_adopted_on_a_day_to_come(office: User, spring: MonitoringRound) -> None:
    report = start_report(round=spring, actor=office)
    advance_report(report=report, state="in_alignment", on=DAY, actor=office)
    advance_url = reverse("reports:report-advance", args=[spring.pk])
    tomorrow = timezone.localdate() + datetime.timedelta(days=1)
    page = signed_in(office).post(advance_url, {"state": "adopted", "on": tomorrow.isoformat()})
    assert "This day is still to come." in said(page)
    assert Report.objects.get().state == ReportState.IN_ALIGNMENT, "there is no way back from it"


def test_a_download_says_on_which_day_here_a_round_was_closed(office: User) -> None:
    midnight_here = datetime.datetime(2026, 6, 30, 22, 0, tzinfo=datetime.UTC)
    world.closed_round(closed_at=midnight_here)
    url = reverse("reports:reports")
    lines = b"".join(signed_in(office).get(url, {"export": "csv"}).streaming_content).decode()
    assert ",2026-07-01," in lines


@time_machine.travel(IN_JUNE)
def test_a_step_out_of_turn_is_refused_on_the_page(office: User, spring: MonitoringRound) -> None:
    start_report(round=spring, actor=office)
    client = signed_in(office)
    advance_url = reverse("reports:report-advance", args=[spring.pk])
    text = said(client.post(advance_url, {"state": "adopted", "on": "1-6-2026"}))
    assert "the next step is in alignment" in text
    assert client.post(advance_url, {"state": "shredded"}).status_code == 404


def test_the_report_over_an_open_round_is_its_draft_as_of_now(
    office: User, town: Organisation
) -> None:
    running = world.closed_round(state=RoundState.OPEN)
    world.asked(running, world.measured_intervention(town), RequestState.OPEN)
    text = read(office, running)
    assert "The round is still open" in text
    assert "So far no intervention deviates" in text
    assert "No accepted answer yet." in text


def test_partners_read_what_was_sent_and_nothing_else(
    office: User, town: Organisation, spring: MonitoringRound, autumn: MonitoringRound
) -> None:
    partner = make.make_reporter(town)
    intervention = world.measured_intervention(town)
    world.accepted(spring, intervention, reviewer=office, light="off_track")
    leader = make.make_leadership()
    world.taken(world.proposed(intervention, by=office), by=leader)
    world.proposed(intervention, "Only leadership knows this.", by=office)
    world.sent_report(spring, by=office)
    listed = said(signed_in(partner).get(reverse("reports:reports")))
    assert "Spring" in listed
    assert "Autumn" not in listed
    text = read(partner, spring)
    assert "Twelve beds it is." in text
    assert "Only leadership knows this." not in text
    assert "Start the report" not in text
    assert signed_in(partner).get(page_of(autumn)).status_code == 404


def test_a_decision_belongs_to_the_round_in_whose_time_it_was_asked(
    office: User, town: Organisation, spring: MonitoringRound, autumn: MonitoringRound
) -> None:
    intervention = make.make_intervention(lead=town)
    for round_ in (spring, autumn):
        world.accepted(round_, intervention, reviewer=office)
    for question, day in [("In spring?", SPRING), ("In autumn?", AUTUMN)]:
        propose_decision(
            subject=intervention, question=question, options="Yes", proposal="", actor=office,
            on=day,
        )  # fmt: skip
    asked = {
        round_.name: [one.question for one in report_of(office, round_).asked_for]
        for round_ in (spring, autumn)
    }
    assert asked == {"Spring": ["In spring?"], "Autumn": ["In autumn?"]}


def test_the_list_tells_how_far_the_newest_is(office: User, spring: MonitoringRound) -> None:
    client, url = signed_in(office), reverse("reports:reports")
    assert "The report of Spring was not started yet" in said(client.get(url))
    world.sent_report(spring, by=office)
    assert "The report of Spring was sent" in said(client.get(url))
    exported = client.get(url, {"export": "csv"}).getvalue().decode()
    assert "28638-260" in exported
    assert "No report answers to this filter." in said(client.get(url, {"state": "draft"}))
    assert "1 report" in said(client.get(url, {"state": "sent"}))


def test_before_any_round_there_is_a_clear_page(office: User) -> None:
    assert "There is no progress report yet" in said(
        signed_in(office).get(reverse("reports:reports"))
    )


@pytest.mark.parametrize("name", ["page", "list"])
def test_two_and_twelve_interventions_cost_the_same(
    name: str, office: User, town: Organisation, spring: MonitoringRound, autumn: MonitoringRound
) -> None:
    url = page_of(autumn) if name == "page" else reverse("reports:reports")
    costs = []
    for number in (2, 10):
        for _number in range(number):
            intervention = world.measured_intervention(town)
            make.make_involvement(intervention, make.make_organisation(), "involved")
            world.link(make.make_quote(), [intervention])
            make.make_quote()
            for round_ in (spring, autumn):
                world.accepted(round_, intervention, reviewer=office, light="at_risk")
            world.proposed(intervention, by=office)
        costs.append(queries(signed_in(office), url))
    assert costs[0] == costs[1]
    assert costs[1] <= 6


# --- the sentences, without a database ------------------------------------------------------------


def test_a_line_is_summed_up_by_rule() -> None:
    lights = {"on_track": 5, "at_risk": 2, "off_track": 0, "not_rated": 1}
    spoken = {light: light.replace("_", " ") for light in lights}
    assert summary.standing(8, lights, spoken) == (
        "8 interventions: 5 on track, 2 at risk and 1 not rated."
    )
    assert summary.standing(0, lights, spoken) == "No intervention was asked."
    changes = {"better": ["I-001"], "completed": ["I-002", "I-003"]}
    assert summary.changes(changes, first=False) == (
        "Since the round before: better (I-001) and completed (I-002, I-003)."
    )
    assert summary.changes({}, first=False) == "Nothing changed since the round before."
    assert summary.effect({}) == "No indicator tells yet what this brings."
    assert summary.effect({"as_expected": 1, "behind": 2, "no_measurement": 1}) == (
        "2 of the 3 indicators that can be judged stay behind; without a measurement: 1."
    )
    assert summary.effect({"out_of_date": 2}) == "Indicators out of date: 2."


@given(st.sampled_from(LIGHTS), st.sampled_from(LIGHTS))
def test_better_one_way_is_worse_the_other(one: str, other: str) -> None:
    opposite = {"better": "worse", "worse": "better", "": ""}
    assert summary.direction(other, one) == opposite[summary.direction(one, other)]
    assert summary.direction("", one) == summary.direction("not_rated", one) == ""
