"""`demo`: fill the database with the example."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from quotes.importing.reading import ImportRefused
from tracker.demo import loader
from tracker.demo.booklet import example_booklet
from tracker.operations.health import pending_migrations
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
            help="import these files in place of the example anthology; its links and its rounds "
            "are then left out",
        )
        parser.add_argument(
            "--reset",
            action="store_true",
            help="empty the whole database first; everything in it is lost",
        )
        parser.add_argument(
            "--booklet",
            type=Path,
            metavar="FILE",
            help="write the example anthology as a PDF to this file, and do nothing else",
        )

    def handle(
        self, *, anthology: list[Path], reset: bool, booklet: Path | None = None, **options: Any
    ) -> None:
        if booklet is not None:
            self._write(booklet)
            return
        if not settings.SPOOR_EMBEDDED:
            raise CommandError("The example is loaded in embedded mode only; nothing was changed.")
        if missing := [str(path) for path in anthology if not path.is_file()]:
            raise CommandError(f"There is no file {', '.join(missing)}; nothing was changed.")
        if pending_migrations():
            raise CommandError("The database is not prepared: run 'manage.py migrate' first.")
        if loader.is_filled() and not reset:
            self.stdout.write(
                "The database is filled already; nothing was changed. To empty it and load the "
                "example anew: demo --reset"
            )
            return
        fill = loader.reload if reset else loader.load
        say = self._progress if options["verbosity"] else loader.silent
        try:
            fill(today=local_day(timezone.now()), anthology_files=anthology, say=say)
        except ImportRefused as refused:
            raise CommandError(f"{refused} Nothing was changed.") from refused
        self.stdout.write("The example is loaded.")

    def _progress(self, text: str) -> None:
        """Say how far it is to whoever watches; a log needs the end only."""
        if self.stdout.isatty():
            self.stdout.write(text)
            self.stdout.flush()

    def _write(self, path: Path) -> None:
        try:
            path.write_bytes(example_booklet())
        except OSError as refused:
            raise CommandError(f"{path} could not be written: {refused.strerror}.") from refused
        self.stdout.write(f"The example anthology is in {path}.")
