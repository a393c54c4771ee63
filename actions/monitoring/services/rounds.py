"""Making, opening and closing a round."""

import datetime
from collections.abc import Iterable
from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from actions.monitoring.engine.asked import Question, questions
from actions.monitoring.engine.dates import DaysOff
from actions.monitoring.engine.recipients import AddressBook
from actions.monitoring.engine.supersede import cancel_not_owed
from actions.monitoring.models import (
    Audience,
    Holiday,
    HolidayKind,
    MonitoringRound,
    RequestState,
    RoundState,
    Rung,
    UpdateRequest,
)
from actions.monitoring.models.request import OWED
from actions.organisations.models import Organisation, User
from actions.plan.models import Intervention
from tracker.audit.services import record
from tracker.shared.calendar import dutch_public_holidays, is_working_day, local_day

# Name, working days from the deadline (None: the day of opening), who is reminded.
DEFAULT_LADDER: tuple[tuple[str, int | None, Audience], ...] = (
    ("opening", None, Audience.OWNER),
    ("d-10", -10, Audience.OWNER),
    ("d-3", -3, Audience.OWNER),
    ("d0", 0, Audience.OWNER),
    ("d+2", 2, Audience.OWNER),
    ("d+5", 5, Audience.OWNER),
    ("d+5", 5, Audience.CONTACT),
    ("d+10", 10, Audience.OFFICE),
)


@dataclass(frozen=True)
class PreviewRow:
    """One request that opening would make; `problem` says in words why no mail can leave."""

    organisation: Organisation
    subject: Intervention
    recipient: str
    problem: str


@transaction.atomic
def fill_public_holidays(*, years: Iterable[int]) -> int:
    """Fill the office's table with the Dutch public holidays of years that it knows none of;
    returns how many were added. A year that the office edited stays as it is."""
    added = 0
    for year in sorted(set(years)):
        known = Holiday.objects.filter(kind=HolidayKind.HOLIDAY, starts_on__year=year)
        if known.exists():
            continue
        days = dutch_public_holidays(year).items()
        Holiday.objects.bulk_create(
            Holiday(name=name[:100], kind=HolidayKind.HOLIDAY, starts_on=day, ends_on=day)
            for day, name in days
        )
        added += len(days)
    return added


@transaction.atomic
def create_round(
    *,
    name: str,
    kind: str,
    period_start: datetime.date,
    period_end: datetime.date,
    opens_on: datetime.date,
    deadline: datetime.date,
    intro: str = "",
    scope: str = "",
    actor: User | None,
) -> MonitoringRound:
    """A planned round with the default ladder; ValidationError, by field, when it cannot be."""
    fill_public_holidays(years=range(opens_on.year, deadline.year + 2))
    if not is_working_day(deadline, DaysOff.load().holidays):
        raise ValidationError({"deadline": _("Choose a working day as the deadline.")})
    about_round = MonitoringRound(
        name=name,
        kind=kind,
        period_start=period_start,
        period_end=period_end,
        opens_on=opens_on,
        deadline=deadline,
        intro=intro,
        scope=scope,
    )
    about_round.full_clean()
    about_round.save()
    Rung.objects.bulk_create(
        Rung(round=about_round, name=rung, offset=offset, audience=audience)
        for rung, offset, audience in DEFAULT_LADDER
    )
    after = {"name": name, "kind": kind, "opens_on": opens_on, "deadline": deadline}
    record(verb="round.created", subject=about_round, actor=actor, after=after)
    return about_round


def preview_round(*, round: MonitoringRound, today: datetime.date) -> list[PreviewRow]:
    """Who would be asked what if the round opened today, and who cannot be reached."""
    asked = questions(day=today)
    requests = [_request(round, question) for question in asked]
    book = AddressBook(requests, day=today)
    rows = []
    for question, request in zip(asked, requests, strict=True):
        found = book.resolve(request, Audience.OWNER)
        unknown = _("Nobody is known here: the mail goes to the programme office.")
        rows.append(
            PreviewRow(
                organisation=question.organisation,
                subject=question.intervention,
                recipient=", ".join(one.address for one in found.recipients),
                problem=unknown if found.nobody_known else "",
            )
        )
    return rows


@transaction.atomic
def open_round(
    *, round: MonitoringRound, actor: User | None, now: datetime.datetime
) -> MonitoringRound:
    """Ask every reporting organisation; running it again asks only who was not asked yet.

    The round opens on the day that this is called. ValidationError for a closed round and when
    the deadline has passed.
    """
    about_round = MonitoringRound.objects.select_for_update().get(pk=round.pk)
    today = local_day(now)
    if about_round.state == RoundState.CLOSED:
        raise ValidationError(_("This round is closed and cannot be opened again."))
    if about_round.deadline < today:
        raise ValidationError(_("The deadline has passed: choose a later one first."))
    before = {"state": about_round.state, "opens_on": about_round.opens_on}
    made = _ask(about_round, today)
    if about_round.state == RoundState.PLANNED:
        about_round.state = RoundState.OPEN
        about_round.opens_on = today
        about_round.opened_at = now
        about_round.save()
    after = {"state": about_round.state, "opens_on": about_round.opens_on, "requests": made}
    record(verb="round.opened", subject=about_round, actor=actor, before=before, after=after)
    return about_round


@transaction.atomic
def close_round(
    *, round: MonitoringRound, actor: User | None, now: datetime.datetime
) -> MonitoringRound:
    """End a round: what was not answered lapses and nobody is reminded any more.

    ValidationError while answers wait for a judgement, and unless the round is open.
    """
    about_round = MonitoringRound.objects.select_for_update().get(pk=round.pk)
    if about_round.state != RoundState.OPEN:
        raise ValidationError(_("Only an open round can be closed."))
    requests = UpdateRequest.objects.select_for_update().filter(round=about_round)
    unjudged = sum(one.state == RequestState.SUBMITTED for one in requests)
    if unjudged:
        raise ValidationError(
            _("First judge the answers that were submitted: %(count)s are waiting."),
            params={"count": unjudged},
        )
    lapsed = requests.filter(state__in=OWED).update(state=RequestState.LAPSED, changed_at=now)
    about_round.state = RoundState.CLOSED
    about_round.closed_at = now
    about_round.save()
    cancelled = cancel_not_owed(requests=requests)
    after = {"state": about_round.state, "lapsed": lapsed, "reminders_cancelled": cancelled}
    record(verb="round.closed", subject=about_round, actor=actor, after=after)
    return about_round


def _ask(about_round: MonitoringRound, today: datetime.date) -> int:
    """Make the requests that are missing. A withdrawn request may be asked anew."""
    asked = set(
        about_round.requests.exclude(state=RequestState.WITHDRAWN).values_list(
            "intervention_id", "organisation_id"
        )
    )
    missing = [
        _request(about_round, one)
        for one in questions(day=today)
        if (one.intervention.pk, one.organisation.pk) not in asked
    ]
    UpdateRequest.objects.bulk_create(missing, ignore_conflicts=True)
    return len(missing)


def _request(about_round: MonitoringRound, question: Question) -> UpdateRequest:
    return UpdateRequest(
        round=about_round,
        intervention=question.intervention,
        organisation=question.organisation,
        due_on=about_round.deadline,
    )
