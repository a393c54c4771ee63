"""Where a report round stands: one light for each intervention that was asked in it.

The light of an intervention in a round is that of its accepted answer there: the lead's word, or
where the lead said nothing the newest of another organisation that reports. Who was asked and has
no accepted answer is not rated. What stopped in the round has no light any more. So the lights of
a round add up to the interventions that live in it, and stay what the report of that round said.
"""

import datetime
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Case, CharField, Count, F, OuterRef, Q, QuerySet, Subquery, Value, When
from django.db.models.functions import Coalesce

from actions.monitoring.models import (
    MonitoringRound,
    RequestState,
    RoundKind,
    RoundState,
    StatusUpdate,
    UpdateRequest,
)
from actions.monitoring.models.request import OWED
from actions.plan.models import DeliveryState, TrafficLight
from actions.reports import words
from tracker.shared.access import Actor

LIGHTS = (
    TrafficLight.ON_TRACK,
    TrafficLight.AT_RISK,
    TrafficLight.OFF_TRACK,
    TrafficLight.NOT_RATED,
)
NOT_ASKED = (RequestState.WITHDRAWN, RequestState.WAIVED)
SILENT, STOPPED = "", "stopped"
SHAPES_SHOWN = 50


def the_word(*, round: Any, intervention: Any) -> QuerySet[StatusUpdate]:
    """The accepted answers about an intervention in a round, the one that counts first."""
    accepted = StatusUpdate.objects.accepted()
    return accepted.filter(
        request__round=round, request__intervention=intervention
    ).the_leads_word_first()


def last_words() -> QuerySet[StatusUpdate]:
    """The one accepted answer that counts now for each intervention, whatever its round."""
    newest = (
        StatusUpdate.objects.accepted()
        .filter(request__intervention=OuterRef("request__intervention"))
        .the_leads_word_first()
    )
    return StatusUpdate.objects.accepted().filter(pk=Subquery(newest.values("pk")[:1]))


def with_light_before(updates: QuerySet[StatusUpdate]) -> QuerySet[StatusUpdate]:
    """Annotates `light_before`: what was accepted about the same intervention in an earlier round;
    empty when there is none."""
    earlier = StatusUpdate.objects.accepted().filter(
        request__intervention=OuterRef("request__intervention"),
        request__round__deadline__lt=OuterRef("request__round__deadline"),
    )
    # The round that lies nearest first, and in it the word that counts.
    newest = earlier.the_leads_word_first().order_by(
        "-request__round__deadline", "-by_lead", "-submitted_at", "-pk"
    )
    return updates.annotate(
        light_before=Coalesce(Subquery(newest.values("traffic_light")[:1]), Value(""))
    )


def report_rounds(actor: Actor | None = None) -> QuerySet[MonitoringRound]:
    """The report rounds that were opened, newest first; for an actor those whose report it may
    read: until a report is sent, only office and leadership."""
    found = MonitoringRound.objects.filter(kind=RoundKind.REPORT).exclude(state=RoundState.PLANNED)
    if actor is not None and not actor.may("reports.unsent"):
        sent = Q(report__state="sent")
        found = found.filter(sent) if actor.scope == "account" else found.none()
    return found.order_by("-deadline", "-pk")


def with_neighbours(rounds: QuerySet[MonitoringRound]) -> QuerySet[MonitoringRound]:
    """Annotates the report round before each (`previous_pk`, `previous_name`) and the day on which
    the one after it opened (`next_opens_on`)."""
    same_day = Q(deadline=OuterRef("deadline"))
    opened = report_rounds().order_by()
    before = opened.filter(
        Q(deadline__lt=OuterRef("deadline")) | same_day & Q(pk__lt=OuterRef("pk"))
    ).order_by("-deadline", "-pk")
    after = opened.filter(
        Q(deadline__gt=OuterRef("deadline")) | same_day & Q(pk__gt=OuterRef("pk"))
    ).order_by("deadline", "pk")
    return rounds.annotate(
        previous_pk=Subquery(before.values("pk")[:1]),
        previous_name=Subquery(before.values("name")[:1]),
        next_opens_on=Subquery(after.values("opens_on")[:1]),
    )


@dataclass
class Standing:
    """How many interventions have which light in one round, by the word that counts there."""

    said: Counter[str] = field(default_factory=Counter)

    @property
    def live(self) -> int:
        """The interventions that were asked and did not stop."""
        return sum(self.said.values()) - self.said[STOPPED]

    @property
    def reported(self) -> int:
        return self.live - self.said[SILENT]

    @property
    def deviations(self) -> int:
        return self.said[TrafficLight.AT_RISK] + self.said[TrafficLight.OFF_TRACK]

    def count(self, light: str) -> int:
        """How many have this light; who did not answer is not rated."""
        return self.said[light] + (self.said[SILENT] if light == TrafficLight.NOT_RATED else 0)


