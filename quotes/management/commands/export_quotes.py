"""export_quotes: the quotes of an anthology as JSON lines, CSV or a workbook."""

from argparse import ArgumentParser
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from quotes import exporting
from quotes.models import Anthology, Kind, Section

Rows = Iterable[dict[str, Any]]
Writer = Callable[[Rows, Any], None]
WRITERS: dict[str, Writer] = {
    "jsonl": exporting.write_jsonl,
    "csv": exporting.write_csv,
    "xlsx": exporting.write_xlsx,
}


class Command(BaseCommand):
    help = "Export quotes; what jsonl and csv hold can be imported again without loss."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--kind", default="", choices=Kind.values)
        parser.add_argument("--section", default="", help="a section's number, such as 4.12")
        parser.add_argument("--anthology", default="", help="a code; the primary one by default")
        parser.add_argument("--format", default="jsonl", choices=tuple(WRITERS))
        parser.add_argument("-o", "--output", metavar="F", help="a file; standard output if absent")

    def handle(self, *args: Any, **options: Any) -> None:
        self._check(options["anthology"], options["section"])
        found = exporting.rows(
            kind=options["kind"], section=options["section"], anthology=options["anthology"]
        )
        write = WRITERS[options["format"]]
        if options["output"]:
            self._to_file(options["output"], found, write)
        elif write is exporting.write_xlsx:
            raise CommandError("A workbook needs a file to go to; name one with -o.")
        else:
            write(found, self.stdout)

    def _check(self, code: str, section: str) -> None:
        homes = Anthology.objects.filter(is_primary=True)
        if code:
            homes = Anthology.objects.filter(code__iexact=code)
            if not homes.exists():
                raise CommandError(f"There is no anthology {code}; use the code of one.")
        if section and not Section.objects.filter(anthology__in=homes, number=section).exists():
            raise CommandError(f"The anthology has no section {section}; write it as 4.12.")

    def _to_file(self, name: str, found: Rows, write: Writer) -> None:
        binary = write is exporting.write_xlsx
        options: dict[str, Any] = {} if binary else {"encoding": "utf-8", "newline": ""}
        try:
            with Path(name).open("wb" if binary else "w", **options) as target:
                write(found, target)
        except OSError as error:
            raise CommandError(
                f"{name}: the file cannot be written ({error.strerror}); choose another place."
            ) from None
