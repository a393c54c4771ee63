from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from tracker.shared import menu, panels


class PlanConfig(AppConfig):
    name = "actions.plan"
    label = "plan"
    verbose_name = _("Action plan")

    def ready(self) -> None:
        # Models can only be imported once the registry is ready.
        from actions.plan.panels import answer_panel

        menu.register(menu.Item(_("Interventions"), "plan:interventions", order=40))
        panels.register(
            "quotes.quote", template="plan/panels/answer.html", order=20, build=answer_panel
        )
