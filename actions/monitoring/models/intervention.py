"""What is asked about an intervention and what was accepted, for its own page."""

from collections.abc import Iterator

from django.db.models import BooleanField, ExpressionWrapper, OuterRef, Q, Subquery

from actions.monitoring.models.answer import StatusUpdate
from actions.monitoring.models.request import UpdateRequest
from actions.plan.models import Intervention
from tracker.shared.access import Actor

# What the page shows of an accepted answer.
SHOWN = ("pk", "delivery_state", "traffic_light", "for_the_report", "submitted_at")


def asked_and_accepted(intervention: Intervention, actor: Actor) -> Iterator[UpdateRequest]:
    """The requests about an intervention that the actor may know of, the most urgent first: each
    says whether it `is_owed`, and holds its `accepted` answer (shown in part) or None. One query.
    """
    asked = UpdateRequest.objects.filter(intervention=intervention)
    owed = Q(pk__in=asked.visible_to(actor).owed().values("pk"))
    answers = StatusUpdate.objects.visible_to(actor).accepted().filter(request=OuterRef("pk"))
    newest = answers.order_by("-version")
    rows = (
        asked.annotate(
            is_owed=ExpressionWrapper(owed, output_field=BooleanField()),
            **{f"said_{name}": Subquery(newest.values(name)[:1]) for name in SHOWN},
        )
        .filter(Q(is_owed=True) | Q(said_pk__isnull=False))
        .select_related("organisation", "round")
        .most_urgent_first()
    )
    for row in rows:
        said = {name: getattr(row, f"said_{name}") for name in SHOWN}
        row.accepted = StatusUpdate(request=row, **said) if said["pk"] else None
        yield row
