"""Does it help? The charts on the first page: effect, apart from progress."""

import datetime
from dataclasses import dataclass
from typing import Any

from django.db.models import Case, Count, Exists, F, OuterRef, Q, QuerySet, Value, When

from actions.indicators import judgement as rules
from actions.indicators.models import Direction, Indicator, Level, Measurement, Target
from actions.indicators.wording import chart_of, judge, verdict

SHOWN = 2
WORTH_A_LINE = 3  # fewer measurements make no line


@dataclass
class Effects:
    """The charts of the indicators that say most, and what those of effect say together."""

    charts: list[dict[str, Any]]
    judged: int = 0
    behind: int = 0


def effects(today: datetime.date) -> Effects:
    """The charts with their verdicts: one query, whatever the number of indicators.

    Only outcomes count as effect; what is out of date or has no standard judges nothing.
    """
    found = Effects([])
    for indicator, measurements, targets in _series():
        last = max(measurements, key=lambda one: (one.period_end, one.pk))
        judgement = judge(indicator, rules.Point(last.period_end, last.value), targets, today)
        chart = chart_of(indicator, measurements, targets, verdict(judgement, indicator))
        found.charts.append(chart | {"url": indicator.get_absolute_url()})
        if indicator.level == Level.OUTCOME:
            found.judged += judgement.state in (rules.AS_EXPECTED, rules.BEHIND)
            found.behind += judgement.state == rules.BEHIND
    return found


def _series() -> list[tuple[Indicator, list[Measurement], list[Target]]]:
    """Each indicator shown with its current measurements and its targets in order."""
    series: dict[int, tuple[Indicator, dict[int, Measurement], dict[int, Target]]] = {}
    for row in _measurements():
        _one, measured, targets = series.setdefault(row.indicator_id, (row.indicator, {}, {}))
        measured[row.pk] = row
        if row.target_pk:
            targets[row.target_pk] = Target(
                pk=row.target_pk, on=row.target_on, value=row.target_value, kind=row.target_kind
            )
    return [
        (indicator, list(measured.values()), sorted(targets.values(), key=lambda one: one.on))
        for indicator, measured, targets in series.values()
    ]


def _telling() -> QuerySet[Indicator]:
    """Outcomes before outputs, what has a target before what is to be interpreted."""
    return (
        Indicator.objects.annotate(
            measured=Count("measurements", filter=Q(measurements__superseded_by=None)),
            aimed=Exists(Target.objects.filter(indicator=OuterRef("pk"))),
            rank=Case(
                When(level=Level.OUTCOME, then=Value(0)),
                When(level=Level.OUTPUT, then=Value(1)),
                default=Value(2),
            ),
            free=Case(When(direction=Direction.INTERPRET, then=Value(1)), default=Value(0)),
        )
        .filter(measured__gte=WORTH_A_LINE)
        .order_by("-aimed", "free", "rank", "code", "pk")
    )


def _measurements() -> QuerySet[Measurement]:
    """The measurements, each once for every target of its indicator: both in one query."""
    target = "indicator__targets"
    return (
        Measurement.objects.current()
        .filter(indicator__in=_telling().values("pk")[:SHOWN])
        .select_related("indicator")
        .annotate(
            target_pk=F(f"{target}__pk"),
            target_on=F(f"{target}__on"),
            target_value=F(f"{target}__value"),
            target_kind=F(f"{target}__kind"),
        )
        .order_by("indicator__code", "-period_end", "-pk")
    )
