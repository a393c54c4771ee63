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
        from actions.monitoring.panels import answers_of, reported

        menu.register(
            menu.Item(_("Rounds"), "monitoring:rounds", order=60, permission="monitoring.read")
        )
        menu.register(
            menu.Item(_("Review"), "monitoring:review", order=17, permission="monitoring.review")
        )
        menu.register(
            menu.Item(_("Inbox"), "monitoring:inbox", order=15, permission="monitoring.answer")
        )
        menu.register(
            menu.Item(_("Organisations"), "monitoring:organisations", order=72, more=True)
        )
        if settings.SPOOR_EMBEDDED:
            menu.register(menu.Item(_("Mailbox"), "monitoring:mailbox", order=90, more=True))
        panels.register(
            "plan.intervention",
            template="monitoring/panels/intervention.html",
            order=30,
            build=reported,
        )
        panels.register(
            "organisations.organisation",
            template="monitoring/panels/organisation.html",
            order=20,
            build=answers_of,
        )
