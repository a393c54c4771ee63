"""The review: the pages of the source that ask for an eye, and the desk for one of them."""

from __future__ import annotations

import uuid
from itertools import groupby
from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import Q
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.views.generic import TemplateView

from quotes import desk
from quotes.doubt import how_sure
from quotes.forms.review import PageForm
from quotes.history import said
from quotes.models import Anthology, Deed, Quote, QuoteRevision
from quotes.services.review import accept_page
from quotes.services.undo import last_deed, undo
from quotes.views.deeds import CHOICES
from tracker.shared.forms import refuse
from tracker.shared.views import SignedInMixin

MOST_PAGES = 25  # of the queue, shown per anthology


class ReviewQueue(SignedInMixin, TemplateView):
    """How many quotes of how many pages ask for an eye, per anthology; the worst page first."""

    permission = "quotes.import"
    template_name = "quotes/review.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        pages = list(Quote.objects.visible_to(self.request.actor).review_queue())
        for one in pages:
            one["sure"] = how_sure(one["lowest"])
            one["url"] = desk_url(one["anthology__code"], one["page"])
        in_order = sorted(pages, key=lambda one: one["anthology__code"])
        return super().get_context_data(**kwargs) | {
            "first": pages[0] if pages else None,
            "waiting": sum(one["waiting"] for one in pages),
            "pages": len(pages),
            "anthologies": [
                _of_one(list(group))
                for _code, group in groupby(in_order, lambda one: one["anthology__code"])
            ],
        }


def _of_one(pages: list[dict[str, Any]]) -> dict[str, Any]:
    """One anthology's part of the queue."""
    return {
        "code": pages[0]["anthology__code"],
        "title": pages[0]["anthology__title"],
        "waiting": sum(one["waiting"] for one in pages),
        "pages": len(pages),
        "shown": pages[:MOST_PAGES],
        "more": max(len(pages) - MOST_PAGES, 0),
    }


def desk_url(code: str, page: int | None) -> str:
    """The desk of a page; what was read without a page number has a desk of its own, 0."""
    return reverse("quotes:desk", args=[code, page or 0])


