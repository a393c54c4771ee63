"""An answer as those who may read it, its earlier versions, and the office's judgement."""

from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.generic import DetailView

from actions.monitoring import services
from actions.monitoring.forms import AcceptForm, Channel, ReturnForm
from actions.monitoring.models import RequestState, ReviewVerdict, StatusUpdate
from actions.monitoring.views.review import Queue
from actions.monitoring.views.words import still_to_go
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
        waiting = self.waiting()
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
        return redirect(waiting["next_url"] or "monitoring:review")

    def previous(self) -> StatusUpdate | None:
        """What the same organisation had accepted before, as far as the reader may know it."""
        known = StatusUpdate.objects.visible_to(self.request.actor)
        earlier = known.before(self.object.request)
        return earlier.filter(submitted_at__lt=self.object.submitted_at).first()

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        update, actor = self.object, self.request.actor
        versions = StatusUpdate.objects.visible_to(actor).filter(request=update.request_id)
        versions = list(versions.select_related("review").order_by("-version"))
        answers = actor.may("monitoring.answer")
        own = answers and update.request.organisation_id in actor.organisation_ids
        newest = versions[0].pk == update.pk
        waits = update.request.state == RequestState.SUBMITTED and newest
        may_judge = waits and actor.may("monitoring.review")
        channels = dict(Channel.choices)
        context = {
            "versions": versions,
            "newest": newest,
            "shows_office_text": own or actor.may("monitoring.office_texts"),
            "shows_judgement": actor.may("monitoring.read"),
            "reviews": actor.may("monitoring.review"),
            "own": own,
            "previous": self.previous(),
            "may_judge": may_judge,
            "may_answer": own and newest and update.request.state == RequestState.RETURNED,
            "channel": channels.get(update.on_behalf_channel, update.on_behalf_channel),
            "accepted_form": AcceptForm(),
            "returned_form": ReturnForm(),
        }
        if may_judge:
            context |= self.waiting()
        return super().get_context_data(**(context | kwargs))

    def waiting(self) -> dict[str, Any]:
        """Where one is while judging: how many more wait, and which comes after this one."""
        queue = Queue.read(self.request.actor, self.request.GET)
        others = queue.others(self.object.pk)
        following = reverse("monitoring:update", args=[others[0]]) + queue.query if others else ""
        return {
            "to_go": still_to_go(len(others)),
            "next_url": following,
            "queue_url": reverse("monitoring:review") + queue.query,
        }
