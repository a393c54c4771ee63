"""import_quotes: read an anthology from its files and write what is new."""

import json
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from quotes.importing.engine import read_files
from quotes.importing.reading import ImportRefused
from quotes.importing.report import ImportReport
from quotes.importing.upsert import upsert


class Command(BaseCommand):
    help = "Import quotes from text pages (.txt) or from tables (.jsonl, .csv). Safe to repeat."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("files", nargs="+", metavar="FILE")
        parser.add_argument("--anthology", default="", help="code or title; made if it is new")
        parser.add_argument("--page", type=int, help="read only this page, or: this is the page")
        parser.add_argument("--dry-run", action="store_true", help="read and report, write nothing")
        parser.add_argument("--report", metavar="F.json", help="write the report to this file")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            reading = read_files(options["files"], options["page"], progress=self._progress)
            report = upsert(
                reading=reading, anthology=options["anthology"], dry_run=options["dry_run"]
            )
        except ImportRefused as refusal:
            raise CommandError(str(refusal)) from None
        if options["report"]:
            self._write(Path(options["report"]), report)
        for warning in report.warnings:
            self.stderr.write(self.style.WARNING(warning))
        self.stdout.write(_sentence(report))

    def _progress(self, done: int, total: int) -> None:
        if self.stderr.isatty():
            self.stderr.write(f"\rReading page {done} of {total}", ending="")
            if done == total:
                self.stderr.write("")
            self.stderr.flush()

    def _write(self, path: Path, report: ImportReport) -> None:
        try:
            path.write_text(json.dumps(report.as_dict(), indent=2, ensure_ascii=False) + "\n")
        except OSError as error:
            raise CommandError(
                f"{path}: the report cannot be written ({error.strerror}); the import itself "
                f"{'was a dry run' if report.dry_run else 'is done'}."
            ) from None


def _sentence(report: ImportReport) -> str:
    made = "would be created" if report.dry_run else "created"
    return (
        f"{report.anthology}: {report.created} quotes {made} "
        f"({report.pull_quotes} of them pull quotes), {report.unchanged} unchanged, "
        f"{report.sections_created} sections {made}, {len(report.warnings)} warnings."
    )
