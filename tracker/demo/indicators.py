"""The example's indicators: published figures with their sources, linked to the example's plan."""

from datetime import date
from decimal import Decimal

from actions.indicators.models import Indicator, InterventionIndicator, Measurement, Target
from actions.indicators.services import record_measurement
from actions.organisations.models import User
from tracker.demo.cast import Cast
from tracker.demo.content import read
from tracker.demo.plan import Plan

# Fields that stand in the file under the name they have on the model.
PLAIN = (
    "code name definition unit counts_persons direction level frequency publication_lag_days "
    "aggregation decimals source verification"
).split()


def load_indicators(*, cast: Cast, plan: Plan) -> None:
    """Create every indicator with its targets, its measurements and what it tells about."""
    recorder = cast.people[read("people")["office_contact"]]
    for row in read("indicators")["indicators"]:
        indicator = _indicator(row, cast)
        for target in row["targets"]:
            Target.objects.create(
                indicator=indicator,
                on=date.fromisoformat(target["on"]),
                value=Decimal(target["value"]),
                kind=target["kind"],
                source=target["source"],
            )
        _measure(indicator, row["measurements"], recorder)
        for code, contribution in row["interventions"].items():
            InterventionIndicator.objects.create(
                indicator=indicator,
                intervention=plan.interventions[code],
                contribution=contribution,
            )


def _indicator(row: dict, cast: Cast) -> Indicator:
    indicator = Indicator(
        **{name: row[name] for name in PLAIN},
        supplier=cast.organisations[row["supplier"]],
        collector=cast.people[row["collector"]],
    )
    if "baseline_value" in row:
        indicator.baseline_value = Decimal(row["baseline_value"])
        indicator.baseline_on = date.fromisoformat(row["baseline_on"])
        indicator.baseline_source = row["baseline_source"]
    indicator.save()
    return indicator


def _measure(indicator: Indicator, rows: list[dict], recorder: User) -> None:
    """A row that says it supersedes replaces the one before it."""
    before: Measurement | None = None
    for row in rows:
        before = record_measurement(
            indicator=indicator,
            period_start=date.fromisoformat(row["period_start"]),
            period_end=date.fromisoformat(row["period_end"]),
            value=Decimal(row["value"]),
            status=row["status"],
            source=row["source"],
            note=row.get("note", ""),
            recorded_by=recorder,
            supersedes=before if row.get("supersedes") else None,
        )
