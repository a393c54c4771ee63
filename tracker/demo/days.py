"""The days of the example, all counted from one today. Pure: no database, no clock.

People work on working days between nine and five, and nothing has happened after yesterday.
"""

import zlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import cache, cached_property
from typing import Any

from tracker.shared.calendar import (
    AMSTERDAM,
    DAY,
    days_between,
    dutch_public_holidays,
    is_working_day,
    next_working_day,
    shift_working_days,
)

SEASONS = {12: "winter", 3: "voorjaar", 6: "zomer", 9: "najaar"}
# Answers come in before lunch and are judged after it, so that both fit in one day.
MORNING, AFTERNOON = (time(9, 30), 210), (time(13, 30), 205)
PERIOD_MONTHS = 6
LONGEST_JUDGEMENT = 3  # working days


@dataclass(frozen=True)
class RoundDays:
    """The days of one round; `last` is the last working day on which something happened in it."""

    key: str
    opens: date
    deadline: date
    closes: date | None
    last: date
    period_start: date
    period_end: date

    @property
    def season(self) -> str:
        """What the round is named after: 'voorjaar 2026', 'winter 2026-2027'."""
        month = self.opens.month
        name = SEASONS[month // 3 * 3 or 12]
        if name != "winter":
            return f"{name} {self.opens.year}"
        year = self.opens.year if month == 12 else self.opens.year - 1
        return f"{name} {year}-{year + 1}"


@dataclass(frozen=True)
class Turn:
    """When one version of an answer was first looked at, came in, and was judged."""

    opened: datetime
    answered: datetime
    judged: datetime


@cache
def _holidays(year: int) -> frozenset[date]:
    return frozenset(dutch_public_holidays(year))


@dataclass(frozen=True)
class Calendar:
    """Turns the example's days into dates, as they are on one today."""

    today: date

    @cached_property
    def off(self) -> frozenset[date]:
        """Public holidays, as far as the example reaches."""
        years = range(self.today.year - 4, self.today.year + 4)
        return frozenset().union(*map(_holidays, years))

    def day(self, offset: int) -> date:
        """The date that lies `offset` days after today, whatever day it is."""
        return self.today + timedelta(days=offset)

    def working(self, offset: int) -> date:
        """The working day that `offset` stands for: in the past the last one up to that day and
        before today, in the future the first one from that day on and after today."""
        return self.before(self.day(min(offset + 1, 0))) if offset <= 0 else self.after(offset)

    def given(self, row: dict[str, Any], name: str) -> date:
        """A real date (`made_on`), or the working day of an invented one (`made_day`)."""
        if f"{name}_on" in row:
            return date.fromisoformat(row[f"{name}_on"])
        return self.working(row[f"{name}_day"])

    def maybe(self, row: dict[str, Any], name: str) -> date | None:
        """As `given`, where the row says so."""
        return self.given(row, name) if {f"{name}_on", f"{name}_day"} & set(row) else None

    def before(self, day: date) -> date:
        """The last working day before a day."""
        day -= DAY
        while not is_working_day(day, self.off):
            day -= DAY
        return day

    def after(self, offset: int) -> date:
        return next_working_day(self.day(offset), self.off)

    def shift(self, day: date, days: int) -> date:
        """So many working days later, or earlier, but never as late as today."""
        shifted = shift_working_days(day, days, self.off)
        return shifted if shifted < self.today else self.before(self.today)

    def span(self, first: date, last: date) -> list[date]:
        """The working days from `first` to `last`."""
        return [day for day in days_between(first, last) if is_working_day(day, self.off)]

    def rounds(self, rows: Sequence[dict[str, Any]]) -> list[RoundDays]:
        """The days of every round; each period begins where the one before it ended."""
        made: list[RoundDays] = []
        for row in rows:
            opens = self.working(row["opens_day"])
            deadline = self._deadline(row)
            closes = self.working(row["closes_day"]) if "closes_day" in row else None
            end = opens.replace(day=1) - DAY
            start = made[-1].period_end + DAY if made else _months_before(end, PERIOD_MONTHS)
            last = self.before(closes or self.today)
            made.append(RoundDays(row["key"], opens, deadline, closes, last, start, end))
        return made

    def _deadline(self, row: dict[str, Any]) -> date:
        """A day, or so many working days before today: then what is still owed is late."""
        if "deadline_day" in row:
            return self.working(row["deadline_day"])
        day = self.today
        for _working_day in range(row["deadline_working_days_ago"]):
            day = self.before(day)
        return day

    def turns(self, of: RoundDays, key: str, wanted: Sequence[int | None]) -> list[Turn]:
        """When the versions of one answer came in and were judged: each on its wanted day, or else
        on any day until the deadline; each after the judgement of the one before it."""
        days = self.span(of.opens + DAY, of.last)
        until = len(self.span(of.opens + DAY, min(of.deadline, of.last)))
        came: list[int] = []
        for number, offset in enumerate(wanted):
            room = 2 * (len(wanted) - 1 - number)
            place = self._place(days, offset)
            if place is None:
                place = int(share(f"{of.key} {key}") * max(until - room, 1))
            earliest = came[-1] + 2 if came else 0
            came.append(max(min(place, len(days) - 1 - room), earliest))
        return list(self._turns(days, came, f"{of.key} {key}"))

    def _place(self, days: list[date], offset: int | None) -> int | None:
        """Where an offset falls among the days."""
        if offset is None:
            return None
        wanted = self.working(offset)
        return max(sum(day <= wanted for day in days) - 1, 0)

    def _turns(self, days: list[date], came: list[int], key: str) -> Iterator[Turn]:
        for number, place in enumerate(came):
            name = f"{key} {number}"
            latest = came[number + 1] - 1 if number + 1 < len(came) else len(days) - 1
            judged = min(place + 1 + int(share(name) * LONGEST_JUDGEMENT), latest)
            answered = moment(days[place], name)
            looked = timedelta(minutes=3 + int(share(f"looked {name}") * 25))
            yield Turn(answered - looked, answered, moment(days[judged], name, AFTERNOON))


def moment(day: date, key: str, part: tuple[time, int] = MORNING) -> datetime:
    """A moment on a day in Amsterdam that is the same every time, and for most keys another."""
    start, minutes = part
    at = datetime.combine(day, start, AMSTERDAM)
    return at + timedelta(seconds=int(share(f"{key} {day}") * minutes * 60))


def clock(day: date, hour: int, minutes: int = 0) -> datetime:
    """So many minutes after an hour of a day in Amsterdam."""
    return datetime.combine(day, time(hour), AMSTERDAM) + timedelta(minutes=minutes)


def share(key: str) -> float:
    """A number from 0 up to 1 that is the same every time for the same key."""
    return zlib.crc32(key.encode()) / 2**32


def _months_before(end: date, months: int) -> date:
    """The first day of so many whole months that end with the month of `end`."""
    number = end.year * 12 + end.month - months
    return date(number // 12, number % 12 + 1, 1)
