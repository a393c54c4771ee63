"""What this app shows on the pages of others."""

from typing import Any

from django.db.models import F
from django.http import HttpRequest
from django.utils import timezone

from actions.organisations.models import Organisation
from actions.plan.models import Intervention
from actions.reports.models import Ambition, Decision
from quotes.models import Quote


def coverage_panel(request: HttpRequest, quote: Quote) -> dict[str, Any] | None:
    """How far an ambition has come, with the way to its trace; nothing for other quotes."""
    ambition = Ambition.objects.visible_to(request.actor).with_coverage().filter(pk=quote.pk)  # type: ignore[attr-defined]
    found = ambition.select_related("anthology").first()
    return {"ambition": found} if found else None


def decisions_panel(request: HttpRequest, intervention: Intervention) -> dict[str, Any] | None:
    """What leadership was asked about an intervention and decided: one query. Nothing for who may
    not decide while nothing was taken."""
    actor = request.actor  # type: ignore[attr-defined]
    decisions = list(
        Decision.objects.visible_to(actor)
        .filter(intervention=intervention)
        .select_related("carried_out_by")
    )
    may_decide = actor.may("reports.decide")
    if not decisions and not may_decide:
        return None
    return {"decisions": decisions, "may_decide": may_decide, "code": intervention.code}


def carried_out_panel(request: HttpRequest, organisation: Organisation) -> dict[str, Any] | None:
    """The decisions that an organisation carries out, what is not done yet first; nothing where
    there is none. One query."""
    visible = Decision.objects.visible_to(request.actor)  # type: ignore[attr-defined]
    found = visible.filter(carried_out_by=organisation).with_subject()
    to_do_first = F("carried_out_on").asc(nulls_first=True)
    decisions = list(found.order_by(to_do_first, F("carry_out_by").asc(nulls_last=True), "pk"))
    return {"decisions": decisions, "today": timezone.localdate()} if decisions else None
