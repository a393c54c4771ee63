"""What indicators shows on the pages of an intervention and of an organisation."""

from typing import Any

from django.http import HttpRequest
from django.utils import timezone

from actions.indicators.models import Indicator, targets_of, with_targets
from actions.indicators.wording import due_word, figure, summary
from actions.organisations.models import Organisation
from actions.plan.models import Intervention


def intervention_panel(request: HttpRequest, intervention: Intervention) -> dict[str, Any]:
    """The indicators that tell about an intervention, each with its last value and next target;
    one query."""
    visible = Indicator.objects.visible_to(request.actor)  # type: ignore[attr-defined]
    found = with_targets(visible.telling_about(intervention).with_latest())
    today = timezone.localdate()
    rows = [
        summary(one, today, targets_of(one)) | {"contribution": one.contribution} for one in found
    ]
    return {"rows": rows, "may_edit": request.actor.may("indicators.edit")}  # type: ignore[attr-defined]


def supplied_panel(request: HttpRequest, organisation: Organisation) -> dict[str, Any] | None:
    """The indicators whose figures an organisation supplies, each with its newest figure and
    whether a newer one was due; nothing where it supplies none. One query."""
    visible = Indicator.objects.visible_to(request.actor)  # type: ignore[attr-defined]
    today = timezone.localdate()
    rows = [
        {"indicator": one, "latest": figure(one.latest_value, one), "due": due_word(one, today)}
        for one in visible.filter(supplier=organisation).with_latest().order_by("code", "pk")
    ]
    return {"rows": rows} if rows else None
