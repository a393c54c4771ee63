"""The anthology as a list, and one quote beside its source."""

from typing import Any

from django.conf import settings
from django.db.models import Count, Q
from django.http import Http404
from django.utils.translation import gettext as _

from quotes.citation import Cited, citation
from quotes.desk import sheets
from quotes.excerpt import Claim, PageLine, page_lines
from quotes.filters import QuoteFilter
from quotes.history import entries
from quotes.models import ASKS_FOR_AN_EYE, Kind, Quote, QuoteRevision
from quotes.places import Place, also_stands
from quotes.sources import PDF, text_of
from quotes.tables import QuoteTable
from tracker.shared.views import DetailPage, ListPage


class QuoteList(ListPage):
    """Everything that was said, by section."""

    queryset = Quote.objects.with_section().with_twins().in_reading_order()
    table_class = QuoteTable
    filterset_class = QuoteFilter
    template_name = "quotes/list.html"
    export_name = "anthology"

    def get_table(self, **kwargs: Any) -> QuoteTable:
        table = super().get_table(**kwargs)
        table.sought = self.filterset.sought
        return table

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        counted = Quote.objects.visible_to(self.request.actor).counted()
        totals = counted.aggregate(
            total=Count("pk"),
            ambitions=Count("pk", filter=Q(section__kind=Kind.AMBITION)),
            sections=Count("section", distinct=True),
            to_review=Count("pk", filter=ASKS_FOR_AN_EYE),
        )
        office = self.request.actor.may("quotes.import")
        return super().get_context_data(**kwargs) | {
            "totals": totals,
            "may_compare": office and len(self.filterset.anthologies) > 1,
            "may_import": office,
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
        visible = Quote.objects.visible_to(self.request.actor).with_section()
        related = list(visible.related_to(self.object).in_reading_order())
        return super().get_context_data(**kwargs) | {
            "related": in_words(self.object, related),
            "also": also_stands([place_of(one) for one in related if says_same(self.object, one)]),
            "citation": citation(cited(self.object)),
            "lines": source_lines(self.object),
            "sheets": sheets([self.object]) if _is_pdf(self.object) else [],
            "history": entries(QuoteRevision.objects.history_of(self.object)),
            "corrects": self.request.actor.may("quotes.import"),
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


def says_same(quote: Quote, other: Quote) -> bool:
    """Whether both say the same in one anthology, the one not being the other's pull quote."""
    return (
        quote.anthology_id == other.anthology_id
        and quote.fingerprint == other.fingerprint
        and other.counts
    )


def place_of(quote: Quote) -> Place:
    return Place(quote.page or 0, quote.section.number)


def cited(quote: Quote) -> Cited:
    """What the citation of a quote names; its address is the permanent one."""
    return Cited(
        title=quote.anthology.title,
        publisher=quote.anthology.publisher,
        published_on=quote.anthology.published_on,
        section_number=quote.section.number,
        section_title=quote.section.title,
        page=quote.page,
        reference=quote.full_reference,
        address=settings.SPOOR_BASE_URL + quote.get_absolute_url(),
    )


def source_lines(quote: Quote) -> list[PageLine]:
    """The lines of the source around the quote, its own words apart from those of other columns.

    Empty when the file or its lines are not known.
    """
    source, first = quote.source_file, quote.line_start
    if source is None or first is None:
        return []
    claim = Claim(quote.pk, quote.text, first, quote.line_end or first)
    return page_lines(text_of(source), [claim])


def _is_pdf(quote: Quote) -> bool:
    return quote.source_file is not None and quote.source_file.media_type == PDF
