"""Claim, render, hand over, and mark what became of it: mail by mail."""

import datetime
import logging
import random
import time
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import partial

from django.db import DatabaseError, transaction
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.db.models.functions import Now
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from actions.monitoring.engine.compose import DIGEST
from actions.monitoring.engine.dates import DaysOff
from actions.monitoring.engine.desk import ask_office
from actions.monitoring.engine.digest import Contents, collect
from actions.monitoring.models import (
    MailState,
    OutgoingMail,
    Reminder,
    ReminderState,
    UpdateRequest,
)
from actions.monitoring.outbox.claim import claim, expired, from_now, release, start_data
from actions.monitoring.outbox.letters import WRITERS, Letter
from actions.monitoring.outbox.message import build
from actions.monitoring.outbox.render import render_digest
from actions.monitoring.outbox.transport import ConnectionLost, DeliveryError, Transport
from tracker.shared.calendar import in_window, local_day, shift_working_days

log = logging.getLogger(__name__)

MINUTE = datetime.timedelta(minutes=1)
# After the first, second, third and fourth refusal; hourly from then on.
PAUSES = (1 * MINUTE, 5 * MINUTE, 15 * MINUTE, 60 * MINUTE)
# A temporary refusal is believed for so many working days.
PATIENCE = 3


@dataclass
class Sending:
    """One run of the outbox: its moment, its transport, and what came of it."""

    now: datetime.datetime
    transport: Transport
    off: DaysOff
    until: float
    outcomes: Counter[str] = field(default_factory=Counter)
    connection_lost: bool = False

    @property
    def over(self) -> bool:
        """No time left, or no server to speak to: what was claimed goes back to the queue."""
        return self.connection_lost or time.monotonic() >= self.until

    @property
    def today(self) -> datetime.date:
        return local_day(self.now)


def send_due(
    *, now: datetime.datetime, transport: Transport, window: str, seconds: float
) -> Counter[str]:
    """Send what may be sent, for at most `seconds`; what is left waits for the next sweep."""
    run = Sending(now, transport, DaysOff.load(), until=time.monotonic() + seconds)
    scheduled = in_window(now, window, run.off.silent)
    try:
        while not run.over and (mails := claim(scheduled=scheduled)):
            _send_batch(run, mails)
    finally:
        transport.close()
    return run.outcomes


@transaction.atomic
def end_expired_leases(*, now: datetime.datetime) -> Counter[str]:
    """A worker died: what it may have handed over is sent once more, then it is the office's."""
    uncertain, queued = expired()
    for mail in uncertain:
        if mail.uncertain_count > 1:
            _leave_to_office(mail, "mail_uncertain", local_day(now))
            _settle(mail, MailState.UNCERTAIN)
    return Counter({"uncertain": len(uncertain), "requeued": queued})


def _send_batch(run: Sending, mails: list[OutgoingMail]) -> None:
    digests = [mail for mail in mails if mail.kind == DIGEST]
    contents = collect(digests, now=run.now) if digests else {}
    for number, mail in enumerate(mails):
        if run.over:
            release(mails[number:])
            return
        if mail.kind == DIGEST:
            write = partial(_digest, mail=mail, contents=contents[mail.pk], now=run.now)
        else:
            write = partial(_letter, mail=mail, now=run.now)
        run.outcomes[_send_one(run, mail, write)] += 1


def _digest(*, mail: OutgoingMail, contents: Contents, now: datetime.datetime) -> Letter | None:
    """The digest as it is owed at this very moment; None when nothing is left to say."""
    if not _still_owed(contents):
        contents = collect([mail], now=now)[mail.pk]
    if contents.is_empty or not contents.triggered:
        return None
    rendered = render_digest(mail=mail, contents=contents, now=now)
    return Letter(rendered, reply_to=contents.reply_to)


def _letter(*, mail: OutgoingMail, now: datetime.datetime) -> Letter | None:
    """A mail that answers one person's act; KeyError for a kind that this version cannot write."""
    return WRITERS[mail.kind](mail=mail, now=now)


def _still_owed(contents: Contents) -> bool:
    """Whether everything in it is owed at this very moment: a batch may take minutes."""
    ids = contents.request_ids
    return not ids or UpdateRequest.objects.owed().filter(pk__in=ids).count() == len(ids)


def _send_one(run: Sending, mail: OutgoingMail, write: Callable[[], Letter | None]) -> str:
    try:
        letter = write()
    except DatabaseError:
        raise
    except Exception as error:
        # One mail that cannot be written must not hold up all others.
        log.exception("mail %s cannot be rendered", mail.pk)
        return _refused(run, mail, DeliveryError(f"{type(error).__name__}: {error}"))
    if letter is None:
        return _end(run, mail, MailState.CANCELLED, "")
    mail.subject, mail.body_text, mail.body_html = letter.kept
    message = build(mail, letter)
    if not start_data(mail):
        return "lease_lost"
    try:
        reply = run.transport.send(message)
    except DeliveryError as error:
        run.connection_lost = isinstance(error, ConnectionLost)
        return _refused(run, mail, error)
    return _end(run, mail, MailState.SENT, reply)


