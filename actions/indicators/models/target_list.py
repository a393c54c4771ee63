"""The targets of an indicator that come along with it."""

import datetime
from decimal import Decimal
from typing import Any

from django.db.models import OuterRef, TextField
from django.db.models.functions import Cast

from actions.indicators.models.indicator import Indicator, IndicatorQuerySet, Target
from tracker.shared.parts import Parts


def with_targets(indicators: IndicatorQuerySet) -> IndicatorQuerySet:
    """Indicators with their targets in the same query, for `targets_of`."""
    own = Target.objects.filter(indicator=OuterRef("pk")).order_by("on")
    # As text: JSON would round a decimal.
    value = Cast("value", TextField())
    return indicators.annotate(target_rows=Parts(own, on="on", value=value, kind="kind"))


def targets_of(indicator: Indicator) -> list[Target]:
    """The targets that came along by `with_targets`, in the order of their dates."""
    rows: list[dict[str, Any]] = indicator.target_rows  # type: ignore[attr-defined]
    return [
        Target(
            indicator=indicator,
            on=datetime.date.fromisoformat(row["on"]),
            value=Decimal(row["value"]),
            kind=row["kind"],
        )
        for row in rows
    ]
