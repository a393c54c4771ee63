"""Leadership's home: the decisions first."""

import datetime
from dataclasses import dataclass
from typing import Any

from django.db.models import OuterRef, Subquery

from actions.monitoring.models import StatusUpdate
from actions.plan.models import TrafficLight
from actions.plan.models.intervention import DEVIATING, lead_name
from actions.reports import words
from actions.reports.coverage import coverage_of
from actions.reports.effects import effects
from actions.reports.models import Ambition, Decision
from actions.reports.standing import (
    current_rounds,
    figures_of,
    last_words,
    the_word,
    with_light_before,
)
from tracker.shared.access import Actor


@dataclass
class Ask:
    """One decision that waits, with what was last accepted about its intervention."""

    decision: Decision
    lead_name: str
    update: StatusUpdate | None

    @property
    def lead(self) -> str:
        """Who said so; before any answer the lead."""
        return self.update.request.organisation.short_name if self.update else self.lead_name

    @property
    def light(self) -> str:
        return self.update.traffic_light if self.update else ""

    @property
    def was(self) -> str:
        """The light against the round before, in words; empty before any answer."""
        if self.update is None:
            return ""
        before = self.update.light_before  # type: ignore[attr-defined]
        word = str(TrafficLight(before).label) if before else ""
        return words.was(self.light, before, word)


def asks(closed: Any = None) -> list[Ask]:
    """Every decision that waits: two queries. `light_then` on a decision is the light of its
    intervention in the closed round."""
    mine = {"request__intervention": OuterRef("intervention")}
    then = the_word(round=closed, intervention=OuterRef("intervention"))
    found = list(
        Decision.objects.waiting()
        .with_subject()
        .annotate(
            lead=lead_name("intervention"),
            answer=Subquery(last_words().filter(**mine).values("pk")[:1]),
            light_then=Subquery(then.values("traffic_light")[:1]),
        )
    )
    said = StatusUpdate.objects.select_related("request__organisation").defer("for_the_office")
    answers = with_light_before(said).in_bulk([one.answer for one in found if one.answer])
    return [Ask(one, one.lead or "", answers.get(one.answer)) for one in found]


def leadership_home(actor: Actor, today: datetime.date) -> dict[str, Any]:
    """The decisions first, then where the last closed round stands, coverage, and effect."""
    rounds = current_rounds(today)
    figures = figures_of(rounds)
    asked = asks(rounds.closed)
    coverage = coverage_of(Ambition.objects.visible_to(actor))
    seen = effects(today)
    news: dict[str, Any] = {"lead": "", "others": "", "deviations": 0}
    if figures:
        before = figures.before
        news["lead"] = words.leadership_lead(
            reported=figures.now.reported,
            live=figures.now.live,
            on_track=figures.now.count(TrafficLight.ON_TRACK),
            before=before.count(TrafficLight.ON_TRACK) if before else None,
            behind=seen.behind,
            judged=seen.judged,
        )
        deviate = {
            one.decision.intervention_id
            for one in asked
            if one.decision.light_then in DEVIATING  # type: ignore[attr-defined]
        }
        news["deviations"] = figures.now.deviations
        news["others"] = words.other_deviations(figures.now.deviations, len(deviate))
    return news | {
        "rounds": rounds,
        "figures": figures,
        "lights": figures.lights if figures else [],
        "asks": asked,
        "coverage": coverage,
        "effects": seen.charts,
        "headline": words.leadership_news(
            [one.light for one in asked],
            figures.now.count(TrafficLight.OFF_TRACK) if figures else 0,
            coverage.total.open,
        ),
        "take_label": words.take_label(len(asked)),
    }
