from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from tracker.shared import menu


class QuotesConfig(AppConfig):
    name = "quotes"
    label = "quotes"
    verbose_name = _("Anthology")

    def ready(self) -> None:
        menu.register(menu.Item(_("Anthology"), "quotes:list", order=68, more=True))
