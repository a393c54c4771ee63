"""What monitoring shows on the pages of others."""

from typing import Any

from django.utils import timezone

from actions.monitoring.models import asked_and_accepted, owed_and_answered
from actions.organisations.models import Organisation
from actions.plan.models import Intervention
from tracker.shared.access import ActorRequest

NEWEST = 5


def reported(request: ActorRequest, subject: Intervention) -> dict[str, Any]:
    """An intervention's newest accepted answers, and the questions that are still open: those to
    the reader's own organisations apart; one query."""
    actor = request.actor
    own = actor.organisation_ids if actor.may("monitoring.answer") else frozenset()
    updates, to_me, to_others = [], [], []
    for one in asked_and_accepted(subject, actor):
        if one.is_owed:
            (to_me if one.organisation_id in own else to_others).append(one)
        if one.accepted is not None:
            updates.append(one.accepted)
    updates.sort(key=lambda update: (update.submitted_at, update.pk), reverse=True)
    return {
        "updates": updates[:NEWEST],
        "unpublished": not updates and subject.state_accepted_on is not None,
        "to_me": to_me,
        "to_others": to_others,
        "may_fill_in": actor.may("monitoring.run"),
    }


def answers_of(request: ActorRequest, organisation: Organisation) -> dict[str, Any] | None:
    """What an organisation owes, late first, and what it answered last, as far as the reader may
    see either; nothing where that is nothing. One query."""
    actor = request.actor
    today = timezone.localdate()
    own = actor.may("monitoring.answer") and organisation.pk in actor.organisation_ids
    reads_debts = own or actor.may("monitoring.read")
    owed, answered = [], []
    for one in owed_and_answered(organisation, actor):
        if one.is_owed:
            one.late = one.is_late(today)
            owed.append(one)
        if one.answer_id:
            answered.append(one)
    if not reads_debts and not answered:
        return None
    answered.sort(key=lambda one: (one.answered_at, one.pk), reverse=True)
    return {
        "reads_debts": reads_debts,
        "owed": owed,
        "late": sum(one.late for one in owed),
        "answered": answered[:NEWEST],
        "may_answer": own or actor.may("monitoring.run"),
    }
