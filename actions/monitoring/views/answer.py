"""One question on one page: answer it, put it aside for later, or hand in last time's answer."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.views.generic import DetailView

from actions.monitoring import services
from actions.monitoring.forms import AnswerForm, OnBehalfForm
from actions.monitoring.models import RequestState, StatusUpdate, UpdateDraft, UpdateRequest
from actions.monitoring.models.request import OWED
from actions.monitoring.views.earlier import (
    as_initial,
    as_words,
    contents_of,
    differences,
    fill_up,
    is_same,
)
from tracker.shared.forms import refuse
from tracker.shared.views import EditMixin
from tracker.shared.wake import wake


class AnswerPage(EditMixin, DetailView):
    """Every POST keeps what was typed in the draft first; only then it looks at the deed."""

    queryset = UpdateRequest.objects.for_answering()
    context_object_name = "asked"
    template_name = "monitoring/answer.html"

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        self.object = self.get_object()
        if not self.object.is_owed:
            return self.answered_already()
        if not self.on_behalf:
            services.mark_opened(request=self.object, now=timezone.now())
        draft = getattr(self.object, "draft", None)
        form = self.form_class(initial=self.begun(draft), today=self.today)
        return self.show(form, lock_version=draft.lock_version if draft else 0, draft=draft)

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        self.object = self.get_object()
        if not self.object.is_owed:
            return self.answered_already()
        deed = request.POST.get("deed", "submit")
        form = self.form_class(request.POST, today=self.today)
        payload = form.payload()
        if deed == "take_over":
            payload = fill_up(payload, self.previous, self.today)
        try:
            draft = services.save_draft(
                request=self.object,
                editor=request.actor.user,
                payload=payload,
                lock_version=_number(request.POST.get("lock_version")),
            )
        except services.StaleDraft as stale:
            return self.show_both(form, stale.draft)
        except ValidationError:  # answered by somebody else a moment ago
            return self.answered_already()
        if deed == "take_over":
            messages.info(request, _("Last time's answer is filled in. Check it, and submit it."))
            return redirect(self.object)
        if deed == "save":
            messages.success(request, _("Saved for later. Nobody reads it until you submit it."))
            return redirect(self.way_back)
        if not form.is_valid():
            return self.show(form, lock_version=draft.lock_version)
        return self.submit(form, draft)

    def begun(self, draft: UpdateDraft | None) -> dict[str, Any]:
        """What stands in the form at first: the draft, or the version that came back."""
        if draft is not None:
            return as_initial(draft.payload)
        return contents_of(self.returned) if self.returned else {}

    def submit(self, form: AnswerForm, draft: UpdateDraft) -> HttpResponseBase:
        contents = form.answer()
        answer = services.Answer(**contents, unchanged=is_same(contents, self.previous))
        try:
            services.submit_update(
                request=self.object,
                answer=answer,
                author=self.request.actor.user,
                **form.origin(),
                now=timezone.now(),
            )
        except ValidationError as refusal:
            refuse(form, refusal)
            return self.show(form, lock_version=draft.lock_version)
        wake("monitoring.sweep")
        text = _("Your answer about %(subject)s was submitted. You hear from us if it needs more.")
        messages.success(self.request, text % {"subject": self.object.subject})
        return redirect(self.next_question or self.way_back)

    def answered_already(self) -> HttpResponse:
        """Nothing is owed: show what was answered, or say that nobody asks any more."""
        newest = self.object.updates.order_by("-version").first()
        if newest is not None:
            return redirect("monitoring:update", newest.pk)
        messages.info(self.request, _("This is not asked any more: there is nothing to answer."))
        return redirect(self.way_back)

    def show_both(self, form: AnswerForm, newer: UpdateDraft | None) -> HttpResponse:
        """A colleague saved in the meantime: what was typed stays, theirs stands beside it."""
        typed = self.form_class(initial=form.payload(), today=self.today)
        context: dict[str, Any] = {"lock_version": 0}
        if newer is not None:
            context = {
                "newer": newer,
                "differing": differences(typed, newer.payload),
                "lock_version": newer.lock_version,
            }
        response = self.show(typed, **context)
        response.status_code = 409
        return response

    def show(self, form: AnswerForm, **context: Any) -> HttpResponse:
        return self.render_to_response(self.get_context_data(form=form, **context))

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(**kwargs)
        context |= {
            "on_behalf": self.on_behalf,
            "number": self.number,
            "of": len(self.questions),
            "next_number": self.next_number,
            "way_back": self.way_back,
            "returned": self.returned,
        }
        if self.previous is not None:
            when = date_format(timezone.localtime(self.previous.submitted_at), "F Y")
            context["previous"] = as_words(self.previous)
            context["previous_label"] = _("Last time, %(month)s") % {"month": when}
        return context

    @cached_property
    def today(self) -> Any:
        return timezone.localdate()

    @cached_property
    def on_behalf(self) -> bool:
        """Whether somebody else than the organisation itself fills this in."""
        return self.object.organisation_id not in self.request.actor.organisation_ids

    @property
    def form_class(self) -> type[AnswerForm]:
        return OnBehalfForm if self.on_behalf else AnswerForm

    @cached_property
    def previous(self) -> StatusUpdate | None:
        """What this organisation last had accepted about the same thing."""
        return StatusUpdate.objects.before(self.object).first()

    @cached_property
    def returned(self) -> StatusUpdate | None:
        """The version that came back, with the reason."""
        if self.object.state != RequestState.RETURNED:
            return None
        return self.object.updates.with_context().order_by("-version").first()

    @cached_property
    def questions(self) -> list[UpdateRequest]:
        """All that this organisation's people are asked in this round, in the inbox's order."""
        ids = self.request.actor.organisation_ids | {self.object.organisation_id}
        states = (*OWED, RequestState.SUBMITTED, RequestState.ACCEPTED)
        asked = UpdateRequest.objects.filter(
            round=self.object.round_id, organisation__in=ids, state__in=states
        )
        return list(asked.most_urgent_first())

    @cached_property
    def number(self) -> int:
        return [one.pk for one in self.questions].index(self.object.pk) + 1

    @cached_property
    def next_question(self) -> UpdateRequest | None:
        """The first question after this one that is still owed, going round at the end."""
        later = self.questions[self.number :] + self.questions[: self.number - 1]
        return next((one for one in later if one.state in OWED), None)

    @property
    def next_number(self) -> int:
        """The place of the next question, 0 when this is the last one."""
        return self.questions.index(self.next_question) + 1 if self.next_question else 0

    @property
    def way_back(self) -> Any:
        """The office comes from the organisation's questions on the round's board, or with an
        urgent request from its subject; everybody else from the inbox."""
        asked = self.object
        if not self.on_behalf:
            return reverse("monitoring:inbox")
        if asked.round is None:
            return asked.subject.get_absolute_url()
        return f"{asked.round.get_absolute_url()}?organisation={asked.organisation_id}#chosen"


def _number(text: str | None) -> int:
    return int(text) if text and text.isdecimal() else 0
