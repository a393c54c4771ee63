"""The whole way of one ambition: quote → intervention → lead → indicator → last status update."""

from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.db.models import Prefetch

from actions.indicators.models import Direction, Indicator, InterventionIndicator, Target
from actions.monitoring.models import StatusUpdate
from actions.plan.models import (
    Intervention,
    Involvement,
    InvolvementRole,
    LinkStrength,
    QuoteLink,
)
from tracker.shared.access import Actor


@dataclass
class IndicatorStop:
    """An indicator on the way, with what it was, is and should become."""

    indicator: Any
    target: Target | None

    @property
    def measures(self) -> bool:
        """Whether it can tell: it has a target, or is meant to be interpreted."""
        return self.target is not None or self.interpreted

    @property
    def interpreted(self) -> bool:
        return self.indicator.direction == Direction.INTERPRET

    @property
    def baseline(self) -> str:
        """The baseline in the reader's notation; empty where there is none."""
        return self._figure(self.indicator.baseline_value)

    @property
    def latest(self) -> str:
        """The newest measurement; empty where nothing was measured yet."""
        return self._figure(self.indicator.latest_value)

    @property
    def aim(self) -> str:
        """The target that lies furthest ahead; empty where there is none."""
        return self._figure(self.target.value if self.target else None)

    def _figure(self, value: Decimal | None) -> str:
        return "" if value is None else self.indicator.figure(value)


@dataclass
class TraceLine:
    """One intervention of the ambition, and how far its line runs without a gap."""

    link: QuoteLink
    intervention: Any
    lead: Involvement | None
    others: list[Involvement]
    indicators: list[IndicatorStop]
    update: StatusUpdate | None
    last: bool = False

    @property
    def measures(self) -> bool:
        return any(stop.measures for stop in self.indicators)

    @property
    def gap(self) -> str:
        """The first station missing on this line: 'lead', 'indicator', 'update' or ''."""
        if self.lead is None:
            return "lead"
        if not self.measures:
            return "indicator"
        return "" if self.update else "update"


def trace_of(quote: Any, actor: Actor) -> list[TraceLine]:
    """The lines of an ambition, strongest links first: six queries, however many lines.

    The last status update is the newest accepted one that this actor may see.
    """
    links = list(_links(quote))
    updates = _last_updates([link.intervention_id for link in links], actor)
    lines = [_line(link, updates.get(link.intervention_id)) for link in links]
    lines.sort(key=lambda line: (line.link.strength != LinkStrength.ANSWERS, line.intervention.code))
    if lines:
        lines[-1].last = True
    return lines


def _links(quote: Any) -> Any:
    parties = Involvement.objects.select_related("organisation", "group")
    indicators = InterventionIndicator.objects.order_by("indicator__code").prefetch_related(
        Prefetch(
            "indicator", Indicator.objects.with_latest().prefetch_related("targets")
        )
    )
    interventions = Intervention.objects.live().prefetch_related(
        Prefetch("involvements", parties), Prefetch("indicator_links", indicators)
    )
    return QuoteLink.objects.filter(
        quote=quote, intervention__in=Intervention.objects.live()
    ).prefetch_related(Prefetch("intervention", interventions))


def _last_updates(interventions: list[int], actor: Actor) -> dict[int, StatusUpdate]:
    newest = (
        StatusUpdate.objects.visible_to(actor)
        .accepted()
        .filter(request__intervention__in=interventions)
        .select_related("request__round", "request__organisation")
        .order_by("submitted_at", "pk")
    )
    return {update.request.intervention_id: update for update in newest}


def _line(link: QuoteLink, update: StatusUpdate | None) -> TraceLine:
    parties = list(link.intervention.involvements.all())
    leads = [one for one in parties if one.role == InvolvementRole.LEAD]
    stops = [
        IndicatorStop(one.indicator, _aim(one.indicator))
        for one in link.intervention.indicator_links.all()
    ]
    return TraceLine(
        link=link,
        intervention=link.intervention,
        lead=leads[0] if leads else None,
        others=[one for one in parties if one.role != InvolvementRole.LEAD],
        indicators=stops,
        update=update,
    )


def _aim(indicator: Indicator) -> Target | None:
    """The target that lies furthest ahead."""
    targets = list(indicator.targets.all())
    return targets[-1] if targets else None
