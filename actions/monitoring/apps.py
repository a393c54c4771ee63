from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from tracker.shared import menu


class MonitoringConfig(AppConfig):
    name = "actions.monitoring"
    label = "monitoring"
    verbose_name = _("Monitoring")

    def ready(self) -> None:
        menu.register(menu.Item(_("Rounds"), "monitoring:rounds", order=60, permission="monitoring.read"))
        menu.register(menu.Item(_("Inbox"), "monitoring:inbox", order=15, permission="monitoring.answer"))
