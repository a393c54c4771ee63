"""What a list can be narrowed by."""

from django.utils.translation import gettext_lazy as _

from actions.monitoring.models import MonitoringRound, OutgoingMail, RoundKind, RoundState
from tracker.shared.filters import BaseFilterSet, ChoiceFilter, SearchFilter


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
