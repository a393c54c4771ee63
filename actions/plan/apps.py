from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from tracker.shared import menu


class PlanConfig(AppConfig):
    name = "actions.plan"
    label = "plan"
    verbose_name = _("Action plan")

    def ready(self) -> None:
        menu.register(menu.Item(_("Interventions"), "plan:interventions", order=40))
