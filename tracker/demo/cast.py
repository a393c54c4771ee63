"""The example's organisations and people, as database rows."""

from dataclasses import dataclass
from datetime import date

from actions.organisations.models import (
    Absence,
    GroupMembership,
    Membership,
    Organisation,
    OrganisationGroup,
    User,
)
from tracker.demo.content import day, read


@dataclass(frozen=True)
class Cast:
    """Who takes part, by the key that the example's files use."""

    organisations: dict[str, Organisation]
    people: dict[str, User]


def load_cast(*, today: date) -> Cast:
    """Create organisations, groups, people, memberships and absences."""
    about = read("people")
    people = {row["key"]: _person(row) for row in about["people"]}
    organisations = _organisations(people[about["office_contact"]])
    for row in about["people"]:
        for part in row["memberships"]:
            Membership.objects.create(
                user=people[row["key"]],
                organisation=organisations[part["organisation"]],
                kind=part["kind"],
            )
    for row in about["absences"]:
        Absence.objects.create(
            user=people[row["person"]],
            starts_on=day(today, row["starts_day"]),
            ends_on=day(today, row["ends_day"]),
            deputy=people[row["deputy"]],
        )
    return Cast(organisations, people)


def _person(row: dict) -> User:
    """Nobody of the example has a password; the sign-in page offers them by name."""
    return User.objects.create_user(
        row["email"],
        full_name=row["full_name"],
        role=row["role"],
        is_staff=row["is_staff"],
        language=row["language"],
    )


def _organisations(office_contact: User) -> dict[str, Organisation]:
    about = read("organisations")
    found: dict[str, Organisation] = {}
    for row in about["organisations"]:
        found[row["key"]] = Organisation.objects.create(
            name=row["name"],
            abbreviation=row["abbreviation"],
            kind=row["kind"],
            region=row["region"],
            contact_address=row["contact_address"],
            office_contact=office_contact,
            parent=found.get(row["parent"]),
        )
    for row in about["groups"]:
        group = OrganisationGroup.objects.create(name=row["name"])
        for key in row["members"]:
            GroupMembership.objects.create(group=group, organisation=found[key])
    return found
