"""Who gets a mail: holder, reporters, deputies, the shared mailbox, and at last the office."""

import datetime
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from django.conf import settings

from actions.monitoring.models import Audience, UpdateRequest
from actions.organisations.models import (
    Absence,
    Membership,
    MembershipKind,
    Organisation,
    Role,
    User,
)


@dataclass(frozen=True)
class Recipient:
    """One address; `stands_in_for` names the absent person whose mail this is."""

    address: str
    language: str
    user_id: int | None = None
    name: str = ""
    stands_in_for: str = ""


@dataclass(frozen=True)
class Resolution:
    """Where mail for one request goes. `to_office`: it is the office's to act upon;
    `nobody_known`: because nobody of the organisation can be reached."""

    recipients: tuple[Recipient, ...]
    to_office: bool = False
    nobody_known: bool = False


class AddressBook:
    """Everybody who may get mail about some requests on one day, in six queries.

    Inactive people are in none of its pages: nothing is ever sent to them.
    """

    def __init__(self, requests: Iterable[UpdateRequest], *, day: datetime.date) -> None:
        requests = list(requests)
        organisation_ids = {request.organisation_id for request in requests}
        self._organisations = Organisation.objects.in_bulk(organisation_ids)
        self._members: dict[tuple[int, str], list[User]] = defaultdict(list)
        members = Membership.objects.active().filter(organisation__in=organisation_ids)
        for one in members.select_related("user").order_by("pk"):
            self._members[one.organisation_id, one.kind].append(one.user)
        absences = Absence.objects.on(day).select_related("deputy").order_by("-starts_on", "pk")
        self._deputies = {one.user_id: one.deputy for one in absences}
        self._office = list(User.objects.active().filter(role=Role.OFFICE).order_by("pk"))
        named = {request.holder_id for request in requests}
        named |= {one.office_contact_id for one in self._organisations.values()}
        named |= {_line_contact(request) for request in requests}
        self._people = User.objects.active().in_bulk(pk for pk in named if pk)

    def resolve(self, request: UpdateRequest, audience: str) -> Resolution:
        """The recipients of one rung of one request, each address once."""
        if audience == Audience.OFFICE:
            return Resolution(self.office(request), to_office=True)
        owners = self._reachable(self._owners(request), request)
        found = owners
        if audience == Audience.CONTACT:
            people = self._members[request.organisation_id, MembershipKind.CONTACT]
            found = self._reachable(people, request)
        if found:
            return Resolution(found)
        return Resolution(self.office(request), to_office=True, nobody_known=not owners)

    def office(self, request: UpdateRequest | None = None) -> tuple[Recipient, ...]:
        """The contact of the action line or the organisation, else everybody of the office."""
        if request is not None:
            organisation = self._organisations[request.organisation_id]
            for contact_id in (_line_contact(request), organisation.office_contact_id):
                contact = self._present(self._people.get(contact_id or 0))
                if contact:
                    return (contact,)
        return _unique(self._present(user) for user in self._office)

    def reply_to(self, request: UpdateRequest) -> str:
        """The address of the person at the office who answers for this request, or ''."""
        organisation = self._organisations[request.organisation_id]
        for contact_id in (_line_contact(request), organisation.office_contact_id):
            if contact_id in self._people:
                return self._people[contact_id].email
        return ""

    def _owners(self, request: UpdateRequest) -> list[User]:
        """Who has it now; if nobody (any more), all who answer for the organisation."""
        holder = self._people.get(request.holder_id or 0)
        reporters = self._members[request.organisation_id, MembershipKind.REPORTER]
        return [holder] if holder and self._present(holder) else reporters

    def _reachable(self, people: Iterable[User], request: UpdateRequest) -> tuple[Recipient, ...]:
        """These people or their deputies, else the organisation's shared mailbox, else nobody."""
        found = _unique(self._present(user) for user in people)
        organisation = self._organisations[request.organisation_id]
        if found or not organisation.contact_address:
            return found
        mailbox = organisation.contact_address.lower()
        return (Recipient(mailbox, organisation.language, name=organisation.name),)

    def _present(self, user: User | None) -> Recipient | None:
        """The person, or whoever stands in; None when the chain of deputies ends nowhere."""
        if user is None:
            return None
        person, seen = user, {user.pk}
        while person.pk in self._deputies:
            person = self._deputies[person.pk]
            if person.pk in seen or not person.is_active:
                return None
            seen.add(person.pk)
        away = "" if person == user else user.full_name
        language = person.language or settings.LANGUAGE_CODE
        return Recipient(person.email.lower(), language, person.pk, person.full_name, away)


def _unique(recipients: Iterable[Recipient | None]) -> tuple[Recipient, ...]:
    """Each address once; who is meant personally goes before who stands in."""
    known: dict[str, Recipient] = {}
    for one in recipients:
        if one and (one.address not in known or not one.stands_in_for):
            known[one.address] = one
    return tuple(known.values())


def _line_contact(request: UpdateRequest) -> int | None:
    about = request.intervention
    return about.action_line.office_contact_id if about else None
