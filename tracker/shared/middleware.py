"""What no page should have to think of."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponseBadRequest, HttpResponseBase
from django.utils.translation import gettext as _


class PlainAddressMiddleware:
    """Refuses an address with a NUL in it: no page has one, and PostgreSQL cannot search for it."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        if "\0" in request.path or "%00" in request.META.get("QUERY_STRING", ""):
            return HttpResponseBadRequest(_("This address holds a character that cannot be used."))
        return self.get_response(request)
