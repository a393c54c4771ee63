"""Django's flush, able to empty append-only tables: triggers are lifted and put back."""

from typing import Any

from django.core.management.commands.flush import Command as FlushCommand

from tracker.shared.immutable import triggers_lifted


class Command(FlushCommand):
    def handle(self, **options: Any) -> None:
        with triggers_lifted(using=options["database"]):
            super().handle(**options)
