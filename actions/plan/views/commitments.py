"""What was promised to parliament: the list, one commitment, its form, and closing it."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db.models import Count, Q, QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse_lazy
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.generic import CreateView, FormView, UpdateView
from django.views.generic.detail import SingleObjectMixin

from actions.plan.filters import CommitmentFilter
from actions.plan.forms import CloseForm, CommitmentForm
from actions.plan.models import Commitment, CommitmentState
from actions.plan.services import close_commitment, save_commitment
from actions.plan.tables import CommitmentTable
from tracker.shared.forms import refuse
from tracker.shared.views import DetailPage, EditMixin, ListPage, ScopedMixin


class CommitmentList(ListPage):
    """All motions, pledges and recommendations, and how they stand."""

    queryset = Commitment.objects.for_list()
    table_class = CommitmentTable
    filterset_class = CommitmentFilter
    template_name = "plan/commitments.html"
    export_name = "commitments"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        visible = Commitment.objects.visible_to(self.request.actor)
        late = Q(pk__in=visible.late(timezone.localdate()).values("pk"))
        totals = visible.aggregate(
            total=Count("pk"),
            late=Count("pk", filter=late),
            unsettled=Count("pk", filter=~Q(state=CommitmentState.CLOSED)),
        )
        return super().get_context_data(**kwargs) | {
            "totals": totals,
            "may_edit": self.request.actor.may("plan.commit"),
        }


class CommitmentPage(DetailPage):
    """One commitment: what was said, by when, by whom, what answers it, and how it ended."""

    queryset = Commitment.objects.for_page()
    slug_field = slug_url_kwarg = "number"
    template_name = "plan/commitment.html"
    context_object_name = "commitment"
    panels_page = "plan.commitment"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**kwargs) | {
            "late": self.object.is_late(timezone.localdate()),
            "may_edit": self.request.actor.may("plan.commit"),
        }


class CommitmentFormMixin:
    """The form of a commitment. Searching an intervention sends the whole form, so that nothing
    that was filled in is lost; it is not checked until it is stored."""

    template_name = "plan/commitment_form.html"
    form_class = CommitmentForm
    context_object_name = "commitment"
    request: HttpRequest
    object: Commitment | None
    # What the stored commitment is called: the form changes the one that it edits.
    known = ""
    back = reverse_lazy("plan:commitments")

    def get_object(self, queryset: QuerySet | None = None) -> Commitment:
        found = super().get_object(queryset)  # type: ignore[misc]
        self.known, self.back = str(found), found.get_absolute_url()
        return found

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(known=self.known, back=self.back, **kwargs)  # type: ignore[misc]

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        self.object = self.get_object() if "number" in kwargs else None  # type: ignore[attr-defined]
        if request.POST.get("deed") == "search":
            given: dict[str, Any] = request.POST.dict()
            given["interventions"] = request.POST.getlist("interventions")
            form = CommitmentForm(instance=self.object, initial=given)
            return self.render_to_response(self.get_context_data(form=form))  # type: ignore[attr-defined]
        form = self.get_form()  # type: ignore[attr-defined]
        return self.form_valid(form) if form.is_valid() else self.form_invalid(form)  # type: ignore[attr-defined]

    def form_valid(self, form: CommitmentForm) -> HttpResponse:
        try:
            stored = save_commitment(
                commitment=form.instance,
                interventions=form.cleaned_data["interventions"],
                actor=self.request.user,  # type: ignore[arg-type]
                seen=form.cleaned_data["version"],
            )
        except ValidationError as error:
            refuse(form, error)
            return self.form_invalid(form)  # type: ignore[attr-defined]
        messages.success(self.request, _("Stored: %(name)s.") % {"name": stored})
        return HttpResponseRedirect(stored.get_absolute_url())


class CommitmentNew(CommitmentFormMixin, ScopedMixin, CreateView):
    """A new motion, pledge or recommendation."""

    permission = "plan.commit"
    queryset = Commitment.objects.all()


class CommitmentEdit(CommitmentFormMixin, EditMixin, UpdateView):
    """Change a commitment and what answers it."""

    queryset = Commitment.objects.all()
    slug_field = slug_url_kwarg = "number"


class CommitmentClose(EditMixin, SingleObjectMixin, FormView):
    """Close a commitment: the document that says so, and its date."""

    queryset: QuerySet = Commitment.objects.all()
    slug_field = slug_url_kwarg = "number"
    template_name = "plan/commitment_close.html"
    form_class = CloseForm
    context_object_name = "commitment"
    object: Commitment

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        self.object = self.get_object()
        if self.object.is_closed:
            messages.info(request, _("This commitment is closed already."))
            return HttpResponseRedirect(self.object.get_absolute_url())
        return super().get(request, *args, **kwargs)

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        self.object = self.get_object()
        return super().post(request, *args, **kwargs)

    def form_valid(self, form: CloseForm) -> HttpResponse:
        try:
            closed = close_commitment(
                commitment=self.object,
                document=form.cleaned_data["closing_document"],
                on=form.cleaned_data["closed_on"],
                actor=self.request.user,  # type: ignore[arg-type]
            )
        except ValidationError as error:
            refuse(form, error)
            return self.form_invalid(form)
        messages.success(self.request, _("Closed: %(name)s.") % {"name": closed})
        return HttpResponseRedirect(closed.get_absolute_url())
