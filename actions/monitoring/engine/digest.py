"""What one address owes at this moment: the contents of its digest, before any wording."""

import datetime
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from django.db.models import Q
from django.db.models.functions import Lower

from actions.monitoring.engine.dates import DaysOff
from actions.monitoring.engine.recipients import AddressBook, Recipient
from actions.monitoring.models import (
    Audience,
    OfficeTask,
    OutgoingMail,
    Reminder,
    ReminderState,
    Rung,
    UpdateRequest,
)
from actions.organisations.models import Absence, Membership, Organisation, User
from tracker.shared.calendar import local_day


@dataclass(frozen=True)
class Item:
    """One request as a mail shows it; `late` in working days, 0 when the day has not passed."""

    request: UpdateRequest
    late: int


@dataclass
class Contents:
    """The sections of one digest. `triggered`: something of it is due now, so it may leave."""

    owed: list[Item] = field(default_factory=list)
    copies: list[Item] = field(default_factory=list)
    escalations: list[Item] = field(default_factory=list)
    unreachable: list[Item] = field(default_factory=list)
    tasks: list[OfficeTask] = field(default_factory=list)
    names: set[str] = field(default_factory=set)
    stands_in_for: set[str] = field(default_factory=set)
    reply_to: str = ""
    next_day: datetime.date | None = None
    next_is_copied: bool = False
    triggered: bool = False

    @property
    def request_ids(self) -> frozenset[int]:
        """All requests that the mail speaks of: if one is answered meanwhile, collect anew."""
        sections = (self.owed, self.copies, self.escalations, self.unreachable)
        return frozenset(item.request.pk for section in sections for item in section)

    @property
    def is_empty(self) -> bool:
        return not (self.request_ids or self.tasks)


def collect(mails: Sequence[OutgoingMail], *, now: datetime.datetime) -> dict[int, Contents]:
    """The contents of each mail, by its id, from what is owed now; a fixed number of queries."""
    today, off = local_day(now), DaysOff.load()
    by_address = {mail.recipient.lower(): Contents() for mail in mails}
    reminders = _reminders(mails)
    requests = {one.pk: one for one in _candidates(by_address, today)}
    for reminder in reminders:
        reminder.request = requests.setdefault(reminder.request_id, reminder.request)
    book = AddressBook(requests.values(), day=today)
    for request in sorted(requests.values(), key=lambda one: (one.due_on, one.pk)):
        found = book.resolve(request, Audience.OWNER)
        if not found.to_office:
            for recipient in found.recipients:
                if recipient.address in by_address:
                    contents = by_address[recipient.address]
                    _add(contents.owed, request, recipient, contents, off, today)
    for reminder in reminders:
        _sort_in(reminder, by_address, book, off, today)
    _finish(by_address, book, off, today)
    return {mail.pk: by_address[mail.recipient.lower()] for mail in mails}


def _reminders(mails: Sequence[OutgoingMail]) -> list[Reminder]:
    """The queued reminders of these mails whose answer is still owed."""
    return list(
        Reminder.objects.filter(mails__in=mails, state=ReminderState.QUEUED)
        .filter(request__in=UpdateRequest.objects.owed().values("pk"))
        .select_related(
            "request__round",
            "request__organisation",
            "request__indicator",
            "request__intervention__action_line",
        )
        .distinct()
        .order_by("request__due_on", "pk")
    )


def _candidates(addresses: Iterable[str], today: datetime.date) -> Iterable[UpdateRequest]:
    """Every owed request that might be one of these addresses' – the address book decides."""
    addresses = list(addresses)
    people = set(
        User.objects.active()
        .alias(address=Lower("email"))
        .filter(address__in=addresses)
        .values_list("pk", flat=True)
    )
    away = list(Absence.objects.on(today).values_list("user_id", "deputy_id"))
    before = -1
    while len(people) != before:
        before = len(people)
        people |= {user_id for user_id, deputy_id in away if deputy_id in people}
    members = Membership.objects.filter(user__in=people).values("organisation")
    mailboxes = Organisation.objects.alias(address=Lower("contact_address")).filter(
        address__in=addresses
    )
    return (
        UpdateRequest.objects.owed()
        .with_subject()
        .filter(
            Q(organisation__in=members)
            | Q(organisation__in=mailboxes.values("pk"))
            | Q(holder__in=people)
        )
    )


