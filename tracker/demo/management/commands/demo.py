"""`demo`: fill the database with the example."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from quotes.importing.reading import ImportRefused
from tracker.demo import loader
from tracker.shared.calendar import local_day


class Command(BaseCommand):
    help = "Load the example anthology and plan (embedded mode only)."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--anthology",
            nargs="+",
            type=Path,
            default=[],
            metavar="FILE",
            help="import these files in place of the example anthology",
        )
        parser.add_argument(
            "--reset",
            action="store_true",
            help="empty the whole database first; everything in it is lost",
        )

    def handle(self, *, anthology: list[Path], reset: bool, **options: Any) -> None:
        if not settings.SPOOR_EMBEDDED:
            raise CommandError("The example is loaded in embedded mode only; nothing was changed.")
        if missing := [str(path) for path in anthology if not path.is_file()]:
            raise CommandError(f"There is no file {', '.join(missing)}; nothing was changed.")
        if loader.is_filled() and not reset:
            self.stdout.write("The database is filled already; nothing was changed.")
            return
        fill = loader.reload if reset else loader.load
        try:
            fill(today=local_day(timezone.now()), anthology_files=anthology)
        except ImportRefused as refused:
            raise CommandError(str(refused)) from refused
        self.stdout.write("The example is loaded.")
