"""Writes about people."""

from django.contrib.auth.base_user import AbstractBaseUser
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from actions.organisations.models import Role, User
from tracker.audit.services import record


@transaction.atomic
def welcome_person(
    *,
    email: str,
    full_name: str,
    role: str = Role.OFFICE,
    is_staff: bool = False,
    language: str = "nl",
    actor: AbstractBaseUser | None,
) -> User:
    """Somebody who may choose a password: made anew, or known and not yet in.

    ValidationError, by field, for an odd value, for an inactive person and for somebody who has
    a password already.
    """
    known = User.objects.filter(email__iexact=email.strip()).first()
    if known is not None:
        _must_still_come(known)
        return known
    person = User(
        email=email.strip(),
        full_name=full_name.strip(),
        role=role,
        is_staff=is_staff,
        language=language,
    )
    person.set_unusable_password()
    person.full_clean()
    person.save()
    after = {"email": person.email, "role": person.role, "is_staff": person.is_staff}
    record(verb="person.created", subject=person, actor=actor, after=after)
    return person


def _must_still_come(person: User) -> None:
    if not person.is_active:
        raise ValidationError({"email": _("This person is no longer active.")})
    if person.has_usable_password():
        raise ValidationError({"email": _("This person has a password already.")})
