"""import_quotes: read an anthology from its files and write what is new or better."""

import json
from argparse import ArgumentParser, ArgumentTypeError
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from quotes.importing.engine import read_files
from quotes.importing.mapping import FIELDS
from quotes.importing.reading import ImportRefused
from quotes.importing.report import ImportReport
from quotes.importing.telling import lines_of
from quotes.importing.upsert import upsert
from quotes.models import Kind
from quotes.services.importing import record_run


class Command(BaseCommand):
    help = (
        "Import quotes from pages (.pdf, .txt) or tables (.csv, .xlsx, .jsonl). Safe to repeat: "
        "what somebody corrected is kept, and references never change."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("files", nargs="+", metavar="FILE")
        parser.add_argument("--anthology", default="", help="code or title; made if it is new")
        parser.add_argument(
            "--title", default="", help="title of the anthology, where it is made by its code"
        )
        parser.add_argument(
            "--kind",
            action="append",
            type=_pair,
            default=[],
            metavar="CHAPTER=KIND",
            help=f"what the quotes of a chapter are ({', '.join(Kind.values)}); repeat it",
        )
        parser.add_argument(
            "--column",
            action="append",
            type=_pair,
            default=[],
            metavar="FIELD=COLUMN",
            help=f"which column of a table holds what ({', '.join(FIELDS)}); repeat it",
        )
        parser.add_argument("--sheet", default="", help="the sheet of a workbook; else the first")
        parser.add_argument("--page", type=int, help="read only this page, or: this is the page")
        parser.add_argument("--dry-run", action="store_true", help="show the differences only")
        parser.add_argument("--report", metavar="F.json", help="write the report to this file")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            reading = read_files(
                options["files"],
                options["page"],
                progress=self._progress,
                columns=dict(options["column"]),
                sheet=options["sheet"],
            )
            report = upsert(
                reading=reading,
                anthology=options["anthology"],
                title=options["title"],
                kinds=dict(options["kind"]),
                dry_run=options["dry_run"],
            )
        except ImportRefused as refusal:
            raise CommandError(str(refusal)) from None
        if report.changed and not report.dry_run:
            record_run(report=report, names=[Path(name).name for name in options["files"]])
        if options["report"]:
            self._write(Path(options["report"]), report)
        self._tell(report)

    def _tell(self, report: ImportReport) -> None:
        for warning in report.warnings:
            self.stderr.write(self.style.WARNING(warning))
        for line in lines_of(report, new=report.dry_run):
            self.stdout.write(line)
        self.stdout.write(sentence(report))

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


def _pair(text: str) -> tuple[str, str]:
    name, sign, value = text.partition("=")
    if not (name.strip() and sign and value.strip()):
        raise ArgumentTypeError(f"'{text}' must be written with an equals sign: NAME=VALUE")
    return name.strip(), value.strip()


def sentence(report: ImportReport) -> str:
    """What the import did, or would have done, in one sentence."""
    would = "would be " if report.dry_run else ""
    parts = [
        f"{report.created} quotes {would}created ({report.pull_quotes} of them pull quotes)",
        f"{report.unchanged} unchanged",
    ]
    deeds = {
        "text_changed": "given other words",
        "section_changed": "moved",
        "joined": "joined",
        "split": "split",
        "restored": "restored",
        "gone": "withdrawn",
    }
    told = ((getattr(report, name), deed) for name, deed in deeds.items())
    parts += [f"{number} {would}{deed}" for number, deed in told if number]
    if report.kept:
        parts.append(f"{report.kept} kept as somebody corrected them")
    if report.stays:
        parts.append(f"{report.stays} no longer in the file but in use (please look at them)")
    parts.append(f"{report.sections_created} sections {would}created")
    return f"{report.anthology}: {', '.join(parts)}, {len(report.warnings)} warnings."
