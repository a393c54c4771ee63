"""Making and changing an intervention together with who takes part in it."""

import datetime
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from actions.organisations.models import User
from actions.plan.models import Intervention, Involvement, InvolvementRole
from tracker.audit.services import record

# What monitoring keeps: an edit never touches it, whatever the edited instance says.
KEPT = ("delivery_state", "traffic_light", "state_accepted_on")


@dataclass(frozen=True)
class Part:
    """One party at an intervention: an organisation or a group (exactly one), and its role."""

    organisation_id: int | None
    group_id: int | None
    role: str
    reports: bool = False
    responsibility: str = ""

    @property
    def party(self) -> tuple[int | None, int | None]:
        return self.organisation_id, self.group_id


def save_intervention(
    *,
    intervention: Intervention,
    parts: Sequence[Part],
    actor: User | None,
    seen: datetime.datetime | None = None,
) -> Intervention:
    """Store an intervention and exactly these parties; the accepted state is left alone.

    `seen` is when the intervention was last changed as far as the editor knew: a later change by
    somebody else is not overwritten but refused. Also refused: two leads, a party named twice.
    """
    _check_parts(parts)
    try:
        with transaction.atomic():
            before = _lock(intervention, seen)
            intervention._history_user = actor  # type: ignore[attr-defined]
            intervention.save()
            _store_parts(intervention, parts, actor)
            verb = "plan.edit_intervention" if before else "plan.make_intervention"
            after = _facts(intervention, parts)
            record(verb=verb, subject=intervention, actor=actor, before=before, after=after)
    except IntegrityError as clash:
        raise ValidationError(
            _("Somebody else just stored an intervention with this code or with these parties. "
              "Look at it and try again.")
        ) from clash  # fmt: skip
    return intervention


def _check_parts(parts: Sequence[Part]) -> None:
    if sum(part.role == InvolvementRole.LEAD for part in parts) > 1:
        raise ValidationError(
            _("An intervention has one lead. Make the others co-lead or involved.")
        )
    if len({part.party for part in parts}) < len(parts):
        raise ValidationError(_("A party is named twice. Name each party once."))


def _lock(intervention: Intervention, seen: datetime.datetime | None) -> dict[str, Any]:
    if intervention.pk is None:
        return {}
    stored = Intervention.objects.select_for_update(of=("self",)).get(pk=intervention.pk)
    if seen and stored.changed_at != seen:
        raise ValidationError(
            _("Somebody else changed this intervention meanwhile. Open it again and look what "
              "changed before you store your own changes.")
        )  # fmt: skip
    for name in KEPT:
        setattr(intervention, name, getattr(stored, name))
    known = [_part(row) for row in stored.involvements.all()]
    return _facts(stored, known)


def _store_parts(intervention: Intervention, parts: Sequence[Part], actor: User | None) -> None:
    """Leavers first and the lead last, so that a change of lead never has two at a time."""
    known = {_part(row).party: row for row in intervention.involvements.all()}
    for party in set(known) - {part.party for part in parts}:
        known[party]._history_user = actor  # type: ignore[attr-defined]
        known.pop(party).delete()
    for part in sorted(parts, key=lambda one: one.role == InvolvementRole.LEAD):
        row = known.get(part.party) or Involvement(
            intervention=intervention, organisation_id=part.organisation_id, group_id=part.group_id
        )
        if row.pk and _part(row) == part:
            continue
        row.role, row.reports, row.responsibility = part.role, part.reports, part.responsibility
        row._history_user = actor  # type: ignore[attr-defined]
        row.save()


def _part(row: Involvement) -> Part:
    return Part(row.organisation_id, row.group_id, row.role, row.reports, row.responsibility)


def _facts(intervention: Intervention, parts: Sequence[Part]) -> dict[str, Any]:
    names = ("code", "title", "description", "stage", "starts_on", "due_on")
    facts: dict[str, Any] = {name: getattr(intervention, name) for name in names}
    facts["action_line"] = intervention.action_line_id
    facts["parts"] = [
        {"organisation": part.organisation_id, "group": part.group_id, "role": part.role}
        for part in parts
    ]
    return facts
