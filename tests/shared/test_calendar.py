"""Working days, the Dutch calendar, and the hours in which mail may leave."""

import datetime
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracker.shared.calendar import (
    AMSTERDAM,
    DAY,
    days_between,
    dutch_public_holidays,
    in_window,
    is_working_day,
    local_day,
    next_working_day,
    shift_working_days,
    working_days_between,
)

days = st.dates(date(2020, 1, 1), date(2035, 12, 31))
offs = st.frozensets(st.dates(date(2020, 1, 1), date(2036, 12, 31)), max_size=20)
counts = st.integers(-30, 30)

FRIDAY, MONDAY = date(2026, 11, 20), date(2026, 11, 23)


@pytest.mark.parametrize(
    ("start", "shift", "lands"),
    [
        (FRIDAY, 0, FRIDAY),
        (FRIDAY, 1, MONDAY),
        (FRIDAY, -10, date(2026, 11, 6)),
        (FRIDAY, 10, date(2026, 12, 4)),
        (date(2026, 11, 21), 0, MONDAY),
        (date(2026, 12, 31), 1, date(2027, 1, 4)),
    ],
)
def test_rungs_are_counted_in_working_days(start: date, shift: int, lands: date) -> None:
    new_year = {date(2027, 1, 1)}
    assert shift_working_days(start, shift, new_year) == lands


def test_the_public_holidays_are_dutch() -> None:
    known = dutch_public_holidays(2026)
    assert {date(2026, 1, 1), date(2026, 4, 27), date(2026, 12, 25), date(2026, 12, 26)} <= set(
        known
    )
    assert date(2026, 4, 6) in known, "Easter Monday"
    assert all(name for name in known.values())


@given(days, counts, offs)
def test_a_shift_always_lands_on_a_working_day(day: date, count: int, off: frozenset) -> None:
    assert is_working_day(shift_working_days(day, count, off), off)


@given(days, st.integers(0, 30), offs)
def test_a_shift_forward_is_what_counting_back_finds(day: date, count: int, off: frozenset) -> None:
    start = next_working_day(day, off)
    landed = shift_working_days(day, count, off)
    assert working_days_between(start, landed, off) == count
    assert shift_working_days(landed, -count, off) == start


@given(days, days, offs)
def test_between_two_days_there_and_back_is_the_same(
    first: date, second: date, off: frozenset
) -> None:
    there, back = working_days_between(first, second, off), working_days_between(second, first, off)
    assert there == -back


@given(days, offs)
def test_the_next_working_day_is_the_nearest(day: date, off: frozenset) -> None:
    found = next_working_day(day, off)
    assert found >= day
    assert not any(is_working_day(one, off) for one in days_between(day, found - DAY))


def test_a_day_in_amsterdam_begins_before_the_one_in_utc() -> None:
    assert local_day(datetime.datetime(2026, 7, 1, 22, 30, tzinfo=datetime.UTC)) == date(2026, 7, 2)
    assert local_day(datetime.datetime(2026, 12, 31, 22, 59, tzinfo=datetime.UTC)).year == 2026
    assert local_day(datetime.datetime(2026, 12, 31, 23, 0, tzinfo=datetime.UTC)).year == 2027


@pytest.mark.parametrize(
    ("moment", "open_then"),
    [
        ("2026-11-20T08:59", False),
        ("2026-11-20T09:00", True),
        ("2026-11-20T16:29", True),
        ("2026-11-20T16:30", False),
        ("2026-11-21T12:00", False),
        ("2026-11-23T12:00", False),
    ],
)
def test_scheduled_mail_keeps_office_hours_in_amsterdam(moment: str, open_then: bool) -> None:
    at = datetime.datetime.fromisoformat(moment).replace(tzinfo=AMSTERDAM)
    assert in_window(at, "09:00-16:30", {MONDAY}) is open_then
    assert in_window(at, "always", {MONDAY})


def test_office_hours_follow_summer_time() -> None:
    winter = datetime.datetime(2026, 11, 20, 8, 30, tzinfo=datetime.UTC)
    summer = datetime.datetime(2026, 7, 20, 7, 30, tzinfo=datetime.UTC)
    assert in_window(winter, "09:00-16:30")
    assert in_window(summer, "09:00-16:30")
    assert not in_window(summer - datetime.timedelta(hours=1), "09:00-16:30")
