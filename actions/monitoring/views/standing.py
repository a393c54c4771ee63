"""How far each organisation is in a round. Pure: questions that were read in, rows out."""

import datetime
from collections.abc import Iterable
from dataclasses import dataclass, field

from actions.monitoring.engine.recipients import Recipient, Resolution
from actions.monitoring.models import Audience, RequestState, UpdateRequest
from actions.monitoring.models.request import OWED
from actions.monitoring.services import Departure

DONE = (RequestState.SUBMITTED, RequestState.ACCEPTED)
TOTALS = ("asked", "opened", "submitted", "accepted", "to_judge", "owed", "late")


@dataclass(frozen=True)
class StandIn:
    """Somebody who gets the mails of an absent colleague, until a day."""

    name: str
    away: str
    until: datetime.date


@dataclass
class Standing:
    """One organisation: how many it was asked, and how many of these came how far; `reminded_on`
    and `next_rung` (name, audience) say which mail comes next, `nobody_known` that none can."""

    organisation_id: int
    name: str
    asked: int = 0
    opened: int = 0
    submitted: int = 0
    accepted: int = 0
    to_judge: int = 0
    owed: int = 0
    late: int = 0
    drafts: int = 0
    returned: int = 0
    unchanged: int = 0
    extended: int = 0
    extended_until: datetime.date | None = None
    stand_ins: set[StandIn] = field(default_factory=set)
    nobody_known: bool = False
    reminded_on: datetime.date | None = None
    next_rung: tuple[str, str] = ("", "")
    # The same in words, for the page.
    notes: list[str] = field(default_factory=list)
    next_mail: str = ""
    judge: str = ""

    @property
    def done(self) -> bool:
        """Whether the office accepted everything."""
        return self.accepted == self.asked

    def count(
        self, request: UpdateRequest, *, today: datetime.date, deadline: datetime.date
    ) -> None:
        """Add one question, as `for_board` gives it."""
        owed = request.state in OWED
        done = request.state in DONE
        returned = request.state == RequestState.RETURNED
        self.asked += 1
        self.opened += done or returned or request.first_opened_at is not None
        self.submitted += done
        self.accepted += request.state == RequestState.ACCEPTED
        self.to_judge += request.state == RequestState.SUBMITTED
        self.owed += owed
        self.late += request.is_late(today)
        self.returned += returned
        self.drafts += owed and request.has_draft  # type: ignore[attr-defined]
        self.unchanged += done and bool(request.last_unchanged)  # type: ignore[attr-defined]
        if owed and request.due_on > deadline:
            self.extended += 1
            self.extended_until = max(request.due_on, self.extended_until or request.due_on)

    def reached_by(self, found: Resolution, deputies: Iterable[Recipient]) -> None:
        """Note who can be mailed about one of its owed questions, and who stands in for whom."""
        self.nobody_known = self.nobody_known or found.nobody_known
        self.stand_ins |= {
            StandIn(one.name, one.stands_in_for, one.until) for one in deputies if one.until
        }


def standings(
    requests: Iterable[UpdateRequest], *, today: datetime.date, deadline: datetime.date
) -> list[Standing]:
    """A row for each organisation; the latest comes first, then who owes most."""
    rows: dict[int, Standing] = {}
    for request in requests:
        own = Standing(request.organisation_id, request.organisation.name)
        row = rows.setdefault(request.organisation_id, own)
        row.count(request, today=today, deadline=deadline)
    return sorted(
        rows.values(), key=lambda row: (-row.late, -row.owed, row.name, row.organisation_id)
    )


def look_ahead(rows: Iterable[Standing], departures: Iterable[Departure]) -> None:
    """Note in each row when the next mail about it leaves, and of which rung: of several on that
    day the one to who answers."""
    by_organisation = {row.organisation_id: row for row in rows}
    for departure in departures:
        rung = (departure.rung, departure.audience)
        for request in {one for letter in departure.letters for one in letter.requests}:
            row = by_organisation[request.organisation_id]
            to_owner = departure.on == row.reminded_on and departure.audience == Audience.OWNER
            if row.reminded_on is None or to_owner:
                row.reminded_on, row.next_rung = departure.on, rung


def totals(rows: Iterable[Standing]) -> dict[str, int]:
    """The figures of all organisations together."""
    rows = list(rows)
    return {name: sum(getattr(row, name) for row in rows) for name in TOTALS}
