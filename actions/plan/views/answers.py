"""Answering a quote: link interventions, take a link back, judge, set aside."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.forms import Form
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from actions.plan import services
from actions.plan.forms import ConfirmForm, DispositionForm, LinkForm, VerdictForm
from actions.plan.models import Disposition, DispositionVerdict, QuoteLink
from actions.plan.views.desk import QuoteDeed, QuoteDesk


class LinkPage(QuoteDesk):
    """Link one quote by hand, and judge whether its links answer it."""

    template_name = "plan/link.html"
    form_class = LinkForm

    def get_initial(self) -> dict[str, Any]:
        """What was ticked before a search stays ticked; `like` proposes what a link says."""
        ticked = self.request.GET.getlist("interventions")
        like = self.request.GET.get("like", "")
        link = QuoteLink.objects.filter(pk=like).first() if like.isdecimal() else None
        if link is None or ticked:
            return {"interventions": ticked}
        return {
            "interventions": [str(link.intervention_id)],
            "strength": link.strength,
            "rationale": link.rationale,
        }

    def get_form_kwargs(self) -> dict[str, Any]:
        words = self.request.GET.get("q", "")
        return super().get_form_kwargs() | {"quote": self.quote, "words": words}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        removed = self.request.GET.get("removed", "")
        history = QuoteLink.history.filter(quote_id=self.quote.pk, history_type="-")
        kwargs.setdefault("verdict_form", verdict_form(self.quote))
        return super().get_context_data(**kwargs) | {
            "words": self.request.GET.get("q", ""),
            "removed": history.filter(history_id=removed).first() if removed.isdecimal() else None,
        }

    def do(self, form: Form) -> str:
        links = services.link_quote(
            quote=self.quote,
            interventions=form.cleaned_data["interventions"],
            strength=form.cleaned_data["strength"],
            rationale=form.cleaned_data["rationale"],
            actor=self.request.user,  # type: ignore[arg-type]
        )
        codes = ", ".join(link.intervention.code for link in links)
        return _("%(reference)s is linked to %(codes)s.") % {
            "reference": self.quote.full_reference,
            "codes": codes,
        }


def verdict_form(quote: Any) -> VerdictForm:
    """The form of the judgement, filled with the present one."""
    verdict = getattr(quote, "verdict", None)
    known = {"extent": verdict.extent, "remains_open": verdict.remains_open} if verdict else {}
    return VerdictForm(initial=known, prefix="verdict")


class JudgeAnswer(QuoteDesk):
    """Stores the judgement; what is wrong is said on the link page."""

    http_method_names = ["post"]
    template_name = "plan/link.html"
    form_class = VerdictForm
    prefix = "verdict"

    def form_invalid(self, form: Form) -> HttpResponse:
        unbound = LinkForm(quote=self.quote)
        return self.render_to_response(self.get_context_data(form=unbound, verdict_form=form))

    def do(self, form: Form) -> str:
        verdict = services.judge_answer(
            quote=self.quote,
            extent=form.cleaned_data["extent"],
            remains_open=form.cleaned_data["remains_open"],
            actor=self.request.user,  # type: ignore[arg-type]
        )
        return _("%(reference)s is judged: %(extent)s.") % {
            "reference": self.quote.full_reference,
            "extent": verdict.get_extent_display(),
        }


class Unlink(QuoteDeed):
    """Removes a link and offers to restore it."""

    removed: Any = None

    def do(self, form: Form) -> str:
        link = QuoteLink.objects.select_related("quote__anthology", "intervention")
        found = link.filter(quote=self.quote, pk=self.kwargs["pk"]).first()
        if found is None:
            return _("This link was removed before.")
        judged = getattr(self.quote, "verdict", None)
        code = found.intervention.code
        self.removed = services.unlink_quote(link=found, actor=self.request.user)  # type: ignore[arg-type]
        if judged and not QuoteLink.objects.filter(quote=self.quote).exists():
            return _("The link with %(code)s is removed; with it the judgement lapsed.") % {
                "code": code
            }
        return _("The link with %(code)s is removed.") % {"code": code}

    def get_success_url(self) -> str:
        url = super().get_success_url()
        return f"{url}?removed={self.removed.history_id}" if self.removed else url


class Relink(QuoteDeed):
    """Undoes the removal of a link."""

    def do(self, form: Form) -> str:
        links = services.restore_link(
            quote=self.quote,
            history_id=self.kwargs["history"],
            actor=self.request.user,  # type: ignore[arg-type]
        )
        return _("The link with %(code)s is back.") % {"code": links[0].intervention.code}


class SetAsidePage(QuoteDesk):
    """Propose that an ambition gets no intervention; leadership and office confirm here too."""

    permission = "plan.confirm"
    template_name = "plan/set_aside.html"
    form_class = DispositionForm

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        kwargs.setdefault("confirm_form", ConfirmForm(initial={"on": timezone.localdate()}))
        return super().get_context_data(**kwargs) | {
            "may_link": self.request.actor.may("plan.link")
        }

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not self.request.actor.may("plan.link"):
            raise PermissionDenied
        return super().post(request, *args, **kwargs)

    def do(self, form: Form) -> str:
        services.propose_disposition(
            quote=self.quote,
            verdict=form.cleaned_data["verdict"],
            reason=form.cleaned_data["reason"],
            duplicate_of=form.cleaned_data["other"],
            actor=self.request.user,  # type: ignore[arg-type]
        )
        reference = {"reference": self.quote.full_reference}
        if form.cleaned_data["verdict"] == DispositionVerdict.DUPLICATE:
            return _("%(reference)s is proposed as a duplicate. Leadership confirms.") % reference
        return _("%(reference)s is proposed to be set aside. Leadership confirms.") % reference


class ConfirmDisposition(QuoteDesk):
    """Confirms what was proposed, on the day of the meeting."""

    http_method_names = ["post"]
    permission = "plan.confirm"
    template_name = "plan/set_aside.html"
    form_class = ConfirmForm

    def form_invalid(self, form: Form) -> HttpResponse:
        context = self.get_context_data(form=DispositionForm(), confirm_form=form)
        return self.render_to_response(context)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**kwargs) | {
            "may_link": self.request.actor.may("plan.link")
        }

    def form_valid(self, form: Form) -> HttpResponse:
        if not Disposition.objects.filter(quote=self.quote).exists():
            messages.error(self.request, _("The proposal was withdrawn meanwhile."))
            back = reverse("plan:set-aside", args=[self.quote.full_reference])
            return HttpResponseRedirect(back)
        return super().form_valid(form)

    def do(self, form: Form) -> str:
        services.confirm_disposition(
            disposition=self.quote.disposition,
            actor=self.request.user,  # type: ignore[arg-type]
            on=form.cleaned_data["on"],
        )
        return _("Confirmed for %(reference)s.") % {"reference": self.quote.full_reference}


class WithdrawDisposition(QuoteDeed):
    """Takes the disposition back: the ambition is open again."""

    permission = "plan.confirm"
    back = "plan:set-aside"

    def do(self, form: Form) -> str:
        disposition = getattr(self.quote, "disposition", None)
        if disposition is None:
            return _("This was withdrawn before.")
        services.withdraw_disposition(disposition=disposition, actor=self.request.user)  # type: ignore[arg-type]
        return _("%(reference)s is open again.") % {"reference": self.quote.full_reference}

    def get_success_url(self) -> str:
        return self.quote.get_absolute_url()
