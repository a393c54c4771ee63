from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from tracker.shared import menu, panels


class ReportsConfig(AppConfig):
    name = "actions.reports"
    label = "reports"
    verbose_name = _("Reports")

    def ready(self) -> None:
        # Models can only be imported once the registry is ready.
        from actions.monitoring.models import publication
        from actions.reports.models import published_rounds
        from actions.reports.panels import carried_out_panel, coverage_panel, decisions_panel

        publication.register(published_rounds)
        menu.register(menu.Item(_("Today"), "home", order=10))
        menu.register(menu.Item(_("Coverage"), "reports:coverage", order=30, also=("/trace/",)))
        menu.register(menu.Item(_("Decisions"), "reports:decisions", order=52))
        menu.register(menu.Item(_("Reports"), "reports:reports", order=54))
        menu.register(menu.Item(_("Goals"), "reports:goals", order=70, more=True))
        panels.register(
            "quotes.quote", template="reports/panels/coverage.html", order=10, build=coverage_panel
        )
        panels.register(
            "plan.intervention",
            template="reports/panels/decisions.html",
            order=40,
            build=decisions_panel,
        )
        panels.register(
            "organisations.organisation",
            template="reports/panels/carried_out.html",
            order=50,
            build=carried_out_panel,
        )
