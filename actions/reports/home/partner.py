"""A partner's home: what is asked of it now, and what it does."""

import datetime
from typing import Any

from django.db.models import (
    Case,
    CharField,
    Count,
    Exists,
    F,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    Value,
    When,
    Window,
)

from actions.monitoring.models import RequestState, UpdateRequest
from actions.monitoring.models.request import OWED
from actions.monitoring.views.words import inbox_headline
from actions.organisations.models import GroupMembership
from actions.plan.models import Intervention, Involvement, InvolvementRole
from actions.reports.models import Ambition, Decision, DecisionState, Report
from tracker.shared.access import Actor

QUESTIONS_SHOWN = 5
LED_SHOWN = 12


def partner_home(actor: Actor, today: datetime.date) -> dict[str, Any]:
    """What is asked of a partner now, what it does, what was decided, and the last report."""
    questions = list(_questions(actor, today))
    first = questions[0] if questions else None
    counts = {"owed": first.total, "late": first.late_total} if first else {"owed": 0, "late": 0}
    returned = first.returned_total if first else 0
    for one in questions:
        one.late = one.is_late(today)
    led = list(interventions_of(actor, today)[: LED_SHOWN + 1])
    for one in led:
        one.my_role_word = InvolvementRole(one.my_role).label
    return {
        "today": today,
        "headline": inbox_headline(counts["owed"], counts["late"], returned),
        "questions": questions,
        "more_questions": counts["owed"] - len(questions),
        "interventions": led[:LED_SHOWN],
        "more_interventions": len(led) > LED_SHOWN,
        "decisions": list(
            Decision.objects.visible_to(actor)
            .filter(carried_out_by__in=actor.organisation_ids, state=DecisionState.TAKEN)
            .with_subject()
            .order_by(F("carried_out_on").desc(nulls_first=True), "carry_out_by", "pk")[:LED_SHOWN]
        ),
        "report": Report.objects.visible_to(actor).select_related("round").first(),
    }


def _questions(actor: Actor, today: datetime.date) -> QuerySet[UpdateRequest]:
    """The most urgent questions, each with how many there are in all, late and returned."""
    owed = UpdateRequest.objects.filter(organisation__in=actor.organisation_ids).owed().for_inbox()
    late = Q(due_on__lt=today, state__in=OWED)
    return owed.annotate(
        total=Window(Count("pk")),
        late_total=Window(Count("pk", filter=late)),
        returned_total=Window(Count("pk", filter=Q(state=RequestState.RETURNED))),
    )[:QUESTIONS_SHOWN]


def interventions_of(actor: Actor, day: datetime.date) -> QuerySet[Intervention]:
    """What an actor's organisations do, by themselves or in a group of that day: first what they
    lead; with their role, the lead's name and how many ambitions it answers. One query."""
    groups = GroupMembership.objects.on(day).filter(organisation__in=actor.organisation_ids)
    part = Involvement.objects.filter(
        Q(organisation__in=actor.organisation_ids) | Q(group__in=groups.values("group")),
        intervention=OuterRef("pk"),
    )
    ambitions = Ambition.objects.visible_to(actor).order_by().values("pk")
    ranked = part.annotate(
        place=Case(
            When(role=InvolvementRole.LEAD, then=Value("1")),
            When(role=InvolvementRole.CO_LEAD, then=Value("2")),
            default=Value("3"),
            output_field=CharField(),
        )
    ).order_by("place", "pk")
    return (
        Intervention.objects.visible_to(actor)
        .live()
        .filter(Exists(part))
        .with_lead()
        .annotate(
            place=Subquery(ranked.values("place")[:1]),
            my_role=Subquery(ranked.values("role")[:1]),
            quote_count=Count(
                "quote_links", distinct=True, filter=Q(quote_links__quote__in=ambitions)
            ),
        )
        .order_by("place", "code", "pk")
    )
