"""Run the engine by hand: `manage.py sweep --dry-run` says what would be mailed."""

import datetime
import json
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from actions.monitoring.services import sweep
from tracker.shared.calendar import AMSTERDAM


def a_moment(text: str) -> datetime.datetime:
    """A moment like 2026-10-30T09:00; without an offset it is Amsterdam's time."""
    moment = datetime.datetime.fromisoformat(text)
    return moment if moment.tzinfo else moment.replace(tzinfo=AMSTERDAM)


class Command(BaseCommand):
    help = "Find what is due and mail it, as the engine does every minute."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--now", type=a_moment, help="as if it were then: 2026-10-30T09:00")
        parser.add_argument("--dry-run", action="store_true", help="write nothing, send nothing")
        parser.add_argument("--format", choices=["text", "json"], default="text")

    def handle(self, *args: Any, **options: Any) -> None:
        if options["now"] and not options["dry_run"] and not settings.SPOOR_EMBEDDED:
            raise CommandError("--now is for trying out: outside embedded mode add --dry-run.")
        result = sweep(now=options["now"] or timezone.now(), dry_run=options["dry_run"])
        if options["format"] == "json":
            self.stdout.write(json.dumps(result.as_dict(), ensure_ascii=False))
            return
        self.stdout.write(
            f"{result.derived} reminders became due, {result.superseded} were replaced by a higher "
            f"one, {result.cancelled} cancelled, {result.queued} queued; {result.sent} mails sent."
        )
        for mail in result.would_mail:
            self.stdout.write(f"  {mail.recipient}: {mail.subject}")
        if result.paused:
            self.stdout.write("Mail is paused: nothing leaves until the office resumes it.")
