"""An answer as those who may read it, its earlier versions, and the office's judgement."""

from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.generic import DetailView

from actions.monitoring import services
from actions.monitoring.forms import AcceptForm, Channel, ReturnForm
from actions.monitoring.models import RequestState, ReviewVerdict, StatusUpdate
from tracker.shared.forms import sentence
from tracker.shared.views import ScopedMixin
from tracker.shared.wake import wake

FORMS: dict[str, type[forms.Form]] = {
    ReviewVerdict.ACCEPTED: AcceptForm,
    ReviewVerdict.RETURNED: ReturnForm,
}


class UpdatePage(ScopedMixin, DetailView):
    """Reading is for whoever may see the answer; judging is the office's."""

    queryset = StatusUpdate.objects.with_context()
    context_object_name = "update"
    template_name = "monitoring/update.html"

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        self.object = self.get_object()
        if not self.request.actor.may("monitoring.review"):
            raise PermissionDenied
        verdict = request.POST.get("verdict", "")
        if verdict not in FORMS:
            return redirect("monitoring:update", self.object.pk)
        form = FORMS[verdict](request.POST)
        if form.is_valid():
            return self.judge(ReviewVerdict(verdict), form)
        return self.render_to_response(self.get_context_data(**{f"{verdict}_form": form}))

    def judge(self, verdict: ReviewVerdict, form: forms.Form) -> HttpResponse:
        try:
            services.review_update(
                update=self.object,
                reviewer=self.request.actor.user,
                verdict=verdict,
                now=timezone.now(),
                **form.cleaned_data,
            )
        except ValidationError as refusal:
            messages.error(self.request, sentence(refusal))
            return redirect("monitoring:update", self.object.pk)
        wake("monitoring.sweep")
        who = {"organisation": self.object.request.organisation}
        if verdict == ReviewVerdict.ACCEPTED:
            messages.success(self.request, _("Accepted: the answer of %(organisation)s.") % who)
        else:
            messages.success(
                self.request, _("Returned to %(organisation)s, with your reason.") % who
            )
        return redirect(self.next_stop())

    def next_stop(self) -> Any:
        """The next answer of the round that waits, or else the round."""
        about_round = self.object.request.round
        if about_round is None:
            return self.object.request.intervention or "monitoring:inbox"
        waiting = StatusUpdate.objects.to_judge().filter(request__round=about_round).first()
        return waiting or about_round

    def previous(self) -> StatusUpdate | None:
        """What the same organisation had accepted before, as far as the reader may know it."""
        known = StatusUpdate.objects.visible_to(self.request.actor)
        earlier = known.before(self.object.request)
        return earlier.filter(submitted_at__lt=self.object.submitted_at).first()

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        update, actor = self.object, self.request.actor
        versions = StatusUpdate.objects.visible_to(actor).filter(request=update.request_id)
        versions = list(versions.with_context().order_by("-version"))
        own = update.request.organisation_id in actor.organisation_ids
        newest = versions[0].pk == update.pk
        waits = update.request.state == RequestState.SUBMITTED and newest
        channels = dict(Channel.choices)
        context = {
            "versions": versions,
            "newest": newest,
            "shows_office_text": own or actor.may("monitoring.office_texts"),
            "shows_judgement": actor.may("monitoring.read"),
            "own": own,
            "previous": self.previous(),
            "may_judge": waits and actor.may("monitoring.review"),
            "may_answer": own and newest and update.request.state == RequestState.RETURNED,
            "channel": channels.get(update.on_behalf_channel, update.on_behalf_channel),
            "accepted_form": AcceptForm(),
            "returned_form": ReturnForm(),
        }
        return super().get_context_data(**(context | kwargs))
