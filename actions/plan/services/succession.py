"""How an intervention goes over into others: split, merged or replaced."""

import datetime
from collections.abc import Sequence

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from actions.organisations.models import User
from actions.plan.models import Intervention, Succession, SuccessionKind
from tracker.audit.services import record


@transaction.atomic
def succeed(
    *,
    intervention: Intervention,
    successors: Sequence[Intervention],
    kind: str,
    on: datetime.date,
    reason: str,
    actor: User | None,
) -> list[Succession]:
    """Say that an intervention went over into others on a day: it answers no ambition any more.

    Its links, parties and answers stay with it as they were; what a successor answers is linked
    to the successor. Refused without a reason, for an intervention that went over before, for a
    successor that itself went over or was stopped, and when their number does not fit the kind.
    """
    _lock(intervention, successors)
    _check_successors(intervention, successors, kind)
    if not reason.strip():
        raise ValidationError(_("Say why the intervention goes over into another."))
    if Succession.objects.filter(from_intervention=intervention).exists():
        raise ValidationError(
            _("%(code)s went over into another intervention before."),
            params={"code": intervention.code},
        )
    made = [
        Succession(
            from_intervention=intervention,
            to_intervention=successor,
            kind=kind,
            on=on,
            reason=reason.strip(),
        )
        for successor in successors
    ]
    for one in made:
        one.full_clean()
    Succession.objects.bulk_create(made)
    after = {"successors": [one.code for one in successors], "kind": kind, "on": on}
    record(verb="plan.succeed", subject=intervention, actor=actor, after=after)
    return made


def _lock(intervention: Intervention, successors: Sequence[Intervention]) -> None:
    """Hold all of them, in one order, so that two successions at once take turns."""
    keys = [intervention.pk, *(one.pk for one in successors)]
    list(Intervention.objects.select_for_update().filter(pk__in=keys).order_by("pk"))


def _check_successors(
    intervention: Intervention, successors: Sequence[Intervention], kind: str
) -> None:
    keys = {one.pk for one in successors}
    if intervention.pk in keys or len(keys) < len(successors):
        raise ValidationError(_("Name each successor once, and not the intervention itself."))
    if kind == SuccessionKind.SPLIT and len(keys) < 2:
        raise ValidationError(_("An intervention is split into at least two."))
    if kind != SuccessionKind.SPLIT and len(keys) != 1:
        raise ValidationError(_("Name the one intervention that takes its place."))
    ended = Intervention.objects.filter(pk__in=keys).exclude(pk__in=Intervention.objects.live())
    if codes := ", ".join(ended.order_by("code").values_list("code", flat=True)):
        raise ValidationError(
            _("%(codes)s was stopped or went over into another: it cannot take over."),
            params={"codes": codes},
        )
