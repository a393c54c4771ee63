"""The example's monitoring rounds: three that were closed, one in which answers come in.

They go through the services that the pages use, each deed at its own moment.
"""

from collections import defaultdict
from datetime import date, datetime

from actions.monitoring.models import (
    MonitoringRound,
    ReviewVerdict,
    StatusUpdate,
    UpdateRequest,
)
from actions.monitoring.services import (
    Answer,
    close_round,
    create_round,
    extend_request,
    mark_opened,
    open_round,
    review_update,
    save_draft,
    submit_update,
)
from actions.organisations.models import User
from tracker.demo.content import Row, interventions, lead_of, read
from tracker.demo.days import RoundDays, Turn, clock, moment
from tracker.demo.story import Story, World

# Fields that stand in the file under the name they have in an answer.
PLAIN = (
    "delivery_state traffic_light progress for_the_report for_the_office "
    "cause consequence adjustment unchanged"
).split()
MADE_BEFORE_OPENING = 5  # working days
MORE_TIME_ASKED_BEFORE_DEADLINE = 2  # working days


def rounds_chapter(story: Story, *, rounds: list[RoundDays]) -> None:
    """Make, open, answer and close each round; the last one stays open."""
    for row, of in zip(read("rounds")["rounds"], rounds, strict=True):
        name = row["name"].format(season=of.season)
        made = story.calendar.shift(of.opens, -MADE_BEFORE_OPENING)
        story.announce(clock(made, 11), f"{name} …")
        story.add(clock(made, 11), _create, row, name, of, story.world)
        story.add(clock(of.opens, 9), _open, row, of, story.world)
        for intervention in interventions():
            _answers(story, intervention, of)
        if of.closes:
            story.add(clock(of.closes, 16), _close, row, of, story.world)


def _create(row: Row, name: str, of: RoundDays, world: World) -> None:
    world.rounds[of.key] = create_round(
        name=name,
        kind=row["kind"],
        period_start=of.period_start,
        period_end=of.period_end,
        opens_on=of.opens,
        deadline=of.deadline,
        intro=row["intro"],
        actor=world.cast.people[row["by"]],
    )


def _open(row: Row, of: RoundDays, world: World) -> None:
    world.rounds[of.key] = open_round(
        round=world.rounds[of.key], actor=world.cast.people[row["by"]], now=clock(of.opens, 9)
    )


def _close(row: Row, of: RoundDays, world: World) -> None:
    close_round(
        round=world.rounds[of.key],
        actor=world.cast.people[row["by"]],
        now=clock(of.closes or of.last, 16),
    )


def _answers(story: Story, intervention: Row, of: RoundDays) -> None:
    """Plan all that each organisation said about one intervention in one round."""
    said: dict[str, list[Row]] = defaultdict(list)
    for row in intervention["answers"].get(of.key, []):
        said[row.get("organisation") or lead_of(intervention)].append(row)
    for organisation, rows in said.items():
        key = f"{intervention['code']} {organisation}"
        turns = story.calendar.turns(of, key, [row.get("day") for row in rows])
        teller = Teller(story, intervention, organisation, of)
        for row, turn in zip(rows, turns, strict=True):
            teller.plan(row, turn)


class Teller:
    """Tells how one organisation answered about one intervention in one round."""

    def __init__(self, story: Story, intervention: Row, organisation: str, of: RoundDays) -> None:
        self.story = story
        self.world = story.world
        self.intervention = intervention
        self.organisation = organisation
        self.of = of

    def plan(self, row: Row, turn: Turn) -> None:
        """Plan the deeds of one version, up to the state that it reached."""
        self.story.add(turn.opened, self.look, turn.opened)
        if "extended_day" in row:
            self.give_more_time(row)
        if row["result"] == "draft":
            self.story.add(turn.answered, self.begin, row)
        elif row["result"] != "opened":
            self.story.add(turn.answered, self.submit, row, turn.answered)
        if row["result"] in ReviewVerdict.values:
            self.story.add(turn.judged, self.judge, row, turn.judged)

    def look(self, at: datetime) -> None:
        mark_opened(request=self.request, now=at)

    def begin(self, row: Row) -> None:
        save_draft(
            request=self.request,
            editor=self.author(row),
            payload=self.contents(row),
            lock_version=0,
        )

    def submit(self, row: Row, at: datetime) -> None:
        submit_update(
            request=self.request,
            answer=Answer(**self.contents(row)),
            author=self.author(row),
            **self.origin(row),
            now=at,
        )

    def judge(self, row: Row, at: datetime) -> None:
        review_update(
            update=StatusUpdate.objects.filter(request=self.request).latest("version"),
            reviewer=self.office,
            verdict=row["result"],
            reason=row.get("reason", ""),
            office_judgement=row.get("office_judgement", ""),
            now=at,
        )

    def give_more_time(self, row: Row) -> None:
        """Somebody asked for it shortly before the deadline."""
        calendar = self.story.calendar
        day = calendar.shift(self.of.deadline, -MORE_TIME_ASKED_BEFORE_DEADLINE)
        at = moment(day, f"{self.intervention['code']} {self.organisation} more time")
        until = calendar.working(row["extended_day"])
        self.story.add(at, self.extend, until, row["extended_because"], at)

    def extend(self, due_on: date, reason: str, at: datetime) -> None:
        extend_request(
            request=self.request, due_on=due_on, reason=reason, actor=self.office, now=at
        )

    @property
    def request(self) -> UpdateRequest:
        return self.about_round.requests.get(
            intervention=self.world.interventions[self.intervention["code"]],
            organisation=self.world.cast.organisations[self.organisation],
        )

    @property
    def about_round(self) -> MonitoringRound:
        return self.world.rounds[self.of.key]

    @property
    def office(self) -> User:
        return self.world.office_of(self.intervention["action_line"])

    def author(self, row: Row) -> User:
        """Who wrote it: named, or who answers first; on behalf it was the office."""
        cast = self.world.cast
        if "author" in row:
            return cast.people[row["author"]]
        return self.office if "on_behalf" in row else cast.reporters[self.organisation]

    def contents(self, row: Row) -> Row:
        found = {name: row[name] for name in PLAIN if name in row}
        if "expected_finish_day" in row:
            found["expected_finish"] = self.story.calendar.day(row["expected_finish_day"])
        return found

    def origin(self, row: Row) -> Row:
        """From whom the office heard an answer that it wrote down on behalf."""
        if "on_behalf" not in row:
            return {}
        heard = row["on_behalf"]
        return {
            "on_behalf_from": heard["from"],
            "on_behalf_channel": heard["channel"],
            "on_behalf_on": self.story.calendar.working(heard["day"]),
        }
