"""A newer edition beside the earlier one: which quotes return is suggested, and people say so."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.http import HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.generic import FormView

from quotes.forms.returns import ReturnDeed, ReturnForm
from quotes.models import Anthology, Quote, ReturnRefusal
from quotes.returning import NEARLY_THE_SAME, Match, differences
from quotes.services.returns import (
    confirm_identical,
    confirm_return,
    forget_refusal,
    refuse_return,
    withdraw_return,
)
from quotes.suggesting import suggested
from quotes.tables import marked
from tracker.shared.forms import sentence
from tracker.shared.views import SignedInMixin

PAIRS_A_PAGE = 20
SHOWN = ("suggested", "confirmed", "refused")


class ReturnsPage(SignedInMixin, FormView):
    """Pairs of a newer and an earlier quote with what differs; each deed is one button."""

    permission = "quotes.import"
    template_name = "quotes/returns.html"
    form_class = ReturnForm

    @cached_property
    def anthologies(self) -> list[Anthology]:
        return list(Anthology.objects.visible_to(self.request.actor))

    @cached_property
    def editions(self) -> list[Anthology]:
        """The editions that follow another one, the latest first."""
        later = [one for one in self.anthologies if self.earlier_than(one)]
        return sorted(later, key=lambda one: -len(self.earlier_than(one)))

    def earlier_than(self, anthology: Anthology) -> list[Anthology]:
        return [other for other in self.anthologies if anthology.follows(other)]

    @cached_property
    def chosen(self) -> Anthology | None:
        code = self.request.GET.get("anthology", "")
        named = [one for one in self.editions if one.code == code]
        return (named or self.editions or [None])[0]

    @property
    def show(self) -> str:
        asked = self.request.GET.get("show", "")
        return asked if asked in SHOWN else SHOWN[0]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(**kwargs)
        context |= {"editions": self.editions, "chosen": self.chosen, "show": self.show}
        if self.chosen is None:
            return context
        found, thorough = self.found(self.chosen)
        page = Paginator(found, PAIRS_A_PAGE).get_page(self.request.GET.get("page"))
        return context | {
            "thorough": thorough,
            "page": page,
            "pairs": pairs_of(list(page)),
            "identical": sum(1 for one in found if one.identical) if thorough else len(found),
            "views": self.views(),
        }

    def found(self, anthology: Anthology) -> tuple[list[Match], bool]:
        """What is shown: suggestions, or what was said of them before."""
        if self.show == "suggested":
            return suggested(anthology, self.earlier_than(anthology))
        if self.show == "confirmed":
            said = Quote.objects.filter(anthology=anthology, returns_from__isnull=False)
            keys = said.in_reading_order().values_list("pk", "returns_from")
        else:
            keys = ReturnRefusal.objects.filter(quote__anthology=anthology).values_list(
                "quote", "earlier"
            )
        return [Match(new, old, 0) for new, old in keys], True

    def views(self) -> list[dict[str, Any]]:
        words = (_("Suggested"), _("Confirmed"), _("Not the same"))
        return [
            {"name": name, "label": label, "query": self.query(show=name)}
            for name, label in zip(SHOWN, words, strict=True)
        ]

    def query(self, **more: str) -> str:
        return urlencode({"anthology": self.chosen.code if self.chosen else "", **more})

    def form_valid(self, form: ReturnForm) -> HttpResponse:
        try:
            messages.success(self.request, self.do(**form.cleaned_data))
        except ValidationError as error:
            messages.error(self.request, sentence(error))
        return self.back()

    def form_invalid(self, form: ReturnForm) -> HttpResponse:
        messages.error(self.request, _("This pair of quotes is not known."))
        return self.back()

    def back(self) -> HttpResponse:
        query = self.query(show=self.show, page=self.request.GET.get("page", "1"))
        return HttpResponseRedirect(f"{reverse('quotes:returns')}?{query}")

    def do(self, deed: str, quote: Quote | None, earlier: Quote | None) -> str:
        """Call one service; returns what happened, in a sentence."""
        actor = self.request.user
        if deed == ReturnDeed.IDENTICAL:
            return self.confirm_all()
        names = {"quote": quote.full_reference, "earlier": earlier.full_reference}  # type: ignore[union-attr]
        pair: dict[str, Any] = {"quote": quote, "earlier": earlier, "actor": actor}
        if deed == ReturnDeed.CONFIRM:
            confirm_return(**pair)
            return _("%(quote)s returns from %(earlier)s.") % names
        if deed == ReturnDeed.REFUSE:
            refuse_return(**pair)
            return _("%(quote)s and %(earlier)s are not the same.") % names
        if deed == ReturnDeed.FORGET:
            forget_refusal(**pair)
            return _("%(quote)s and %(earlier)s can be suggested again.") % names
        withdraw_return(quote=quote, actor=actor)  # type: ignore[arg-type]
        return _("%(quote)s no longer returns from %(earlier)s.") % names

    def confirm_all(self) -> str:
        if self.chosen is None:
            raise ValidationError(_("There is no later edition."))
        count = confirm_identical(
            anthology=self.chosen,
            earlier=self.earlier_than(self.chosen),
            actor=self.request.user,  # type: ignore[arg-type]
        )
        return ngettext(
            "%(count)s quote of the same words is confirmed.",
            "%(count)s quotes of the same words are confirmed.",
            count,
        ) % {"count": count}


def pairs_of(matches: list[Match]) -> list[dict[str, Any]]:
    """The pairs of a page with their quotes and what differs: one query."""
    keys = {key for match in matches for key in (match.new, match.old)}
    rows = Quote.objects.with_section().in_bulk(keys)
    found = []
    for match in matches:
        new, old = rows[match.new], rows[match.old]
        before, after = differences(old.text, new.text)
        words = likeness_words(match.likeness)
        sides = [
            {"quote": old, "text": marked(before)},
            {"quote": new, "text": marked(after)},
        ]
        found.append({"new": new, "old": old, "sides": sides, "likeness": words})
    return found


def likeness_words(likeness: float) -> str:
    """How sure the suggestion is, in words; '' when it is no suggestion."""
    if not likeness:
        return ""
    if likeness == 1:
        return _("the same words")
    percent = {"percent": int(likeness * 100)}
    if likeness >= NEARLY_THE_SAME:
        return _("nearly the same: %(percent)s%% of the words") % percent
    return _("alike: %(percent)s%% of the words") % percent
