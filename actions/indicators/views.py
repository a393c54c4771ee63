"""The list of indicators, one indicator, and recording a measurement."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db.models import Count, Exists, OuterRef, Q
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.views.generic import FormView

from actions.indicators.filters import IndicatorFilter
from actions.indicators.forms import MeasurementForm
from actions.indicators.judgement import Point
from actions.indicators.models import Indicator, InterventionIndicator, Measurement
from actions.indicators.services import record_measurement
from actions.indicators.tables import IndicatorTable
from actions.indicators.wording import chart_of, figure, judge, period, state_word, verdict
from tracker.shared.forms import refuse
from tracker.shared.views import DetailPage, ListPage, SignedInMixin


class IndicatorList(ListPage):
    """How we know: every indicator with its last figure."""

    queryset = Indicator.objects.for_list().prefetch_related("targets")
    table_class = IndicatorTable
    filterset_class = IndicatorFilter
    template_name = "indicators/list.html"
    export_name = "indicators"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        measured = Exists(Measurement.objects.filter(indicator=OuterRef("pk")))
        indicators = Indicator.objects.visible_to(self.request.actor).annotate(measured=measured)
        totals = indicators.aggregate(
            total=Count("pk"), unmeasured=Count("pk", filter=Q(measured=False))
        )
        return super().get_context_data(**kwargs) | {"totals": totals}


class IndicatorPage(DetailPage):
    """One indicator: what it means, what it should reach, what was measured, and what that says.

    Who supplies the figure is named to the office, to leadership and to the supplier itself.
    """

    queryset = Indicator.objects.select_related("supplier", "collector").prefetch_related("targets")
    slug_field = slug_url_kwarg = "code"
    template_name = "indicators/indicator.html"
    context_object_name = "indicator"
    panels_page = "indicators.indicator"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        found = self.object
        rows = list(found.measurements.newest_first().select_related("recorded_by"))
        replaced = {row.supersedes_id for row in rows}
        current = [row for row in rows if row.pk not in replaced]
        targets = list(found.targets.all())
        last = Point(current[0].period_end, current[0].value) if current else None
        judgement = judge(found, last, targets, timezone.localdate())
        links = InterventionIndicator.objects.filter(indicator=found)
        return super().get_context_data(**kwargs) | {
            "measurements": [_measurement_row(row, found, row.pk in replaced) for row in rows],
            "targets": [{"target": one, "value": figure(one.value, found)} for one in targets],
            "baseline": figure(found.baseline_value, found),
            "state": state_word(judgement),
            "verdict": verdict(judgement, found),
            "latest": figure(last.value, found) if last else "",
            "latest_period": period(current[0].period_start, current[0].period_end) if last else "",
            "latest_on_one_day": bool(last) and current[0].period_start == current[0].period_end,
            "chart": chart_of(found, current, targets),
            "drawn": len(current) > 1 or (current and targets),
            "links": links.select_related("intervention").order_by("intervention__code"),
            "may_measure": self.request.actor.may("indicators.edit"),
            "sees_people": self._sees_people(),
        }

    def _sees_people(self) -> bool:
        actor = self.request.actor
        own = self.object.supplier_id in actor.organisation_ids
        return own or actor.may("indicators.edit") or actor.may("monitoring.read")


def _measurement_row(row: Measurement, indicator: Indicator, revised: bool) -> dict[str, Any]:
    return {
        "measurement": row,
        "period": period(row.period_start, row.period_end),
        "value": figure(row.value, indicator),
        "revised": revised,
    }


class Measure(SignedInMixin, FormView):
    """Record a figure; with `?revises=` the figure that replaces an earlier one."""

    permission = "indicators.edit"
    template_name = "indicators/measure.html"
    form_class = MeasurementForm

    @cached_property
    def indicator(self) -> Indicator:
        visible = Indicator.objects.visible_to(self.request.actor)
        found = visible.filter(code=self.kwargs["code"]).first()
        if found is None:
            raise Http404(_("There is no indicator of that number."))
        return found

    @cached_property
    def revised(self) -> Measurement | None:
        pk = self.request.GET.get("revises", "")
        if not pk:
            return None
        found = self.indicator.measurements.filter(pk=pk if pk.isdecimal() else None).first()
        if found is None:
            raise Http404(_("There is no such measurement."))
        return found

    def get_form_kwargs(self) -> dict[str, Any]:
        own = {"indicator": self.indicator, "revised": self.revised}
        return super().get_form_kwargs() | own

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        old = self.revised
        return super().get_context_data(**kwargs) | {
            "indicator": self.indicator,
            "revised": old and _measurement_row(old, self.indicator, False),
        }

    def form_valid(self, form: MeasurementForm) -> HttpResponse:
        try:
            row = record_measurement(
                indicator=self.indicator,
                recorded_by=self.request.user,  # type: ignore[arg-type]
                supersedes=self.revised,
                **form.cleaned_data,
            )
        except ValidationError as error:
            refuse(form, error)
            return self.form_invalid(form)
        said = {"value": figure(row.value, self.indicator)}
        said["period"] = period(row.period_start, row.period_end)
        messages.success(self.request, _("Recorded: %(value)s over %(period)s.") % said)
        return HttpResponseRedirect(self.indicator.get_absolute_url())
