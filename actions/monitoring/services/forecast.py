"""What leaves next, from the same steps that the sweep takes."""

import datetime
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache

from django.conf import settings

from actions.monitoring.engine.dates import DaysOff
from actions.monitoring.engine.ladder import Ladder
from actions.monitoring.engine.recipients import AddressBook, Recipient
from actions.monitoring.models import MonitoringRound, Rung, UpdateRequest
from tracker.shared.calendar import local_day, next_working_day

# Day, rung and audience, with the requests that are then reminded.
Ahead = dict[tuple[datetime.date, str, str], set[int]]


@dataclass(frozen=True)
class Letter:
    """One address of a departure and the requests it is reminded of; `nobody_known`: it goes to
    the office, as nobody of the organisation can be reached."""

    recipient: Recipient
    requests: tuple[UpdateRequest, ...]
    nobody_known: bool


@dataclass(frozen=True)
class Departure:
    """One day on which reminders of one rung leave, if nobody answers before then."""

    on: datetime.date
    rung: str
    audience: str
    requests: int
    letters: tuple[Letter, ...]

    @property
    def addresses(self) -> int:
        """How many mails leave."""
        return len(self.letters)


def what_leaves_next(
    *, round: MonitoringRound, now: datetime.datetime, off: DaysOff | None = None
) -> list[Departure]:
    """Every departure still to come, the first one first. Nothing is written, and the number of
    queries grows neither with requests nor with extended deadlines."""
    requests = list(UpdateRequest.objects.owed().with_subject().filter(round=round))
    book = AddressBook(requests, day=local_day(now))
    ladder = Ladder.of(round)
    return departures(
        requests=requests, ladder=ladder, book=book, off=off or DaysOff.load(), now=now
    )


def departures(
    *,
    requests: Iterable[UpdateRequest],
    ladder: Ladder,
    book: AddressBook,
    off: DaysOff,
    now: datetime.datetime,
) -> list[Departure]:
    """What leaves next, from what was read already; asks the database nothing. `requests` are the
    owed ones of one round.

    What is due already counts under the first day on which mail may leave: the next sweep inside
    the mail window takes it, the highest rung of each request only.
    """
    today = local_day(now)
    always = settings.SPOOR_MAIL_WINDOW == "always"
    first_day = today if always else next_working_day(today, off.silent)
    owed = {one.pk: one for one in requests}
    ahead: Ahead = defaultdict(set)
    for day, rung, request_id in _to_come(ladder, owed.values(), off):
        ahead[max(day, first_day), rung.name, rung.audience].add(request_id)
    _only_the_highest(ahead, {rung.name: _height(rung) for rung in ladder.rungs.values()})
    found = []
    for (on, name, audience), ids in sorted(ahead.items()):
        letters = _letters([owed[pk] for pk in sorted(ids)], audience, book)
        if ids:
            found.append(Departure(on, name, audience, len(ids), letters))
    return found


def _to_come(
    ladder: Ladder, requests: Iterable[UpdateRequest], off: DaysOff
) -> Iterator[tuple[datetime.date, Rung, int]]:
    """The day, rung and request of every reminder that was not made yet, keyed as derive does."""
    day_of = cache(off.rung_day)
    for rung in ladder.rungs.values():
        about_round = rung.round
        for request in requests:
            deadline = about_round.deadline if rung.offset is None else request.due_on
            day = day_of(rung.offset, deadline=deadline, opens_on=about_round.opens_on)
            if day and (request.pk, rung.pk, deadline, rung.audience) not in ladder.made:
                yield day, rung, request.pk


def _height(rung: Rung) -> int:
    """The opening stands below every rung that is counted from the deadline."""
    return -32768 if rung.offset is None else rung.offset


def _letters(requests: list[UpdateRequest], audience: str, book: AddressBook) -> tuple[Letter, ...]:
    """The requests by the address that hears of them."""
    reached: dict[tuple[str, bool], tuple[Recipient, list[UpdateRequest]]] = {}
    for request in requests:
        found = book.resolve(request, audience)
        for one in found.recipients:
            key = one.address, found.nobody_known
            reached.setdefault(key, (one, []))[1].append(request)
    return tuple(
        Letter(recipient, tuple(asked), nobody_known)
        for (_address, nobody_known), (recipient, asked) in reached.items()
    )


def _only_the_highest(ahead: Ahead, heights: dict[str, int]) -> None:
    """Of several rungs on one day for one audience, a request counts under the highest."""
    for (day, rung, audience), ids in ahead.items():
        for (other_day, other, other_audience), others in ahead.items():
            same = (day, audience) == (other_day, other_audience)
            if same and heights[other] > heights[rung]:
                ids.difference_update(others)
