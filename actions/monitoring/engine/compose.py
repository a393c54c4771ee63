"""From due reminders to mails: one digest per address and day."""

import datetime
import uuid
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from urllib.parse import urlsplit

from django.conf import settings
from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from actions.monitoring.engine.desk import ask_office
from actions.monitoring.engine.recipients import AddressBook, Recipient
from actions.monitoring.models import (
    MailClass,
    MailState,
    OfficeTask,
    OutgoingMail,
    Reminder,
    ReminderState,
)
from tracker.shared.calendar import AMSTERDAM, local_day

CHUNK = 500
DIGEST = "digest"


@dataclass(frozen=True)
class Parcel:
    """A reminder and the addresses it must reach."""

    reminder: Reminder
    recipients: tuple[Recipient, ...]


def compose(*, now: datetime.datetime) -> int:
    """Put what is planned into the digests of the day; returns how many reminders were queued.

    Who has had a digest today, or is being sent one, waits for tomorrow's: the reminder stays
    planned. Each chunk is its own short transaction.
    """
    today = local_day(now)
    planned = Reminder.objects.filter(state=ReminderState.PLANNED, due_on__lte=today)
    ids = list(planned.order_by("due_on", "pk").values_list("pk", flat=True))
    queued = 0
    for start in range(0, len(ids), CHUNK):
        parcels = _resolve(ids[start : start + CHUNK], today)
        queued += _queue(parcels, now)
    _announce_tasks(now)
    return queued


def _resolve(ids: Sequence[int], today: datetime.date) -> list[Parcel]:
    """Find the recipients, outside any transaction; a task where nobody is known."""
    reminders = list(
        Reminder.objects.filter(pk__in=ids)
        .select_related("request__organisation", "request__intervention__action_line")
        .order_by("due_on", "pk")
    )
    book = AddressBook((one.request for one in reminders), day=today)
    parcels = []
    for reminder in reminders:
        found = book.resolve(reminder.request, reminder.audience)
        if found.nobody_known:
            organisation = reminder.request.organisation
            text = _("Nobody is known who answers for {name}: name a person or a contact address.")
            ask_office(
                kind="no_address",
                about=organisation,
                summary=format_lazy(text, name=organisation.name),
                today=today,
            )
        parcels.append(Parcel(reminder, found.recipients))
    return parcels


@transaction.atomic
def _queue(parcels: Iterable[Parcel], now: datetime.datetime) -> int:
    """Attach each reminder to the digests of all its addresses, if all can take it."""
    parcels = [parcel for parcel in parcels if parcel.recipients]
    recipients = {one.address: one for parcel in parcels for one in parcel.recipients}
    digests = open_digests(recipients.values(), now=now)
    free = Reminder.objects.select_for_update().filter(
        pk__in=[parcel.reminder.pk for parcel in parcels], state=ReminderState.PLANNED
    )
    still_planned = set(free.values_list("pk", flat=True))
    ready = [
        parcel
        for parcel in parcels
        if parcel.reminder.pk in still_planned
        and all(one.address in digests for one in parcel.recipients)
    ]
    through = Reminder.mails.through
    through.objects.bulk_create(
        [
            through(reminder_id=parcel.reminder.pk, outgoingmail_id=digests[one.address].pk)
            for parcel in ready
            for one in parcel.recipients
        ],
        ignore_conflicts=True,
    )
    return Reminder.objects.filter(pk__in=[parcel.reminder.pk for parcel in ready]).update(
        state=ReminderState.QUEUED, changed_at=timezone.now()
    )


def open_digests(
    recipients: Iterable[Recipient], *, now: datetime.datetime
) -> dict[str, OutgoingMail]:
    """The queued digest of every address that may still get one today, made where missing.

    Call inside a transaction: the rows are locked, so that none is claimed before what is put in
    it is committed. An unsent digest of an earlier day is used instead of a second one.
    """
    wanted = {one.address: one for one in recipients}
    busy = _served(wanted, now)
    waiting = _queued(wanted)
    missing = [one for address, one in wanted.items() if address not in busy | waiting.keys()]
    OutgoingMail.objects.bulk_create(
        [_digest(one, local_day(now)) for one in missing], ignore_conflicts=True
    )
    # Taken back earlier today before anything was said: the same row serves again.
    keys = [_key(one.address, local_day(now)) for one in missing]
    OutgoingMail.objects.filter(
        dedup_key__in=keys, state=MailState.CANCELLED, data_started_at=None, uncertain_count=0
    ).update(state=MailState.QUEUED, not_before=None, changed_at=timezone.now())
    waiting |= _queued({one.address: one for one in missing})
    return {address: mail for address, mail in waiting.items() if address not in busy}


def _served(wanted: dict[str, Recipient], now: datetime.datetime) -> set[str]:
    """Addresses with a digest that is under way, or that left (or failed) today."""
    today = local_day(now)
    begin = datetime.datetime.combine(today, datetime.time.min, AMSTERDAM)
    under_way = Q(state=MailState.SENDING) | Q(state=MailState.UNCERTAIN, uncertain_count=1)
    left = Q(state=MailState.SENT, sent_at__gte=begin)
    ended = Q(state__in=(MailState.SENT, MailState.FAILED, MailState.UNCERTAIN)) & Q(
        dedup_key__in=[_key(address, today) for address in wanted]
    )
    mails = OutgoingMail.objects.filter(under_way | left | ended, kind=DIGEST)
    return set(mails.filter(recipient__in=wanted).values_list("recipient", flat=True))


def _queued(wanted: dict[str, Recipient]) -> dict[str, OutgoingMail]:
    mails = OutgoingMail.objects.select_for_update().filter(
        kind=DIGEST, state=MailState.QUEUED, recipient__in=wanted
    )
    return {mail.recipient: mail for mail in mails.order_by("-pk")}


def _digest(recipient: Recipient, today: datetime.date) -> OutgoingMail:
    return OutgoingMail(
        recipient=recipient.address,
        user_id=recipient.user_id,
        kind=DIGEST,
        mail_class=MailClass.SCHEDULED,
        dedup_key=_key(recipient.address, today),
        language=recipient.language,
        message_id=new_message_id(),
    )


def _key(address: str, today: datetime.date) -> str:
    return f"{DIGEST}:{address}:{today.isoformat()}"


def new_message_id() -> str:
    """A Message-ID that stays with its row however often it must be sent."""
    host = urlsplit(settings.SPOOR_BASE_URL).hostname or "localhost"
    return f"<{uuid.uuid4()}@{host}>"


@transaction.atomic
def _announce_tasks(now: datetime.datetime) -> None:
    """A task that came due gives its people a digest once; it is in every later one while open."""
    tasks = list(
        OfficeTask.objects.due(local_day(now)).filter(notified_at=None).select_for_update()
    )
    if not tasks:
        return
    by_assignee: dict[int | None, list[int]] = defaultdict(list)
    for task in tasks:
        by_assignee[task.assignee_id].append(task.pk)
    office = AddressBook([], day=local_day(now)).office()
    for assignee_id, ids in by_assignee.items():
        people = [one for one in office if assignee_id in (None, one.user_id)] or list(office)
        digests = open_digests(people, now=now)
        if people and len(digests) == len(people):
            OfficeTask.objects.filter(pk__in=ids).update(notified_at=now)
