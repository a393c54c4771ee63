"""The list of organisations: what they lead and help with, and what they still owe."""

import datetime
from typing import Any

from django.db.models import Count, Q
from django.utils import timezone
from django.utils.functional import cached_property

from actions.monitoring.filters import OrganisationFilter
from actions.monitoring.models import with_debts
from actions.monitoring.tables import OrganisationTable
from actions.monitoring.views.words import organisations_headline
from actions.organisations.models import Organisation, OrganisationQuerySet
from actions.plan.models import with_roles
from tracker.shared.views import ListPage

# What only office and leadership see.
OWED = ("owed", "late")


class OrganisationList(ListPage):
    """Everybody who takes part; what ended or was merged only when asked for."""

    queryset = Organisation.objects.all()
    table_class = OrganisationTable
    filterset_class = OrganisationFilter
    template_name = "monitoring/organisations.html"
    export_name = "organisations"

    @cached_property
    def today(self) -> datetime.date:
        return timezone.localdate()

    @cached_property
    def reads_rounds(self) -> bool:
        return self.request.actor.may("monitoring.read")

    def get_queryset(self) -> OrganisationQuerySet:
        found = with_roles(super().get_queryset(), self.today)
        return with_debts(found, self.today) if self.reads_rounds else found

    def get_filterset_kwargs(self, filterset_class: Any) -> dict[str, Any]:
        # Always bound: without any choice too, the list leaves out what does not exist any more.
        own = {"data": self.request.GET, "today": self.today, "with_debts": self.reads_rounds}
        return super().get_filterset_kwargs(filterset_class) | own

    def get_table_kwargs(self) -> dict[str, Any]:
        return {"exclude": () if self.reads_rounds else OWED}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        wanted = {
            "total": Count("pk"),
            "taking_part": Count("pk", filter=Q(lead_count__gt=0) | Q(help_count__gt=0)),
        }
        if self.reads_rounds:
            wanted["late"] = Count("pk", filter=Q(late_count__gt=0))
            wanted["owing"] = Count("pk", filter=Q(owed_count__gt=0))
        totals = self.get_queryset().current(self.today).aggregate(**wanted)
        return super().get_context_data(**kwargs) | {
            "totals": totals,
            "headline": organisations_headline(**totals),
        }
