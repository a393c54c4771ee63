from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from tracker.shared import menu, panels


class ReportsConfig(AppConfig):
    name = "actions.reports"
    label = "reports"
    verbose_name = _("Reports")

    def ready(self) -> None:
        # Models can only be imported once the registry is ready.
        from actions.reports.panels import coverage_panel

        menu.register(menu.Item(_("Today"), "home", order=10, permission="monitoring.read"))
        menu.register(menu.Item(_("Coverage"), "reports:coverage", order=30))
        panels.register(
            "quotes.quote", template="reports/panels/coverage.html", order=10, build=coverage_panel
        )
