"""List, detail and edit bases: scoped queryset → filterset → table → page, or its htmx part."""

from typing import Any, ClassVar

from django.contrib.auth.mixins import AccessMixin
from django.core.exceptions import PermissionDenied
from django.db.models import Exists, Model, OuterRef, QuerySet
from django.http import HttpRequest, HttpResponseBase
from django.views.generic import DetailView
from django.views.generic.base import ContextMixin
from django_filters.views import FilterView
from django_tables2 import SingleTableMixin

from tracker.shared.access import ActorRequest
from tracker.shared.exports import export
from tracker.shared.panels import panels_for
from tracker.shared.tables import PAGE_SIZE


class SignedInMixin(AccessMixin):
    """Anonymous visitors go to the sign-in page; without `permission` the answer is 403."""

    permission: ClassVar[str] = ""
    request: ActorRequest

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        actor = self.request.actor
        if actor.scope != "account":
            return self.handle_no_permission()
        if self.permission and not actor.may(self.permission):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)  # type: ignore[misc]


class ScopedMixin(SignedInMixin):
    """Objects outside `visible_to` do not exist (404)."""

    queryset: QuerySet

    def get_queryset(self) -> QuerySet:
        return self.queryset.all().visible_to(self.request.actor)  # type: ignore[attr-defined]


class EditMixin(ScopedMixin):
    """Objects that are visible but not in `editable_by` are refused (403); in the same query."""

    def get_object(self, queryset: QuerySet | None = None) -> Model:
        visible = self.get_queryset() if queryset is None else queryset
        editable = visible.model._default_manager.all().editable_by(self.request.actor)
        own = editable.filter(pk=OuterRef("pk"))
        found = super().get_object(visible.annotate(may_be_edited=Exists(own)))  # type: ignore[misc]
        if not found.may_be_edited:
            raise PermissionDenied
        return found


class ListPage(ScopedMixin, SingleTableMixin, FilterView):
    """A filtered, sorted, paged list; `?export=csv|xlsx` downloads exactly what is filtered."""

    table_pagination = {"per_page": PAGE_SIZE}
    export_name = "spoor"
    strict = False

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        # django-tables2 would obey any per_page; how long a page is is ours to say.
        query = request.GET.copy()
        query.pop("per_page", None)
        request.GET = query
        response = super().get(request, *args, **kwargs)
        kind = request.GET.get("export")
        if kind in {"csv", "xlsx"}:
            return export(response.context_data["table"], kind, self.export_name)
        return response

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(**kwargs)
        query = self.request.GET.copy()
        for name in ("export", "page"):
            query.pop(name, None)
        context["list_query"] = query.urlencode()
        context["list_total"] = context["table"].paginator.count
        return context


class PanelsMixin(ContextMixin):
    """Adds what downstream apps registered for this page under the key `panels`."""

    panels_page = ""

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(**kwargs)
        context["panels"] = panels_for(self.panels_page, self.request, self.object)
        return context


class DetailPage(PanelsMixin, ScopedMixin, DetailView):
    """One object's page, found by the field in the URL."""
