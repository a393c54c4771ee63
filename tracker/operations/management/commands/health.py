"""`manage.py health`: what /health/ready says, for processes that serve no pages."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from tracker.operations.health import check_readiness


class Command(BaseCommand):
    help = (
        "Checks the database, its migrations, and that the reminder engine ran in the last five "
        "minutes. Exit 0 when all is well, 1 with what is wrong."
    )
    # The settings were checked when the process started that this one asks about.
    requires_system_checks: list[str] = []

    def handle(self, *args: Any, **options: Any) -> None:
        wrong = {name: word for name, word in check_readiness().items() if word != "ok"}
        if wrong:
            raise CommandError(", ".join(f"{name}: {word}" for name, word in wrong.items()))
        self.stdout.write("ok")
