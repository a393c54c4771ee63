"""Who acts, and the contract by which querysets say what that actor may see and edit.

Apps ask `actor.may('plan.link')` and know no roles; organisations holds the one table that turns
a role into such permissions. `visible_to` decides between found and 404, `editable_by` between
allowed and 403; the base views in tracker.shared.views demand both.
"""

from typing import Protocol, Self

from django.contrib.auth.base_user import AbstractBaseUser
from django.db import models
from django.http import HttpRequest


class Actor(Protocol):
    """Somebody who acts: a signed-in user, a holder of a mail link, or nobody."""

    @property
    def user(self) -> AbstractBaseUser | None:
        """The signed-in user; None for a mail link and for nobody."""

    @property
    def organisation_ids(self) -> frozenset[int]:
        """Ids of the organisations this actor answers for."""

    @property
    def scope(self) -> str:
        """'account', 'link' (came from a mail) or 'none'."""

    def may(self, permission: str) -> bool:
        """Whether the actor's role holds the permission, e.g. 'quotes.import'."""


class ActorRequest(HttpRequest):
    """A request after the actor middleware."""

    actor: Actor


class ScopedQuerySet(models.QuerySet):
    """The default scope: whoever is signed in reads, who holds `edit_permission` writes."""

    edit_permission = ""

    def visible_to(self, actor: Actor) -> Self:
        """The rows the actor may know of; nothing for nobody."""
        return self if actor.scope == "account" else self.none()

    def editable_by(self, actor: Actor) -> Self:
        """The rows the actor may change."""
        may = bool(self.edit_permission) and actor.may(self.edit_permission)
        return self.visible_to(actor) if may else self.none()
