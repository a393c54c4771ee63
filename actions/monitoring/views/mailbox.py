"""The mails of the example, to be read by everybody who tries it out. Mounted embedded only."""

from typing import Any

from csp.decorators import csp
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.utils.decorators import method_decorator
from django.views.decorators.clickjacking import xframe_options_sameorigin
from django.views.generic import DetailView
from django.views.generic.base import View
from django.views.generic.detail import SingleObjectMixin

from actions.monitoring.filters import MailFilter
from actions.monitoring.models import OutgoingMail
from actions.monitoring.tables import MailTable
from tracker.shared.views import ListPage, ScopedMixin

# How high the frame is: a step for so many characters of the mail's text, so that it hardly ever
# scrolls inside itself. Without a script a frame does not know how long its page is.
CHARACTERS_PER_STEP, MOST_STEPS = 200, 12

# A mail may look as it likes and do nothing: its links open the page around it.
MAIL_POLICY = {
    "default-src": ["'none'"],
    "style-src": ["'unsafe-inline'"],
    "img-src": ["data:"],
    "base-uri": ["'none'"],
    "form-action": ["'none'"],
    "frame-ancestors": ["'self'"],
    "sandbox": ["allow-top-navigation-by-user-activation"],
}


class MailScope(ScopedMixin):
    """In the example everybody reads along; elsewhere these pages do not exist."""

    def get_queryset(self) -> QuerySet:
        return OutgoingMail.objects.sent().select_related("user")


class Mailbox(MailScope, ListPage):
    """The mails that left, the newest first."""

    queryset = OutgoingMail.objects.all()
    table_class = MailTable
    filterset_class = MailFilter
    template_name = "monitoring/mailbox.html"
    export_name = "mailbox"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**kwargs) | {"total": self.get_queryset().count()}


class MailPage(MailScope, DetailView):
    """One mail: as it looks, and as plain text."""

    template_name = "monitoring/mail.html"
    context_object_name = "mail"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        step = min(1 + len(self.object.body_text) // CHARACTERS_PER_STEP, MOST_STEPS)
        return super().get_context_data(**kwargs) | {"step": step}


@method_decorator(xframe_options_sameorigin, name="dispatch")
@method_decorator(csp(MAIL_POLICY), name="dispatch")
class MailHtml(MailScope, SingleObjectMixin, View):
    """The HTML of a mail by itself, for the sandboxed frame."""

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        mail = self.get_object()
        # The link of a mail opens in the whole window: in a frame our pages refuse to be shown.
        body = mail.body_html.replace("<head>", '<head><base target="_top">', 1)
        return HttpResponse(body)
