"""What somebody owes, and what came of what was sent."""

from typing import Any

from django.utils import timezone
from django.views.generic import TemplateView

from actions.monitoring.models import RequestState, RoundState, UpdateRequest
from actions.monitoring.models.request import OWED
from actions.monitoring.views.words import inbox_headline
from tracker.shared.views import SignedInMixin


class Inbox(SignedInMixin, TemplateView):
    """Returned answers first, then what is most urgent; below it what was sent. Who is asked
    nothing reads what this page is, and where the own work stands."""

    template_name = "monitoring/inbox.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(**kwargs)
        actor = self.request.actor
        context["answers"] = actor.may("monitoring.answer")
        if not context["answers"]:
            return context | {
                "headline": inbox_headline(0, 0, 0),
                "may_judge": actor.may("monitoring.review"),
                "may_read_rounds": actor.may("monitoring.read"),
            }
        today = timezone.localdate()
        mine = UpdateRequest.objects.filter(organisation__in=actor.organisation_ids)
        asked = list(mine.owed().for_inbox())
        for request in asked:
            request.late = request.is_late(today)
        returned = [one for one in asked if one.state == RequestState.RETURNED]
        fresh = [one for one in asked if one.state != RequestState.RETURNED]
        late = sum(one.late for one in asked)
        sent = mine.filter(round__state=RoundState.OPEN).exclude(state__in=OWED).for_inbox()
        context |= {
            "headline": inbox_headline(len(asked), late, len(returned)),
            "returned": returned,
            "fresh": fresh,
            "asked": returned + fresh,
            "sent": sent.filter(last_update_id__isnull=False),
            "today": today,
        }
        return context
