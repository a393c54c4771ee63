"""The filter above the list of interventions."""

from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from actions.organisations.models import Organisation
from actions.plan.models import ActionLine, DeliveryState, Intervention, Stage, TrafficLight
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
