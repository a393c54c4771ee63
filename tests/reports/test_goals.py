"""The objective tree: pure adding up, and the page on which it stands."""

import datetime
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

import pytest
from django.test import Client
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from actions.indicators.judgement import AS_EXPECTED, BEHIND, NO_MEASUREMENT
from actions.indicators.models import GoalIndicator
from actions.plan.models import DeliveryState, TrafficLight
from actions.reports.goals import LIGHTS, GoalTree, build_tree
from tests import factories as make
from tests.pages import queries, said, signed_in
from tests.reports.world import set_aside

# --- adding up ------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Row:
    """As much of a goal, an intervention or an indicator as the tree needs."""

    pk: int
    parent_id: int | None = None
    goal_id: int | None = None
    traffic_light: str = "on_track"


def tree_of(goals: list[Row], interventions: list[Row] = [], **extra: Any) -> GoalTree:  # noqa: B006
    given = {"indicators": {}, "answered": {}, **extra}
    return build_tree(goals=goals, interventions=interventions, **given)


def test_totals_include_what_lies_below() -> None:
    goals = [Row(1), Row(2, parent_id=1), Row(3, parent_id=2)]
    tree = tree_of(goals, [Row(7, goal_id=2), Row(8, goal_id=3, traffic_light="off_track")])
    vision, goal, result = tree.nodes()
    assert (vision.total, goal.total, result.total) == (2, 2, 1)
    assert vision.counts == [(TrafficLight.OFF_TRACK, 1), (TrafficLight.ON_TRACK, 1)]
    assert vision.interventions == []
    assert [one.pk for one in goal.interventions] == [7]


def test_an_ambition_counts_once_however_often_it_is_answered() -> None:
    goals = [Row(1), Row(2, parent_id=1), Row(3, parent_id=1)]
    answered = {7: {40, 41}, 8: {41, 42}}
    tree = tree_of(goals, [Row(7, goal_id=2), Row(8, goal_id=3)], answered=answered)
    assert [len(node.ambitions) for node in tree.nodes()] == [3, 2, 2]


def test_what_serves_no_goal_stands_apart_and_counts_in_the_whole() -> None:
    tree = tree_of([Row(1)], [Row(7), Row(8, goal_id=99), Row(9, goal_id=1)])
    assert [one.pk for one in tree.loose] == [7, 8]
    assert tree.lights.total() == 3
    assert tree.roots[0].total == 1


def test_an_end_on_which_nobody_works_is_named() -> None:
    goals = [Row(1), Row(2, parent_id=1), Row(3, parent_id=1)]
    tree = tree_of(goals, [Row(7, goal_id=2)])
    assert [node.goal.pk for node in tree.idle] == [3]


def test_an_indicator_of_two_goals_is_judged_once() -> None:
    late, good, empty = (
        {"indicator": Row(pk), "judgement": state}
        for pk, state in ((1, BEHIND), (2, AS_EXPECTED), (3, NO_MEASUREMENT))
    )
    tree = tree_of([Row(1), Row(2)], indicators={1: [late, good], 2: [late, empty]})
    assert tree.verdicts == {BEHIND: 1, AS_EXPECTED: 1, NO_MEASUREMENT: 1}
    assert [count for count, _word in tree.said] == [1, 1, 1]


@st.composite
def forests(draw: st.DrawFn) -> tuple[list[Row], list[Row]]:
    """Goals of which each hangs under an earlier one or under nothing, and interventions."""
    size = draw(st.integers(0, 12))
    goals = [
        Row(pk, parent_id=draw(st.one_of(st.none(), st.integers(1, pk - 1))) if pk > 1 else None)
        for pk in range(1, size + 1)
    ]
    places = draw(st.lists(st.one_of(st.none(), st.integers(1, max(size, 1))), max_size=20))
    lights = st.sampled_from(TrafficLight.values)
    return draw(st.permutations(goals)), [
        Row(100 + number, goal_id=place, traffic_light=draw(lights))
        for number, place in enumerate(places)
    ]


@given(forests())
def test_nothing_is_lost_and_nothing_counted_twice(forest: tuple[list[Row], list[Row]]) -> None:
    goals, interventions = forest
    tree = tree_of(goals, interventions)
    nodes = list(tree.nodes())
    assert {node.goal.pk for node in nodes} == {goal.pk for goal in goals}
    assert len(nodes) == len(goals)
    assert tree.lights == Counter(one.traffic_light for one in interventions)
    for node in nodes:
        own = len(node.interventions)
        assert node.total == own + sum(child.total for child in node.children)
        assert sum(count for _light, count in node.counts) == node.total
    assert set(LIGHTS) == set(TrafficLight)


# --- the page -------------------------------------------------------------------------------------


@pytest.fixture
def _in_english() -> Iterator[None]:
    with translation.override("en"):
        yield


@pytest.fixture
def office(db: None, _in_english: None) -> Client:
    return signed_in(make.make_office("Noor Office"))


