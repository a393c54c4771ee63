"""The things that a report is made of: replies, interventions, action lines, indicators."""

import datetime
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from django.utils.functional import cached_property

from actions.indicators import judgement as rules
from actions.indicators.models import Indicator, Target
from actions.indicators.wording import day_label, figure, judge, state_word, verdict
from actions.monitoring.models import RequestState
from actions.plan.models import DeliveryState, InvolvementRole, Stage, TrafficLight
from actions.plan.models.intervention import DEVIATING
from actions.reports import words
from actions.reports.models import Decision
from actions.reports.progress import summary
from actions.reports.standing import LIGHTS


@dataclass
class Reply:
    """What one organisation was asked about one intervention, and what was accepted of it.

    Without an accepted answer light, state and texts are empty, whatever was sent in.
    """

    organisation: int
    name: str
    by_lead: bool
    state: str
    late: bool
    accepted: bool
    rank: tuple[Any, ...] = ()
    light: str = ""
    delivery_state: str = ""
    text: str = ""
    cause: str = ""
    consequence: str = ""
    adjustment: str = ""
    expected_finish: datetime.date | None = None
    submitted_at: datetime.datetime | None = None

    @classmethod
    def of(cls, row: dict[str, Any]) -> "Reply":
        """The reply in one row of `rows.answers`."""
        first = row["first_submitted_on"]
        reply = cls(
            organisation=row["organisation"],
            name=row["organisation_name"],
            by_lead=row["by_lead"],
            state=row["state"],
            late=first is not None and first > row["due_on"],
            accepted=row["answer"] is not None,
        )
        if reply.accepted:
            reply.rank = row["by_lead"], row["submitted_at"], row["answer"]
            reply.light = row["traffic_light"] or ""
            reply.delivery_state = row["delivery_state"] or ""
            reply.text = row["for_the_report"] or ""
            for name in ("cause", "consequence", "adjustment"):
                setattr(reply, name, row[name] or "")
            reply.expected_finish = row["expected_finish"]
            reply.submitted_at = row["submitted_at"]
        return reply

    @property
    def waits(self) -> bool:
        """Submitted, and not judged yet."""
        return self.state == RequestState.SUBMITTED


def the_word(replies: Iterable[Reply]) -> Reply | None:
    """The reply that counts for an intervention: as actions.reports.standing.the_word has it."""
    return max((one for one in replies if one.accepted), key=lambda one: one.rank, default=None)


@dataclass
class Party:
    """Who takes part in an intervention today, and how."""

    role: str
    name: str


@dataclass
class Entry:
    """One intervention in the report: what was asked, what was answered, what was decided."""

    row: dict[str, Any]
    replies: list[Reply] = field(default_factory=list)
    before: list[Reply] = field(default_factory=list)
    parties: list[Party] = field(default_factory=list)
    decisions: list[Decision] = field(default_factory=list)
    children: list["Entry"] = field(default_factory=list)
    inside: bool = False  # stands under its parent
    first: bool = False  # no round came before this one

    def __str__(self) -> str:
        return f"{self.row['code']} {self.row['title']}"

    @property
    def code(self) -> str:
        return self.row["code"]

    @property
    def title(self) -> str:
        return self.row["title"]

    @cached_property
    def word(self) -> Reply | None:
        return the_word(self.replies)

    @property
    def others(self) -> list[Reply]:
        """What other organisations reported about it besides the word that counts."""
        return [one for one in self.replies if one.accepted and one is not self.word]

    @property
    def stopped(self) -> bool:
        return self.word is not None and self.word.delivery_state == DeliveryState.STOPPED

    @property
    def light(self) -> str:
        """Its light in this round; who did not answer is not rated."""
        return self.word.light if self.word and self.word.light else TrafficLight.NOT_RATED

    @property
    def light_before(self) -> str:
        """Its light in the round before; empty where nothing was accepted then."""
        then = the_word(self.before)
        return then.light if then else ""

    @property
    def comparable(self) -> bool:
        """Not where the lead spoke in one round and another organisation, about its own part, in
        the other."""
        then = the_word(self.before)
        return self.word is None or then is None or self.word.by_lead == then.by_lead

    @property
    def was(self) -> str:
        """Its light against the round before, in words; empty where nothing can be compared."""
        if self.word is None or self.first or not self.comparable:
            return ""
        before = self.light_before
        if self.before and not before:
            return words.silent_before()
        return words.was(self.light, before, str(TrafficLight(before).label) if before else "")

    @property
    def deviates(self) -> bool:
        return not self.stopped and self.light in DEVIATING

    @property
    def kind_of_change(self) -> str:
        """better, worse, new, completed, stopped, or '' when nothing changed."""
        if self.stopped:
            return "stopped"
        if self.word and self.word.delivery_state == DeliveryState.COMPLETED:
            return "completed"
        if not self.before:
            return "new"
        if not self.comparable:
            return ""
        return summary.direction(self.light_before, self.light if self.word else "")

    @property
    def stage(self) -> str:
        return str(Stage(self.row["stage"]).label)

    @property
    def lead(self) -> str:
        """The lead, with the co-leads printed beside it."""
        named = [one.name for one in self.parties if one.role != InvolvementRole.INVOLVED]
        return ", ".join(named)

    @property
    def involved(self) -> str:
        named = [one.name for one in self.parties if one.role == InvolvementRole.INVOLVED]
        return ", ".join(named)


