"""The filter above the list of ambitions."""

from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from actions.organisations.models import Organisation
from actions.plan.models import QuoteLink
from actions.reports.coverage import Coverage
from actions.reports.models import Ambition, CoverageState
from tracker.shared.filters import BaseFilterSet, ChoiceFilter, ModelChoiceFilter, SearchFilter


def _leads(request: Any) -> QuerySet[Organisation]:
    return Organisation.objects.filter(involvements__role="lead").distinct()


class AmbitionFilter(BaseFilterSet):
    """By words, section, coverage and lead."""

    q = SearchFilter("text", "reference", label=_("Search in the quote"))
    section = ChoiceFilter(method="by_section", label=_("Section"))
    coverage = ChoiceFilter(choices=CoverageState.choices, label=_("Coverage"))
    lead = ModelChoiceFilter(queryset=_leads, method="by_lead", label=_("Lead"))

    class Meta:
        model = Ambition
        fields: list[str] = []

    def __init__(self, *args: Any, coverage: Coverage, **kwargs: Any) -> None:
        """The choices of sections are those that were counted: no query of their own."""
        super().__init__(*args, **kwargs)
        sections = [(section.key, str(section)) for section in coverage.sections]
        self.filters["section"].extra["choices"] = sections

    def by_section(self, queryset: QuerySet, name: str, value: str) -> QuerySet:
        """A section by the key that stands in the address: '4.12' or 'BL2:4.12'."""
        return queryset.in_section(value)

    def by_lead(self, queryset: QuerySet, name: str, value: Organisation) -> QuerySet:
        """Ambitions with a linked intervention that this organisation leads."""
        led = value.involvements.filter(role="lead").values("intervention")
        links = QuoteLink.objects.filter(intervention__in=led)
        return queryset.filter(pk__in=links.values("quote"))
