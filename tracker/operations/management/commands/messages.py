"""`messages update` and `messages compile`: the Dutch catalogue, without a gettext program."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand

from tracker.operations.catalogue import compile_catalogue, update


class Command(BaseCommand):
    help = "Bring the message catalogue up to date with the code, or compile it."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("action", choices=["update", "compile"])

    def handle(self, *, action: str, **options: Any) -> None:
        path = Path(settings.LOCALE_PATHS[0]) / "nl" / "LC_MESSAGES" / "django.po"
        if action == "compile":
            self.stdout.write(f"Compiled to {compile_catalogue(path)}.")
            return
        changes = update(Path(settings.BASE_DIR), path)
        self.stdout.write(
            f"{changes.added} messages added, {changes.removed} no longer asked for, "
            f"{changes.untranslated} without a Dutch text."
        )
