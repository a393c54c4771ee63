"""The example's plan, and how it answers the example's ambitions."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import TypeVar

from django.db.models import Model

from actions.plan.models import (
    ActionLine,
    Goal,
    Intervention,
    Involvement,
    QuoteLink,
)
from actions.plan.services import (
    confirm_disposition,
    judge_answer,
    link_quote,
    propose_disposition,
)
from quotes.models import Anthology, Quote
from tracker.demo.cast import Cast
from tracker.demo.content import day, moment, read

# The plan was laid before the first round of the example; its history says so.
LAID_DAYS_AGO = 240

Row = TypeVar("Row", bound=Model)


@dataclass(frozen=True)
class Plan:
    """The interventions of the example by code."""

    interventions: dict[str, Intervention]


def load_plan(*, today: date, cast: Cast) -> Plan:
    """Create goals, action lines, interventions and who takes part in them."""
    about = read("plan")
    at = moment(today, -LAID_DAYS_AGO)
    goals = _goals(about["goals"], at)
    lines = {
        row["code"]: ActionLine.objects.create(
            code=row["code"],
            title=row["title"],
            order=order,
            office_contact=cast.people[row["office_contact"]],
        )
        for order, row in enumerate(about["action_lines"])
    }
    interventions: dict[str, Intervention] = {}
    for row in about["interventions"]:
        intervention = Intervention(
            code=row["code"],
            title=row["title"],
            description=row["description"],
            action_line=lines[row["action_line"]],
            goal=goals[row["goal"]],
            parent=interventions.get(row["parent"]),
            stage=row["stage"],
            starts_on=day(today, row["starts_day"]),
            due_on=day(today, row["due_day"]),
            budget_amount=row.get("budget_amount"),
            budget_source=row.get("budget_source", ""),
        )
        interventions[row["code"]] = _dated(intervention, at)
        for part in row["involvements"]:
            _dated(_involvement(intervention, part, cast), at)
    return Plan(interventions)


def load_answers(*, today: date, cast: Cast, plan: Plan, anthology: Anthology) -> None:
    """Link the plan to the ambitions of the example anthology, judge some and set some aside."""
    about = read("plan")
    at = moment(today, -LAID_DAYS_AGO)
    quotes = {quote.reference: quote for quote in Quote.objects.filter(anthology=anthology)}
    office = cast.people[read("people")["office_contact"]]
    for row in about["interventions"]:
        for link in row["links"]:
            link_quote(
                quote=quotes[link["reference"]],
                interventions=[plan.interventions[row["code"]]],
                strength=link["strength"],
                rationale=link["rationale"],
                actor=office,
            )
    QuoteLink.objects.update(linked_at=at)
    QuoteLink.history.update(history_date=at)
    for row in about["verdicts"]:
        judge_answer(
            quote=quotes[row["reference"]],
            extent=row["extent"],
            remains_open=row["remains_open"],
            actor=office,
        )
    for row in about["dispositions"]:
        _set_aside(row, today, cast, quotes)


def _set_aside(row: dict, today: date, cast: Cast, quotes: dict[str, Quote]) -> None:
    """Propose, and where leadership did so, confirm; history tells on which days."""
    disposition = propose_disposition(
        quote=quotes[row["reference"]],
        verdict=row["verdict"],
        reason=row["reason"],
        duplicate_of=quotes.get(row["duplicate_of"]),
        actor=cast.people[row["proposed_by"]],
    )
    disposition.history.update(history_date=moment(today, row["proposed_day"]))
    if not row["confirmed_by"]:
        return
    confirmed_on = day(today, row["confirmed_day"])
    confirm_disposition(
        disposition=disposition, actor=cast.people[row["confirmed_by"]], on=confirmed_on
    )
    newest = disposition.history.latest()
    disposition.history.filter(pk=newest.pk).update(
        history_date=moment(today, row["confirmed_day"])
    )


def _goals(rows: list[dict], at: datetime) -> dict[str, Goal]:
    goals: dict[str, Goal] = {}
    for order, row in enumerate(rows):
        goals[row["code"]] = _dated(
            Goal(
                code=row["code"],
                title=row["title"],
                description=row["description"],
                level=row["level"],
                parent=goals.get(row["parent"]),
                order=order,
            ),
            at,
        )
    return goals


def _involvement(intervention: Intervention, part: dict, cast: Cast) -> Involvement:
    return Involvement(
        intervention=intervention,
        organisation=cast.organisations[part["organisation"]],
        role=part["role"],
        reports=part["reports"],
        responsibility=part["responsibility"],
    )


def _dated(row: Row, at: datetime) -> Row:
    """Save a row so that its history begins at a moment in the past."""
    row._history_date = at  # type: ignore[attr-defined]  # read by simple-history
    row.save()
    return row
