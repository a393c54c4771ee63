from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from tracker.shared import menu, panels


class IndicatorsConfig(AppConfig):
    name = "actions.indicators"
    label = "indicators"
    verbose_name = _("Indicators")

    def ready(self) -> None:
        # Models can only be imported once the registry is ready.
        from actions.indicators.panels import intervention_panel, supplied_panel

        menu.register(menu.Item(_("Indicators"), "indicators:list", order=50))
        panels.register(
            "plan.intervention",
            template="indicators/panels/intervention.html",
            order=20,
            build=intervention_panel,
        )
        panels.register(
            "organisations.organisation",
            template="indicators/panels/supplied.html",
            order=30,
            build=supplied_panel,
        )
