"""Which organisation is asked about which intervention on a day."""

import datetime
from collections.abc import Iterator
from dataclasses import dataclass

from django.db.models import Exists, OuterRef, QuerySet

from actions.monitoring.models import StatusUpdate
from actions.organisations.models import GroupMembership, Organisation
from actions.plan.models import DeliveryState, Intervention, Involvement, InvolvementRole


@dataclass(frozen=True)
class Question:
    """One organisation will be asked about one intervention; `leads` when it answers for it."""

    intervention: Intervention
    organisation: Organisation
    leads: bool


def questions(*, day: datetime.date) -> list[Question]:
    """Everything that a round opened on `day` asks, in the order of the plan; a group is asked
    through its members of that day. Each pair of intervention and organisation comes once."""
    running = Intervention.objects.live().exclude(_closing_answer())
    return list(_expanded(running, day))


def leading_organisations(*, intervention: Intervention, day: datetime.date) -> set[int]:
    """Ids of the organisations that lead an intervention; none when nobody does."""
    only = Intervention.objects.filter(pk=intervention.pk)
    return {one.organisation.pk for one in _expanded(only, day) if one.leads}


def _closing_answer() -> Exists:
    """A completed intervention counts with its closing answer for ever: it is not asked again."""
    return Exists(
        StatusUpdate.objects.accepted().filter(
            request__intervention=OuterRef("pk"),
            delivery_state=DeliveryState.COMPLETED,
            request__intervention__delivery_state=DeliveryState.COMPLETED,
        )
    )


def _expanded(interventions: QuerySet[Intervention], day: datetime.date) -> Iterator[Question]:
    organisations = Organisation.objects.in_bulk()
    members: dict[int, list[int]] = {}
    for group_id, organisation_id in (
        GroupMembership.objects.on(day).order_by("organisation__name", "pk")
    ).values_list("group_id", "organisation_id"):
        members.setdefault(group_id, []).append(organisation_id)
    asked = Involvement.objects.asked().filter(intervention__in=interventions)
    parts = asked.select_related("intervention__action_line").order_by("intervention__code", "pk")
    # The lead first: an organisation that leads and also helps is asked once, as the lead.
    ranked = sorted(parts, key=lambda part: part.role != InvolvementRole.LEAD)
    seen: set[tuple[int, int]] = set()
    for part in sorted(ranked, key=lambda part: part.intervention.code):
        ids = (
            [part.organisation_id] if part.organisation_id else members.get(part.group_id or 0, [])
        )
        for organisation_id in ids:
            organisation = read_through(organisations[organisation_id], organisations, day)
            if (part.intervention_id, organisation.pk) not in seen:
                seen.add((part.intervention_id, organisation.pk))
                leads = part.role == InvolvementRole.LEAD
                yield Question(part.intervention, organisation, leads)


def read_through(
    organisation: Organisation, known: dict[int, Organisation], day: datetime.date
) -> Organisation:
    """The organisation that answers today for one that was merged or has been succeeded."""
    seen = {organisation.pk}
    while True:
        ended = organisation.valid_to is not None and organisation.valid_to < day
        next_id = organisation.merged_into_id or (organisation.successor_id if ended else None)
        if next_id is None or next_id in seen:
            return organisation
        seen.add(next_id)
        organisation = known[next_id]