@dataclass(eq=False)
class Gauge:
    """An indicator as the report shows it: baseline, target, measurement, verdict."""

    indicator: Any
    targets: list[Target]
    today: datetime.date

    @cached_property
    def judgement(self) -> rules.Judgement:
        one = self.indicator
        last = rules.Point(one.latest_end, one.latest_value) if one.latest_end else None
        return judge(one, last, self.targets, self.today)

    @property
    def unmeasured(self) -> bool:
        return self.judgement.state == rules.NO_MEASUREMENT

    @property
    def baseline(self) -> str:
        one: Indicator = self.indicator
        if one.baseline_value is None or one.baseline_on is None:
            return ""
        return f"{figure(one.baseline_value, one)} ({day_label(one.baseline_on)})"

    @property
    def aim(self) -> str:
        """The target that lies next, or the last one."""
        coming = [one for one in self.targets if one.on >= self.today] or self.targets[-1:]
        if not coming:
            return ""
        return f"{figure(coming[0].value, self.indicator)} ({day_label(coming[0].on)})"

    @property
    def latest(self) -> str:
        one = self.indicator
        if one.latest_end is None:
            return ""
        return f"{figure(one.latest_value, one)} ({day_label(one.latest_end)})"

    @property
    def provisional(self) -> bool:
        return self.indicator.latest_status == "provisional"

    @property
    def verdict(self) -> str:
        """The verdict in words: a sentence where something was expected, else the state."""
        if self.judgement.state in (rules.AS_EXPECTED, rules.BEHIND):
            return verdict(self.judgement, self.indicator)
        return state_word(self.judgement)


@dataclass
class Line:
    """One action line: its interventions, its goals, its indicators, and three sentences."""

    pk: int
    code: str
    title: str
    entries: list[Entry] = field(default_factory=list)
    goals: dict[int, str] = field(default_factory=dict)
    gauges: list[Gauge] = field(default_factory=list)
    first: bool = False  # no round came before this one

    @property
    def anchor(self) -> str:
        return f"line-{self.pk}"

    @property
    def lights(self) -> Counter[str]:
        return count_lights(self.entries)

    @property
    def tree(self) -> list[Entry]:
        """The interventions in order, those that stand under another one left to that one."""
        return [one for one in self.entries if not one.inside]

    @property
    def summary(self) -> list[str]:
        """How it stands, what changed, what the indicators say: three sentences."""
        lights = self.lights
        return [
            summary.standing(sum(lights.values()), lights, LIGHT_WORDS),
            summary.changes(changes_of(self.entries), first=self.first),
            summary.effect(Counter(one.judgement.state for one in self.gauges)),
        ]


LIGHT_WORDS = dict(TrafficLight.choices)


def count_lights(entries: Iterable[Entry]) -> Counter[str]:
    """How many live interventions have which light, in the fixed order of the lights."""
    counts = Counter({str(light): 0 for light in LIGHTS})
    counts.update(str(one.light) for one in entries if not one.stopped)
    return counts


def changes_of(entries: Iterable[Entry]) -> dict[str, list[str]]:
    """The codes of the interventions by what changed about them."""
    found: dict[str, list[str]] = {}
    for one in entries:
        if one.kind_of_change:
            found.setdefault(one.kind_of_change, []).append(one.code)
    return found
