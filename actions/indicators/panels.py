"""What indicators shows on the page of an intervention."""

from typing import Any

from django.http import HttpRequest
from django.utils import timezone

from actions.indicators.judgement import Point
from actions.indicators.models import Indicator
from actions.indicators.wording import figure, judge, state_word
from actions.plan.models import Intervention


def intervention_panel(request: HttpRequest, intervention: Intervention) -> dict[str, Any]:
    """The indicators that tell about an intervention, each with its last value and next target."""
    visible = Indicator.objects.visible_to(request.actor)  # type: ignore[attr-defined]
    found = visible.telling_about(intervention).with_latest().prefetch_related("targets")
    today = timezone.localdate()
    rows = []
    for one in found:
        last = Point(one.latest_end, one.latest_value) if one.latest_end else None
        coming = [target for target in one.targets.all() if target.on >= today]
        target = coming[0] if coming else next(reversed(one.targets.all()), None)
        rows.append(
            {
                "indicator": one,
                "contribution": one.contribution,
                "latest": figure(one.latest_value, one),
                "until": one.latest_end,
                "target": target,
                "target_value": figure(target.value, one) if target else "",
                "state": state_word(judge(one, last, one.targets.all(), today)),
            }
        )
    return {"rows": rows, "may_edit": request.actor.may("indicators.edit")}  # type: ignore[attr-defined]
