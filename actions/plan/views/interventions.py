"""The list of interventions, one intervention, and its form."""

import datetime
import re
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db.models import Count, Q
from django.db.models.functions import Length
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.generic import CreateView, UpdateView

from actions.plan.filters import InterventionFilter
from actions.plan.forms import InterventionForm, PartFormSet, party_choices, party_initial
from actions.plan.models import (
    Intervention,
    InvolvementRole,
    LinkStrength,
    SuccessionKind,
    TrafficLight,
)
from actions.plan.services import save_intervention
from actions.plan.tables import InterventionTable
from tracker.shared.forms import refuse
from tracker.shared.views import DetailPage, EditMixin, ListPage, ScopedMixin


class InterventionList(ListPage):
    """All that is done, and how it stands."""

    queryset = Intervention.objects.for_list()
    table_class = InterventionTable
    filterset_class = InterventionFilter
    template_name = "plan/interventions.html"
    export_name = "interventions"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        # What stopped or was succeeded is listed, but its light is no news any more.
        going_on = Q(pk__in=Intervention.objects.live().values("pk"))
        totals = Intervention.objects.visible_to(self.request.actor).aggregate(
            total=Count("pk"),
            off_track=Count("pk", filter=going_on & Q(traffic_light=TrafficLight.OFF_TRACK)),
            at_risk=Count("pk", filter=going_on & Q(traffic_light=TrafficLight.AT_RISK)),
        )
        return super().get_context_data(**kwargs) | {
            "totals": totals,
            "may_edit": self.request.actor.may("plan.edit"),
        }


class InterventionPage(DetailPage):
    """One intervention: what, when, by whom, how it stands, and which quotes it answers."""

    queryset = Intervention.objects.for_page()
    slug_field = slug_url_kwarg = "code"
    template_name = "plan/intervention.html"
    context_object_name = "intervention"
    panels_page = "plan.intervention"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        found = self.object
        return super().get_context_data(**kwargs) | {
            "parties": [row | {"role": InvolvementRole(row["role"])} for row in found.parties],
            "came_from": [_succession(row) for row in found.came_from],
            "went_into": [_succession(row) for row in found.went_into],
            "links": [_link(row) for row in found.answers],
            "may_edit": self.request.actor.may("plan.edit"),
        }


def _succession(row: dict[str, Any]) -> dict[str, Any]:
    return row | {
        "kind": SuccessionKind(row["kind"]),
        "on": datetime.date.fromisoformat(row["on"]),
    }


def _link(row: dict[str, Any]) -> dict[str, Any]:
    """A quote that is answered: bare in the primary anthology, else as BL2:4.12-07."""
    bare = row["reference"]
    full = bare if row["is_primary"] else f"{row['anthology']}:{bare}"
    return row | {"reference": full, "strength": LinkStrength(row["strength"])}


class InterventionFormMixin:
    """The form of an intervention together with the rows of its parties."""

    template_name = "plan/intervention_form.html"
    form_class = InterventionForm
    context_object_name = "intervention"
    request: HttpRequest
    object: Intervention | None

    def part_forms(self) -> Any:
        return PartFormSet(
            self.request.POST or None,
            initial=party_initial(self.object),
            prefix="parts",
            form_kwargs={"parties": party_choices()},
        )

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        if "parts" not in kwargs:
            kwargs["parts"] = self.part_forms()
        # The form changes the code of the intervention that it edits; its page has the stored one.
        stored = self.kwargs.get("code")  # type: ignore[attr-defined]
        own = reverse("plan:intervention", args=[stored]) if stored else ""
        kwargs["back"] = own or reverse("plan:interventions")
        return super().get_context_data(**kwargs)  # type: ignore[misc]

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        self.object = self.get_object() if "code" in kwargs else None  # type: ignore[attr-defined]
        form, parts = self.get_form(), self.part_forms()  # type: ignore[attr-defined]
        if form.is_valid() & parts.is_valid():
            try:
                return self.store(form, parts)
            except ValidationError as error:
                refuse(form, error)
        return self.render_to_response(self.get_context_data(form=form, parts=parts))  # type: ignore[attr-defined]

    def store(self, form: InterventionForm, parts: Any) -> HttpResponse:
        stored = save_intervention(
            intervention=form.instance,
            parts=parts.parts(),
            actor=self.request.user,  # type: ignore[arg-type]
            seen=form.cleaned_data["version"],
        )
        messages.success(self.request, _("%(code)s is stored.") % {"code": stored.code})
        return HttpResponseRedirect(stored.get_absolute_url())


class InterventionNew(InterventionFormMixin, ScopedMixin, CreateView):
    """A new intervention; the next free number is filled in."""

    permission = "plan.edit"
    queryset = Intervention.objects.all()

    def get_initial(self) -> dict[str, Any]:
        numbered = Intervention.objects.filter(code__startswith="I-")
        codes = numbered.order_by(Length("code").desc(), "-code").values_list("code", flat=True)
        digits = re.sub(r"\D", "", codes.first() or "0")
        return {"code": f"I-{int(digits) + 1:03}"}


class InterventionEdit(InterventionFormMixin, EditMixin, UpdateView):
    """Change an intervention and who takes part in it."""

    queryset = Intervention.objects.select_related("parent")
    slug_field = slug_url_kwarg = "code"
