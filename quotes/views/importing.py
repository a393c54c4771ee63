"""How an anthology gets in: files, a preview with every difference, and then all or nothing."""

from typing import Any

from django.contrib import messages
from django.core.paginator import Page, Paginator
from django.forms import Form
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.views.generic import DetailView, FormView

from quotes.forms.importing import ChaptersForm, ColumnsForm, ImportForm
from quotes.import_words import groups_of, headline, outcome
from quotes.models import Anthology, ImportRun, ImportState, Quote
from quotes.models.anthology import default_chapter_kinds
from quotes.services.importing import (
    commit_import,
    discard_import,
    map_columns,
    start_import,
)
from quotes.word_diff import word_diff
from quotes.wording import localised
from tracker.shared.tables import PAGE_SIZE
from tracker.shared.views import ScopedMixin, SignedInMixin


class ImportList(SignedInMixin, FormView):
    """Hand in files; below, the imports that there were."""

    permission = "quotes.import"
    template_name = "quotes/imports.html"
    form_class = ImportForm

    def get_form_kwargs(self) -> dict[str, Any]:
        seen = Anthology.objects.visible_to(self.request.actor)
        return super().get_form_kwargs() | {"anthologies": seen}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        runs = ImportRun.objects.visible_to(self.request.actor).for_list()
        paginator = Paginator(runs.prefetch_related("files"), PAGE_SIZE)
        return super().get_context_data(**kwargs) | {
            "runs": paginator.get_page(self.request.GET.get("page"))
        }

    def form_valid(self, form: ImportForm) -> HttpResponse:
        given = form.cleaned_data
        run = start_import(
            files=given["files"],
            anthology=given["anthology"],
            code=given["code"],
            title=given["title"],
            actor=self.request.user,  # type: ignore[arg-type]
        )
        return HttpResponseRedirect(run.get_absolute_url())


class ImportRunPage(ScopedMixin, DetailView):
    """One import: how far it is, what it would change, and what became of it."""

    permission = "quotes.import"
    queryset = ImportRun.objects.select_related("anthology", "started_by").defer("reading")
    template_name = "quotes/import_run.html"
    context_object_name = "run"
    object: ImportRun

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        run = self.object
        kwargs.setdefault("form", self.form())
        return super().get_context_data(**kwargs) | {
            "headline": headline(run),
            "names": [file.name for file in run.files.all()],
            "message": localised(run.message),
            "warnings": [localised(one) for one in run.preview.get("warnings", ())],
            "outcome": outcome(run),
            **(self.differences if run.state == ImportState.READ else {}),
            **(self.next_steps if run.state == ImportState.DONE else {}),
        }

    @cached_property
    def differences(self) -> dict[str, Any]:
        """The groups of differences with their counts, and one page of the chosen group."""
        found = self.object.preview.get("differences", [])
        groups = groups_of(found, self.request.GET.get("what", ""))
        chosen = next((group for group in groups if group["chosen"]), None)
        if chosen is None:
            return {"groups": [], "rows": []}
        mine = [one for one in found if one["what"] == chosen["what"]]
        page = Paginator(mine, PAGE_SIZE).get_page(self.request.GET.get("page"))
        return {"groups": groups, "chosen": chosen, "rows": page, "shown": _marked(page)}

    @cached_property
    def next_steps(self) -> dict[str, Any]:
        """What the imported anthology asks for: an eye, and a look beside an earlier edition."""
        home, actor = self.object.anthology, self.request.actor
        others = Anthology.objects.visible_to(actor)
        return {
            "waiting": Quote.objects.visible_to(actor).to_review().filter(anthology=home).count(),
            "follows": home is not None and any(map(home.follows, others)),
        }

    def form(self, data: Any = None) -> Form | None:
        """What is asked before the run goes on; None when nothing is."""
        run = self.object
        if run.state == ImportState.MAPPING:
            return ColumnsForm(data, columns=run.preview.get("columns", ()))
        if run.state != ImportState.READ:
            return None
        unknown = list(run.preview.get("unknown_chapters", ()))
        chapters = unknown if run.anthology else run.preview.get("chapters", unknown)
        return ChaptersForm(data, chapters=chapters, known=default_chapter_kinds())

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        self.object = self.get_object()
        deed = request.POST.get("deed", "")
        if deed == "discard":
            done = discard_import(run=self.object)
            if done:
                messages.success(request, _("Discarded: nothing of it was imported."))
                return HttpResponseRedirect(reverse("quotes:imports"))
            return self._too_late()
        form = self.form(request.POST)
        if form is None:
            return self._too_late()
        if not form.is_valid():
            return self.render_to_response(self.get_context_data(form=form))
        if isinstance(form, ColumnsForm):
            done = map_columns(run=self.object, columns=form.cleaned_data["columns"])
        else:
            done = commit_import(run=self.object, kinds=form.kinds())  # type: ignore[attr-defined]
        return HttpResponseRedirect(self.object.get_absolute_url()) if done else self._too_late()

    def _too_late(self) -> HttpResponse:
        messages.warning(self.request, _("This import has gone on meanwhile; look where it is."))
        return HttpResponseRedirect(self.object.get_absolute_url())


def _marked(page: Page) -> list[dict[str, Any]]:
    """The differences of a page, with both texts in runs of words that differ or do not."""
    found = []
    for one in page:
        old, new = one.get("old", ""), one.get("new", "")
        joined = " ".join([old, *(other["text"] for other in one.get("joined", ()))])
        before, after = word_diff(joined if new else old, new or old)
        found.append({**one, "before": before, "after": after, "same": joined == new})
    return found