def aim(goal: Any, name: str, value: str, **fields: Any) -> GoalIndicator:
    """An indicator of a goal that should have risen from 40 to 80, with one figure of 2025."""
    indicator = make.make_indicator(
        name, unit="%", baseline_value=Decimal(40), baseline_on=datetime.date(2023, 12, 31),
        frequency="occasional", **fields,
    )  # fmt: skip
    make.make_target(indicator, "80", 2027)
    make.make_measurement(indicator, value, 2025)
    return GoalIndicator.objects.create(goal=goal, indicator=indicator, contribution="Shows it.")


def test_the_tree_stands_as_a_nested_list_with_its_totals(office: Client) -> None:
    vision = make.make_goal("Fewer victims", code="V-1", description="Seen sooner.")
    goal = make.make_goal("Quick help", vision, code="D-1")
    beds = make.make_goal("Enough beds", goal, code="R-1", level="result")
    town = make.make_organisation("Town")
    first = make.make_intervention("Emergency beds", lead=town, goal=beds,
                                   traffic_light=TrafficLight.OFF_TRACK)  # fmt: skip
    make.make_intervention("Care", goal=goal, traffic_light=TrafficLight.ON_TRACK)
    make.make_link(make.make_quote(), first)
    html = office.get("/goals/").content.decode()
    page = said(office.get("/goals/"))
    assert "1 of the 2 interventions is off track" in page
    for words in (
        "Vision V-1 Fewer victims Seen sooner. 2 interventions, answers 1 ambition",
        "Goal D-1 Quick help 2 interventions, answers 1 ambition 1 off track 1 on track",
        "Result R-1 Enough beds 1 intervention, answers 1 ambition 1 off track",
        f"{first.code} Emergency beds Town off track",
    ):
        assert words in page, words
    assert html.count("<ol") - html.count("breadcrumb") >= 3
    for level, title in ((2, "Fewer victims"), (3, "Quick help"), (4, "Enough beds")):
        assert f'<h{level} class="goal__title">{title}</h{level}>' in html


def test_a_goal_says_what_its_figures_say_apart_from_its_lights(office: Client) -> None:
    goal = make.make_goal("Quick help")
    aim(goal, "Helped within a week", "50")
    aim(goal, "Safe after a year", "75")
    GoalIndicator.objects.create(goal=goal, indicator=make.make_indicator("Beds"))
    page = said(office.get("/goals/"))
    assert (
        "What the 3 indicators of the goals say: 1 behind what was expected; "
        "1 as expected or better; 1 no measurement." in page
    )
    assert "An intervention on track does not yet say that the goal comes nearer." in page
    for words in (
        "Helped within a week Shows it. 50% (2025) 80% (2027) behind what was expected",
        "Safe after a year Shows it. 75% (2025) 80% (2027) as expected or better",
        "Beds – – no measurement",
    ):
        assert words in page, words


def test_only_what_lives_counts(office: Client) -> None:
    goal = make.make_goal("Quick help")
    make.make_intervention("Stopped", goal=goal, delivery_state=DeliveryState.STOPPED,
                           traffic_light=TrafficLight.OFF_TRACK)  # fmt: skip
    page = said(office.get("/goals/"))
    assert "Nobody works on the goals yet" in page
    assert "Nobody works yet on Quick help" in page
    assert "No intervention yet" in page
    assert "Stopped" not in page


def test_an_ambition_that_was_set_aside_is_not_answered(office: Client) -> None:
    intervention = make.make_intervention("Beds", goal=make.make_goal("Quick help"))
    answered, aside = make.make_quote(), make.make_quote()
    for quote in (answered, aside):
        make.make_link(quote, intervention)
    set_aside(aside, by=make.make_leadership())
    make.make_link(make.make_quote(section=make.make_section("2.1", "problem")), intervention)
    assert "answers 1 ambition" in said(office.get("/goals/"))


@pytest.mark.parametrize(("lights", "news"), [
    ([], "Nobody works on the goals yet"),
    (["on_track", "not_rated"], "None of the 2 interventions is off track"),
    (["on_track", "at_risk"], "1 of the 2 interventions is at risk, none is off track"),
    (["off_track", "at_risk", "off_track"], "2 of the 3 interventions are off track"),
])  # fmt: skip
def test_the_news_is_the_worst_light(office: Client, lights: list[str], news: str) -> None:
    goal = make.make_goal()
    for light in lights:
        make.make_intervention(goal=goal, traffic_light=light)
    assert news in said(office.get("/goals/"))


def test_without_goals_it_says_so_and_shows_what_serves_none(office: Client) -> None:
    make.make_intervention("Beds")
    page = said(office.get("/goals/"))
    assert "There are no goals yet" in page
    assert "Without a goal" in page
    assert "Beds" in page


def test_the_page_costs_the_same_for_two_goals_and_for_twelve(office: Client) -> None:
    vision = make.make_goal()

    def grow(times: int) -> None:
        for _number in range(times):
            result = make.make_goal("", make.make_goal("", vision), level="result")
            intervention = make.make_intervention(goal=result, lead=make.make_organisation())
            make.make_link(make.make_quote(), intervention)
            aim(result, "", "50")

    grow(2)
    few = queries(office, "/goals/")
    grow(10)
    assert queries(office, "/goals/") == few <= 6
