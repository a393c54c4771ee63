"""Open a monitoring round by hand: `manage.py open_round "Najaar 2026"`."""

import datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import transaction
from django.utils import timezone

from actions.monitoring.models import MonitoringRound, RoundKind
from actions.monitoring.services import create_round, open_round
from tracker.shared.calendar import local_day


def a_day(text: str) -> datetime.date:
    """A date like 2026-10-30."""
    return datetime.date.fromisoformat(text)


class Command(BaseCommand):
    help = "Open a planned round, or with --deadline make it first; everybody who reports is asked."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("name", help="the round's name")
        parser.add_argument("--deadline", type=a_day, help="makes the round: YYYY-MM-DD")
        parser.add_argument("--period-start", type=a_day, help="what it reports on, from")
        parser.add_argument("--period-end", type=a_day, help="… until; half a year by default")
        parser.add_argument("--kind", choices=RoundKind.values, default=RoundKind.REPORT)

    def handle(self, *args: Any, **options: Any) -> None:
        now = timezone.now()
        try:
            with transaction.atomic():
                about_round = self._round(options, local_day(now))
                about_round = open_round(round=about_round, actor=None, now=now)
        except ValidationError as error:
            raise CommandError(" ".join(error.messages)) from error
        asked = about_round.requests.count()
        self.stdout.write(f"'{about_round.name}' is open: {asked} requests.")

    def _round(self, options: dict[str, Any], today: datetime.date) -> MonitoringRound:
        known = MonitoringRound.objects.filter(name=options["name"]).first()
        if known is not None:
            return known
        if options["deadline"] is None:
            raise CommandError(
                f"There is no round called '{options['name']}'. Give --deadline to make it."
            )
        end = options["period_end"] or today
        return create_round(
            name=options["name"],
            kind=options["kind"],
            period_start=options["period_start"] or end - datetime.timedelta(days=182),
            period_end=end,
            opens_on=today,
            deadline=options["deadline"],
            actor=None,
        )
