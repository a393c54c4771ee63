"""More time for one request."""

import datetime
from collections.abc import Iterable

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from actions.monitoring.engine.dates import DaysOff
from actions.monitoring.engine.supersede import supersede_moved
from actions.monitoring.models import (
    MonitoringRound,
    Reminder,
    ReminderState,
    Rung,
    UpdateRequest,
)
from actions.monitoring.models.request import EXTENDED
from actions.organisations.models import User
from tracker.audit.services import record
from tracker.shared.calendar import is_working_day, local_day


@transaction.atomic
def extend_request(
    *,
    request: UpdateRequest,
    due_on: datetime.date,
    reason: str = "",
    actor: User | None,
    now: datetime.datetime,
) -> UpdateRequest:
    """Give a request a later day; the ladder counts anew from it, without repeating a rung whose
    new day lies before today. The reason is kept in the audit. ValidationError unless the day is a
    later working day and an answer is still owed."""
    locked = UpdateRequest.objects.select_for_update().get(pk=request.pk)
    today, off = local_day(now), DaysOff.load()
    if not UpdateRequest.objects.owed().filter(pk=locked.pk).exists():
        raise ValidationError(_("No answer is owed here any more."))
    if due_on <= locked.due_on or due_on < today:
        raise ValidationError({"due_on": _("Choose a day after the present deadline.")})
    if not is_working_day(due_on, off.holidays):
        raise ValidationError({"due_on": _("Choose a working day as the deadline.")})
    before = locked.due_on
    locked.due_on = due_on
    locked.save(update_fields=["due_on", "changed_at"])
    supersede_moved(requests=[locked.pk])
    if locked.round:
        rungs = locked.round.rungs.exclude(offset=None)
        _climb(locked.round, rungs, [locked], until=today - datetime.timedelta(days=1), off=off)
    record(
        verb=EXTENDED,
        subject=locked,
        actor=actor,
        before={"due_on": before},
        after={"due_on": due_on, "reason": reason.strip()},
    )
    return locked


def _climb(
    about_round: MonitoringRound,
    rungs: Iterable[Rung],
    requests: list[UpdateRequest],
    *,
    until: datetime.date,
    off: DaysOff,
) -> int:
    climbed = []
    for rung in rungs:
        for request in requests:
            deadline = about_round.deadline if rung.offset is None else request.due_on
            day = off.rung_day(rung.offset, deadline=deadline, opens_on=about_round.opens_on)
            if day is not None and day <= until:
                climbed.append(
                    Reminder(
                        request=request,
                        rung=rung,
                        deadline=deadline,
                        audience=rung.audience,
                        due_on=day,
                        state=ReminderState.SUPERSEDED,
                    )
                )
    Reminder.objects.bulk_create(climbed, ignore_conflicts=True, batch_size=500)
    return len(climbed)
