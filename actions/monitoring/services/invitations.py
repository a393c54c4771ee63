"""Inviting somebody: an account, and a mail with a link to choose a password."""

from django.contrib.auth.base_user import AbstractBaseUser
from django.db import transaction

from actions.monitoring.engine.compose import new_message_id
from actions.monitoring.models import MailClass, MailState, OutgoingMail
from actions.monitoring.outbox.letters import INVITATION
from actions.organisations.models import Role, User
from actions.organisations.services import welcome_person
from tracker.audit.services import record
from tracker.shared.wake import wake


@transaction.atomic
def invite(
    *,
    email: str,
    full_name: str,
    role: str = Role.OFFICE,
    is_staff: bool = False,
    language: str = "nl",
    actor: AbstractBaseUser | None,
) -> User:
    """Make the account if there is none, and queue the mail; it leaves at once, at any hour.

    Asked again before the first mail left, that one serves; after that a new one is made.
    ValidationError, by field, as `welcome_person` raises it.
    """
    person = welcome_person(
        email=email,
        full_name=full_name,
        role=role,
        is_staff=is_staff,
        language=language,
        actor=actor,
    )
    earlier = OutgoingMail.objects.filter(kind=INVITATION, user=person)
    if not earlier.filter(state__in=[MailState.QUEUED, MailState.SENDING]).exists():
        OutgoingMail.objects.create(
            recipient=person.email,
            user=person,
            kind=INVITATION,
            mail_class=MailClass.PROMPT,
            dedup_key=f"{INVITATION}:{person.pk}:{earlier.count() + 1}",
            language=person.language,
            message_id=new_message_id(),
        )
        record(verb="person.invited", subject=person, actor=actor)
    wake("monitoring.sweep")
    return person
