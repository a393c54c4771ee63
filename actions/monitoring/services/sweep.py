"""The engine: what is due is mailed, once, to whom it concerns."""

import datetime
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field
from typing import Any

from django.conf import settings
from django.db import transaction

from actions.monitoring.engine.compose import DIGEST, compose
from actions.monitoring.engine.dates import DaysOff
from actions.monitoring.engine.derive import derive
from actions.monitoring.engine.digest import collect
from actions.monitoring.engine.supersede import cancel_not_owed, supersede_lower, supersede_moved
from actions.monitoring.models import EngineState, MailState, OutgoingMail
from actions.monitoring.outbox import transport as transports
from actions.monitoring.outbox.deliver import end_expired_leases, send_due
from actions.monitoring.outbox.letters import WRITERS
from actions.monitoring.outbox.render import render_digest
from actions.monitoring.outbox.transport import Transport
from tracker.shared.calendar import local_day

NAME = "sweep"
# Below the task's time limit, so that a sweep ends by itself.
SECONDS = 240.0


@dataclass(frozen=True)
class PlannedMail:
    """A mail that would leave: to whom, what it says on top, and how many questions it holds."""

    recipient: str
    subject: str
    questions: int


@dataclass
class SweepResult:
    """What one sweep did, in numbers; a dry run lists what it would have mailed."""

    derived: int = 0
    superseded: int = 0
    cancelled: int = 0
    queued: int = 0
    paused: bool = False
    outcomes: Counter[str] = field(default_factory=Counter)
    would_mail: list[PlannedMail] = field(default_factory=list)

    @property
    def sent(self) -> int:
        return self.outcomes["sent"]

    def as_dict(self) -> dict[str, Any]:
        """Plain values, for JSON."""
        return {
            "derived": self.derived,
            "superseded": self.superseded,
            "cancelled": self.cancelled,
            "queued": self.queued,
            "paused": self.paused,
            "outcomes": dict(self.outcomes),
            "would_mail": [asdict(mail) for mail in self.would_mail],
        }


def sweep(
    *, now: datetime.datetime, dry_run: bool = False, transport: Transport | None = None
) -> SweepResult:
    """Derive, supersede, compose and send; running it again, or twice at once, changes nothing.

    With `dry_run` nothing is written and nothing sent: the result says what would be. Never call
    it inside a transaction of your own: what is sent must be committed mail by mail.
    """
    if dry_run:
        with _rolled_back():
            result = _prepare(now)
            result.would_mail = _would_mail(now)
        return result
    result = SweepResult(outcomes=end_expired_leases(now=now))
    prepared = _prepare(now)
    prepared.outcomes = result.outcomes
    engine, _made = EngineState.objects.get_or_create(name=NAME)
    prepared.paused = engine.paused
    if not engine.paused:
        prepared.outcomes += send_due(
            now=now,
            transport=transport or transports.from_settings(),
            window=settings.SPOOR_MAIL_WINDOW,
            seconds=SECONDS,
        )
    EngineState.objects.filter(pk=engine.pk).update(heartbeat_at=now)
    return prepared


def _prepare(now: datetime.datetime) -> SweepResult:
    """Everything up to the queue."""
    off = DaysOff.load()
    result = SweepResult(cancelled=cancel_not_owed())
    result.derived = derive(today=local_day(now), off=off)
    result.superseded = supersede_moved() + supersede_lower()
    result.queued = compose(now=now)
    return result


def _would_mail(now: datetime.datetime) -> list[PlannedMail]:
    queued = list(OutgoingMail.objects.filter(state=MailState.QUEUED).order_by("recipient"))
    digests = [mail for mail in queued if mail.kind == DIGEST]
    contents = collect(digests, now=now) if digests else {}
    listed = []
    for mail in queued:
        if mail.kind != DIGEST:
            letter = WRITERS[mail.kind](mail=mail, now=now)
            if letter is not None:
                listed.append(PlannedMail(mail.recipient, letter.kept.subject, 0))
            continue
        mine = contents[mail.pk]
        if mine.triggered:
            subject = render_digest(mail=mail, contents=mine, now=now).subject
            listed.append(PlannedMail(mail.recipient, subject, len(mine.request_ids)))
    return listed


@contextmanager
def _rolled_back() -> Iterator[None]:
    """Whatever happens inside leaves no trace in the database."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)
