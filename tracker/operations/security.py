"""Where to tell that something is unsafe: /.well-known/security.txt (RFC 9116)."""

from datetime import UTC, timedelta

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.views import View

# RFC 9116, 2.5.5: the file should expire within a year. It is made anew at every request.
VALID_FOR = timedelta(days=180)


class SecurityTxt(View):
    """The contact of SPOOR_SECURITY_CONTACT; not there (404) while nobody is named."""

    def get(self, request: HttpRequest) -> HttpResponse:
        contact = settings.SPOOR_SECURITY_CONTACT
        if not contact:
            raise Http404
        expires = (timezone.now() + VALID_FOR).replace(microsecond=0).astimezone(UTC)
        lines = [
            f"Contact: {contact}",
            f"Expires: {expires:%Y-%m-%dT%H:%M:%SZ}",
            "Preferred-Languages: nl, en",
            f"Canonical: {settings.SPOOR_BASE_URL}{reverse('security-txt')}",
        ]
        return HttpResponse("\n".join(lines) + "\n", content_type="text/plain; charset=utf-8")
