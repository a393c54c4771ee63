"""What leadership is asked, what it decides, and what came of it.

Every function is atomic, writes an audit entry, and raises ValidationError with a sentence for
people when a rule forbids the deed.
"""

import datetime

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from actions.indicators.models import Indicator
from actions.organisations.models import Organisation, User
from actions.plan.models import Commitment, Goal, Intervention
from actions.reports.models import Decision, DecisionState
from tracker.audit.services import record

Subject = Goal | Intervention | Indicator | Commitment

RULINGS = (DecisionState.TAKEN, DecisionState.POSTPONED, DecisionState.REJECTED)
SETTLED = (DecisionState.TAKEN, DecisionState.REJECTED)


@transaction.atomic
def propose_decision(
    *,
    subject: Subject,
    question: str,
    options: str,
    proposal: str,
    actor: User,
    on: datetime.date,
) -> Decision:
    """Ask leadership one question about one subject; `options` holds one option on each line.

    Refused while the same question about that subject still waits.
    """
    kind = str(subject._meta.model_name)
    decision = Decision(
        **{kind: subject},
        question=question.strip(),
        options=_lines(options),
        proposal=proposal.strip(),
        asked_by=actor,
        asked_on=on,
    )
    decision.full_clean()
    # Two people who ask at once take turns: the second one sees the question of the first.
    type(subject)._default_manager.select_for_update(of=("self",)).get(pk=subject.pk)
    same = Decision.objects.waiting().filter(**{kind: subject}, question=decision.question)
    if same.exists():
        raise ValidationError(_("This question was put before and still waits for a decision."))
    decision.save()
    after = {"subject": str(subject), "question": decision.question, "proposal": decision.proposal}
    record(verb="decision.proposed", subject=decision, actor=actor, after=after)
    return decision


@transaction.atomic
def take_decision(
    *,
    decision: Decision,
    state: str,
    ruling: str,
    meeting: str,
    decided_by: User,
    on: datetime.date,
    carried_out_by: Organisation | None = None,
    carry_out_by: datetime.date | None = None,
    effect_check_on: datetime.date | None = None,
    actor: User,
) -> Decision:
    """Lay down what was decided: taken, postponed (it waits on) or rejected.

    What was taken or rejected is settled and cannot be decided again. Who carries it out, and the
    days, belong to a decision that was taken; with the others they are left out.
    """
    decision = Decision.objects.select_for_update(of=("self",)).get(pk=decision.pk)
    _check_ruling(decision, state, ruling, on)
    taken = state == DecisionState.TAKEN
    _check_days(on, carry_out_by if taken else None, effect_check_on if taken else None)
    before = {"state": decision.state}
    decision.state = state
    decision.ruling = ruling.strip()
    decision.meeting = meeting.strip()
    decision.decided_by = decided_by
    decision.decided_on = on
    decision.carried_out_by = carried_out_by if taken else None
    decision.carry_out_by = carry_out_by if taken else None
    decision.effect_check_on = effect_check_on if taken else None
    decision.full_clean()
    decision.save()
    after = _settled(decision)
    record(verb=f"decision.{state}", subject=decision, actor=actor, before=before, after=after)
    return decision


@transaction.atomic
def report_outcome(
    *, decision: Decision, carried_out_on: datetime.date, outcome: str, actor: User
) -> Decision:
    """Say when a decision that was taken was carried out and what came of it.

    What came of it may be left empty only where the effect is still to be checked. It may be said
    again: the audit keeps what stood before.
    """
    decision = Decision.objects.select_for_update(of=("self",)).get(pk=decision.pk)
    if decision.state != DecisionState.TAKEN or decision.decided_on is None:
        raise ValidationError(_("Only a decision that was taken has an outcome."))
    if carried_out_on < decision.decided_on:
        raise ValidationError(
            {"carried_out_on": _("It cannot be carried out before it was decided.")}
        )
    if not outcome.strip() and (decision.effect_check_on is None or decision.outcome):
        raise ValidationError({"outcome": _("Say what came of it.")})
    before = {"carried_out_on": decision.carried_out_on, "outcome": decision.outcome}
    decision.carried_out_on = carried_out_on
    decision.outcome = outcome.strip()
    decision.full_clean()
    decision.save()
    after = {"carried_out_on": carried_out_on, "outcome": decision.outcome}
    record(verb="decision.outcome", subject=decision, actor=actor, before=before, after=after)
    return decision


def _settled(decision: Decision) -> dict[str, object]:
    """What was laid down, for the record."""
    return {
        "state": decision.state,
        "ruling": decision.ruling,
        "meeting": decision.meeting,
        "decided_by": decision.decided_by_id,
        "decided_on": decision.decided_on,
        "carried_out_by": str(decision.carried_out_by or ""),
        "carry_out_by": decision.carry_out_by,
        "effect_check_on": decision.effect_check_on,
    }


def _lines(options: str) -> str:
    """One option on each line, without empty ones."""
    return "\n".join(line.strip() for line in options.splitlines() if line.strip())


def _check_ruling(decision: Decision, state: str, ruling: str, on: datetime.date) -> None:
    if decision.state in SETTLED:
        raise ValidationError(_("This was decided before. Put a new question instead."))
    if state not in RULINGS:
        raise ValidationError({"state": _("Choose taken, postponed or rejected.")})
    if state in SETTLED and not ruling.strip():
        raise ValidationError({"ruling": _("Say what was decided.")})
    if on < decision.asked_on:
        raise ValidationError({"on": _("It cannot be decided before it was asked.")})


def _check_days(
    on: datetime.date, carry_out_by: datetime.date | None, effect_check_on: datetime.date | None
) -> None:
    if carry_out_by and carry_out_by < on:
        raise ValidationError({"carry_out_by": _("This day lies before the decision.")})
    if effect_check_on and effect_check_on < on:
        raise ValidationError({"effect_check_on": _("This day lies before the decision.")})
