"""The days of the example are right whatever the day on which it is loaded."""

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracker.demo.content import interventions, read
from tracker.demo.days import MORNING, Calendar, RoundDays, Turn, moment, share
from tracker.shared.calendar import (
    AMSTERDAM,
    days_between,
    is_working_day,
    local_day,
    shift_working_days,
)

ROWS = read("rounds")["rounds"]
FOUR_YEARS = list(days_between(date(2026, 1, 1), date(2029, 12, 31)))
ODD_DAYS = [
    date(2027, 1, 1),  # New Year's Day, a Friday
    date(2028, 2, 29),
    date(2027, 3, 29),  # Easter Monday
    date(2027, 3, 31),
    date(2026, 11, 22),  # a Sunday
    date(2026, 12, 26),  # the second day of Christmas, a Saturday
    date(2028, 12, 26),  # and a Tuesday, after a holiday and a weekend
    date(2027, 5, 10),  # just after Ascension and a weekend
]
any_day = st.dates(date(2026, 1, 1), date(2040, 12, 31))


def rounds(today: date) -> list[RoundDays]:
    return Calendar(today).rounds(ROWS)


def all_turns(today: date) -> Iterator[tuple[RoundDays, list[Turn]]]:
    """Every answer of the example, as it falls on a day."""
    calendar = Calendar(today)
    for of in calendar.rounds(ROWS):
        for row in interventions():
            said: dict[str, list[int | None]] = {}
            for answer in row["answers"].get(of.key, []):
                said.setdefault(answer.get("organisation", ""), []).append(answer.get("day"))
            for organisation, wanted in said.items():
                yield of, calendar.turns(of, f"{row['code']} {organisation}", wanted)


def test_rounds_are_on_working_days_in_their_order_and_never_in_the_future() -> None:
    for today in FOUR_YEARS:
        off = Calendar(today).off
        before = date.min
        for of in rounds(today):
            days = [of.opens, of.deadline, *([of.closes] if of.closes else [])]
            assert all(is_working_day(day, off) for day in [*days, of.last])
            assert [before, *days] == sorted({before, *days}), f"{today} {of}"
            assert of.opens < of.last < today
            assert days[-1] < today
            before = days[-1]


def test_names_are_unique_and_periods_follow_one_another() -> None:
    for today in FOUR_YEARS:
        made = rounds(today)
        assert len({of.season for of in made}) == len(made), today
        for of, after in pairwise(made):
            assert after.period_start == of.period_end + timedelta(days=1)
        for of in made:
            assert of.period_start.day == 1
            assert timedelta(days=110) < of.period_end - of.period_start < timedelta(days=250)
            assert of.period_end < of.opens <= of.period_end + timedelta(days=31)


def test_what_is_owed_is_late_and_the_next_rung_lies_ahead() -> None:
    for today in FOUR_YEARS:
        current = rounds(today)[-1]
        off = Calendar(today).off
        assert current.closes is None
        assert current.deadline < today
        assert shift_working_days(current.deadline, 2, off) >= today
        assert shift_working_days(current.deadline, 5, off) > today


def test_rounds_are_named_after_their_season() -> None:
    def season(opens: date) -> str:
        return RoundDays("r1", opens, opens, None, opens, opens, opens).season

    assert season(date(2026, 4, 22)) == "voorjaar 2026"
    assert season(date(2026, 11, 30)) == "najaar 2026"
    assert season(date(2026, 12, 1)) == season(date(2027, 2, 26)) == "winter 2026-2027"


@given(any_day, st.integers(-700, 700))
def test_a_working_day_is_one_and_stays_on_its_side_of_today(today: date, offset: int) -> None:
    calendar = Calendar(today)
    found = calendar.working(offset)
    assert is_working_day(found, calendar.off)
    assert found < today if offset <= 0 else found > today
    assert abs(found - calendar.day(offset)) <= timedelta(days=6)


@given(any_day, st.integers(-700, -1), st.integers(0, 30))
def test_the_past_keeps_its_order(today: date, offset: int, later: int) -> None:
    calendar = Calendar(today)
    assert calendar.working(offset) <= calendar.working(min(offset + later, 0))


@pytest.mark.parametrize("today", ODD_DAYS)
def test_people_answer_and_judge_in_office_hours_before_today(today: date) -> None:
    off = Calendar(today).off
    hours = set()
    for of, turns in all_turns(today):
        before = datetime.min.replace(tzinfo=AMSTERDAM)
        for turn in turns:
            for at in (turn.opened, turn.answered, turn.judged):
                assert is_working_day(local_day(at), off)
                assert time(9) <= at.astimezone(AMSTERDAM).time() < time(17)
                assert of.opens < local_day(at) <= of.last
                assert at > before, "one after the other"
                before = at
            hours.add(turn.answered.time())
    assert len(hours) > 100, "not all at ten sharp"


def test_the_same_day_gives_the_same_moments() -> None:
    today = ODD_DAYS[0]
    assert list(all_turns(today)) == list(all_turns(today))
    day = date(2026, 3, 3)
    assert moment(day, "a") == moment(day, "a") != moment(day, "b")
    assert MORNING[0] <= moment(day, "a").time() < time(13)
    assert 0 <= share("whatever") < 1


def test_a_deputy_answers_only_while_somebody_is_away() -> None:
    (away,) = [row for row in read("people")["absences"] if row["starts_day"] <= 0]
    for today in FOUR_YEARS[::3]:
        calendar = Calendar(today)
        starts = calendar.working(away["starts_day"])
        assert starts <= calendar.working(-3) <= calendar.working(-1) < today
        assert starts <= today <= calendar.day(away["ends_day"])


def test_a_real_date_stays_and_an_invented_one_moves() -> None:
    calendar = Calendar(date(2027, 1, 1))
    assert calendar.given({"made_on": "2024-06-17"}, "made") == date(2024, 6, 17)
    assert calendar.given({"made_day": -1}, "made") == date(2026, 12, 31)
    assert calendar.maybe({"made_day": -1}, "due") is None
