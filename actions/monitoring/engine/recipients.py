"""Who gets a mail: holder, reporters, deputies, the shared mailbox, and at last the office."""

import datetime
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from django.conf import settings
from django.db.models import F, Q

from actions.monitoring.models import Audience, UpdateRequest
from actions.organisations.models import Absence, MembershipKind, Role, User


@dataclass(frozen=True)
class Recipient:
    """One address; `stands_in_for` names the absent person whose mail this is, until `until`."""

    address: str
    language: str
    user_id: int | None = None
    name: str = ""
    stands_in_for: str = ""
    until: datetime.date | None = None


@dataclass(frozen=True)
class Resolution:
    """Where mail for one request goes. `to_office`: it is the office's to act upon;
    `nobody_known`: because nobody of the organisation can be reached."""

    recipients: tuple[Recipient, ...]
    to_office: bool = False
    nobody_known: bool = False


class AddressBook:
    """Everybody who may get mail about some requests on one day, in two queries.

    The requests come with their organisation and action line. Inactive people are in none of its
    pages: nothing is ever sent to them.
    """

    def __init__(self, requests: Iterable[UpdateRequest], *, day: datetime.date) -> None:
        requests = list(requests)
        self._organisations = {one.organisation_id: one.organisation for one in requests}
        named = {one.holder_id for one in requests}
        named |= {one.office_contact_id for one in self._organisations.values()}
        named |= {_line_contact(request) for request in requests}
        self._read_people({pk for pk in named if pk})
        absences = Absence.objects.on(day).select_related("deputy").order_by("-starts_on", "pk")
        self._absences = {one.user_id: one for one in absences}

    def _read_people(self, named: set[int]) -> None:
        """The office, whoever is named, and who takes part in the organisations; one query, with
        a row for each membership."""
        rows = (
            User.objects.active()
            .annotate(
                organisation_id=F("memberships__organisation"),
                part=F("memberships__kind"),
                membership_id=F("memberships__pk"),
            )
            .filter(
                Q(role=Role.OFFICE)
                | Q(pk__in=named)
                | Q(organisation_id__in=self._organisations.keys())
            )
            .order_by("pk")
        )
        people = list(rows)
        self._people = {person.pk: person for person in people}
        self._office = [one for one in self._people.values() if one.role == Role.OFFICE]
        self._members: dict[tuple[int, str], list[User]] = defaultdict(list)
        for one in sorted(people, key=lambda person: person.membership_id or 0):
            self._members[one.organisation_id, one.part].append(one)

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

    def deputies(self, request: UpdateRequest) -> tuple[Recipient, ...]:
        """Who stands in for whom of those who answer, also where the deputy answers anyway."""
        found = (self._present(user) for user in self._owners(request))
        return tuple(one for one in found if one and one.stands_in_for)

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
        person, seen, ends = user, {user.pk}, []
        while person.pk in self._absences:
            absence = self._absences[person.pk]
            person = absence.deputy
            if person.pk in seen or not person.is_active:
                return None
            seen.add(person.pk)
            ends.append(absence.ends_on)
        away = "" if person == user else user.full_name
        language = person.language or settings.LANGUAGE_CODE
        until = min(ends, default=None)
        return Recipient(person.email.lower(), language, person.pk, person.full_name, away, until)


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
