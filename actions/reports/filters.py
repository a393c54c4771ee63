"""The filters above the lists: ambitions, decisions, reports."""

from typing import Any

import django_filters as filters
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from actions.monitoring.models import MonitoringRound
from actions.organisations.models import Organisation
from actions.plan.models import QuoteLink
from actions.reports.coverage import Coverage
from actions.reports.models import Ambition, CoverageState, Decision, DecisionState, ReportState
from tracker.shared.filters import BaseFilterSet, ChoiceFilter, ModelChoiceFilter, SearchFilter
from tracker.shared.forms import DayField

SUBJECTS = [
    ("intervention", _("intervention")),
    ("goal", _("goal")),
    ("indicator", _("indicator")),
    ("commitment", _("commitment")),
]
STEPS = [
    ("waiting", _("to be decided")),
    ("carry_out", _("to be carried out")),
    ("check", _("effect to be checked")),
]


class DayFilter(filters.Filter):
    """A day as people write it."""

    field_class = DayField


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


class DecisionFilter(BaseFilterSet):
    """By words, next step, state, kind of subject and the days of decision."""

    q = SearchFilter(
        "question",
        "ruling",
        "meeting",
        "intervention__code",
        "intervention__title",
        label=_("Search, also in the meeting"),
    )
    step = ChoiceFilter(choices=STEPS, method="by_step", label=_("Next step"))
    state = ChoiceFilter(choices=DecisionState.choices, label=_("State"))
    about = ChoiceFilter(choices=SUBJECTS, method="by_subject", label=_("About"))
    since = DayFilter(field_name="decided_on", lookup_expr="gte", label=_("Decided from"))
    until = DayFilter(field_name="decided_on", lookup_expr="lte", label=_("Decided until"))

    class Meta:
        model = Decision
        fields: list[str] = []

    def by_step(self, queryset: QuerySet, name: str, value: str) -> QuerySet:
        """What must be done next with a decision."""
        steps = {
            "waiting": Decision.objects.waiting(),
            "carry_out": Decision.objects.to_carry_out(),
            "check": Decision.objects.to_check(timezone.localdate()),
        }
        return queryset.filter(pk__in=steps[value].order_by().values("pk"))

    def by_subject(self, queryset: QuerySet, name: str, value: str) -> QuerySet:
        """Decisions about one kind of thing."""
        return queryset.filter(**{f"{value}__isnull": False})


class ReportFilter(BaseFilterSet):
    """By words and the state of the report."""

    q = SearchFilter("name", "report__document_number", label=_("Search"))
    state = ChoiceFilter(
        choices=[("none", _("not started")), *ReportState.choices],
        method="by_state",
        label=_("Report"),
    )

    class Meta:
        model = MonitoringRound
        fields: list[str] = []

    def by_state(self, queryset: QuerySet, name: str, value: str) -> QuerySet:
        """How far the report of a round is; 'none' where it was not started."""
        return queryset.filter(report__state=value) if value != "none" else queryset.filter(
            report=None
        )  # fmt: skip
