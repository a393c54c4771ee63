"""One ambition's whole way."""

from typing import Any

from django.http import Http404
from django.views.generic import DetailView

from actions.reports.models import Ambition
from actions.reports.trace import trace_of
from tracker.shared.views import ScopedMixin


class TracePage(ScopedMixin, DetailView):
    """Quote → intervention → lead → indicator → last status update, as a line and as a list."""

    queryset = Ambition.objects.with_coverage().select_related(
        "section", "anthology", "disposition__duplicate_of__anthology", "disposition__confirmed_by"
    )
    template_name = "reports/trace.html"
    context_object_name = "ambition"

    def get_object(self, queryset: Any = None) -> Ambition:
        found = self.get_queryset().by_reference(self.kwargs["reference"]).first()
        if found is None:
            raise Http404
        return found

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        actor = self.request.actor
        return super().get_context_data(
            lines=trace_of(self.object, actor),
            may_link=actor.may("plan.link"),
            may_edit=actor.may("plan.edit"),
            **kwargs,
        )
