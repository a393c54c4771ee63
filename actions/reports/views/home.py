"""The first page after signing in, for each role its own."""

from typing import Any

from django.utils import timezone
from django.views.generic import TemplateView

from actions.reports.home import leadership_home, office_home, partner_home
from tracker.shared.views import SignedInMixin


class HomePage(SignedInMixin, TemplateView):
    """Who runs rounds sees what waits; who decides, what is asked; who answers, what is owed."""

    def get_template_names(self) -> list[str]:
        return [f"reports/home_{self.reader}.html"]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        build = {
            "office": office_home,
            "leadership": leadership_home,
            "partner": partner_home,
        }[self.reader]
        context = build(self.request.actor, timezone.localdate())
        return super().get_context_data(**kwargs) | context

    @property
    def reader(self) -> str:
        """Which of the three homes this actor gets, by what it may do."""
        actor = self.request.actor
        if actor.may("monitoring.run"):
            return "office"
        return "leadership" if actor.may("reports.decide") else "partner"
