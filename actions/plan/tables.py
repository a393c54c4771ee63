"""The list of interventions."""

from typing import Any

import django_tables2 as tables
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from actions.plan.models import Intervention
from tracker.shared.tables import BaseTable, CodeColumn, ComponentColumn, CountColumn, DateColumn
from tracker.shared.templatetags.markup import delivery_html, light_html


class InterventionTable(BaseTable):
    """One row an intervention: what, under which line, by whom, and how it stands."""

    code = CodeColumn(verbose_name=_("Number"), attrs={"cell": {"class": "narrow"}})
    title = tables.Column(verbose_name=_("Intervention"), attrs={"cell": {"class": "wide plain"}})
    action_line = tables.Column(
        verbose_name=_("Action line"), order_by=("action_line__order", "action_line__code")
    )
    lead = tables.Column(
        verbose_name=_("Lead"), accessor="lead_name", empty_values=(), order_by=("lead_name",)
    )
    stage = tables.Column(verbose_name=_("Stage"))
    delivery_state = ComponentColumn(delivery_html, verbose_name=_("State"))
    traffic_light = ComponentColumn(light_html, verbose_name=_("Light"))
    due_on = DateColumn(verbose_name=_("Finish by"), attrs={"cell": {"class": "narrow"}})
    quotes = CountColumn(
        verbose_name=_("Quotes"), accessor="quote_count", order_by=("quote_count",)
    )

    class Meta(BaseTable.Meta):
        model = Intervention
        fields = (
            "code", "title", "action_line", "lead", "stage", "delivery_state", "traffic_light",
            "due_on", "quotes",
        )  # fmt: skip
        sequence = fields
        empty_text = _("No intervention answers to this filter.")

    def render_lead(self, value: str | None) -> Any:
        return value or format_html('<span class="muted">{}</span>', _("no lead yet"))

    def value_lead(self, value: str | None) -> str:
        return value or ""