class ReviewDesk(SignedInMixin, TemplateView):
    """One page of the source beside the quotes that were read from it.

    Every deed is a form sent to this address. With htmx only the desk itself is drawn again.
    """

    permission = "quotes.import"
    template_name = "quotes/desk.html"
    acted_on = 0  # the key of the quote that something was just done to

    def get_template_names(self) -> list[str]:
        return ["quotes/parts/desk.html"] if self.request.htmx else [self.template_name]  # type: ignore[attr-defined]

    @cached_property
    def anthology(self) -> Anthology:
        visible = Anthology.objects.visible_to(self.request.actor)
        found = visible.filter(code=self.kwargs["code"]).first()
        if found is None:
            raise Http404(_("There is no anthology of that code."))
        return found

    @property
    def page(self) -> int | None:
        return self.kwargs["page"] or None

    def quotes(self) -> list[Quote]:
        """The quotes of the page; of what has no page only those that ask for an eye."""
        visible = Quote.objects.visible_to(self.request.actor).with_section()
        found = visible.on_page(self.anthology, self.page)
        if self.page is None:
            found = found.filter(Q(pk__in=Quote.objects.to_review()) | Q(pk=self.acted_on))
        return list(found)

    # --- looking ----------------------------------------------------------------------------------

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        opened = request.GET.get("do", "")
        choice = CHOICES.get(opened)
        wanted = request.GET.get("quote", "")
        context = self.get_context_data(did=_key(request.GET.get("did", "")))
        row = next((one for one in context["rows"] if one.quote.reference == wanted), None)
        if row:
            self._set_current(context, row)
            if choice and choice.opens and row.counts:
                row.open, row.form = opened, choice.form(quote=row.quote)
        return self.render_to_response(context)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        quotes = self.quotes()
        if not quotes and self.page is not None:
            raise Http404(_("Nothing was read from that page."))
        counted = [one for one in quotes if desk.counts(one)]
        visible = Quote.objects.visible_to(self.request.actor).with_section()
        after = visible.after(counted[-1]).first() if counted and self.page else None
        rows = desk.rows(quotes, after, in_order=self.page is not None)
        doubtful = [row for row in rows if row.doubtful]
        context = super().get_context_data(**kwargs) | {
            "anthology": self.anthology,
            "page": self.page,
            "rows": rows,
            "counted": len(counted),
            "doubtful": len(doubtful),
            "seen": " ".join(f"{row.quote.pk}:{row.quote.version}" for row in doubtful),
            "sources": desk.shown_sources(quotes),
            "queue": self._queue(),
            "did": self._did(kwargs.get("did")),
        }
        self._set_current(context, doubtful[0] if doubtful else None)
        return context

    def _set_current(self, context: dict[str, Any], row: desk.Row | None) -> None:
        for one in context["rows"]:
            one.current = one is row
        context["current"] = row.quote.pk if row else None

    def _queue(self) -> dict[str, Any]:
        """What waits on other pages, and where the next one is."""
        pages = Quote.objects.visible_to(self.request.actor).review_queue()
        here = (self.anthology.pk, self.page)
        others = [one for one in pages if (one["anthology"], one["page"]) != here]
        return {
            "pages": len(others),
            "page": others[0]["page"] if others else None,
            "url": desk_url(others[0]["anthology__code"], others[0]["page"]) if others else "",
        }

    def _did(self, key: uuid.UUID | None) -> dict[str, Any] | None:
        """What was done just now, in a sentence, and whether it can be taken back."""
        rows = list(QuoteRevision.objects.of_deed(key)) if key else []
        if not rows or rows[0].quote.anthology_id != self.anthology.pk:
            return None
        undoable = rows[0].deed != Deed.UNDONE
        # Of two parts the first: the other may be gone again after an undo.
        first = next((row for row in rows if row.field == "text" and row.old), rows[0])
        return {"key": key, "quote": first.quote_id, "said": said(rows), "undoable": undoable}

    # --- doing ------------------------------------------------------------------------------------

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        deed = request.POST.get("deed", "")
        if deed == "page":
            return self._accept_page()
        quote = self._wanted(request.POST.get("quote", ""))
        self.acted_on = quote.pk
        if deed == "undo":
            return self._undo(quote)
        if deed not in CHOICES:
            raise Http404(_("That cannot be done to a quote."))
        return self._do(quote, deed)

    def _wanted(self, key: str) -> Quote:
        visible = Quote.objects.visible_to(self.request.actor).with_section()
        # More figures than a key has would be refused by the database.
        number = int(key) if key.isdecimal() and len(key) < 18 else 0
        quote = visible.filter(anthology=self.anthology, pk=number).first()
        if quote is None:
            raise Http404(_("There is no such quote on this page."))
        return quote

    def _do(self, quote: Quote, deed: str) -> HttpResponse:
        choice, post = CHOICES[deed], self.request.POST
        form = choice.form(post, quote=quote)
        if form.is_valid():
            how: dict[str, Any] = {"actor": self.request.actor.user, "seen": post.get("seen", "")}
            if deed == "join":
                how["seen_next"] = post.get("seen_next", "")
            try:
                choice.do(quote, form.cleaned_data, **how)
            except ValidationError as error:
                refuse(form, error)
            else:
                return self._done(quote, last_deed(quote))
        context = self.get_context_data()
        row = next((one for one in context["rows"] if one.quote.pk == quote.pk), None)
        if row is None:
            raise Http404(_("There is no such quote on this page."))
        row.open, row.form = deed if choice.opens else "refused", form
        self._set_current(context, row)
        return self.render_to_response(context | {"focus": f"q-{quote.pk}"})

    def _undo(self, quote: Quote) -> HttpResponse:
        try:
            undo(quote=quote, actor=self.request.actor.user,
                 key=_key(self.request.POST.get("key", "")))  # fmt: skip
        except ValidationError as error:
            return self._refused(error)
        newest = QuoteRevision.objects.filter(quote=quote).order_by("-pk").first()
        return self._done(quote, newest.deed_key if newest else None, stay=True)

    def _accept_page(self) -> HttpResponse:
        form = PageForm(self.request.POST, anthology=self.anthology)
        seen = form.cleaned_data["seen"] if form.is_valid() else {}
        actor = self.request.actor.user
        done = accept_page(anthology=self.anthology, page=self.page, seen=seen, actor=actor)
        if not done:
            error = _("These quotes were changed meanwhile. Look at them again first.")
            return self._refused(ValidationError(error))
        return self._done(done[-1], last_deed(done[-1]))

    def _refused(self, error: ValidationError) -> HttpResponse:
        context = self.get_context_data()
        return self.render_to_response(context | {"refused": error.messages})

    def _done(self, quote: Quote, key: uuid.UUID | None, *, stay: bool = False) -> HttpResponse:
        """On to the next quote that asks for an eye; after an undo, to the one that is back."""
        context = self.get_context_data(did=key)
        rows = context["rows"]
        place = next((n for n, row in enumerate(rows) if row.quote.pk == quote.pk), 0)
        following = rows[place + (0 if stay else 1) :] + rows
        row = next((one for one in following if one.doubtful), None)
        if stay and rows:
            row = rows[place]
        focus = f"q-{row.quote.pk}" if row else "page-done"
        if not self.request.htmx:  # type: ignore[attr-defined]
            address = desk_url(self.anthology.code, self.page)
            return HttpResponseRedirect(f"{address}?did={key}#{focus}")
        self._set_current(context, row)
        return self.render_to_response(context | {"focus": focus})


def _key(text: str) -> uuid.UUID | None:
    try:
        return uuid.UUID(text)
    except ValueError:
        return None
