"""Print which ambitions are answered, and how far."""

import json
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from actions.reports.coverage import coverage_report
from actions.reports.stations import STATES


class Command(BaseCommand):
    help = "Print the coverage of all ambitions: in total, per section, and which are open."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--format", choices=["table", "json"], default="table")

    def handle(self, **options: Any) -> None:
        report = coverage_report()
        if options["format"] == "json":
            self.stdout.write(json.dumps(report, ensure_ascii=False, indent=2))
            return
        names = ("total", *STATES)
        self.stdout.write(self._row("section", names))
        for number, counts in report["by_section"].items():
            self.stdout.write(self._row(number, [counts[name] for name in names]))
        self.stdout.write(self._row("all", [report[name] for name in names]))
        self.stdout.write(f"open: {', '.join(report['open']) or 'none'}")

    @staticmethod
    def _row(label: str, cells: Any) -> str:
        return f"{label:<9}" + "".join(f"{cell!s:>11}" for cell in cells)
