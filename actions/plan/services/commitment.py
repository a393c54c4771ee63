"""What was promised to parliament: storing it, and closing it with a document.

Every function is atomic and raises ValidationError with a sentence for people, at the field that
it is about, when a rule forbids the deed.
"""

import datetime
from collections.abc import Iterable
from typing import Any

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from actions.organisations.models import User
from actions.plan.models import Commitment, CommitmentState, Intervention
from tracker.audit.services import record

FACTS = ("number", "kind", "made_on", "text", "source", "due_on", "state")


def save_commitment(
    *,
    commitment: Commitment,
    interventions: Iterable[Intervention],
    actor: User | None,
    seen: datetime.datetime | None = None,
) -> Commitment:
    """Store a commitment and exactly these interventions as what answers it.

    `seen` is when it was last changed as far as the editor knew: a later change by somebody else
    is refused instead of overwritten. It is not closed here (`close_commitment`).
    """
    chosen = sorted(interventions, key=lambda one: one.code)
    try:
        with transaction.atomic():
            before = _lock(commitment, seen)
            commitment.validate_constraints()
            commitment.save()
            commitment.interventions.set(chosen)
            verb = "plan.edit_commitment" if before else "plan.make_commitment"
            after = _facts(commitment, chosen)
            record(verb=verb, subject=commitment, actor=actor, before=before, after=after)
    except IntegrityError as clash:
        raise ValidationError(
            {"number": _("There is already a commitment of that number.")}
        ) from clash
    return commitment


@transaction.atomic
def close_commitment(
    *, commitment: Commitment, document: str, on: datetime.date, actor: User | None
) -> Commitment:
    """Close a commitment by the document that says so, on its date. Refused when it was closed
    before, without a number, and for a day before it was made or after today."""
    kept = Commitment.objects.select_for_update(of=("self",)).get(pk=commitment.pk)
    if kept.is_closed:
        raise ValidationError(
            _("This was closed before, by document %(document)s."),
            params={"document": kept.closing_document},
        )
    before = {"state": kept.state}
    kept.state = CommitmentState.CLOSED
    kept.closing_document, kept.closed_on = document.strip(), on
    kept.validate_constraints()
    if on < kept.made_on:
        raise ValidationError({"closed_on": _("This day lies before the commitment was made.")})
    if on > timezone.localdate():
        raise ValidationError({"closed_on": _("This day is still to come.")})
    kept.save()
    after = {"state": kept.state, "document": kept.closing_document, "on": kept.closed_on}
    record(verb="plan.close_commitment", subject=kept, actor=actor, before=before, after=after)
    return kept


def _lock(commitment: Commitment, seen: datetime.datetime | None) -> dict[str, Any]:
    """Hold the stored row; how it was closed is not this edit's to change."""
    if commitment.pk is None:
        return {}
    stored = Commitment.objects.select_for_update(of=("self",)).get(pk=commitment.pk)
    if seen and stored.changed_at != seen:
        raise ValidationError(
            _("Somebody else changed this commitment meanwhile. Open it again and look what "
              "changed before you store your own changes.")
        )  # fmt: skip
    if stored.is_closed:
        commitment.state = stored.state
    commitment.closing_document, commitment.closed_on = stored.closing_document, stored.closed_on
    return _facts(stored, stored.interventions.all())


def _facts(commitment: Commitment, interventions: Iterable[Intervention]) -> dict[str, Any]:
    facts: dict[str, Any] = {name: getattr(commitment, name) for name in FACTS}
    facts["owner"] = commitment.owner_id
    facts["interventions"] = [one.code for one in interventions]
    return facts
