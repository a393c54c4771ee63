"""The whole way of one ambition: quote → intervention → lead → indicator → last status update."""

from collections import defaultdict
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.db.models import Exists, F, OuterRef, Prefetch, QuerySet

from actions.indicators.models import Direction, Indicator
from actions.indicators.wording import figure
from actions.monitoring.models import StatusUpdate
from actions.plan.models import (
    Involvement,
    InvolvementRole,
    LinkStrength,
    QuoteLink,
)
from actions.reports.models.ambition import reported_interventions
from tracker.shared.access import Actor


@dataclass
class IndicatorStop:
    """An indicator on the way, with what it was, is and should become."""

    indicator: Any

    @property
    def measures(self) -> bool:
        """Whether it can tell: it has a target, or is meant to be interpreted."""
        return self.indicator.aim_value is not None or self.interpreted

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
        return self._figure(self.indicator.aim_value)

    def _figure(self, value: Decimal | None) -> str:
        return "" if value is None else figure(value, self.indicator)


@dataclass
class TraceLine:
    """One intervention of the ambition, and how far its line runs without a gap."""

    link: QuoteLink
    intervention: Any
    lead: Involvement | None
    others: list[Involvement]
    indicators: list[IndicatorStop]
    update: StatusUpdate | None

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
        return "" if self.update or self.unpublished else "update"

    @property
    def unpublished(self) -> bool:
        """An answer was accepted that this reader may not read before the report is sent."""
        return self.update is None and self.intervention.state_accepted_on is not None

    @property
    def silent(self) -> bool:
        """Every station is there, and yet the last closed report round had no accepted answer."""
        return not self.gap and not self.link.is_reported  # type: ignore[attr-defined]


def trace_of(quote: Any, actor: Actor) -> list[TraceLine]:
    """The lines of an ambition, strongest links first: four queries, however many lines.

    The last status update is the newest accepted one of the lead that this actor may see; where
    the lead said nothing, that of another organisation that reports.
    """
    links = list(_links(quote))
    interventions = [link.intervention_id for link in links]
    stops, updates = _stops(interventions), _last_updates(interventions, actor)
    lines = [
        _line(link, stops[link.intervention_id], updates.get(link.intervention_id))
        for link in links
    ]
    lines.sort(
        key=lambda line: (line.link.strength != LinkStrength.ANSWERS, line.intervention.code)
    )
    return lines


def _links(quote: Any) -> QuerySet[QuoteLink]:
    parties = Involvement.objects.select_related("organisation", "group")
    return (
        QuoteLink.objects.live()
        .filter(quote=quote)
        .annotate(is_reported=Exists(reported_interventions().filter(pk=OuterRef("intervention"))))
        .select_related("intervention")
        .prefetch_related(Prefetch("intervention__involvements", parties))
    )


def _stops(interventions: list[int]) -> dict[int, list[IndicatorStop]]:
    """The indicators of each intervention, in the order of their codes."""
    found = (
        Indicator.objects.with_latest()
        .with_aim()
        .filter(intervention_links__intervention__in=interventions)
        .annotate(of=F("intervention_links__intervention"))
        .order_by("code", "pk")
    )
    stops: dict[int, list[IndicatorStop]] = defaultdict(list)
    for indicator in found:
        stops[indicator.of].append(IndicatorStop(indicator))
    return stops


def _last_updates(interventions: list[int], actor: Actor) -> dict[int | None, StatusUpdate]:
    found = (
        StatusUpdate.objects.visible_to(actor)
        .accepted()
        .filter(request__intervention__in=interventions)
        .select_related("request__round", "request__organisation")
        .the_leads_word_first()
    )
    last: dict[int | None, StatusUpdate] = {}
    for update in found:
        last.setdefault(update.request.intervention_id, update)
    return last


def _line(
    link: QuoteLink, indicators: list[IndicatorStop], update: StatusUpdate | None
) -> TraceLine:
    parties = list(link.intervention.involvements.all())
    leads = [one for one in parties if one.role == InvolvementRole.LEAD]
    return TraceLine(
        link=link,
        intervention=link.intervention,
        lead=leads[0] if leads else None,
        others=[one for one in parties if one.role != InvolvementRole.LEAD],
        indicators=indicators,
        update=update,
    )
