"""The example's indicators: published figures with their sources, linked to the example's plan."""

from datetime import date, timedelta
from decimal import Decimal

from actions.indicators.models import (
    GoalIndicator,
    Indicator,
    InterventionIndicator,
    Measurement,
    Target,
)
from actions.indicators.services import record_measurement
from tracker.demo.content import Row, read
from tracker.demo.days import clock, moment
from tracker.demo.story import Story, World

# Fields that stand in the file under the name they have on the model.
PLAIN = (
    "code name definition unit counts_persons direction level frequency publication_lag_days "
    "aggregation decimals source verification"
).split()


def indicators_chapter(story: Story, *, plan_day: date, days: dict[str, date]) -> None:
    """Indicators and targets come with the plan, a link with its intervention, a figure when it
    was published: what was published before the plan is recorded with the plan."""
    story.announce(clock(plan_day, 13), "Indicators and their figures …")
    for number, row in enumerate(read("indicators")["indicators"]):
        at = clock(plan_day, 13, number)
        story.add(at, _indicator, row, story.world)
        for code, contribution in row["interventions"].items():
            linked = max(at, clock(days[code], 16))
            story.add(linked, _tell_about, row["code"], code, contribution, story.world)
        earliest = plan_day
        for figure in row["measurements"]:
            earliest = max(earliest, _published(story, row, figure))
            day = story.calendar.shift(earliest, 0)
            name = f"{row['code']} {figure['period_end']} {figure['status']}"
            recorded = max(clock(plan_day, 15, number), moment(day, name))
            story.add(recorded, _record, row["code"], figure, story.world)


def _published(story: Story, row: Row, figure: Row) -> date:
    lag = timedelta(days=row["publication_lag_days"])
    return min(date.fromisoformat(figure["period_end"]) + lag, story.calendar.working(0))


def _indicator(row: Row, world: World) -> None:
    indicator = Indicator(
        **{name: row[name] for name in PLAIN},
        supplier=world.cast.organisations[row["supplier"]] if row["supplier"] else None,
        collector=world.cast.people[row["collector"]] if row["collector"] else None,
        forecast=row.get("forecast", False),
    )
    if "baseline_value" in row:
        indicator.baseline_value = Decimal(row["baseline_value"])
        indicator.baseline_on = date.fromisoformat(row["baseline_on"])
        indicator.baseline_source = row["baseline_source"]
    indicator.full_clean()
    indicator.save()
    world.indicators[row["code"]] = indicator
    for target in row["targets"]:
        Target.objects.create(
            indicator=indicator,
            on=date.fromisoformat(target["on"]),
            value=Decimal(target["value"]),
            kind=target["kind"],
            source=target["source"],
        )
    for code, contribution in row.get("goals", {}).items():
        GoalIndicator.objects.create(
            indicator=indicator, goal=world.goals[code], contribution=contribution
        )


def _tell_about(code: str, intervention: str, contribution: str, world: World) -> None:
    InterventionIndicator.objects.create(
        indicator=world.indicators[code],
        intervention=world.interventions[intervention],
        contribution=contribution,
    )


def _record(code: str, row: Row, world: World) -> None:
    """A row that says it supersedes replaces the current figure of its period."""
    indicator = world.indicators[code]
    start, end = (date.fromisoformat(row[name]) for name in ("period_start", "period_end"))
    replaced: Measurement | None = None
    if row.get("supersedes"):
        current = Measurement.objects.current()
        replaced = current.get(indicator=indicator, period_start=start, period_end=end)
    record_measurement(
        indicator=indicator,
        period_start=start,
        period_end=end,
        value=Decimal(row["value"]),
        status=row["status"],
        source=row["source"],
        note=row.get("note", ""),
        recorded_by=world.cast.office,
        supersedes=replaced,
    )
