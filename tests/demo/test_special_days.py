"""Loaded on New Year's Day and on a leap day, the example's dates are right."""

from collections.abc import Iterator
from datetime import date, datetime, time
from itertools import pairwise
from typing import Any

import pytest
from django.apps import apps
from django.db.models import DateField, DateTimeField, Max, Min, Model
from django.utils import timezone

from actions.monitoring.models import (
    MonitoringRound,
    Review,
    RoundState,
    StatusUpdate,
    UpdateRequest,
)
from actions.monitoring.services import what_leaves_next
from actions.plan.models import Commitment
from actions.reports.models import Decision
from tests.demo.conftest import Loading
from tracker.demo.days import Calendar
from tracker.shared.calendar import AMSTERDAM, dutch_public_holidays, is_working_day, local_day

pytestmark = pytest.mark.django_db
OURS = ("actions.", "quotes", "tracker.")
# Days that may lie ahead: until when, by when, and what is planned.
AHEAD = {
    "Absence.starts_on", "Absence.ends_on", "Commitment.due_on", "Decision.carry_out_by",
    "Decision.effect_check_on", "Holiday.starts_on", "Holiday.ends_on", "Intervention.starts_on",
    "Intervention.due_on", "Reminder.deadline", "StatusUpdate.expected_finish", "Target.on",
    "UpdateRequest.due_on",
}  # fmt: skip


@pytest.fixture(
    scope="module", params=[date(2027, 1, 1), date(2028, 2, 29)], ids=["new-year", "leap-day"]
)
def loaded(request: pytest.FixtureRequest, loading: Loading) -> Iterator[date]:
    with loading(request.param) as today:
        yield today


@pytest.fixture(autouse=True)
def today(loaded: date, db: None) -> date:
    return loaded


def models() -> Iterator[type[Model]]:
    """Every model of ours; history tables too."""
    for model in apps.get_models():
        if model.__module__.startswith(OURS) and not model._meta.proxy:
            yield model


def fields(kind: type, but: type | None = None) -> Iterator[tuple[type[Model], str]]:
    for model in models():
        for field in model._meta.local_concrete_fields:
            if isinstance(field, kind) and not (but and isinstance(field, but)):
                yield model, field.name


def span(model: type[Model], name: str) -> tuple[Any, Any]:
    found = model._base_manager.aggregate(first=Min(name), last=Max(name))
    return found["first"], found["last"]


def test_it_is_that_day(today: date) -> None:
    assert timezone.localdate() == today
    assert MonitoringRound.objects.count() == 4


def test_nothing_happened_in_the_future_or_before_the_story(today: date) -> None:
    seen = 0
    for model, name in fields(DateTimeField):
        first, last = span(model, name)
        if last is not None:
            seen += 1
            assert last <= timezone.now(), f"{model.__name__}.{name}"
            assert (today - local_day(first)).days < 650, f"{model.__name__}.{name}"
    assert seen > 60


def test_only_what_is_planned_lies_ahead(today: date) -> None:
    ahead = set()
    for model, name in fields(DateField, but=DateTimeField):
        _first, last = span(model, name)
        if last is not None and last > today:
            ahead.add(f"{model.__name__.removeprefix('Historical')}.{name}")
    assert ahead <= AHEAD
    assert {"UpdateRequest.due_on", "Intervention.due_on", "Decision.effect_check_on"} <= ahead


def test_people_worked_on_working_days_in_office_hours() -> None:
    deeds = [
        (StatusUpdate, "submitted_at"),
        (Review, "reviewed_at"),
        (UpdateRequest, "first_opened_at"),
        (MonitoringRound, "opened_at"),
        (MonitoringRound, "closed_at"),
    ]
    for model, name in deeds:
        moments = model._base_manager.exclude(**{name: None}).values_list(name, flat=True)
        assert moments
        for at in moments:
            assert in_office_hours(at), f"{model.__name__}.{name} {at}"


def in_office_hours(at: datetime) -> bool:
    off = dutch_public_holidays(at.year)
    return is_working_day(local_day(at), off) and (
        time(9) <= at.astimezone(AMSTERDAM).time() < time(17)
    )


def test_rounds_have_names_of_their_own_and_working_days(today: date) -> None:
    rounds = list(MonitoringRound.objects.order_by("opens_on"))
    assert len({one.name for one in rounds}) == 4
    assert all(one.name.endswith("(voorbeeld)") for one in rounds)
    off = Calendar(today).off
    for one in rounds:
        assert is_working_day(one.opens_on, off)
        assert is_working_day(one.deadline, off)
        assert one.period_end < one.opens_on < one.deadline < today
    for one, after in pairwise(rounds):
        assert one.closed_at.date() < after.opens_on


def test_answers_came_between_opening_and_closing() -> None:
    for answer in StatusUpdate.objects.select_related("request__round", "review"):
        about_round = answer.request.round
        assert about_round.opened_at < answer.submitted_at
        if about_round.state == RoundState.CLOSED:
            assert answer.submitted_at < answer.review.reviewed_at < about_round.closed_at


def test_no_rung_of_a_past_day_is_still_to_leave(today: date) -> None:
    current = MonitoringRound.objects.get(state=RoundState.OPEN)
    ahead = what_leaves_next(round=current, now=timezone.now())
    assert ahead
    assert all(departure.on >= today for departure in ahead)


def test_extended_deadlines_are_working_days_ahead(today: date) -> None:
    due = UpdateRequest.objects.filter(due_on__gt=today).values_list("due_on", flat=True)
    assert len(due) == 2
    assert all(is_working_day(day, Calendar(today).off) for day in due)


def test_histories_begin_before_they_go_on() -> None:
    for model in models():
        if not model.__name__.startswith("Historical"):
            continue
        rows = model._base_manager.values_list("id", "history_date")
        born = dict(rows.filter(history_type="+"))
        for key, at in rows.filter(history_type="~"):
            assert born[key] <= at, model.__name__


def test_numbers_carry_the_year_of_their_day() -> None:
    for row in Commitment.objects.all():
        assert row.number.split("-")[1] == str(row.made_on.year)
    for decision in Decision.objects.exclude(decided_on=None):
        assert decision.asked_on < decision.decided_on
