"""What each role may do: one table, read by the authentication backend and by the actor."""

from typing import Any

from django.contrib.auth.backends import ModelBackend
from django.utils.functional import cached_property

from actions.organisations.models import Role, User

EVERYBODY = frozenset({"quotes.read", "plan.read", "indicators.read"})

# DESIGN: "Who may what". Names are '<app>.<deed>'; apps ask for the name and know no roles.
ROLE_PERMISSIONS: dict[str, frozenset[str]] = {
    Role.OFFICE: EVERYBODY
    | {
        "quotes.import",
        "plan.edit",
        "plan.link",
        "plan.confirm",
        "indicators.edit",
        "monitoring.read",
        "monitoring.run",
        "monitoring.review",
        "monitoring.office_texts",
        "organisations.edit",
        "plan.commit",
        "reports.office",
        "reports.decide",
        "reports.unsent",
    },
    Role.LEADERSHIP: EVERYBODY
    | {
        "plan.confirm",
        "plan.commit",
        "monitoring.read",
        "reports.decide",
        "reports.unsent",
    },
    Role.PARTNER: EVERYBODY | {"monitoring.answer"},
}


class RoleBackend(ModelBackend):
    """Signs people in by e-mail and password, and grants what their role holds."""

    def get_user(self, user_id: Any) -> User | None:
        """The person of a session, with the organisations he or she answers for: one query."""
        found = User.objects.with_organisation_ids().filter(pk=user_id).first()
        return found if found and self.user_can_authenticate(found) else None

    def has_perm(self, user_obj: Any, perm: str, obj: Any = None) -> bool:
        if not user_obj.is_active:
            return False
        if user_obj.is_staff and user_obj.role == Role.OFFICE:
            return True
        return perm in ROLE_PERMISSIONS.get(user_obj.role, frozenset())

    def has_module_perms(self, user_obj: Any, app_label: str) -> bool:
        return user_obj.is_active and user_obj.is_staff and user_obj.role == Role.OFFICE


class UserActor:
    """A signed-in person as an actor."""

    scope = "account"

    def __init__(self, user: User) -> None:
        self.user = user

    @cached_property
    def organisation_ids(self) -> frozenset[int]:
        """The organisations this person answers for, as they came with the session's user."""
        if hasattr(self.user, "known_memberships"):
            return frozenset(row["organisation"] for row in self.user.known_memberships)
        return frozenset(self.user.memberships.values_list("organisation_id", flat=True))

    def may(self, permission: str) -> bool:
        return permission in ROLE_PERMISSIONS.get(self.user.role, frozenset())


class NobodyActor:
    """An outsider: sees nothing, may nothing."""

    scope = "none"
    user = None
    organisation_ids: frozenset[int] = frozenset()

    def may(self, permission: str) -> bool:
        return False


NOBODY = NobodyActor()
