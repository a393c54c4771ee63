"""The page of one organisation."""

from collections.abc import Iterable
from typing import Any

from django.utils import timezone
from django.utils.functional import cached_property

from actions.organisations.models import MembershipKind, Organisation, OrganisationQuerySet
from tracker.shared.views import DetailPage


class OrganisationPage(DetailPage):
    """Who an organisation is and where it belongs; what it does is added downstream.

    People and addresses only for the office and for the organisation itself.
    """

    queryset = Organisation.objects.all()
    template_name = "organisations/organisation.html"
    context_object_name = "organisation"
    panels_page = "organisations.organisation"

    @cached_property
    def sees_people(self) -> bool:
        actor = self.request.actor
        return actor.may("organisations.edit") or self.kwargs["pk"] in actor.organisation_ids

    def get_queryset(self) -> OrganisationQuerySet:
        today = timezone.localdate()
        return super().get_queryset().for_page(today, with_people=self.sees_people)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        found = self.object
        return super().get_context_data(**kwargs) | {
            "exists": found.exists_on(timezone.localdate()),
            "sees_people": self.sees_people,
            "people": with_their_parts(found.people) if self.sees_people else [],
        }


def with_their_parts(memberships: Iterable[dict[str, str]]) -> list[dict[str, str]]:
    """Each person once, with all that he or she does there in words."""
    people: dict[str, dict[str, str]] = {}
    for one in memberships:
        part = str(MembershipKind(one["kind"]).label)
        known = people.setdefault(one["email"], one | {"parts": ""})
        known["parts"] = f"{known['parts']}, {part}" if known["parts"] else part
    return list(people.values())
