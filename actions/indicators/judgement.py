"""What a figure says: computed from targets and measurements, never typed. Pure, without Django.

Expected is what the path from the baseline over the targets gives on the reference date of the last
measurement; the end target is only expected on its own date. A standard holds from the target
before it until its own date. Missing or old figures are states of their own, and neither is bad
news. What has no desired direction is never judged.
"""

from __future__ import annotations

import calendar
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

NO_MEASUREMENT = "no_measurement"
OUT_OF_DATE = "out_of_date"
AS_EXPECTED = "as_expected"
BEHIND = "behind"
NOT_JUDGED = "not_judged"  # interpret and context: no direction to go
NO_TARGET = "no_target"  # nothing is expected on the reference date

MONTHS = {"quarterly": 3, "half_yearly": 6, "yearly": 12}


@dataclass(frozen=True, slots=True)
class Point:
    """A value on a reference date; `standard` holds for its whole period."""

    on: date
    value: Decimal
    standard: bool = False


@dataclass(frozen=True, slots=True)
class Judgement:
    """The state of an indicator; `expected` and `deviation` only where something is expected.

    `deviation` is actual minus expected, in the indicator's unit. `old` says that a newer figure
    should have been published by now, also where the state says something else.
    """

    state: str
    actual: Decimal | None = None
    expected: Decimal | None = None
    deviation: Decimal | None = None
    old: bool = False


def add_months(day: date, months: int) -> date:
    """The same day some months later, at most the last of the month; a month's end stays one."""
    ends = day.day == calendar.monthrange(day.year, day.month)[1]
    index = day.year * 12 + day.month - 1 + months
    year, month = index // 12, index % 12 + 1
    last = calendar.monthrange(year, month)[1]
    return date(year, month, last if ends else min(day.day, last))


def next_publication(last_end: date, frequency: str, lag_days: int) -> date | None:
    """When the figure after the one ending on `last_end` is due; None for occasional figures."""
    months = MONTHS.get(frequency)
    return None if months is None else add_months(last_end, months) + timedelta(days=lag_days)


def expected_on(day: date, baseline: Point | None, targets: Sequence[Point]) -> Decimal | None:
    """What the path gives on a day; None before its beginning and without one.

    Between two points the path is straight; after the last one it stays level.
    """
    stops = sorted(targets, key=lambda one: one.on)
    after = next((one for one in stops if one.on >= day), None)
    if after is None:
        return stops[-1].value if stops else None
    if after.standard or after.on == day:
        return after.value
    before = [one for one in ([baseline] if baseline else []) + stops if one.on < after.on]
    begin = max((one for one in before if one.on <= day), key=lambda one: one.on, default=None)
    if begin is None:
        return None
    share = Decimal((day - begin.on).days) / Decimal((after.on - begin.on).days)
    return begin.value + (after.value - begin.value) * share


def judge(
    *,
    today: date,
    last: Point | None,
    direction: str,
    context: bool,
    frequency: str,
    lag_days: int,
    baseline: Point | None,
    targets: Sequence[Point],
) -> Judgement:
    """Judge the last measurement (`last.on` is the end of its period) as known `today`."""
    if last is None:
        return Judgement(NO_MEASUREMENT)
    due = next_publication(last.on, frequency, lag_days)
    old = due is not None and due < today
    if direction == "interpret" or context:
        return Judgement(OUT_OF_DATE if old else NOT_JUDGED, last.value, old=old)
    expected = expected_on(last.on, baseline, targets)
    if expected is None:
        return Judgement(OUT_OF_DATE if old else NO_TARGET, last.value, old=old)
    deviation = last.value - expected
    if old:
        return Judgement(OUT_OF_DATE, last.value, expected, deviation, old=True)
    good = deviation >= 0 if direction == "higher" else deviation <= 0
    return Judgement(AS_EXPECTED if good else BEHIND, last.value, expected, deviation)
