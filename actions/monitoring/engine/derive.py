"""Which reminders are due, read from the state of the database alone."""

import datetime
from collections.abc import Iterator
from dataclasses import dataclass

from django.db.models import Exists, OuterRef, QuerySet

from actions.monitoring.engine.dates import DaysOff
from actions.monitoring.models import MonitoringRound, Reminder, RoundState, Rung, UpdateRequest

BATCH = 500


@dataclass(frozen=True)
class Step:
    """One rung of a round for all requests with one due day. `deadline` is the key it is counted
    from: the opening's is the round's own, so that extending a request does not open it anew."""

    rung: Rung
    day: datetime.date
    deadline: datetime.date
    requests: QuerySet[UpdateRequest]

    def without_reminder(self) -> QuerySet[UpdateRequest]:
        """The owed requests that this step has not reminded of."""
        known = Reminder.objects.filter(
            request=OuterRef("pk"),
            rung=self.rung,
            deadline=self.deadline,
            audience=self.rung.audience,
        )
        return self.requests.filter(~Exists(known))


def steps(*, off: DaysOff, about_round: MonitoringRound | None = None) -> Iterator[Step]:
    """Every step of every open round (or of one), whatever its day."""
    rounds = MonitoringRound.objects.filter(state=RoundState.OPEN).prefetch_related("rungs")
    if about_round is not None:
        rounds = rounds.filter(pk=about_round.pk)
    for one in rounds:
        owed = UpdateRequest.objects.owed().filter(round=one)
        due_days = sorted(set(owed.order_by().values_list("due_on", flat=True)))
        for rung in one.rungs.all():
            if rung.offset is None:
                day = off.rung_day(None, deadline=one.deadline, opens_on=one.opens_on)
                if day is not None and due_days:
                    yield Step(rung, day, one.deadline, owed)
                continue
            for due_on in due_days:
                day = off.rung_day(rung.offset, deadline=due_on, opens_on=one.opens_on)
                if day is not None:
                    yield Step(rung, day, due_on, owed.filter(due_on=due_on))


def derive(*, today: datetime.date, off: DaysOff) -> int:
    """Add the reminders that are due and not there yet; a repeated run adds nothing.

    Two workers at once are kept apart by the unique key: INSERT … ON CONFLICT DO NOTHING.
    """
    added = 0
    for step in steps(off=off):
        if step.day > today:
            continue
        ids = list(step.without_reminder().values_list("pk", flat=True))
        Reminder.objects.bulk_create(
            (_reminder(step, request_id) for request_id in ids),
            ignore_conflicts=True,
            batch_size=BATCH,
        )
        added += len(ids)
    return added


def _reminder(step: Step, request_id: int) -> Reminder:
    return Reminder(
        request_id=request_id,
        rung=step.rung,
        deadline=step.deadline,
        audience=step.rung.audience,
        due_on=step.day,
    )
