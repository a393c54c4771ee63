"""More time for one question, given by the office."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.views.generic import FormView
from django.views.generic.detail import SingleObjectMixin

from actions.monitoring import services
from actions.monitoring.forms import ExtendForm
from actions.monitoring.models import UpdateRequest
from tracker.shared.forms import refuse
from tracker.shared.views import EditMixin
from tracker.shared.wake import wake


class ExtendPage(EditMixin, SingleObjectMixin, FormView):
    """Says what changes before it does; the organisation is not mailed about it."""

    permission = "monitoring.run"
    queryset = UpdateRequest.objects.with_subject().with_owed()
    form_class = ExtendForm
    template_name = "confirm.html"

    @cached_property
    def object(self) -> UpdateRequest:
        return self.get_object()

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not self.object.is_owed:
            messages.info(request, _("No answer is owed here any more."))
            return redirect(self.way_back)
        return super().get(request, *args, **kwargs)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        asked = self.object
        facts = {
            "organisation": asked.organisation,
            "subject": asked.subject,
            "day": date_format(asked.due_on, "l j F Y"),
        }
        what = [
            _("It is about %(subject)s. The deadline is now %(day)s.") % facts,
            _("The reminders are counted anew from the new deadline."),
            _("The others keep their deadline; nobody is mailed about this."),
        ]
        return super().get_context_data(**kwargs) | {
            "title": _("Give %(organisation)s more time") % facts,
            "what": what,
            "undo": _("Afterwards the deadline can be made later once more, but not earlier."),
            "action_label": _("Give more time"),
            "cancel_url": self.way_back,
            "cancel_label": _("Keep the deadline"),
        }

    def form_valid(self, form: ExtendForm) -> HttpResponse:
        try:
            extended = services.extend_request(
                request=self.object,
                **form.cleaned_data,
                actor=self.request.actor.user,
                now=timezone.now(),
            )
        except ValidationError as refusal:
            refuse(form, refusal)
            return self.form_invalid(form)
        wake("monitoring.sweep")
        said = {
            "organisation": self.object.organisation,
            "day": date_format(extended.due_on, "j F Y"),
        }
        messages.success(self.request, _("%(organisation)s has until %(day)s.") % said)
        return redirect(self.way_back)

    @property
    def way_back(self) -> str:
        """To the organisation's questions on the board; an urgent request to its subject."""
        asked = self.object
        if asked.round is None:
            return asked.subject.get_absolute_url()
        return f"{asked.round.get_absolute_url()}?organisation={asked.organisation_id}#chosen"
