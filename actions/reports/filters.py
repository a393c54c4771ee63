"""The filter above the list of ambitions."""

from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from actions.organisations.models import Organisation
from actions.plan.models import QuoteLink
from actions.reports.models import Ambition, CoverageState
from quotes.models import Section
from tracker.shared.filters import BaseFilterSet, ChoiceFilter, ModelChoiceFilter, SearchFilter


def _sections(request: Any) -> QuerySet[Section]:
    return Section.objects.ambitions().exclude(quotes=None).select_related("anthology").distinct()


def _leads(request: Any) -> QuerySet[Organisation]:
    return Organisation.objects.filter(involvements__role="lead").distinct()


class AmbitionFilter(BaseFilterSet):
    """By words, section, coverage and lead."""

    q = SearchFilter("text", "reference", label=_("Search in the quote"))
    section = ModelChoiceFilter(
        queryset=_sections, field_name="section", to_field_name="number", label=_("Section")
    )
    coverage = ChoiceFilter(choices=CoverageState.choices, label=_("Coverage"))
    lead = ModelChoiceFilter(queryset=_leads, method="by_lead", label=_("Lead"))

    class Meta:
        model = Ambition
        fields: list[str] = []

    def by_lead(self, queryset: QuerySet, name: str, value: Organisation) -> QuerySet:
        """Ambitions with a linked intervention that this organisation leads."""
        led = value.involvements.filter(role="lead").values("intervention")
        links = QuoteLink.objects.filter(intervention__in=led)
        return queryset.filter(pk__in=links.values("quote"))


