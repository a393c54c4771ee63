"""The first page after signing in."""

from typing import Any

from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect
from django.utils import timezone
from django.views.generic import TemplateView

from actions.reports.coverage import coverage_of
from actions.reports.effects import effects
from actions.reports.home import current_rounds, deviations, headline, light_figures
from actions.reports.models import Ambition
from tracker.shared.calendar import local_day
from tracker.shared.views import SignedInMixin


class HomePage(SignedInMixin, TemplateView):
    """The office sees where it stands and what is next; a partner goes on to its inbox."""

    template_name = "reports/home.html"

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not self.request.actor.may("monitoring.read"):
            return redirect("monitoring:inbox")
        return super().get(request, *args, **kwargs)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        rounds = current_rounds()
        coverage = coverage_of(Ambition.objects.visible_to(self.request.actor))
        today = local_day(timezone.now())
        return super().get_context_data(
            rounds=rounds,
            coverage=coverage,
            lights=light_figures(rounds.closed),
            deviations=deviations(),
            effects=effects(),
            headline=headline(
                rounds,
                coverage.total.open,
                today,
                may_judge=self.request.actor.may("monitoring.review"),
            ),
            answered_x=round(2 + 196 * rounds.share_answered),
            may_run=self.request.actor.may("monitoring.run"),
            **kwargs,
        )
