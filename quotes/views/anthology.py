"""The anthology as a list, and one quote beside its source."""

from typing import Any

from django.db.models import Count, Q
from django.http import Http404
from django.utils.translation import gettext as _

from quotes.excerpt import ExcerptLine, excerpt
from quotes.filters import QuoteFilter
from quotes.importing.readers import clean, decode
from quotes.importing.reading import ImportRefused
from quotes.models import Kind, Quote, SourceFile
from quotes.tables import QuoteTable
from tracker.shared.views import DetailPage, ListPage


class QuoteList(ListPage):
    """Everything that was said, by section."""

    queryset = Quote.objects.with_section().in_reading_order()
    table_class = QuoteTable
    filterset_class = QuoteFilter
    template_name = "quotes/list.html"
    export_name = "anthology"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        counted = Quote.objects.visible_to(self.request.actor).counted()
        totals = counted.aggregate(
            total=Count("pk"),
            ambitions=Count("pk", filter=Q(section__kind=Kind.AMBITION)),
            sections=Count("section", distinct=True),
        )
        return super().get_context_data(**kwargs) | {
            "totals": totals,
            "may_import": self.request.actor.may("quotes.import"),
        }


class QuotePage(DetailPage):
    """One quote: what was said and where, its source beside it, and what apps downstream add."""

    queryset = Quote.objects.with_section()
    template_name = "quotes/detail.html"
    context_object_name = "quote"
    panels_page = "quotes.quote"

    def get_object(self, queryset: Any = None) -> Quote:
        found = self.get_queryset().by_reference(self.kwargs["reference"]).first()
        if found is None:
            raise Http404(_("There is no quote of that reference."))
        return found

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        related = Quote.objects.visible_to(self.request.actor).with_section()
        return super().get_context_data(**kwargs) | {
            "related": in_words(self.object, related.related_to(self.object).in_reading_order()),
            "lines": source_lines(self.object),
        }


def in_words(quote: Quote, others: Any) -> list[dict[str, Any]]:
    """The related quotes, each with the word for how it relates."""
    return [{"quote": other, "relation": _relation(quote, other)} for other in others]


def _relation(quote: Quote, other: Quote) -> str:
    if other.pull_quote_of_id == quote.pk:
        return _("repeated as a pull quote")
    words = {
        quote.pull_quote_of_id: _("a pull quote of this one"),
        quote.merged_into_id: _("merged into this one"),
        quote.split_from_id: _("split from this one"),
        quote.returns_from_id: _("returns from an earlier edition"),
    }
    if other.pk in words:
        return words[other.pk]
    if other.merged_into_id == quote.pk:
        return _("was merged into this quote")
    if other.split_from_id == quote.pk:
        return _("was split from this quote")
    if other.returns_from_id == quote.pk:
        return _("returns in a later edition")
    return _("the same words also stand here")


def source_lines(quote: Quote) -> list[ExcerptLine]:
    """The lines of the source around the quote; empty when the file or its lines are not known."""
    source = quote.source_file
    if source is None or quote.line_start is None:
        return []
    return excerpt(_text(source), quote.line_start, quote.line_end or quote.line_start)


def _text(source: SourceFile) -> str:
    try:
        with source.file.open("rb") as stream:
            return clean(decode(stream.read(), source.name))
    except (OSError, ValueError, ImportRefused):
        return ""  # the page then says that the source cannot be shown
