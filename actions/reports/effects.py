"""Does it help? The charts on the first page: effect, apart from progress."""

from collections import defaultdict
from typing import Any

from django.db.models import Case, Count, Exists, OuterRef, Q, QuerySet, Value, When

from actions.indicators.models import Direction, Indicator, Level, Measurement, Target
from actions.indicators.wording import chart_of

SHOWN = 2
WORTH_A_LINE = 3  # fewer measurements make no line


def effects() -> list[dict[str, Any]]:
    """Charts of the indicators that say most about effect: two queries, whatever their number."""
    series: dict[Indicator, list[Measurement]] = defaultdict(list)
    for measurement in _measurements(_telling()):
        series[measurement.indicator].append(measurement)
    targets: dict[int, list[Target]] = defaultdict(list)
    for target in Target.objects.filter(indicator__in=series).order_by("on"):
        targets[target.indicator_id].append(target)
    return [
        chart_of(indicator, rows, targets[indicator.pk]) | {"url": indicator.get_absolute_url()}
        for indicator, rows in series.items()
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


def _measurements(indicators: QuerySet[Indicator]) -> QuerySet[Measurement]:
    return (
        Measurement.objects.current()
        .filter(indicator__in=indicators.values("pk")[:SHOWN])
        .select_related("indicator")
        .order_by("indicator__code", "-period_end", "-pk")
    )
