"""On which day a rung falls."""

import datetime
from collections import defaultdict
from dataclasses import dataclass
from typing import Self

from actions.monitoring.models import Holiday, HolidayKind
from tracker.shared.calendar import next_working_day, shift_working_days, working_days_between


@dataclass(frozen=True)
class DaysOff:
    """Public holidays are no working days; in quiet periods one works but is not reminded."""

    holidays: frozenset[datetime.date] = frozenset()
    quiet: frozenset[datetime.date] = frozenset()

    @classmethod
    def load(cls) -> Self:
        """As the office's table has them; one query."""
        days: dict[str, set[datetime.date]] = defaultdict(set)
        for kind, day in Holiday.objects.each_day():
            days[kind].add(day)
        return cls(frozenset(days[HolidayKind.HOLIDAY]), frozenset(days[HolidayKind.QUIET]))

    @property
    def silent(self) -> frozenset[datetime.date]:
        """Every day on which no reminder leaves."""
        return self.holidays | self.quiet

    def rung_day(
        self, offset: int | None, *, deadline: datetime.date, opens_on: datetime.date
    ) -> datetime.date | None:
        """The day of a rung: `offset` working days from the deadline, put off until a quiet period
        ends; for the opening (None) the day the round opens, whatever day that is: on which days
        mail leaves is the window's affair. A rung counted to before the opening does not exist:
        None."""
        if offset is None:
            return opens_on
        day = shift_working_days(deadline, offset, self.holidays)
        if day < opens_on:
            return None
        return next_working_day(day, self.silent)

    def days_late(self, due_on: datetime.date, today: datetime.date) -> int:
        """Working days that have passed since the due day; 0 while it has not passed."""
        return max(0, working_days_between(due_on, today, self.holidays))
