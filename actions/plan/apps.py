from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from tracker.shared import menu, panels


class PlanConfig(AppConfig):
    name = "actions.plan"
    label = "plan"
    verbose_name = _("Action plan")

    def ready(self) -> None:
        # Models can only be imported once the registry is ready.
        from actions.plan import panels as own

        menu.register(menu.Item(_("Interventions"), "plan:interventions", order=40))
        menu.register(menu.Item(_("Commitments"), "plan:commitments", order=75, more=True))
        panels.register(
            "quotes.quote", template="plan/panels/answer.html", order=20, build=own.answer_panel
        )
        panels.register(
            "organisations.organisation",
            template="plan/panels/parts.html",
            order=10,
            build=own.parts_panel,
        )
        panels.register(
            "organisations.organisation",
            template="plan/panels/commitments.html",
            order=40,
            build=own.owned_commitments_panel,
        )
        panels.register(
            "plan.intervention",
            template="plan/panels/commitments.html",
            order=40,
            build=own.commitments_panel,
        )
