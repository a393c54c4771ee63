"""Base filterset: free text first, choices with 'all' as their empty answer."""

from typing import Any

import django_filters as filters
from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

MOST_WORDS = 20  # more only makes the query longer than a database takes


class SearchFilter(filters.CharFilter):
    """Free text: every word must occur in at least one of the named fields."""

    def __init__(self, *fields: str, **extra: Any) -> None:
        extra.setdefault("label", _("Search"))
        super().__init__(method=self._search, **extra)
        self.fields = fields

    def _search(self, queryset: QuerySet, name: str, value: str) -> QuerySet:
        for word in value.split()[:MOST_WORDS]:
            hit = Q()
            for field in self.fields:
                hit |= Q(**{f"{field}__icontains": word})
            queryset = queryset.filter(hit)
        return queryset


class ChoiceFilter(filters.ChoiceFilter):
    """One choice out of TextChoices; empty means all."""

    def __init__(self, *args: Any, **extra: Any) -> None:
        extra.setdefault("empty_label", _("All"))
        super().__init__(*args, **extra)


class ModelChoiceFilter(filters.ModelChoiceFilter):
    """One object; empty means all."""

    def __init__(self, *args: Any, **extra: Any) -> None:
        extra.setdefault("empty_label", _("All"))
        super().__init__(*args, **extra)


class BaseFilterSet(filters.FilterSet):
    """Filters over a queryset; the page shows what is chosen in words with a way back."""

    def chosen(self) -> list[str]:
        """What is filtered on, in words, for the line under the filter."""
        if not self.form.is_valid():
            return []
        words = []
        for name, field in self.form.fields.items():
            value = self.form.cleaned_data.get(name)
            if value not in (None, ""):
                choices = dict(getattr(field, "choices", ())) if isinstance(value, str) else {}
                words.append(str(choices.get(value, value)))
        return words
