"""The ground floor installs the triggers that hold append-only tables after every migrate."""

from typing import Any

from django.apps import AppConfig
from django.db.models.signals import post_migrate


class SharedConfig(AppConfig):
    name = "tracker.shared"
    label = "shared"
    verbose_name = "Shared"

    def ready(self) -> None:
        # Models can only be imported once the registry is ready.
        from tracker.shared.immutable import install_triggers

        def install(using: str, **kwargs: Any) -> None:
            install_triggers(using=using)

        post_migrate.connect(install, sender=self, weak=False, dispatch_uid="spoor.immutable")
