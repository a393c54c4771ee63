"""What leadership is asked: the list, one decision, asking, taking, and what came of it."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db.models import Count, Q
from django.forms import BaseForm
from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.generic import DetailView, FormView

from actions.monitoring.models import StatusUpdate
from actions.plan.models import TrafficLight
from actions.reports import words
from actions.reports.filters import DecisionFilter
from actions.reports.forms import OutcomeForm, ProposeForm, TakeForm, find_subject
from actions.reports.models import Decision, DecisionState
from actions.reports.services import propose_decision, report_outcome, take_decision
from actions.reports.standing import last_words, with_light_before
from actions.reports.tables import DecisionTable
from tracker.shared.access import Actor
from tracker.shared.forms import refuse
from tracker.shared.views import EditMixin, ListPage, ScopedMixin, SignedInMixin


class DecisionList(ListPage):
    """All decisions, what waits first."""

    queryset = Decision.objects.for_list()
    table_class = DecisionTable
    filterset_class = DecisionFilter
    template_name = "reports/decisions.html"
    export_name = "decisions"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        actor = self.request.actor
        waits = Q(state__in=[DecisionState.PROPOSED, DecisionState.POSTPONED])
        totals = Decision.objects.visible_to(actor).aggregate(
            total=Count("pk"),
            waiting=Count("pk", filter=waits),
            taken=Count("pk", filter=Q(state=DecisionState.TAKEN)),
        )
        may_decide = actor.may("reports.decide")
        return super().get_context_data(**kwargs) | {
            "totals": totals,
            "may_decide": may_decide,
            "headline": words.decisions_news(
                waiting=totals["waiting"],
                taken=totals["taken"],
                decides=may_decide,
                asks=actor.may("reports.office"),
            ),
        }


def last_answer(actor: Actor, intervention_id: int | None) -> dict[str, Any] | None:
    """What was last accepted about an intervention, as far as the actor may know: the answer and
    its light against the round before. One query; None without."""
    if intervention_id is None:
        return None
    visible = StatusUpdate.objects.visible_to(actor).values("pk")
    found = (
        with_light_before(last_words())
        .filter(request__intervention=intervention_id, pk__in=visible)
        .select_related("request__organisation", "request__round")
        .defer("for_the_office")
        .first()
    )
    if found is None:
        return None
    before = found.light_before
    word = str(TrafficLight(before).label) if before else ""
    return {"update": found, "was": words.was(found.traffic_light, before, word)}


class DecisionMixin:
    """What the page of a decision shows, whichever form on it was filled in."""

    queryset = Decision.objects.with_subject()
    template_name = "reports/decision.html"
    context_object_name = "decision"
    request: Any
    object: Any

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        actor = self.request.actor
        decision = self.object
        may_decide = actor.may("reports.decide")
        waits = decision.state in (DecisionState.PROPOSED, DecisionState.POSTPONED)
        if may_decide and waits:
            kwargs.setdefault("take_form", self.take_form())
        if may_decide and decision.state == DecisionState.TAKEN:
            kwargs.setdefault("outcome_form", self.outcome_form())
        return super().get_context_data(**kwargs) | {  # type: ignore[misc]
            "answer": last_answer(actor, decision.intervention_id),
            "options": decision.options.splitlines(),
            "waits": waits,
            "to_check": decision.effect_check_on and not decision.outcome,
        }

    def take_form(self, data: Any = None) -> TakeForm:
        actor = self.request.actor
        return TakeForm(data, actor=actor.user, on_behalf=actor.may("reports.office"))

    def outcome_form(self, data: Any = None) -> OutcomeForm:
        initial = {
            "carried_out_on": self.object.carried_out_on or timezone.localdate(),
            "outcome": self.object.outcome,
        }
        return OutcomeForm(data, initial=initial)


class DecisionPage(DecisionMixin, ScopedMixin, DetailView):
    """The question with what it is about, and what was decided."""


class DecisionDeed(DecisionMixin, EditMixin, DetailView):
    """A form on the page of a decision: what is refused is said on that page, nothing is lost."""

    form_name = ""

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        found = self.get_object()
        return HttpResponseRedirect(f"{found.get_absolute_url()}#{self.form_name}")

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        self.object = self.get_object()
        form = getattr(self, self.form_name)(request.POST)
        if form.is_valid():
            try:
                messages.success(request, self.do(form))
            except ValidationError as error:
                refuse(form, error)
            else:
                return HttpResponseRedirect(self.object.get_absolute_url())
        return self.render_to_response(self.get_context_data(**{self.form_name: form}))

    def do(self, form: BaseForm) -> str:
        """Call one service; returns what happened, in a sentence."""
        raise NotImplementedError


class TakeDecision(DecisionDeed):
    """Take, postpone or reject."""

    form_name = "take_form"

    def do(self, form: BaseForm) -> str:
        take_decision(
            decision=self.object, actor=self.request.actor.user, **form.cleaned_data
        )  # fmt: skip
        return words.decided(Decision.objects.waiting().count())


class TellOutcome(DecisionDeed):
    """Say when it was carried out and what came of it."""

    form_name = "outcome_form"

    def do(self, form: BaseForm) -> str:
        report_outcome(decision=self.object, actor=self.request.actor.user, **form.cleaned_data)
        return _("What came of the decision is stored.")


class ProposeDecision(SignedInMixin, FormView):
    """Ask leadership for a decision; `?intervention=I-012` fills in what about."""

    permission = "reports.decide"
    form_class = ProposeForm
    template_name = "reports/decision_form.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        found = find_subject(self.asked_about())
        answer = None
        if found is not None and found._meta.model_name == "intervention":
            answer = last_answer(self.request.actor, found.pk)
        return super().get_context_data(**kwargs) | {
            "subject": found,
            "answer": answer,
            "back": found.get_absolute_url() if found else reverse("reports:decisions"),
        }

    def get_initial(self) -> dict[str, Any]:
        return {"subject": self.asked_about()}

    def asked_about(self) -> str:
        """The number in the address, whatever kind of thing it names."""
        given = self.request.GET
        named = (given.get(kind) for kind in ("intervention", "goal", "indicator", "commitment"))
        return next((one for one in named if one), "")[:30]

    def form_valid(self, form: ProposeForm) -> HttpResponse:
        try:
            made = propose_decision(
                actor=self.request.user,  # type: ignore[arg-type]
                on=timezone.localdate(),
                **form.cleaned_data,
            )
        except ValidationError as error:
            refuse(form, error)
            return self.form_invalid(form)
        messages.success(self.request, _("The question is put to leadership."))
        return HttpResponseRedirect(made.get_absolute_url())
