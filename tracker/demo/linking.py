"""How the example's plan answers its ambitions: links, judgements, and what was set aside."""

from datetime import date

from actions.plan.models import Disposition
from actions.plan.services import (
    confirm_disposition,
    judge_answer,
    link_quote,
    propose_disposition,
)
from tracker.demo.content import Row, interventions, read
from tracker.demo.days import AFTERNOON, moment, share
from tracker.demo.story import Story, World

# The first links took the office two weeks; later ones were made in a few days.
FIRST_LINKS, LATER_LINKS = 10, 4


def linking_chapter(story: Story, *, plan_day: date, days: dict[str, date]) -> None:
    """Link each intervention soon after it came into being; judge and set aside on their days."""
    lines = {row["code"]: row["action_line"] for row in interventions()}
    for row in read("links")["links"]:
        born = days[row["intervention"]]
        wait = FIRST_LINKS if born == plan_day else LATER_LINKS
        name = f"{row['reference']} {row['intervention']}"
        day = story.calendar.shift(born, 1 + int(share(name) * wait))
        story.add(moment(day, name), _link, row, lines[row["intervention"]], story.world)
    about = read("plan")
    for row in about["verdicts"]:
        day = story.calendar.working(row["day"])
        story.add(moment(day, row["reference"], AFTERNOON), _judge, row, story.world)
    for row in about["dispositions"]:
        day = story.calendar.working(row["proposed_day"])
        story.add(moment(day, row["reference"]), _propose, row, story.world)
        if row["confirmed_by"]:
            day = story.calendar.working(row["confirmed_day"])
            story.add(moment(day, row["reference"], AFTERNOON), _confirm, row, day, story.world)


def _link(row: Row, line: str, world: World) -> None:
    link_quote(
        quote=world.quotes[row["reference"]],
        interventions=[world.interventions[row["intervention"]]],
        strength=row["strength"],
        rationale=row["rationale"],
        actor=world.office_of(line),
    )


def _judge(row: Row, world: World) -> None:
    judge_answer(
        quote=world.quotes[row["reference"]],
        extent=row["extent"],
        remains_open=row["remains_open"],
        actor=world.cast.office,
    )


def _propose(row: Row, world: World) -> None:
    propose_disposition(
        quote=world.quotes[row["reference"]],
        verdict=row["verdict"],
        reason=row["reason"],
        duplicate_of=world.quotes.get(row["duplicate_of"]),
        actor=world.cast.people[row["proposed_by"]],
    )


def _confirm(row: Row, day: date, world: World) -> None:
    confirm_disposition(
        disposition=Disposition.objects.get(quote=world.quotes[row["reference"]]),
        actor=world.cast.people[row["confirmed_by"]],
        on=day,
    )
