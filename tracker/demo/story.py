"""The example as a story: deeds with their moments, done in the order of time."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from actions.indicators.models import Indicator
from actions.monitoring.models import MonitoringRound
from actions.organisations.models import User
from actions.plan.models import ActionLine, Commitment, Goal, Intervention
from actions.reports.models import Decision, Report
from quotes.models import Quote
from tracker.demo import clock
from tracker.demo.cast import Cast
from tracker.demo.days import Calendar

Say = Callable[[str], None]


def silent(text: str) -> None:
    """Nobody watches."""


@dataclass
class World:
    """What the story has brought about so far, by the keys that the example's files use."""

    cast: Cast
    lines: dict[str, ActionLine] = field(default_factory=dict)
    goals: dict[str, Goal] = field(default_factory=dict)
    interventions: dict[str, Intervention] = field(default_factory=dict)
    indicators: dict[str, Indicator] = field(default_factory=dict)
    commitments: dict[str, Commitment] = field(default_factory=dict)
    quotes: dict[str, Quote] = field(default_factory=dict)
    rounds: dict[str, MonitoringRound] = field(default_factory=dict)
    reports: dict[str, Report] = field(default_factory=dict)
    decisions: dict[int, Decision] = field(default_factory=dict)

    def office_of(self, line: str) -> User:
        """Who of the office looks after an action line."""
        contact = self.lines[line].office_contact
        return contact or self.cast.office


class Story:
    """Collects deeds from the chapters, and tells them from the earliest to the latest."""

    def __init__(self, *, today: date, world: World, say: Say) -> None:
        self.calendar = Calendar(today)
        self.world = world
        self._say = say
        self._deeds: list[tuple[datetime, int, Callable[[], object]]] = []

    def add(self, at: datetime, deed: Callable[..., object], *args: Any, **named: Any) -> None:
        """Plan a deed; of two at one moment the one that was planned first goes first."""
        self._deeds.append((at, len(self._deeds), lambda: deed(*args, **named)))

    def announce(self, at: datetime, text: str) -> None:
        """Say something to whoever watches, when the story has come that far."""
        self.add(at, self._say, text)

    def tell(self) -> None:
        """Do all that was planned; within `clock.story_time` each at its own moment."""
        for at, _number, deed in sorted(self._deeds, key=lambda one: one[:2]):
            with clock.at(at):
                deed()