def _refused(run: Sending, mail: OutgoingMail, error: DeliveryError) -> str:
    """Try again later, ask a human, or admit that nobody knows."""
    log.warning("mail %s was not taken: %s", mail.pk, error.reply)
    if error.maybe_sent:
        return _uncertain(run, mail, error.reply)
    began = local_day(mail.created_at)
    last_day = shift_working_days(began, PATIENCE, run.off.holidays)
    if error.permanent or run.today > last_day:
        return _end(run, mail, MailState.FAILED, error.reply)
    pause = PAUSES[min(mail.attempts, len(PAUSES)) - 1]
    if mail.attempts > len(PAUSES):
        pause += random.uniform(0, 10) * MINUTE  # noqa: S311 – spreads load, guards nothing
    _held(mail).update(
        state=MailState.QUEUED,
        data_started_at=None,
        lease_token=None,
        not_before=from_now(pause),
        smtp_reply=error.reply,
        changed_at=Now(),
    )
    return "retry"


@transaction.atomic
def _uncertain(run: Sending, mail: OutgoingMail, reply: str) -> str:
    """The line broke after the message began: once more, then it is the office's."""
    count = mail.uncertain_count + 1
    _held(mail).update(
        state=MailState.UNCERTAIN,
        uncertain_count=count,
        not_before=from_now(MINUTE),
        smtp_reply=reply,
        changed_at=Now(),
    )
    if count > 1:
        _leave_to_office(mail, "mail_uncertain", run.today)
        _settle(mail, MailState.UNCERTAIN)
    return "uncertain"


@transaction.atomic
def _end(run: Sending, mail: OutgoingMail, state: MailState, reply: str) -> str:
    """Commit the outcome of the mail with that of its reminders, all or nothing.

    A worker that was thought dead may still report that a mail was sent.
    """
    ended = _held(mail)
    if state == MailState.SENT:
        held_or_doubted = (MailState.SENDING, MailState.UNCERTAIN)
        ended = OutgoingMail.objects.filter(
            pk=mail.pk, lease_token=mail.lease_token, state__in=held_or_doubted
        )
    sent_at = run.now if state == MailState.SENT else None
    if not ended.update(state=state, smtp_reply=reply, sent_at=sent_at, changed_at=Now()):
        return "lease_lost"
    _settle(mail, state)
    if state == MailState.FAILED:
        _leave_to_office(mail, "mail_failed", run.today)
    return str(state)


def _held(mail: OutgoingMail) -> QuerySet[OutgoingMail]:
    return OutgoingMail.objects.filter(
        pk=mail.pk, lease_token=mail.lease_token, state=MailState.SENDING
    )


def _settle(mail: OutgoingMail, state: MailState) -> None:
    """Carry the outcome of a mail over to its reminders.

    One mail that left is enough. A reminder none of whose mails can leave is failed, where the
    office sees it; one that a cancelled mail left behind is planned anew while it is owed.
    """
    waiting = Reminder.objects.filter(mails=mail, state=ReminderState.QUEUED)
    if state == MailState.SENT:
        _mark(waiting, ReminderState.SENT)
        return
    may_leave = Q(state__in=(MailState.QUEUED, MailState.SENDING)) | Q(
        state=MailState.UNCERTAIN, uncertain_count=1
    )
    live = OutgoingMail.objects.filter(may_leave, reminders=OuterRef("pk"))
    left = waiting.filter(~Exists(live))
    if state == MailState.CANCELLED:
        owed = UpdateRequest.objects.owed().filter(pk=OuterRef("request"))
        _mark(left.filter(Exists(owed)), ReminderState.PLANNED)
        _mark(left, ReminderState.CANCELLED)
    else:
        _mark(left, ReminderState.FAILED)


def _mark(reminders: QuerySet[Reminder], state: ReminderState) -> None:
    Reminder.objects.filter(pk__in=reminders.values("pk"), state=ReminderState.QUEUED).update(
        state=state, changed_at=Now()
    )


def _leave_to_office(mail: OutgoingMail, kind: str, today: datetime.date) -> None:
    if kind == "mail_uncertain":
        text = _("Twice it is unknown whether a mail to {address} arrived: please call.")
    else:
        text = _("A mail to {address} could not be delivered: check the address or call.")
    summary = format_lazy(text, address=mail.recipient)
    ask_office(kind=kind, about=mail, summary=summary, today=today)
