"""The progress reports: the list, the report over one round, and its way to parliament."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.views.generic import DetailView, FormView

from actions.monitoring.models import MonitoringRound
from actions.reports import words
from actions.reports.filters import ReportFilter
from actions.reports.forms import AdvanceForm
from actions.reports.models import ReportState
from actions.reports.progress import progress_report
from actions.reports.services import advance_report, start_report
from actions.reports.standing import report_rounds, with_neighbours
from actions.reports.tables import ReportTable
from tracker.shared.forms import refuse, sentence
from tracker.shared.views import ListPage, SignedInMixin


class ReportList(ListPage):
    """The report rounds that were opened, with how far the report of each is."""

    queryset = MonitoringRound.objects.none()
    table_class = ReportTable
    filterset_class = ReportFilter
    template_name = "reports/reports.html"
    export_name = "reports"

    def get_queryset(self) -> QuerySet[MonitoringRound]:
        rounds = report_rounds(self.request.actor)
        return rounds.with_counts().select_related("report").order_by("-deadline", "-pk")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(**kwargs)
        newest = report_rounds(self.request.actor).select_related("report").first()
        report = getattr(newest, "report", None)
        headline = words.reports_news(str(newest or ""), report.state if report else "")
        return context | {"headline": headline, "newest": newest}


class ReportPage(SignedInMixin, DetailView):
    """The live report over one round, in the shape of what parliament gets."""

    template_name = "reports/report.html"
    context_object_name = "round"

    def get_queryset(self) -> QuerySet[MonitoringRound]:
        return with_neighbours(report_rounds(self.request.actor).select_related("report"))

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        actor = self.request.actor
        report = progress_report(self.object, actor, timezone.localdate())
        return super().get_context_data(**kwargs) | {
            "report": report,
            "lights": report.lights,
            "may_advance": actor.may("reports.office"),
        }


class AdvanceReport(SignedInMixin, FormView):
    """The next step of a report. A step that cannot be taken back asks on a page of its own."""

    form_class = AdvanceForm
    template_name = "confirm.html"

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        # Who may not know of the report does not learn that it exists: 404 before 403.
        if self.request.actor.scope == "account" and not self.request.actor.may("reports.office"):
            self.round  # noqa: B018 (looks it up)
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    @cached_property
    def round(self) -> MonitoringRound:
        visible = report_rounds(self.request.actor).select_related("report")
        found = visible.filter(pk=self.kwargs["pk"]).first()
        if found is None:
            raise Http404(_("There is no such report."))
        return found

    @property
    def state(self) -> str:
        """The state that is asked for; refused when there is no such state."""
        given = self.request.POST.get("state") or self.request.GET.get("state", "")
        if given not in ReportState.values:
            raise Http404(_("A report has no such state."))
        return given

    @property
    def page(self) -> str:
        return reverse("reports:report", args=[self.round.pk])

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if getattr(self.round, "report", None) is None or "state" not in request.GET:
            return HttpResponseRedirect(self.page)
        return super().get(request, *args, **kwargs)

    def get_initial(self) -> dict[str, Any]:
        return {"state": self.state}

    def get_form_kwargs(self) -> dict[str, Any]:
        return super().get_form_kwargs() | {"step": self.state}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        step = words.report_step(self.state, str(self.round))
        return super().get_context_data(**kwargs) | step | {
            "cancel_url": self.page,
            "cancel_label": _("Leave it as it is"),
        }  # fmt: skip

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Start the report, or take the step; without a day it is today."""
        report = getattr(self.round, "report", None)
        if report is None:
            return self.start()
        data = request.POST.copy()
        if self.state in (ReportState.DRAFT, ReportState.IN_ALIGNMENT):
            data.setdefault("on", timezone.localdate().isoformat())
        form = AdvanceForm(data, step=self.state)
        if not form.is_valid():
            return self.form_invalid(form)
        try:
            report = advance_report(report=report, actor=request.user, **form.cleaned_data)
        except ValidationError as error:
            refuse(form, error)
            return self.form_invalid(form)
        said = {"state": report.get_state_display()}
        messages.success(request, _("The report is %(state)s.") % said)
        return HttpResponseRedirect(self.page)

    def start(self) -> HttpResponse:
        try:
            start_report(round=self.round, actor=self.request.user)  # type: ignore[arg-type]
        except ValidationError as error:
            messages.error(self.request, sentence(error))
        else:
            messages.success(self.request, _("The report is a draft now."))
        return HttpResponseRedirect(self.page)
