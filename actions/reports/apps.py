from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from tracker.shared import menu


class ReportsConfig(AppConfig):
    name = "actions.reports"
    label = "reports"
    verbose_name = _("Reports")

    def ready(self) -> None:
        menu.register(menu.Item(_("Today"), "home", order=10))
        menu.register(menu.Item(_("Coverage"), "reports:coverage", order=30))
