"""Working days and Dutch public holidays. Pure: days off are passed in, never looked up."""

from collections.abc import Collection, Iterator
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import holidays as public_holidays

AMSTERDAM = ZoneInfo("Europe/Amsterdam")
DAY = timedelta(days=1)


def is_working_day(day: date, off: Collection[date] = ()) -> bool:
    """Monday to Friday, unless `off` holds the day."""
    return day.weekday() < 5 and day not in off


def next_working_day(day: date, off: Collection[date] = ()) -> date:
    """The day itself if it is a working day, else the first one after it."""
    while not is_working_day(day, off):
        day += DAY
    return day


def shift_working_days(day: date, days: int, off: Collection[date] = ()) -> date:
    """The working day that lies `days` working days after (negative: before) `day`.

    With 0, or where `day` itself is not a working day, counting starts at the next working day.
    """
    day = next_working_day(day, off)
    step = DAY if days >= 0 else -DAY
    for _ in range(abs(days)):
        day += step
        while not is_working_day(day, off):
            day += step
    return day


def working_days_between(start: date, end: date, off: Collection[date] = ()) -> int:
    """Working days after `start` up to and including `end`; negative when `end` lies earlier."""
    if end < start:
        return -working_days_between(end, start, off)
    return sum(is_working_day(day, off) for day in days_between(start + DAY, end))


def days_between(first: date, last: date) -> Iterator[date]:
    """Every day from `first` to `last`, both included."""
    for number in range((last - first).days + 1):
        yield first + timedelta(days=number)


def dutch_public_holidays(year: int) -> dict[date, str]:
    """The public holidays of a year with their Dutch names, from the `holidays` library."""
    return dict(public_holidays.country_holidays("NL", years=year, language="nl"))


def local_day(moment: datetime) -> date:
    """The calendar day in Amsterdam at a moment in time."""
    return moment.astimezone(AMSTERDAM).date()


def in_window(moment: datetime, window: str, off: Collection[date] = ()) -> bool:
    """Whether scheduled mail may leave: 'always', or '09:00-16:30' Amsterdam on working days."""
    if window == "always":
        return True
    opens, closes = (time.fromisoformat(part) for part in window.split("-"))
    local = moment.astimezone(AMSTERDAM)
    return is_working_day(local.date(), off) and opens <= local.time() < closes
