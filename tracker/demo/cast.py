"""The example's organisations and people, as database rows."""

from dataclasses import dataclass
from datetime import date

from django.utils import timezone

from actions.organisations.models import (
    Absence,
    GroupMembership,
    Membership,
    MembershipKind,
    Organisation,
    OrganisationGroup,
    User,
)
from tracker.demo.content import Row, read
from tracker.demo.days import Calendar


@dataclass(frozen=True)
class Cast:
    """Who takes part, by the key that the example's files use."""

    organisations: dict[str, Organisation]
    groups: dict[str, OrganisationGroup]
    people: dict[str, User]
    reporters: dict[str, User]
    office: User


def load_cast(*, calendar: Calendar, plan_day: date) -> Cast:
    """Create organisations, groups, people, memberships and absences.

    What ended before the plan did so on New Year's Eve before the year of the plan.
    """
    about, people = read("organisations"), read("people")
    known = {row["key"]: _person(row) for row in people["people"]}
    office = known[people["office_contact"]]
    ended = date(plan_day.year - 1, 12, 31)
    organisations = _organisations(about["organisations"], known, office, ended)
    groups = {row["key"]: _group(row, organisations, calendar) for row in about["groups"]}
    for row in people["absences"]:
        Absence.objects.create(
            user=known[row["person"]],
            starts_on=calendar.working(row["starts_day"]),
            ends_on=calendar.day(row["ends_day"]),
            deputy=known[row["deputy"]],
        )
    reporters = _memberships(people["people"], known, organisations)
    return Cast(organisations, groups, known, reporters, office)


def _person(row: Row) -> User:
    """Nobody of the example has a password; the sign-in page offers them by name."""
    return User.objects.create_user(
        row["email"],
        full_name=row["full_name"],
        role=row["role"],
        is_staff=row["is_staff"],
        language=row["language"],
        date_joined=timezone.now(),
    )


def _organisations(
    rows: list[Row], people: dict[str, User], office: User, ended: date
) -> dict[str, Organisation]:
    found: dict[str, Organisation] = {}
    for row in rows:
        found[row["key"]] = Organisation.objects.create(
            name=row["name"],
            abbreviation=row["abbreviation"],
            kind=row["kind"],
            region=row["region"],
            contact_address=row["contact_address"],
            office_contact=people.get(row.get("office_contact", ""), office),
            parent=found.get(row["parent"]),
            valid_to=ended if "successor" in row else None,
            successor=found.get(row.get("successor", "")),
        )
    return found


def _group(
    row: Row, organisations: dict[str, Organisation], calendar: Calendar
) -> OrganisationGroup:
    """Members that came later or ended stand in the group for their time only."""
    group = OrganisationGroup.objects.create(name=row["name"])
    for key in row["members"]:
        since = row["since"].get(key)
        GroupMembership.objects.create(
            group=group,
            organisation=organisations[key],
            valid_from=None if since is None else calendar.working(since),
            valid_to=organisations[key].valid_to,
        )
    return group


def _memberships(
    rows: list[Row], people: dict[str, User], organisations: dict[str, Organisation]
) -> dict[str, User]:
    """Who answers first for each organisation, by its key."""
    first: dict[str, User] = {}
    for row in rows:
        for part in row["memberships"]:
            Membership.objects.create(
                user=people[row["key"]],
                organisation=organisations[part["organisation"]],
                kind=part["kind"],
            )
            if part["kind"] == MembershipKind.REPORTER:
                first.setdefault(part["organisation"], people[row["key"]])
    return first
