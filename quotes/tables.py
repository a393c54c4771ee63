"""The list of quotes."""

from typing import Any

import django_tables2 as tables
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from quotes.models import Quote
from tracker.shared.tables import BaseTable, CodeColumn, CountColumn


class QuoteTable(BaseTable):
    """One row a quote: its reference, what was said, under which heading, on which page."""

    reference = CodeColumn(
        verbose_name=_("Number"),
        accessor="full_reference",
        order_by=("anthology", "section__order", "reference_number"),
        attrs={"cell": {"class": "narrow"}},
    )
    text = tables.Column(verbose_name=_("Quote"), attrs={"cell": {"class": "wide plain"}})
    kind = tables.Column(
        verbose_name=_("Kind"), accessor="section__kind", attrs={"cell": {"class": "narrow"}}
    )
    section = tables.Column(
        verbose_name=_("Section"), accessor="section", order_by=("section__order",)
    )
    page = CountColumn(verbose_name=_("Page"))

    class Meta(BaseTable.Meta):
        model = Quote
        fields = ("reference", "text", "kind", "section", "page")
        sequence = fields
        empty_text = _("No quote answers to this filter.")

    def render_text(self, value: str) -> Any:
        return format_html('<span class="clamp">{}</span>', value)

    def value_text(self, value: str) -> str:
        return value
