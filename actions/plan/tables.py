"""The lists of interventions and of commitments."""

import datetime
from typing import Any

import django_tables2 as tables
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.html import format_html, format_html_join
from django.utils.translation import gettext_lazy as _

from actions.plan.models import Commitment, Intervention
from tracker.shared.tables import (
    NOTHING,
    BaseTable,
    CodeColumn,
    ComponentColumn,
    CountColumn,
    DateColumn,
)
from tracker.shared.templatetags.markup import delivery_html, light_html
from tracker.shared.templatetags.words import short_day


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


class CommitmentTable(BaseTable):
    """One row a commitment: what was said, by when, by whom, and what answers it."""

    number = CodeColumn(verbose_name=_("Number"), attrs={"cell": {"class": "narrow"}})
    kind = tables.Column(verbose_name=_("Kind"))
    text = tables.Column(verbose_name=_("Text"), attrs={"cell": {"class": "wide plain"}})
    made_on = DateColumn(verbose_name=_("Date"), attrs={"cell": {"class": "narrow"}})
    owner = tables.Column(verbose_name=_("Owner"), order_by=("owner__name",))
    interventions = tables.Column(verbose_name=_("Interventions"), orderable=False)
    state = tables.Column(verbose_name=_("State"))
    due_on = DateColumn(verbose_name=_("Due"), attrs={"cell": {"class": "narrow"}})

    class Meta(BaseTable.Meta):
        model = Commitment
        fields = (
            "number", "kind", "text", "made_on", "owner", "interventions", "state", "due_on",
        )  # fmt: skip
        sequence = fields
        empty_text = _("No commitment answers to this filter.")

    @cached_property
    def today(self) -> datetime.date:
        return timezone.localdate()

    def render_text(self, value: str) -> Any:
        return format_html('<span class="clamp">{}</span>', value)

    def value_text(self, value: str) -> str:
        return value

    def render_owner(self, value: Any) -> Any:
        return format_html('<a href="{}">{}</a>', value.get_absolute_url(), value.short_name)

    def value_owner(self, value: Any) -> str:
        return value.name

    def render_interventions(self, value: Any) -> Any:
        found = [(one.get_absolute_url(), one.title, one.code) for one in value.all()]
        codes = format_html_join(" ", '<a class="tab" href="{}" title="{}">{}</a>', found)
        return format_html('<span class="codes">{}</span>', codes) if codes else NOTHING

    def value_interventions(self, value: Any) -> str:
        return ", ".join(one.code for one in value.all())

    def value_due_on(self, value: datetime.date) -> str:
        return value.isoformat()

    def render_due_on(self, value: datetime.date, record: Commitment) -> Any:
        day = short_day(value)
        if not record.is_late(self.today):
            return day
        return format_html('{} <strong class="block late">{}</strong>', day, _("late"))
