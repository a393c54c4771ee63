"""The example's motions, pledges and recommendations, and how the closed ones were closed."""

from datetime import date

from actions.plan.models import Commitment, CommitmentState
from actions.plan.services import close_commitment, save_commitment
from tracker.demo.content import Row, read
from tracker.demo.days import clock
from tracker.demo.story import Story


def commitments_chapter(story: Story, *, plan_day: date) -> None:
    """Each stands in the list from the day it was made; what is older, from the plan's day."""
    for number, row in enumerate(read("commitments")["commitments"]):
        made = story.calendar.given(row, "made")
        story.add(clock(max(made, plan_day), 14, number), _make, row, story)
        if row["state"] == CommitmentState.CLOSED:
            closed = story.calendar.given(row, "closed")
            story.add(clock(max(closed, plan_day), 16, number), _close, row, closed, story)


def _make(row: Row, story: Story) -> None:
    world, calendar = story.world, story.calendar
    made = calendar.given(row, "made")
    ends_closed = row["state"] == CommitmentState.CLOSED
    world.commitments[row["number"]] = save_commitment(
        commitment=Commitment(
            number=row["number"].format(year=made.year),
            kind=row["kind"],
            made_on=made,
            text=row["text"],
            source=row["source"],
            due_on=calendar.maybe(row, "due"),
            owner=world.cast.organisations[row["owner"]],
            state=CommitmentState.RUNNING if ends_closed else row["state"],
        ),
        interventions=[world.interventions[code] for code in row["interventions"]],
        actor=world.cast.office,
    )


def _close(row: Row, closed: date, story: Story) -> None:
    world = story.world
    close_commitment(
        commitment=world.commitments[row["number"]],
        document=row["closing_document"].format(year=closed.year),
        on=closed,
        actor=world.cast.office,
    )
