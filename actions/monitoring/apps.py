from django.apps import AppConfig
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from tracker.shared import menu, panels


class MonitoringConfig(AppConfig):
    name = "actions.monitoring"
    label = "monitoring"
    verbose_name = _("Monitoring")

    def ready(self) -> None:
        # Panels read models, which can only be imported once the registry is ready.
        from actions.monitoring.panels import reported

        menu.register(
            menu.Item(_("Rounds"), "monitoring:rounds", order=60, permission="monitoring.read")
        )
        menu.register(
            menu.Item(_("Inbox"), "monitoring:inbox", order=15, permission="monitoring.answer")
        )
        if settings.SPOOR_EMBEDDED:
            menu.register(menu.Item(_("Mailbox"), "monitoring:mailbox", order=90))
        panels.register(
            "plan.intervention",
            template="monitoring/panels/intervention.html",
            order=30,
            build=reported,
        )
