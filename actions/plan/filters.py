"""The filters above the lists of interventions and of commitments."""

from typing import Any

from django.db.models import QuerySet, TextChoices
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from actions.organisations.models import Organisation
from actions.plan.models import (
    ActionLine,
    Commitment,
    CommitmentKind,
    CommitmentState,
    DeliveryState,
    Intervention,
    Stage,
    TrafficLight,
)
from tracker.shared.filters import BaseFilterSet, ChoiceFilter, ModelChoiceFilter, SearchFilter


def _lines(request: Any) -> QuerySet[ActionLine]:
    return ActionLine.objects.visible_to(request.actor)


def _leads(request: Any) -> QuerySet[Organisation]:
    led = Organisation.objects.visible_to(request.actor).filter(involvements__role="lead")
    return led.distinct()


class InterventionFilter(BaseFilterSet):
    """By words, action line, lead, stage, state and traffic light."""

    q = SearchFilter("title", "code", "description", label=_("Search in the intervention"))
    line = ModelChoiceFilter(queryset=_lines, field_name="action_line", label=_("Action line"))
    lead = ModelChoiceFilter(queryset=_leads, method="by_lead", label=_("Lead"))
    stage = ChoiceFilter(choices=Stage.choices, label=_("Stage"))
    state = ChoiceFilter(
        choices=DeliveryState.choices, field_name="delivery_state", label=_("State")
    )
    light = ChoiceFilter(choices=TrafficLight.choices, field_name="traffic_light", label=_("Light"))

    class Meta:
        model = Intervention
        fields: list[str] = []

    def by_lead(self, queryset: QuerySet, name: str, value: Organisation) -> QuerySet:
        return queryset.filter(pk__in=value.involvements.filter(role="lead").values("intervention"))


class Due(TextChoices):
    LATE = "late", _("late")


def _owners(request: Any) -> QuerySet[Organisation]:
    visible = Organisation.objects.visible_to(request.actor)
    return visible.filter(commitments__isnull=False).distinct()


class CommitmentFilter(BaseFilterSet):
    """By words, kind, state, owner, and whether it is late."""

    q = SearchFilter("text", "number", "source", label=_("Search in the commitment"))
    kind = ChoiceFilter(choices=CommitmentKind.choices, label=_("Kind"))
    state = ChoiceFilter(choices=CommitmentState.choices, label=_("State"))
    owner = ModelChoiceFilter(queryset=_owners, label=_("Owner"))
    due = ChoiceFilter(choices=Due.choices, method="by_due", label=_("Due"))

    class Meta:
        model = Commitment
        fields: list[str] = []

    def by_due(self, queryset: QuerySet, name: str, value: str) -> QuerySet:
        return queryset.filter(pk__in=Commitment.objects.late(timezone.localdate()).values("pk"))
