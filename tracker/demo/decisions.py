"""What leadership was asked and decided in the example, and the reports that went out."""

from datetime import date
from typing import Any

from actions.reports.models import DecisionState, ReportState
from actions.reports.services import (
    advance_report,
    propose_decision,
    report_outcome,
    start_report,
    take_decision,
)
from actions.reports.services.decisions import Subject
from tracker.demo.content import Row, read
from tracker.demo.days import RoundDays, clock
from tracker.demo.story import Story, World

# The way of a report, in working days after its round closed; six weeks in all.
WAY = ((ReportState.IN_ALIGNMENT, 8), (ReportState.ADOPTED, 25), (ReportState.SENT, 30))
DRAFT_BEFORE_DEADLINE = 3  # working days


def decisions_chapter(story: Story) -> None:
    """Questions, rulings and outcomes, each on its day."""
    for number, row in enumerate(read("decisions")["decisions"]):
        asked = story.calendar.given(row, "asked")
        story.add(clock(asked, 10, 5 * number), _ask, row, asked, story.world, number)
        if row["state"] == DecisionState.PROPOSED:
            continue
        decided = story.calendar.given(row, "decided")
        story.add(clock(decided, 15, 5 * number), _decide, row, decided, story, number)
        if "carried_out_day" in row:
            done = story.calendar.given(row, "carried_out")
            told = story.calendar.maybe(row, "told") or done
            story.add(clock(told, 17), _tell, row, done, story, number)


def reports_chapter(story: Story, *, rounds: list[RoundDays]) -> None:
    """Each closed round's report goes all its way; that of the open round is a draft."""
    for row, of in zip(read("rounds")["rounds"], rounds, strict=True):
        if of.closes is None:
            begun = story.calendar.shift(of.deadline, -DRAFT_BEFORE_DEADLINE)
            story.add(clock(begun, 15), _start, of, story.world)
            continue
        story.add(clock(story.calendar.shift(of.closes, 1), 10), _start, of, story.world)
        for state, wait in WAY:
            day = story.calendar.shift(of.closes, wait)
            number = row["document"].format(year=day.year)
            story.add(clock(day, 15), _advance, of, state, day, number, story.world)


def _ask(row: Row, asked: date, world: World, number: int) -> None:
    world.decisions[number] = propose_decision(
        subject=_subject(row["about"], world),
        question=row["question"],
        options="\n".join(row["options"]),
        proposal=row["proposal"],
        actor=world.cast.people[row["asked_by"]],
        on=asked,
    )


def _subject(about: Row, world: World) -> Subject:
    known: dict[str, dict[str, Any]] = {
        "intervention": world.interventions,
        "indicator": world.indicators,
        "goal": world.goals,
        "commitment": world.commitments,
    }
    ((kind, key),) = about.items()
    return known[kind][key]


def _decide(row: Row, decided: date, story: Story, number: int) -> None:
    cast, calendar = story.world.cast, story.calendar
    story.world.decisions[number] = take_decision(
        decision=story.world.decisions[number],
        state=row["state"],
        ruling=row["ruling"],
        meeting=row["meeting"],
        decided_by=cast.people[row["decided_by"]],
        on=decided,
        carried_out_by=cast.organisations.get(row.get("carried_out_by", "")),
        carry_out_by=calendar.maybe(row, "carry_out_by"),
        effect_check_on=calendar.maybe(row, "effect_check"),
        actor=cast.office,
    )


def _tell(row: Row, done: date, story: Story, number: int) -> None:
    report_outcome(
        decision=story.world.decisions[number],
        carried_out_on=done,
        outcome=row["outcome"],
        actor=story.world.cast.office,
    )


def _start(of: RoundDays, world: World) -> None:
    world.reports[of.key] = start_report(round=world.rounds[of.key], actor=world.cast.office)


def _advance(of: RoundDays, state: str, day: date, document: str, world: World) -> None:
    world.reports[of.key] = advance_report(
        report=world.reports[of.key],
        state=state,
        on=day,
        document_number=document if state == ReportState.SENT else "",
        actor=world.cast.office,
    )
