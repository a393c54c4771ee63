"""The example's plan: how it was laid, what was added later, and what went over into others."""

from datetime import date

from actions.plan.models import ActionLine, Goal, Intervention
from actions.plan.services import Part, save_intervention, succeed
from tracker.demo.cast import Cast
from tracker.demo.content import Row, interventions, read
from tracker.demo.days import RoundDays, clock
from tracker.demo.story import Story, World

# An intervention that is new in a round stands in the plan three weeks before the round opens.
NEW_BEFORE_ROUND = 14  # working days
LAID = "r1"
HOUR = 9
MINUTES_APART = 4


def plan_chapter(story: Story, *, plan_day: date, days: dict[str, date]) -> None:
    """Goals and action lines, then every intervention on the day on which it came into being."""
    about = read("plan")
    story.announce(clock(plan_day, HOUR), "Goals, action lines and interventions …")
    story.add(clock(plan_day, HOUR), _lay_ground, about, story.world)
    made: dict[date, int] = {}
    for row in interventions():
        born = days[row["code"]]
        made[born] = made.get(born, 0) + 1
        at = clock(born, HOUR, MINUTES_APART * made[born])
        story.add(at, _make, row, story)
    for row in about["changes"]:
        day = story.calendar.working(row["day"])
        story.add(clock(day, HOUR + 2), _change, row, story)
    for row in about["successions"]:
        day = story.calendar.working(row["day"])
        at = clock(day, HOUR + 3, 30)
        story.add(at, _succeed, row, day, story.world)


def first_days(story: Story, *, plan_day: date, rounds: list[RoundDays]) -> dict[str, date]:
    """On which day each intervention came into being: with the plan, before a round, or when it
    took over from another."""
    opens = {of.key: of.opens for of in rounds}
    days = {}
    for row in interventions():
        since = row["since"]
        new = story.calendar.shift(opens[since], -NEW_BEFORE_ROUND)
        days[row["code"]] = plan_day if since == LAID else new
    for row in read("plan")["successions"]:
        for code in row["to"]:
            days[code] = story.calendar.working(row["day"])
    return days


def _lay_ground(about: Row, world: World) -> None:
    for order, row in enumerate(about["goals"]):
        world.goals[row["code"]] = Goal.objects.create(
            code=row["code"],
            title=row["title"],
            description=row["description"],
            level=row["level"],
            parent=world.goals.get(row["parent"]),
            order=order,
        )
    for order, row in enumerate(about["action_lines"]):
        world.lines[row["code"]] = ActionLine.objects.create(
            code=row["code"],
            title=row["title"],
            order=order,
            office_contact=world.cast.people[row["office_contact"]],
        )


def _make(row: Row, story: Story) -> None:
    world = story.world
    world.interventions[row["code"]] = save_intervention(
        intervention=Intervention(
            code=row["code"],
            title=row["title"],
            description=row["description"],
            action_line=world.lines[row["action_line"]],
            goal=world.goals[row["goal"]],
            parent=world.interventions.get(row["parent"]),
            stage=row["stage"],
            starts_on=story.calendar.day(row["starts_day"]),
            due_on=story.calendar.day(row["due_day"]),
            budget_amount=row.get("budget_amount"),
            budget_source=row.get("budget_source", ""),
        ),
        parts=[_part(part, world.cast) for part in row["involvements"]],
        actor=world.office_of(row["action_line"]),
    )


def _change(row: Row, story: Story) -> None:
    """What the office altered later: another day to finish by, another party."""
    world = story.world
    intervention = Intervention.objects.get(code=row["intervention"])
    if "due_day" in row:
        intervention.due_on = story.calendar.day(row["due_day"])
    parts = [
        Part(one.organisation_id, one.group_id, one.role, one.reports, one.responsibility)
        for one in intervention.involvements.all()
    ]
    save_intervention(
        intervention=intervention,
        parts=[*parts, *(_part(part, world.cast) for part in row.get("joins", []))],
        actor=world.cast.office,
    )


def _succeed(row: Row, day: date, world: World) -> None:
    succeed(
        intervention=world.interventions[row["from"]],
        successors=[world.interventions[code] for code in row["to"]],
        kind=row["kind"],
        on=day,
        reason=row["reason"],
        actor=world.cast.office,
    )


def _part(part: Row, cast: Cast) -> Part:
    group = part.get("group")
    return Part(
        organisation_id=None if group else cast.organisations[part["organisation"]].pk,
        group_id=cast.groups[group].pk if group else None,
        role=part["role"],
        reports=part["reports"],
        responsibility=part["responsibility"],
    )
