"""The lists: ambitions with how far each has come, decisions, and reports."""

from typing import Any

import django_tables2 as tables
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from actions.monitoring.models import MonitoringRound
from actions.plan.models import TrafficLight
from actions.reports.models import Ambition, CoverageState, Decision, ReportState
from tracker.shared.tables import BaseTable, CodeColumn, CountColumn, DateColumn
from tracker.shared.templatetags.markup import light_html, rail_html

WORST_FIRST = (
    TrafficLight.OFF_TRACK,
    TrafficLight.AT_RISK,
    TrafficLight.NOT_RATED,
    TrafficLight.ON_TRACK,
)
NARROW = {"cell": {"class": "tab"}}


class AmbitionTable(BaseTable):
    """One row an ambition: what it says, how far it came, who owns it, how it stands."""

    reference = CodeColumn(
        verbose_name=gettext_lazy("Number"),
        order_by=("anthology", "section__order", "reference_number"),
        accessor="full_reference",
        attrs={"cell": {"class": "narrow"}},
    )
    text = tables.Column(
        verbose_name=gettext_lazy("Ambition"), attrs={"cell": {"class": "wide plain"}}
    )
    coverage = tables.Column(
        verbose_name=gettext_lazy("Coverage"), attrs={"cell": {"class": "coverage-cell"}}
    )
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


class DecisionTable(BaseTable):
    """One row a decision: what is asked about what, and what became of it."""

    question = tables.Column(
        verbose_name=gettext_lazy("Question"), linkify=True, attrs={"cell": {"class": "wide plain"}}
    )
    about = tables.Column(
        verbose_name=gettext_lazy("About"),
        accessor="subject",
        order_by=("subject_code",),
        empty_values=(),
    )
    state = tables.Column(verbose_name=gettext_lazy("State"))
    asked_on = DateColumn(verbose_name=gettext_lazy("Asked on"), attrs=NARROW)
    decided_on = DateColumn(verbose_name=gettext_lazy("Decided on"), attrs=NARROW)
    meeting = tables.Column(verbose_name=gettext_lazy("Meeting"))
    carried_out_by = tables.Column(
        verbose_name=gettext_lazy("Carrying out"), order_by=("carried_out_by__name",)
    )
    carry_out_by = DateColumn(verbose_name=gettext_lazy("Before"), attrs=NARROW)
    effect_check_on = DateColumn(verbose_name=gettext_lazy("Effect checked on"), attrs=NARROW)

    class Meta(BaseTable.Meta):
        model = Decision
        fields = (
            "question", "about", "state", "asked_on", "decided_on", "meeting", "carried_out_by",
            "carry_out_by", "effect_check_on",
        )  # fmt: skip
        sequence = fields
        empty_text = gettext_lazy("No decision answers to this filter.")

    def render_about(self, record: Decision) -> Any:
        code = record.subject_code  # type: ignore[attr-defined]
        if not record.subject_url:
            return str(record.subject)
        link = '<a class="tab" href="{}" title="{}">{}</a>'
        return format_html(link, record.subject_url, record.subject, code)

    def value_about(self, record: Decision) -> str:
        return str(record.subject)

    def render_carried_out_by(self, value: Any) -> str:
        return value.short_name

    def value_carried_out_by(self, value: Any) -> str:
        return str(value)


class ReportTable(BaseTable):
    """One row a report round: what its answers are, and how far its report is."""

    round = tables.Column(
        verbose_name=gettext_lazy("Round"),
        accessor="name",
        linkify=("reports:report", {"pk": tables.A("pk")}),
        attrs={"cell": {"class": "wide"}},
    )
    period_end = DateColumn(verbose_name=gettext_lazy("Reference date"), attrs=NARROW)
    closed_at = DateColumn(verbose_name=gettext_lazy("Closed"), attrs=NARROW)
    asked = CountColumn(verbose_name=gettext_lazy("Asked"))
    accepted = CountColumn(verbose_name=gettext_lazy("Accepted"))
    state = tables.Column(
        verbose_name=gettext_lazy("Report"), accessor="report__state", empty_values=()
    )
    adopted_on = DateColumn(
        verbose_name=gettext_lazy("Adopted on"), accessor="report__adopted_on", attrs=NARROW
    )
    sent_on = DateColumn(
        verbose_name=gettext_lazy("Sent on"), accessor="report__sent_on", attrs=NARROW
    )
    document_number = tables.Column(
        verbose_name=gettext_lazy("Document number"),
        accessor="report__document_number",
        attrs={"cell": {"class": "tab"}},
    )

    class Meta(BaseTable.Meta):
        model = MonitoringRound
        fields = (
            "round", "period_end", "closed_at", "asked", "accepted", "state", "adopted_on",
            "sent_on", "document_number",
        )  # fmt: skip
        sequence = fields
        empty_text = gettext_lazy("No report answers to this filter.")

    def render_state(self, record: Any) -> Any:
        return self.value_state(record)

    def value_state(self, record: Any) -> str:
        report = getattr(record, "report", None)
        return str(ReportState(report.state).label) if report else _("not started")
