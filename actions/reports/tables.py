"""The list of ambitions with how far each has come."""

from typing import Any

import django_tables2 as tables
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from actions.plan.models import TrafficLight
from actions.reports.models import Ambition, CoverageState
from tracker.shared.tables import BaseTable, CodeColumn, CountColumn
from tracker.shared.templatetags.markup import light_html, rail_html

WORST_FIRST = (
    TrafficLight.OFF_TRACK,
    TrafficLight.AT_RISK,
    TrafficLight.NOT_RATED,
    TrafficLight.ON_TRACK,
)


class AmbitionTable(BaseTable):
    """One row an ambition: what it says, how far it came, who owns it, how it stands."""

    reference = CodeColumn(
        verbose_name=gettext_lazy("Number"),
        order_by=("anthology", "section__order", "reference_number"),
        accessor="full_reference",
        attrs={"cell": {"class": "narrow"}},
    )
    text = tables.Column(verbose_name=gettext_lazy("Ambition"), attrs={"cell": {"class": "wide"}})
    coverage = tables.Column(verbose_name=gettext_lazy("Coverage"))
    interventions = CountColumn(
        verbose_name=gettext_lazy("Interventions"), accessor="live_links", order_by=("live_links",)
    )
    lead = tables.Column(
        verbose_name=gettext_lazy("Lead"), accessor="live", orderable=False, empty_values=()
    )
    last_state = tables.Column(
        verbose_name=gettext_lazy("Last state"), accessor="live", orderable=False, empty_values=()
    )

    class Meta(BaseTable.Meta):
        model = Ambition
        fields = ("reference", "text", "coverage", "interventions", "lead", "last_state")
        sequence = fields

    def render_text(self, value: str) -> Any:
        return format_html('<span class="clamp">{}</span>', value)

    def value_text(self, value: str) -> str:
        return value

    def render_coverage(self, value: str, record: Any) -> Any:
        if value == CoverageState.UNCOVERED and record.proposed_aside:
            note = _("proposed to set aside")
            return format_html('{}<span class="small muted">{}</span>', rail_html(value), note)
        return rail_html(value)

    def value_coverage(self, value: str) -> str:
        return str(CoverageState(value).label)

    def value_lead(self, value: Any, record: Any) -> str:
        if record.coverage == CoverageState.DUPLICATE:
            return _("see %(reference)s") % {"reference": record.disposition.duplicate_of.reference}
        if not value:
            return "–"
        names = dict.fromkeys(link.lead_name for link in value)
        return ", ".join(name or _("no lead yet") for name in names)

    def render_lead(self, value: Any, record: Any) -> str:
        return self.value_lead(value, record)

    def value_last_state(self, value: Any) -> str:
        light = worst_light(value)
        return str(TrafficLight(light).label) if light else ""

    def render_last_state(self, value: Any) -> Any:
        return light_html(worst_light(value))


def worst_light(links: Any) -> str | None:
    """The worst accepted traffic light among the linked interventions; None before any answer."""
    lights = {
        link.intervention.traffic_light for link in links if link.intervention.state_accepted_on
    }
    return next((light for light in WORST_FIRST if light in lights), None)
