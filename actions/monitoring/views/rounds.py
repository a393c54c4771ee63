"""The list of rounds, a new one, and the pages that ask before opening and closing."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.generic import DetailView, FormView

from actions.monitoring import services
from actions.monitoring.filters import RoundFilter
from actions.monitoring.forms import RoundForm
from actions.monitoring.models import MonitoringRound, RequestState, RoundState, UpdateRequest
from actions.monitoring.tables import RoundTable
from actions.monitoring.views.words import rounds_headline
from tracker.shared.forms import refuse, sentence
from tracker.shared.views import EditMixin, ListPage, SignedInMixin
from tracker.shared.wake import wake


class RoundList(ListPage):
    """Every round, the newest deadline first; the heading says what waits."""

    permission = "monitoring.read"
    queryset = MonitoringRound.objects.with_counts()
    table_class = RoundTable
    filterset_class = RoundFilter
    template_name = "monitoring/rounds.html"
    export_name = "rounds"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(**kwargs)
        waiting = UpdateRequest.objects.filter(
            round__state=RoundState.OPEN, state=RequestState.SUBMITTED
        )
        opened = MonitoringRound.objects.filter(state=RoundState.OPEN)
        may_run = self.request.actor.may("monitoring.run")
        context["may_run"] = may_run
        context["headline"] = rounds_headline(opened.count(), waiting.count() if may_run else 0)
        return context


class RoundNew(SignedInMixin, FormView):
    """Make a round; nobody is asked before it is opened."""

    permission = "monitoring.run"
    form_class = RoundForm
    template_name = "monitoring/round_form.html"

    def form_valid(self, form: RoundForm) -> HttpResponse:
        try:
            made = services.create_round(actor=self.request.actor.user, **form.cleaned_data)
        except ValidationError as refusal:
            refuse(form, refusal)
            return self.form_invalid(form)
        messages.success(self.request, _("The round was made. Nobody has been asked yet."))
        return redirect(made)


class RoundDeed(EditMixin, DetailView):
    """A page that says what will happen before it happens; GET shows, POST does."""

    queryset = MonitoringRound.objects.all()
    context_object_name = "round"
    wanted_state: RoundState

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        self.object = self.get_object()
        if self.object.state != self.wanted_state:
            messages.info(request, self.already())
            return redirect(self.object)
        return self.render_to_response(self.get_context_data())

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        self.object = self.get_object()
        try:
            self.do()
        except ValidationError as refusal:
            context = self.get_context_data(refusal=sentence(refusal))
            return render(request, self.get_template_names(), context, status=409)
        wake("monitoring.sweep")
        return redirect(self.object)

    def already(self) -> str:
        """What to say when the deed was done before."""
        raise NotImplementedError

    def do(self) -> None:
        """Call the one service, and tell what came of it."""
        raise NotImplementedError


class RoundOpen(RoundDeed):
    """Who will be asked what, and who cannot be reached."""

    template_name = "monitoring/round_open.html"
    wanted_state = RoundState.PLANNED

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(**kwargs)
        rows = services.preview_round(round=self.object, today=timezone.localdate())
        addresses = {one for row in rows for one in row.recipient.split(", ") if one}
        context |= {
            "rows": rows,
            "problems": [row for row in rows if row.problem],
            "mail_count": len(addresses),
            "organisation_count": len({row.organisation.pk for row in rows}),
        }
        return context

    def already(self) -> str:
        if self.object.state == RoundState.CLOSED:
            return _("A closed round cannot be opened again.")
        return _("This round is already open.")

    def do(self) -> None:
        opened = services.open_round(
            round=self.object, actor=self.request.actor.user, now=timezone.now()
        )
        asked = opened.requests.count()
        text = ngettext(
            "The round is open: %(count)s request was made. The mails leave within a minute, or "
            "on the next working day.",
            "The round is open: %(count)s requests were made. The mails leave within a minute, or "
            "on the next working day.",
            asked,
        )
        messages.success(self.request, text % {"count": asked})


class RoundClose(RoundDeed):
    """What lapses when the round closes; refused while an answer waits for a judgement."""

    template_name = "monitoring/round_close.html"
    wanted_state = RoundState.OPEN

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(**kwargs)
        requests = self.object.requests
        context["to_judge"] = requests.filter(state=RequestState.SUBMITTED).count()
        context["lapsing"] = list(requests.owed().with_subject().most_urgent_first())
        context["judge_url"] = f"{reverse('monitoring:review')}?round={self.object.pk}"
        return context

    def already(self) -> str:
        return _("This round is not open.")

    def do(self) -> None:
        services.close_round(round=self.object, actor=self.request.actor.user, now=timezone.now())
        messages.success(self.request, _("The round is closed. Nobody is reminded any more."))
