from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from tracker.shared import menu


class IndicatorsConfig(AppConfig):
    name = "actions.indicators"
    label = "indicators"
    verbose_name = _("Indicators")

    def ready(self) -> None:
        menu.register(menu.Item(_("Indicators"), "indicators:list", order=50))
