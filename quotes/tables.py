"""The list of quotes."""

import django_tables2 as tables
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext_lazy as _

from quotes.highlighting import Piece, from_first_hit, pieces
from quotes.models import Quote
from quotes.places import also_stands
from quotes.searching import Sought
from tracker.shared.tables import BaseTable, CodeColumn, CountColumn

_MARK = {True: (mark_safe("<mark>"), mark_safe("</mark>")), False: ("", "")}


class QuoteTable(BaseTable):
    """One row a quote: its reference, what was said, under which heading, on which page.

    `sought` is marked in what was said. Needs `with_twins`: where else the same words stand.
    """

    sought = Sought()

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

    def render_text(self, value: str, record: Quote) -> SafeString:
        said = marked(from_first_hit(pieces(value, self.sought)))
        also = also_stands(record.twins)
        note = format_html('<span class="also">{}</span>', also) if also else ""
        return format_html('<span class="clamp">{}</span>{}', said, note)

    def value_text(self, value: str) -> str:
        return value


def marked(found: list[Piece]) -> SafeString:
    """Pieces of text as HTML: a hit is marked, and what looks like a tag is text."""
    return format_html_join(
        "", "{}{}{}", ((_MARK[one.hit][0], one.text, _MARK[one.hit][1]) for one in found)
    )
