"""The filter above the list of indicators."""

from django.db import models
from django.db.models import Exists, OuterRef, QuerySet
from django.utils.translation import gettext_lazy as _

from actions.indicators.models import Direction, Indicator, Level, Measurement
from tracker.shared.filters import BaseFilterSet, ChoiceFilter, SearchFilter


class Measured(models.TextChoices):
    YES = "yes", _("measured")
    NO = "no", _("no measurement")


class IndicatorFilter(BaseFilterSet):
    """By words, level, direction, and whether anything was measured."""

    q = SearchFilter("name", "code", "definition", label=_("Search in the indicator"))
    level = ChoiceFilter(choices=Level.choices, label=_("Level"))
    direction = ChoiceFilter(choices=Direction.choices, label=_("Direction"))
    measured = ChoiceFilter(choices=Measured.choices, method="by_measured", label=_("Measurement"))

    class Meta:
        model = Indicator
        fields: list[str] = []

    def by_measured(self, queryset: QuerySet, name: str, value: str) -> QuerySet:
        measured = Exists(Measurement.objects.filter(indicator=OuterRef("pk")))
        return queryset.filter(measured if value == Measured.YES else ~measured)