def _sort_in(
    reminder: Reminder,
    by_address: dict[str, Contents],
    book: AddressBook,
    off: DaysOff,
    today: datetime.date,
) -> None:
    """A due reminder triggers its mails; copies and escalations are sections of their own."""
    found = book.resolve(reminder.request, reminder.audience)
    for recipient in found.recipients:
        contents = by_address.get(recipient.address)
        if contents is None:
            continue
        contents.triggered = True
        if found.nobody_known:
            section = contents.unreachable
        elif found.to_office:
            section = contents.escalations
        elif reminder.audience == Audience.CONTACT:
            section = contents.copies
        else:
            continue
        _add(section, reminder.request, recipient, contents, off, today)


def _add(
    section: list[Item],
    request: UpdateRequest,
    recipient: Recipient,
    contents: Contents,
    off: DaysOff,
    today: datetime.date,
) -> None:
    if any(item.request.pk == request.pk for item in section):
        return
    section.append(Item(request, off.days_late(request.due_on, today)))
    contents.names.add(recipient.name)
    if recipient.stands_in_for:
        contents.stands_in_for.add(recipient.stands_in_for)


def _finish(
    by_address: dict[str, Contents], book: AddressBook, off: DaysOff, today: datetime.date
) -> None:
    """Add the office's tasks, the reply address and the day of the next reminder."""
    rungs = _rungs(by_address.values())
    office = {one.address: one for one in book.office()}
    tasks = list(OfficeTask.objects.due(today)) if office.keys() & by_address.keys() else []
    for address, contents in by_address.items():
        if address in office:
            mine = (None, office[address].user_id)
            contents.tasks = [task for task in tasks if task.assignee_id in mine]
            contents.triggered |= bool(contents.tasks)
            contents.names.add(office[address].name)
        # Who must answer needs no second line about it as the contact person.
        mine_to_answer = {item.request.pk for item in contents.owed}
        contents.copies = [i for i in contents.copies if i.request.pk not in mine_to_answer]
        shown = [*contents.owed, *contents.copies, *contents.escalations]
        contents.reply_to = next(filter(None, (book.reply_to(i.request) for i in shown)), "")
        if contents.owed:
            _look_ahead(contents, rungs, off, today)


def _rungs(all_contents: Iterable[Contents]) -> dict[int, list[Rung]]:
    rounds = {item.request.round_id for one in all_contents for item in one.owed}
    found: dict[int, list[Rung]] = defaultdict(list)
    counted = Rung.objects.filter(round__in=rounds - {None}).exclude(offset=None)
    for rung in counted.select_related("round"):
        found[rung.round_id].append(rung)
    return found


def _look_ahead(
    contents: Contents, rungs: dict[int, list[Rung]], off: DaysOff, today: datetime.date
) -> None:
    """When the next reminder would come, and whether the contact person gets it too."""
    ahead: dict[datetime.date, set[str]] = defaultdict(set)
    for item in contents.owed:
        for rung in rungs.get(item.request.round_id or 0, []):
            day = off.rung_day(
                rung.offset, deadline=item.request.due_on, opens_on=rung.round.opens_on
            )
            if day is not None and day > today:
                ahead[day].add(rung.audience)
    days = [day for day, audiences in ahead.items() if Audience.OWNER in audiences]
    if days:
        contents.next_day = min(days)
        contents.next_is_copied = Audience.CONTACT in ahead[contents.next_day]
