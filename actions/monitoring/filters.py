"""What a list can be narrowed by."""

import datetime
from collections.abc import Mapping
from typing import Any

from django.db.models import QuerySet, TextChoices
from django.utils.translation import gettext_lazy as _

from actions.monitoring.models import (
    MonitoringRound,
    OutgoingMail,
    RoundKind,
    RoundState,
    StatusUpdate,
)
from actions.organisations.models import Organisation, OrganisationGroup, OrganisationKind
from actions.plan.models import ActionLine, TrafficLight
from tracker.shared.filters import BaseFilterSet, ChoiceFilter, ModelChoiceFilter, SearchFilter


class RoundFilter(BaseFilterSet):
    q = SearchFilter("name", "intro")
    state = ChoiceFilter(label=_("State"), choices=RoundState.choices)
    kind = ChoiceFilter(label=_("Kind"), choices=RoundKind.choices)

    class Meta:
        model = MonitoringRound
        fields: tuple[str, ...] = ()


class MailFilter(BaseFilterSet):
    q = SearchFilter("recipient", "subject", "user__full_name")

    class Meta:
        model = OutgoingMail
        fields: tuple[str, ...] = ()


URGENT = "urgent"  # in the place of a round: asked outside any
# How the queue of the office is narrowed, by what of a row.
NARROWED_BY = {
    "round": "request__round",
    "line": "request__intervention__action_line",
    "light": "traffic_light",
    "organisation": "request__organisation",
}


def narrowing(given: Mapping[str, str]) -> dict[str, str]:
    """What of an address narrows the queue: it goes along while one judges."""
    return {name: given[name] for name in NARROWED_BY if given.get(name)}


class ReviewFilter(BaseFilterSet):
    """What waits for the office, by round, action line, light and organisation. The choices are
    read once, so that a choice costs no query more."""

    round = ChoiceFilter(label=_("Round"), method="by_round", choices=())
    line = ChoiceFilter(label=_("Action line"), field_name=NARROWED_BY["line"], choices=())
    light = ChoiceFilter(
        label=_("Light"), field_name=NARROWED_BY["light"], choices=TrafficLight.choices
    )
    organisation = ChoiceFilter(
        label=_("Organisation"), field_name=NARROWED_BY["organisation"], choices=()
    )

    class Meta:
        model = StatusUpdate
        fields: tuple[str, ...] = ()

    def __init__(self, *args: Any, **extra: Any) -> None:
        super().__init__(*args, **extra)
        opened = MonitoringRound.objects.filter(state=RoundState.OPEN).values_list("pk", "name")
        lines = ActionLine.objects.values_list("pk", "title")
        asked = Organisation.objects.filter(requests__round__state=RoundState.OPEN)
        organisations = asked.order_by("name", "pk").distinct().values_list("pk", "name")
        self._offer("round", [*_as_text(opened), (URGENT, _("urgent requests"))])
        self._offer("line", _as_text(lines))
        self._offer("organisation", _as_text(organisations))

    def _offer(self, name: str, choices: list[tuple[str, Any]]) -> None:
        self.filters[name].extra["choices"] = choices

    def by_round(self, queryset: QuerySet, name: str, value: str) -> QuerySet:
        return queryset.filter(request__round=None if value == URGENT else value)


def _as_text(pairs: Any) -> list[tuple[str, Any]]:
    return [(str(pk), name) for pk, name in pairs]


class Debt(TextChoices):
    OWES = "owes", _("owes an answer")
    LATE = "late", _("is late")


class Existence(TextChoices):
    ENDED = "ended", _("ended or merged")
    ALL = "all", _("all there ever were")


class OrganisationFilter(BaseFilterSet):
    """By words, kind, group and what is owed; without a choice those that exist now."""

    q = SearchFilter("name", "abbreviation", "region", label=_("Search in the organisation"))
    kind = ChoiceFilter(choices=OrganisationKind.choices, label=_("Kind"))
    group = ModelChoiceFilter(
        queryset=OrganisationGroup.objects.all(), method="by_group", label=_("Group")
    )
    debt = ChoiceFilter(choices=Debt.choices, method="by_debt", label=_("Answers"))
    exists = ChoiceFilter(
        choices=Existence.choices, method="by_existence", label=_("Exists"), empty_label=_("now")
    )

    class Meta:
        model = Organisation
        fields: tuple[str, ...] = ()

    def __init__(self, *args: Any, today: datetime.date, with_debts: bool, **extra: Any) -> None:
        """What is owed can only be asked by who may see it."""
        super().__init__(*args, **extra)
        self.today = today
        if not with_debts:
            del self.filters["debt"]

    def filter_queryset(self, queryset: QuerySet) -> QuerySet:
        found = super().filter_queryset(queryset)
        return found if self.form.cleaned_data.get("exists") else found.current(self.today)

    def by_group(self, queryset: QuerySet, name: str, value: OrganisationGroup) -> QuerySet:
        members = value.memberships.on(self.today).values("organisation")
        return queryset.filter(pk__in=members)

    def by_debt(self, queryset: QuerySet, name: str, value: str) -> QuerySet:
        return queryset.filter(**{"late_count__gt" if value == Debt.LATE else "owed_count__gt": 0})

    def by_existence(self, queryset: QuerySet, name: str, value: str) -> QuerySet:
        if value == Existence.ALL:
            return queryset
        return queryset.exclude(pk__in=Organisation.objects.current(self.today).values("pk"))
