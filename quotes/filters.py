"""The filter above the list of quotes."""

from typing import Any

import django_filters as filters
from django.db import models
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from quotes.models import Anthology, Kind, Quote, QuoteState, Section
from quotes.searching import Sought, sought
from tracker.shared.filters import BaseFilterSet, ChoiceFilter, ModelChoiceFilter


class Show(models.TextChoices):
    """What stands beside the quotes that count."""

    UNSURE = "unsure", _("those to look at again")
    PULL = "pull", _("pull quotes")
    WITHDRAWN = "withdrawn", _("withdrawn quotes")


def _sections(request: Any) -> QuerySet[Section]:
    """The sections, of the chosen anthology when one is chosen."""
    found = Section.objects.visible_to(request.actor).select_related("anthology")
    chosen = request.GET.get("anthology")
    return found.filter(anthology__code=chosen) if chosen else found


class SectionChoice(ModelChoiceFilter.field_class):  # type: ignore[misc]
    """A section by number and title; outside the primary anthology its code stands before it."""

    def label_from_instance(self, section: Section) -> str:
        home = section.anthology
        return str(section) if home.is_primary else f"{home.code}: {section}"


class SectionFilter(ModelChoiceFilter):
    field_class = SectionChoice


class QuoteFilter(BaseFilterSet):
    """By words, kind and section. Without a choice only the quotes that count are listed.

    Which anthology is only asked where there are several. Words bring the most fitting first.
    """

    q = filters.CharFilter(method="by_words", label=_("Search in the quotes"))
    anthology = ChoiceFilter(field_name="anthology__code", label=_("Anthology"))
    kind = ChoiceFilter(choices=Kind.choices, field_name="section__kind", label=_("Kind"))
    section = SectionFilter(queryset=_sections, label=_("Section"))
    show = ChoiceFilter(
        choices=Show.choices, method="by_show", empty_label=_("Quotes that count"), label=_("Show")
    )

    class Meta:
        model = Quote
        fields: list[str] = []

    def __init__(self, data: Any = None, *args: Any, **extra: Any) -> None:
        # An address without a filter is filtered too: it shows only what counts.
        super().__init__({} if data is None else data, *args, **extra)
        self.anthologies = list(
            Anthology.objects.visible_to(self.request.actor).values_list("code", "title")
        )
        if len(self.anthologies) < 2:
            del self.filters["anthology"]
        else:
            named = [(code, f"{code} {title}") for code, title in self.anthologies]
            self.filters["anthology"].extra["choices"] = named

    @property
    def sought(self) -> Sought:
        """What is searched for, to mark it in what was found."""
        return sought(self.form.cleaned_data.get("q") or "")

    def by_words(self, queryset: QuerySet, name: str, value: str) -> QuerySet:
        return queryset.search(value)  # type: ignore[attr-defined]

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
