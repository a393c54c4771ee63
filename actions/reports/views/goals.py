"""The objective tree."""

from typing import Any

from django.utils import timezone
from django.views.generic import TemplateView

from actions.plan.models import TrafficLight
from actions.reports.goals import goal_tree
from tracker.shared.views import SignedInMixin


class GoalsPage(SignedInMixin, TemplateView):
    """From the vision to the results: what is done for each, and what the figures say."""

    template_name = "reports/goals.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        tree = goal_tree(self.request.actor, timezone.localdate())
        lights = tree.lights
        return super().get_context_data(**kwargs) | {
            "tree": tree,
            "total": lights.total(),
            "off_track": lights[TrafficLight.OFF_TRACK],
            "at_risk": lights[TrafficLight.AT_RISK],
        }