def standings(rounds: Iterable[int]) -> dict[int, Standing]:
    """The standing of each of these rounds (ids): one query, whatever their number and size."""
    stopped = When(delivery_state=DeliveryState.STOPPED, then=Value(STOPPED))
    word = Case(stopped, default=F("traffic_light"), output_field=CharField())
    said = the_word(round=OuterRef("round"), intervention=OuterRef("intervention"))
    found = {pk: Standing() for pk in rounds}
    rows = (
        UpdateRequest.objects.filter(round__in=list(found), intervention__isnull=False)
        .exclude(state__in=NOT_ASKED)
        .annotate(said=Coalesce(Subquery(said.annotate(word=word).values("word")[:1]), Value("")))
        .order_by()
        .values_list("round", "said")
        .annotate(count=Count("intervention", distinct=True))
    )
    for pk, says, count in rows:
        found[pk].said[says] += count
    return found


@dataclass
class Rounds:
    """The rounds that are open, the report round that was closed last, and the one before that."""

    open: list[Any] = field(default_factory=list)  # the nearest deadline first
    closed: Any = None
    before: Any = None

    @property
    def running(self) -> Any:
        """The open round that a home speaks of: one with answers to judge goes first."""
        return min(self.open, key=lambda one: not one.to_judge, default=None)

    @property
    def behind(self) -> Any:
        """The open round whose board shows the answers that are late."""
        return next((one for one in self.open if one.late), None)

    def waiting(self, what: str) -> int:
        """How many answers of all open rounds wait: `to_judge`, `late` or `owed`."""
        return sum(getattr(one, what) for one in self.open)

    @property
    def pks(self) -> list[int]:
        """The closed ones, for their standings."""
        return [one.pk for one in (self.closed, self.before) if one]


def current_rounds(today: datetime.date) -> Rounds:
    """The rounds that a home speaks of, with their counts: one query."""
    owed = Q(requests__state__in=OWED)
    asked = ~Q(requests__state__in=NOT_ASKED)
    closed = MonitoringRound.objects.filter(state=RoundState.CLOSED, kind=RoundKind.REPORT)
    newest = closed.order_by("-deadline", "-pk").values("pk")[:2]
    found = list(
        MonitoringRound.objects.with_counts()
        .annotate(
            late=Count("requests", filter=owed & Q(requests__due_on__lt=today)),
            silent=Count(
                "requests__organisation",
                distinct=True,
                filter=asked & ~Q(requests__state=RequestState.ACCEPTED),
            ),
        )
        .filter(Q(state=RoundState.OPEN) | Q(pk__in=newest))
        .select_related("report")
        .order_by("deadline", "pk")
    )
    ended = [one for one in found if one.state == RoundState.CLOSED]
    return Rounds(
        open=[one for one in found if one.state == RoundState.OPEN],
        closed=ended[-1] if ended else None,
        before=ended[-2] if len(ended) > 1 else None,
    )


@dataclass
class LightFigure:
    """One traffic light: how many in a round, and how many in the round before."""

    light: str
    count: int
    before: int | None

    @property
    def shapes(self) -> range:
        """One small shape for each intervention, as far as they can be told apart at a glance."""
        return range(min(self.count, SHAPES_SHOWN))

    @property
    def change(self) -> str:
        return words.change(self.count, self.before)


@dataclass
class Figures:
    """The figures of the closed round against the one before, as the homes show them."""

    now: Standing
    before: Standing | None
    asked: int  # requests, as on the board of the round
    answered: int
    silent: str

    @property
    def lights(self) -> list[LightFigure]:
        return [
            LightFigure(one, self.now.count(one), self.before.count(one) if self.before else None)
            for one in LIGHTS
        ]

    @property
    def share_answered(self) -> int:
        """The share of the requests that was answered, in per cent."""
        return round(100 * self.answered / self.asked) if self.asked else 0


def figures_of(rounds: Rounds) -> Figures | None:
    """The figures that a home shows; None until a report round is closed. One query."""
    if rounds.closed is None:
        return None
    found = standings(rounds.pks)
    before = rounds.before
    return Figures(
        now=found[rounds.closed.pk],
        before=found[before.pk] if before else None,
        asked=rounds.closed.asked,
        answered=rounds.closed.answered,
        silent=words.silent(rounds.closed.silent, before.silent if before else None),
    )
