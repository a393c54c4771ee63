"""Figures, periods and judgements in the reader's words, and the chart they make."""

import datetime
from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from django.utils.formats import date_format, number_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from actions.indicators import judgement as rules
from actions.indicators.models import Indicator, Level, Measurement, Target, TargetKind
from tracker.shared.templatetags.words import short_day


def figure(value: Decimal | None, indicator: Indicator) -> str:
    """A value with its unit, in the indicator's decimals: '1372 personen', '61%'."""
    if value is None:
        return "–"
    places = indicator.decimals if value % 1 or indicator.decimals == 0 else 0
    number = number_format(round(value, places), decimal_pos=places)
    return f"{number}%" if indicator.unit.strip() == "%" else f"{number} {indicator.unit}"


def difference(value: Decimal, indicator: Indicator) -> str:
    """How far two values lie apart: as `figure`, but of percentages in percentage points."""
    if indicator.unit.strip() != "%":
        return figure(value, indicator)
    several = 1 if value == 1 else 2
    text = ngettext("%(points)s percentage point", "%(points)s percentage points", several)
    return text % {"points": figure(value, indicator)[:-1]}


def period(start: datetime.date, end: datetime.date) -> str:
    """A whole year as '2019', a whole month as 'May 2019', anything else from day to day."""
    first, last = (start.month, start.day), (end.month, end.day)
    if start.year == end.year and first == (1, 1) and last == (12, 31):
        return str(end.year)
    if start.day == 1 and end == rules.add_months(start, 1) - datetime.timedelta(days=1):
        return date_format(end, "F Y")
    if start == end:
        return date_format(end, "j F Y")
    return f"{short_day(start)} – {short_day(end)}"


def day_label(day: datetime.date) -> str:
    """A reference date on an axis: the last day of a year is that year."""
    return str(day.year) if (day.month, day.day) == (12, 31) else short_day(day)


def judge(
    indicator: Indicator, last: rules.Point | None, targets: Sequence[Target], today: datetime.date
) -> rules.Judgement:
    """The judgement on an indicator, given its last current measurement and its targets."""
    baseline = None
    if indicator.baseline_value is not None and indicator.baseline_on is not None:
        baseline = rules.Point(indicator.baseline_on, indicator.baseline_value)
    return rules.judge(
        today=today,
        last=last,
        direction=indicator.direction,
        context=indicator.level == Level.CONTEXT,
        frequency=indicator.frequency,
        lag_days=indicator.publication_lag_days,
        baseline=baseline,
        targets=[rules.Point(t.on, t.value, t.kind == TargetKind.STANDARD) for t in targets],
    )


def state_word(judgement: rules.Judgement) -> str:
    """The state in a few words, for a cell."""
    words = {
        rules.NO_MEASUREMENT: _("no measurement"),
        rules.OUT_OF_DATE: _("out of date"),
        rules.AS_EXPECTED: _("as expected or better"),
        rules.BEHIND: _("behind what was expected"),
        rules.NOT_JUDGED: _("to interpret, no standard"),
        rules.NO_TARGET: _("no target for this date"),
    }
    return words[judgement.state]


def summary(
    indicator: Any, today: datetime.date, targets: Sequence[Target] | None = None
) -> dict[str, Any]:
    """An indicator in a row: its newest figure, its next target (or its last one) and its state.

    Needs `with_latest` and its targets at hand, given or prefetched: no query of its own.
    """
    targets = list(indicator.targets.all()) if targets is None else targets
    last = None
    if indicator.latest_end:
        last = rules.Point(indicator.latest_end, indicator.latest_value)
    coming = [one for one in targets if one.on >= today]
    target = (coming or [*targets[-1:], None])[0]
    judgement = judge(indicator, last, targets, today)
    return {
        "indicator": indicator,
        "latest": figure(indicator.latest_value, indicator),
        "until": indicator.latest_end,
        "target": target,
        "target_value": figure(target.value, indicator) if target else "",
        "state": state_word(judgement),
        "judgement": judgement.state,
    }


def due_word(indicator: Any, today: datetime.date) -> str:
    """Whether a newer figure is due, in a few words; needs `with_latest`."""
    if not indicator.latest_end:
        return _("no measurement")
    due = rules.next_publication(
        indicator.latest_end, indicator.frequency, indicator.publication_lag_days
    )
    if due is None:
        return _("no fixed day")
    day = date_format(due, "j F Y")
    if due < today:
        return _("was due on %(day)s") % {"day": day}
    return _("due on %(day)s") % {"day": day}


def verdict(judgement: rules.Judgement, indicator: Indicator) -> str:
    """The judgement as a sentence, with expected and actual where something was expected."""
    if judgement.state == rules.NO_MEASUREMENT:
        return _("No measurement yet. That says nothing about how it goes.")
    said = {"actual": figure(judgement.actual, indicator)}
    if judgement.state == rules.NOT_JUDGED:
        return _("%(actual)s. This figure is to be interpreted: it has no standard.") % said
    if judgement.state == rules.NO_TARGET:
        return _("%(actual)s. Nothing was expected by this date.") % said
    if judgement.expected is None:
        return _("%(actual)s, but this measurement is out of date: a newer figure was due.") % said
    said["expected"] = figure(judgement.expected, indicator)
    if judgement.state == rules.OUT_OF_DATE:
        return _("%(actual)s where %(expected)s was expected, but this measurement is out of date: "
                 "a newer figure was due.") % said  # fmt: skip
    if judgement.state == rules.AS_EXPECTED:
        return _("%(actual)s where %(expected)s was expected: as expected or better.") % said
    said["deviation"] = difference(abs(judgement.deviation or Decimal(0)), indicator)
    if (judgement.deviation or 0) < 0:
        return _("%(actual)s where %(expected)s was expected: %(deviation)s less.") % said
    return _("%(actual)s where %(expected)s was expected: %(deviation)s more.") % said


def chart_of(
    indicator: Indicator, current: Sequence[Measurement], targets: Sequence[Target], said: str = ""
) -> dict[str, Any]:
    """The plain dict that the chart component draws; `current` in any order, unsuperseded only."""
    points = [
        {
            "on": one.period_end,
            "label": period(one.period_start, one.period_end),
            "value": one.value,
            "provisional": one.status == "provisional",
        }
        for one in sorted(current, key=lambda one: (one.period_end, one.pk))
    ]
    chart: dict[str, Any] = {
        "title": indicator.name,
        "unit": indicator.unit.strip(),
        "description": indicator.unit,
        "decimals": indicator.decimals,
        "points": _with_gaps(points),
        "targets": [{"on": t.on, "label": day_label(t.on), "value": t.value} for t in targets],
        "verdict": said,
    }
    if indicator.baseline_value is not None and indicator.baseline_on is not None:
        day = indicator.baseline_on
        label = day_label(day)
        chart["baseline"] = {"on": day, "label": label, "value": indicator.baseline_value}
    return chart


def _with_gaps(points: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Yearly figures that leave out a year get a gap there, so that no line is drawn over it."""
    filled: list[dict[str, Any]] = []
    for point in points:
        previous = filled[-1]["on"] if filled else None
        yearly = point["label"].isdigit() and bool(filled) and filled[-1]["label"].isdigit()
        if previous and yearly:
            for year in range(previous.year + 1, point["on"].year):
                day = datetime.date(year, 12, 31)
                filled.append({"on": day, "label": str(year), "value": None, "provisional": False})
        filled.append(point)
    return filled
