"""What the first page says: the news first, then where it stands, then what it leads to."""

import datetime
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Exists, OuterRef, Q, Subquery
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from actions.monitoring.models import MonitoringRound, RoundKind, RoundState, StatusUpdate
from actions.plan.models import Intervention, TrafficLight

LIGHTS = (
    TrafficLight.ON_TRACK,
    TrafficLight.AT_RISK,
    TrafficLight.OFF_TRACK,
    TrafficLight.NOT_RATED,
)
DEVIATIONS_SHOWN = 3
SHAPES_SHOWN = 50


@dataclass
class LightFigure:
    """One traffic light: how many now, and how many in the last closed report round."""

    light: str
    count: int
    before: int | None

    @property
    def shapes(self) -> range:
        """One small shape for each intervention, as far as they can be told apart at a glance."""
        return range(min(self.count, SHAPES_SHOWN))

    @property
    def change(self) -> str:
        """The change in words, as an arrow would look like the triangle."""
        if self.before is None:
            return _("first round")
        if self.count == self.before:
            return _("as before")
        difference = abs(self.count - self.before)
        more = self.count > self.before
        text = (
            _("%(number)s more · was %(before)s")
            if more
            else _("%(number)s fewer · was %(before)s")
        )
        return text % {"number": difference, "before": self.before}


@dataclass
class Rounds:
    """The round that runs, and the one that was closed last."""

    running: Any
    closed: Any

    @property
    def shown(self) -> Any:
        return self.running or self.closed

    @property
    def share_answered(self) -> float:
        """The share of the shown round's requests that were answered, 0 to 1."""
        return self.shown.answered / self.shown.asked if self.shown and self.shown.asked else 0.0


def current_rounds() -> Rounds:
    """The open round that asks for a deed first, and the newest closed report round: one query.

    Of several open rounds the one with answers to judge comes first, then the nearest deadline.
    """
    rounds = MonitoringRound.objects.with_counts().filter(
        Q(state=RoundState.OPEN) | Q(state=RoundState.CLOSED, kind=RoundKind.REPORT)
    )
    found = list(rounds.order_by("deadline", "pk"))
    running = [one for one in found if one.state == RoundState.OPEN]
    closed = [one for one in found if one.state == RoundState.CLOSED]
    return Rounds(
        min(running, key=lambda one: not one.to_judge, default=None),
        closed[-1] if closed else None,
    )


def light_figures(closed: MonitoringRound | None) -> list[LightFigure]:
    """How many live interventions stand at each light, now and in the last closed round."""
    wanted: dict[str, Any] = {
        f"now_{light}": Count("pk", filter=Q(traffic_light=light)) for light in LIGHTS
    }
    for light in LIGHTS:
        then = StatusUpdate.objects.accepted().filter(
            request__round=closed, request__intervention=OuterRef("pk"), traffic_light=light
        )
        wanted[f"then_{light}"] = Count("pk", filter=Exists(then))
    counts = Intervention.objects.live().aggregate(**wanted)
    return [
        LightFigure(light, counts[f"now_{light}"], counts[f"then_{light}"] if closed else None)
        for light in LIGHTS
    ]


def deviations(limit: int = DEVIATIONS_SHOWN) -> Any:
    """The accepted answers behind the worst lights, off track before at risk: one query."""
    newest = (
        StatusUpdate.objects.accepted()
        .filter(request__intervention=OuterRef("request__intervention"))
        .the_leads_word_first()
    )
    return (
        StatusUpdate.objects.accepted()
        .filter(
            pk=Subquery(newest.values("pk")[:1]),
            traffic_light__in=[TrafficLight.OFF_TRACK, TrafficLight.AT_RISK],
            request__intervention__in=Intervention.objects.live(),
        )
        .select_related("request__intervention", "request__organisation")
        .annotate(off_track=Q(traffic_light=TrafficLight.OFF_TRACK))
        .order_by("-off_track", "-submitted_at", "pk")[:limit]
    )


def headline(
    rounds: Rounds, open_ambitions: int, today: datetime.date, *, may_judge: bool = True
) -> str:
    """The news in one sentence, by rule: what waits for a deed of the reader comes first."""
    running = rounds.running
    if may_judge and running and running.to_judge:
        return ngettext(
            "%(count)s answer waits for your judgement",
            "%(count)s answers wait for your judgement",
            running.to_judge,
        ) % {"count": running.to_judge}
    if running and running.owed and running.deadline < today:
        return ngettext("%(count)s answer is late", "%(count)s answers are late", running.owed) % {
            "count": running.owed
        }
    if open_ambitions:
        return ngettext(
            "%(count)s ambition still waits for an answer",
            "%(count)s ambitions still wait for an answer",
            open_ambitions,
        ) % {"count": open_ambitions}
    if running:
        return ngettext(
            "%(count)s answer is still to come", "%(count)s answers are still to come", running.owed
        ) % {"count": running.owed}
    return _("Every ambition has an answer")
