from typing import Any

from django.apps import AppConfig
from django.db.models.signals import post_migrate
from django.utils.translation import gettext_lazy as _

from quotes.search_index import install
from tracker.shared import menu


class QuotesConfig(AppConfig):
    name = "quotes"
    label = "quotes"
    verbose_name = _("Anthology")

    def ready(self) -> None:
        menu.register(menu.Item(_("Anthology"), "quotes:list", order=68, more=True))

        def keep_found(using: str, **kwargs: Any) -> None:
            install(using=using)

        post_migrate.connect(keep_found, sender=self, weak=False, dispatch_uid="quotes.search")
