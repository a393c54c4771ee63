"""What an organisation owes and what it answered last, for the pages about organisations."""

import datetime

from django.db.models import (
    BooleanField,
    Count,
    ExpressionWrapper,
    IntegerField,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    Value,
)
from django.db.models.functions import Coalesce

from actions.monitoring.models.answer import StatusUpdate
from actions.monitoring.models.request import RequestQuerySet, UpdateRequest
from actions.organisations.models import Organisation, OrganisationQuerySet
from tracker.shared.access import Actor

NEWEST = 5


def with_debts(organisations: OrganisationQuerySet, today: datetime.date) -> OrganisationQuerySet:
    """Organisations with how many answers they owe, and how many of these are late on `today`.

    For who may read rounds. Organisations know nothing of requests.
    """
    owed = UpdateRequest.objects.owed().filter(organisation=OuterRef("pk"))
    return organisations.annotate(
        owed_count=_count(owed), late_count=_count(owed.filter(due_on__lt=today))
    )


def _count(requests: QuerySet) -> Coalesce:
    together = requests.order_by().annotate(one=Value(1)).values("one")
    counted = together.annotate(found=Count("pk")).values("found")
    return Coalesce(Subquery(counted, output_field=IntegerField()), Value(0))


def owed_and_answered(organisation: Organisation, actor: Actor) -> RequestQuerySet:
    """What an organisation still owes and the newest answers it gave, as far as the actor may see
    either: the requests, each with whether it `is_owed` and its newest visible answer. One query.
    """
    mine = UpdateRequest.objects.filter(organisation=organisation)
    owed = Q(pk__in=mine.visible_to(actor).owed().values("pk"))
    answers = StatusUpdate.objects.visible_to(actor).filter(request=OuterRef("pk"))
    last = answers.order_by("-version")
    told = mine.annotate(answered_at=Subquery(last.values("submitted_at")[:1]))
    newest = told.exclude(answered_at=None).order_by("-answered_at", "-pk").values("pk")[:NEWEST]
    return (
        told.filter(owed | Q(pk__in=newest))
        .with_subject()
        .annotate(
            is_owed=ExpressionWrapper(owed, output_field=BooleanField()),
            answer_id=Subquery(last.values("pk")[:1]),
            answered_light=Subquery(last.values("traffic_light")[:1]),
            answered_state=Subquery(last.values("delivery_state")[:1]),
        )
        .order_by("due_on", "pk")
    )
