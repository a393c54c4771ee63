"""Mails that answer one person's act: what each kind says, made when it is claimed.

A secret in a link is made here and leaves with the mail; what is stored has a placeholder.
"""

import datetime
from collections.abc import Callable
from dataclasses import dataclass

from django.conf import settings
from django.contrib.auth.tokens import default_token_generator
from django.urls import reverse
from django.utils import translation
from django.utils.encoding import force_bytes
from django.utils.formats import date_format
from django.utils.http import urlsafe_base64_encode

from actions.monitoring.models import OutgoingMail
from actions.monitoring.outbox.render import Rendered, in_letters
from tracker.shared.calendar import local_day

INVITATION = "invitation"
HIDDEN = "…"


@dataclass(frozen=True)
class Letter:
    """A mail ready to leave, and how it is kept: `secret` never reaches the database."""

    rendered: Rendered
    reply_to: str = ""
    secret: str = ""

    @property
    def kept(self) -> Rendered:
        """What is stored: the same words, the secret left out."""
        if not self.secret:
            return self.rendered
        return Rendered(*(part.replace(self.secret, HIDDEN) for part in self.rendered))


def invitation(*, mail: OutgoingMail, now: datetime.datetime) -> Letter | None:
    """A link by which somebody new chooses a password; None once that was done, or he left.

    The link holds as long as PASSWORD_RESET_TIMEOUT says and serves once: choosing a password
    makes every earlier link worthless.
    """
    person = mail.user
    if person is None or not person.is_active or person.has_usable_password():
        return None
    token = default_token_generator.make_token(person)
    address = reverse("welcome", args=[urlsafe_base64_encode(force_bytes(person.pk)), token])
    until = local_day(now + datetime.timedelta(seconds=settings.PASSWORD_RESET_TIMEOUT))
    with translation.override(mail.language):
        rendered = in_letters(
            "invitation",
            {
                "name": person.full_name,
                "email": person.email,
                "administrator": person.is_staff,
                "welcome_url": settings.SPOOR_BASE_URL + address,
                "until": date_format(until, "l j F"),
                "language": mail.language,
                "spoor_example": settings.SPOOR_EMBEDDED,
            },
        )
    return Letter(rendered, secret=token)


Writer = Callable[..., Letter | None]
WRITERS: dict[str, Writer] = {INVITATION: invitation}
