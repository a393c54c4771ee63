"""Who: people, the organisations they answer for, and who stands in for whom."""

from actions.organisations.models.organisation import (
    GroupMembership,
    Organisation,
    OrganisationGroup,
    OrganisationKind,
    OrganisationQuerySet,
)
from actions.organisations.models.people import Absence, Membership, MembershipKind
from actions.organisations.models.user import Role, User

__all__ = [
    "Absence",
    "GroupMembership",
    "Membership",
    "MembershipKind",
    "Organisation",
    "OrganisationGroup",
    "OrganisationKind",
    "OrganisationQuerySet",
    "Role",
    "User",
]
