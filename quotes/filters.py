"""The filter above the list of quotes."""

from typing import Any

from django.db import models
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from quotes.models import Kind, Quote, QuoteState, Section
from tracker.shared.filters import BaseFilterSet, ChoiceFilter, ModelChoiceFilter, SearchFilter


class Show(models.TextChoices):
    """What stands beside the quotes that count."""

    UNSURE = "unsure", _("those to look at again")
    PULL = "pull", _("pull quotes")
    WITHDRAWN = "withdrawn", _("withdrawn quotes")


def _sections(request: Any) -> QuerySet[Section]:
    return Section.objects.visible_to(request.actor).select_related("anthology")


class QuoteFilter(BaseFilterSet):
    """By words, kind and section. Without a choice only the quotes that count are listed."""

    q = SearchFilter("text", "reference", label=_("Search in the quote"))
    kind = ChoiceFilter(choices=Kind.choices, field_name="section__kind", label=_("Kind"))
    section = ModelChoiceFilter(queryset=_sections, label=_("Section"))
    show = ChoiceFilter(
        choices=Show.choices, method="by_show", empty_label=_("Quotes that count"), label=_("Show")
    )

    class Meta:
        model = Quote
        fields: list[str] = []

    def __init__(self, data: Any = None, *args: Any, **extra: Any) -> None:
        # An address without a filter is filtered too: it shows only what counts.
        super().__init__({} if data is None else data, *args, **extra)

    def by_show(self, queryset: QuerySet, name: str, value: str) -> QuerySet:
        """Those to look at again are the ones that wait in the review."""
        if value == Show.PULL:
            return queryset.exclude(pull_quote_of=None).exclude(state=QuoteState.WITHDRAWN)
        if value == Show.WITHDRAWN:
            return queryset.filter(state=QuoteState.WITHDRAWN)
        return queryset.to_review()  # type: ignore[attr-defined]

    def filter_queryset(self, queryset: QuerySet) -> QuerySet:
        found = super().filter_queryset(queryset)
        return found if self.form.cleaned_data.get("show") else found.counted()
