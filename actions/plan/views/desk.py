"""What every page at the desk shares: the quote, how it is answered, and its forms."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.forms import Form
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.views.generic import FormView

from actions.plan.models import QuoteLink, with_answer
from quotes.models import Quote
from tracker.shared.forms import refuse, sentence
from tracker.shared.views import SignedInMixin


class QuoteDesk(SignedInMixin, FormView):
    """A form about one quote. What the service refuses is said at the form, nothing is lost."""

    permission = "plan.link"

    @cached_property
    def quote(self) -> Quote:
        visible = with_answer(Quote.objects.visible_to(self.request.actor))
        found = visible.by_reference(self.kwargs["reference"]).first()
        if found is None:
            raise Http404(_("There is no quote of that reference."))
        return found

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**kwargs) | {
            "quote": self.quote,
            "links": QuoteLink.objects.for_quote(self.quote),
            "answerable": Quote.objects.ambitions().filter(pk=self.quote.pk).exists(),
        }

    def form_valid(self, form: Form) -> HttpResponse:
        try:
            message = self.do(form)
        except ValidationError as error:
            refuse(form, error)
            return self.form_invalid(form)
        messages.success(self.request, message)
        return HttpResponseRedirect(self.get_success_url())

    def do(self, form: Form) -> str:
        """Call one service; returns what happened, in a sentence."""
        raise NotImplementedError

    def get_success_url(self) -> str:
        return self.quote.get_absolute_url()


class QuoteDeed(QuoteDesk):
    """A deed behind one button, without fields: what is refused is said on the next page."""

    http_method_names = ["post"]
    form_class = Form
    back = "plan:link"

    def form_valid(self, form: Form) -> HttpResponse:
        try:
            message = self.do(form)
        except ValidationError as error:
            messages.error(self.request, sentence(error))
        else:
            messages.success(self.request, message)
        return HttpResponseRedirect(self.get_success_url())

    def get_success_url(self) -> str:
        return reverse(self.back, args=[self.quote.full_reference])
