"""Puts the actor on every request."""

from collections.abc import Callable
from typing import cast

from django.http import HttpRequest, HttpResponseBase

from actions.organisations.access import NOBODY, UserActor
from actions.organisations.models import User
from tracker.shared.access import ActorRequest


class ActorMiddleware:
    """Sets `request.actor`; a mail-link session will set its own and leave the user anonymous."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        signed_in = request.user.is_authenticated
        actor = UserActor(cast("User", request.user)) if signed_in else NOBODY
        cast("ActorRequest", request).actor = actor
        return self.get_response(request)
