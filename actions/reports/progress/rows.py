"""What the report reads: five queries, each over everything that it needs of one kind.

The answers are read as plain values, and never the text for the office only.
"""

from collections.abc import Iterator
from datetime import date
from typing import Any

from django.db.models import (
    Case,
    CharField,
    Exists,
    F,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    Value,
    When,
)
from django.db.models.functions import Coalesce, NullIf, TruncDate

from actions.indicators.models import Indicator
from actions.monitoring.models import StatusUpdate, UpdateRequest
from actions.plan.models import Intervention, Involvement, InvolvementRole
from actions.reports.models import Ambition, Decision
from actions.reports.standing import NOT_ASKED
from tracker.shared.access import Actor

TEXTS = ("for_the_report", "cause", "consequence", "adjustment", "expected_finish", "unchanged")
FACTS = {
    "organisation_name": F("organisation__name"),
    "of": F("intervention"),
    "code": F("intervention__code"),
    "title": F("intervention__title"),
    "stage": F("intervention__stage"),
    "starts_on": F("intervention__starts_on"),
    "finish_by": F("intervention__due_on"),
    "parent": F("intervention__parent"),
    "parent_code": F("intervention__parent__code"),
    "line": F("intervention__action_line"),
    "line_code": F("intervention__action_line__code"),
    "line_title": F("intervention__action_line__title"),
    "goal": F("intervention__goal"),
    "goal_code": F("intervention__goal__code"),
    "goal_title": F("intervention__goal__title"),
}


def answers(round: int, previous: int | None) -> Iterator[dict[str, Any]]:
    """A row for every request of the round and of the one before it: who was asked about what,
    and in `answer` the accepted answer, or None. Only the round itself brings texts. One query."""
    accepted = StatusUpdate.objects.accepted().filter(request=OuterRef("pk")).order_by("-version")
    first = StatusUpdate.objects.filter(request=OuterRef("pk"), version=1)
    leads = Involvement.objects.filter(
        Q(organisation=OuterRef("organisation")) | Q(group__members=OuterRef("organisation")),
        intervention=OuterRef("intervention"),
        role=InvolvementRole.LEAD,
    )
    now = {name: Case(When(round=round, then=F(f"updates__{name}"))) for name in TEXTS}
    said = {name: F(f"updates__{name}") for name in ("traffic_light", "delivery_state")}
    rows = (
        UpdateRequest.objects.filter(round__in=[round, previous], intervention__isnull=False)
        .exclude(state__in=NOT_ASKED)
        .annotate(
            answer=Subquery(accepted.values("pk")[:1]),
            version=F("updates__pk"),
            submitted_at=F("updates__submitted_at"),
            first_submitted_on=TruncDate(Subquery(first.values("submitted_at")[:1])),
            by_lead=Exists(leads),
            **said,
            **now,
        )
        .filter(Q(answer=None) | Q(version=F("answer")))
        .order_by(
            "intervention__action_line__order", "intervention__action_line", "intervention__code",
            "pk",
        )
        .values(
            "pk", "round", "state", "due_on", "answer", "submitted_at", "first_submitted_on",
            "by_lead", "organisation", *said, *TEXTS, **FACTS,
        )
    )  # fmt: skip
    seen: set[int] = set()
    for row in rows:
        # A request without an accepted answer comes once for every version that it has.
        if row["pk"] not in seen:
            seen.add(row["pk"])
            yield row


def parties() -> QuerySet[Intervention, dict[str, Any]]:
    """A row for every party of every live or asked intervention, the lead first; an intervention
    in which nobody takes part has one row without a party. One query."""
    roles = [
        When(involvements__role=role, then=place) for place, role in enumerate(InvolvementRole)
    ]
    short = NullIf(F("involvements__organisation__abbreviation"), Value(""))
    return (
        Intervention.objects.annotate(
            live=Exists(Intervention.objects.live().filter(pk=OuterRef("pk"))),
            role=F("involvements__role"),
            party=Coalesce(
                short,
                "involvements__organisation__name",
                "involvements__group__name",
                output_field=CharField(),
            ),
            party_name=Coalesce("involvements__organisation__name", "involvements__group__name"),
        )
        .order_by("code", Case(*roles, default=9), "involvements__pk")
        .values("pk", "code", "title", "live", "delivery_state", "role", "party", "party_name")
    )


def indicators() -> QuerySet[Indicator]:
    """Every indicator with its newest measurement, once for each combination of an intervention
    and a goal that it tells about and a target that it has. One query."""
    return (
        Indicator.objects.with_latest()
        .annotate(
            of=F("intervention_links__intervention"),
            goal_code=F("goal_links__goal__code"),
            goal_title=F("goal_links__goal__title"),
            target_pk=F("targets__pk"),
            target_on=F("targets__on"),
            target_value=F("targets__value"),
            target_kind=F("targets__kind"),
        )
        .order_by("code", "pk", "targets__on")
    )


def ambitions(actor: Actor) -> Iterator[tuple[str, str, str, str]]:
    """Reference, text, coverage and extent of every ambition, in reading order. One query."""
    rows = (
        Ambition.objects.visible_to(actor)
        .with_coverage()
        .in_reading_order()
        .values_list(
            "anthology__code", "anthology__is_primary", "reference", "text", "coverage", "extent"
        )
    )
    for anthology, primary, reference, text, coverage, extent in rows:
        yield reference if primary else f"{anthology}:{reference}", text, coverage, extent


def decisions(actor: Actor, since: date, until: date | None) -> QuerySet[Decision]:
    """What was asked or decided in the time of a round: from its opening until the next report
    round opens, or until now. One query."""
    asked, decided = Q(asked_on__gte=since), Q(decided_on__gte=since)
    if until:
        asked, decided = asked & Q(asked_on__lt=until), decided & Q(decided_on__lt=until)
    found = Decision.objects.visible_to(actor).filter(asked | decided)
    return found.with_subject().order_by("asked_on", "pk")
