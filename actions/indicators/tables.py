"""The list of indicators."""

import datetime
from typing import Any

import django_tables2 as tables
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from actions.indicators.judgement import Point
from actions.indicators.models import Indicator
from actions.indicators.wording import figure, judge, state_word
from tracker.shared.tables import BaseTable, CodeColumn, CountColumn, DateColumn


class IndicatorTable(BaseTable):
    """One row an indicator: what, the last figure, and what that says."""

    code = CodeColumn(verbose_name=_("Number"), attrs={"cell": {"class": "narrow"}})
    name = tables.Column(verbose_name=_("Indicator"), attrs={"cell": {"class": "wide plain"}})
    level = tables.Column(verbose_name=_("Level"))
    direction = tables.Column(verbose_name=_("Direction"), attrs={"td": {"class": "nowrap"}})
    latest = tables.Column(
        verbose_name=_("Last value"),
        accessor="latest_value",
        order_by=("latest_value",),
        empty_values=(),
        attrs={"cell": {"class": "num"}},
    )
    unit = tables.Column(verbose_name=_("Unit"), orderable=False)
    until = DateColumn(
        verbose_name=_("Period until"),
        accessor="latest_end",
        order_by=("latest_end",),
        attrs={"td": {"class": "nowrap"}},
    )
    state = tables.Column(
        verbose_name=_("State"), accessor="pk", orderable=False, attrs={"cell": {"class": "plain"}}
    )
    interventions = CountColumn(
        verbose_name=_("Interventions"),
        accessor="intervention_count",
        order_by=("intervention_count",),
    )

    class Meta(BaseTable.Meta):
        model = Indicator
        fields = (
            "code", "name", "level", "direction", "latest", "unit", "until", "state",
            "interventions",
        )  # fmt: skip
        sequence = fields
        empty_text = _("No indicator answers to this filter.")

    @cached_property
    def today(self) -> datetime.date:
        return timezone.localdate()

    def render_latest(self, value: Any, record: Indicator) -> Any:
        if value is None:
            return "–"
        number = figure(value, record).removesuffix(record.unit).strip()
        if record.latest_status == "provisional":  # type: ignore[attr-defined]
            return format_html('{} <span class="tiny muted">{}</span>', number, _("provisional"))
        return number

    def value_latest(self, value: Any) -> Any:
        return None if value is None else float(value)

    def render_state(self, record: Any) -> str:
        last = Point(record.latest_end, record.latest_value) if record.latest_end else None
        return state_word(judge(record, last, record.targets.all(), self.today))
