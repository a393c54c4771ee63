"""What monitoring shows on the pages of others."""

from typing import Any

from actions.monitoring.models import StatusUpdate, UpdateRequest
from actions.plan.models import Intervention
from tracker.shared.access import ActorRequest

NEWEST = 5


def reported(request: ActorRequest, subject: Intervention) -> dict[str, Any]:
    """An intervention's newest accepted answers, and the questions that are still open."""
    actor = request.actor
    updates = (
        StatusUpdate.objects.visible_to(actor).accepted().filter(request__intervention=subject)
    )
    asked = UpdateRequest.objects.visible_to(actor).owed().filter(intervention=subject)
    questions = list(asked.select_related("organisation", "round").most_urgent_first())
    own = actor.organisation_ids if actor.may("monitoring.answer") else frozenset()
    for question in questions:
        question.may_answer = question.organisation_id in own or actor.may("monitoring.run")
    return {"updates": updates.with_context().newest_first()[:NEWEST], "requests": questions}
