"""Which reminders need not leave any more."""

from collections.abc import Collection

from django.db.models import Exists, F, OuterRef, QuerySet
from django.db.models.functions import Coalesce
from django.utils import timezone

from actions.monitoring.models import Reminder, ReminderState, UpdateRequest

WAITING = (ReminderState.PLANNED, ReminderState.QUEUED)
# The opening stands below every rung that is counted from the deadline.
_HEIGHT = Coalesce("rung__offset", -32768)


def cancel_not_owed(*, requests: Collection[int] | QuerySet | None = None) -> int:
    """Cancel what waits for a request that owes no answer any more; without `requests`, all."""
    waiting = Reminder.objects.filter(state__in=WAITING)
    if requests is not None:
        waiting = waiting.filter(request__in=requests)
    owed = UpdateRequest.objects.owed().filter(pk=OuterRef("request"))
    return _end(waiting.filter(~Exists(owed)), ReminderState.CANCELLED)


def supersede_moved(*, requests: Collection[int] | None = None) -> int:
    """Replace what was counted from a deadline that is no longer the request's."""
    moved = Reminder.objects.filter(state__in=WAITING, rung__offset__isnull=False).exclude(
        deadline=F("request__due_on")
    )
    if requests is not None:
        moved = moved.filter(request__in=requests)
    return _end(moved, ReminderState.SUPERSEDED)


def supersede_lower() -> int:
    """Of the rungs of one request that are due for one audience only the highest is mailed."""
    higher = (
        Reminder.objects.filter(
            request=OuterRef("request"),
            audience=OuterRef("audience"),
            state__in=(*WAITING, ReminderState.SENT),
            deadline=OuterRef("request__due_on"),
        )
        .annotate(height=_HEIGHT)
        .filter(height__gt=OuterRef("height"))
    )
    waiting = Reminder.objects.filter(state__in=WAITING).annotate(height=_HEIGHT)
    return _end(waiting.filter(Exists(higher)), ReminderState.SUPERSEDED)


def _end(reminders: QuerySet, state: ReminderState) -> int:
    # Through a subquery: an UPDATE cannot join the request, and thousands of ids are no list.
    return Reminder.objects.filter(pk__in=reminders.values("pk"), state__in=WAITING).update(
        state=state, changed_at=timezone.now()
    )
