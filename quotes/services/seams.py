"""One quote becomes two, two become one. What was joined can be split again, and the reverse.

Joining withdraws the second quote into the first; it keeps its own words and reference. Splitting
where something was joined brings that quote back instead of making a new one, so that joining and
splitting at the same place is the identity, either way round.
"""

from __future__ import annotations

import uuid
from collections import Counter

from django.contrib.auth.base_user import AbstractBaseUser
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from quotes.importing.text import ends_in_hyphen, is_terminal, join_hyphen, starts_low
from quotes.models import Deed, Quote, QuoteRevision, QuoteState
from quotes.references import reference_for
from quotes.services.corrections import (
    Correction,
    StaleQuote,
    from_text,
    held,
    lock,
    must_count,
)
from quotes.services.review import is_whole

Actor = AbstractBaseUser | None
# What a join changes in the first quote beside its words, and a split at the same place gives back.
_ALONG = ("complete", "line_start", "line_end", "box")


@transaction.atomic
def split(
    *, quote: Quote, at: int, actor: Actor, seen: str = "", why: str = ""
) -> tuple[Quote, Quote]:
    """Cut a quote in two before the character `at` (from 0). Returns both, in reading order.

    The first keeps the reference, the second gets the next free number of the section. Refused at
    the edge, where one of the two would hold no words.
    """
    current = lock(quote, seen)
    must_count(current)
    head, tail = current.text[: max(at, 0)].rstrip(), current.text[max(at, 0) :].lstrip()
    if not any(map(str.isalnum, head)) or not any(map(str.isalnum, tail)):
        raise ValidationError(_("Both parts need words: split somewhere inside the quote."))
    deed = Correction(Deed.SPLIT, actor=actor, why=why)
    second = _bring_back(deed, current, head, tail) or _part(deed, current, head, tail)
    deed.change(current, state=QuoteState.REVIEWED)
    deed.finish(current)
    return current, second


@transaction.atomic
def join_with_next(
    *, quote: Quote, actor: Actor, seen: str = "", seen_next: str = "", why: str = ""
) -> Quote:
    """Add the next quote of the source, which is withdrawn into this one. Returns the joined one.

    The section is that of the first. `seen_next` is the version of the next quote; StaleQuote when
    another one follows now.
    """
    current = lock(quote, seen)
    must_count(current)
    found = Quote.objects.after(current).values_list("pk", flat=True).first()
    if found is None:
        raise ValidationError(_("Nothing follows on this quote."))
    following = held([found])[0]
    if seen_next and seen_next != following.version:
        raise StaleQuote(following)
    text = _unsplit(current, following) or glued(current.text, following.text)
    complete = is_whole(text) or (current.complete and following.complete)
    deed = Correction(Deed.JOINED, actor=actor, why=why)
    deed.change(current, text=text, complete=complete, state=QuoteState.REVIEWED)
    deed.change(current, **_ground(current, following))
    deed.change(following, state=QuoteState.WITHDRAWN, merged_into=current)
    deed.finish(current)
    return current


def glued(first: str, second: str) -> str:
    """Two texts as one: a word broken by a hyphen is mended, else a blank stands between them."""
    if ends_in_hyphen(first) and not first.rstrip().endswith(" -"):
        return join_hyphen(first, second, Counter())
    return f"{first.rstrip()} {second.lstrip()}"


def _unsplit(first: Quote, second: Quote) -> str:
    """The words before these two were split from one another; empty when they were changed since.

    A blank that was never there, in a split word, must not come into it.
    """
    apart = QuoteRevision.objects.filter(quote=second, deed=Deed.SPLIT).order_by("-pk").first()
    if apart is None:
        return ""
    said = QuoteRevision.objects.filter(
        deed_key=apart.deed_key, quote=first, field="text", new=first.text
    ).first()
    return said.old if said and said.old.endswith(second.text) else ""


def _ground(first: Quote, second: Quote) -> dict[str, object]:
    """Where the joined quote stands in its source: on the ground of both."""
    if first.source_file_id != second.source_file_id:
        return {}
    starts = [n for n in (first.line_start, second.line_start) if n is not None]
    ends = [n for n in (first.line_end, second.line_end) if n is not None]
    mine, theirs = first.box or [], second.box or []
    return {
        "line_start": min(starts, default=None),
        "line_end": max(ends, default=None),
        "box": [*mine, *(one for one in theirs if one not in mine)] or None,
    }


def _part(deed: Correction, quote: Quote, head: str, tail: str) -> Quote:
    """The second part as a new quote; both keep pointing at the whole place in the source."""
    number, reference = _next_reference(quote)
    part = Quote(
        anthology=quote.anthology,
        section=quote.section,
        reference=reference,
        reference_number=number,
        text=tail,
        page=quote.page,
        position=quote.position + 1,
        source_file=quote.source_file,
        line_start=quote.line_start,
        line_end=quote.line_end,
        box=quote.box,
        complete=quote.complete or is_terminal(tail),
        confidence=quote.confidence,
        state=QuoteState.REVIEWED,
        split_from=quote,
    )
    _make_room(quote)
    deed.add(part)
    deed.change(quote, text=head, complete=quote.complete or not starts_low(head))
    return part


def _next_reference(quote: Quote) -> tuple[int, str]:
    """The first number of the section that no quote ever had; withdrawn ones have theirs."""
    prefix = reference_for(quote.section.number, 0).rpartition("-")[0] + "-"
    taken = Quote.objects.filter(anthology=quote.anthology_id, reference__startswith=prefix)
    numbers = [int(one.rpartition("-")[2]) for one in taken.values_list("reference", flat=True)]
    number = max(numbers, default=0) + 1
    return number, reference_for(quote.section.number, number)


def _make_room(quote: Quote) -> None:
    """Renumber what follows on the page, so that a new part stands right behind its first."""
    page = list(Quote.objects.on_page(quote.anthology, quote.page).only("pk", "position"))
    place = next(index for index, one in enumerate(page) if one.pk == quote.pk)
    wanted, moved = quote.position + 2, []
    for one in page[place + 1 :]:
        if one.position < wanted:
            one.position = wanted
            moved.append(one)
        wanted = one.position + 1
    Quote.objects.bulk_update(moved, ["position"])


def _bring_back(deed: Correction, quote: Quote, head: str, tail: str) -> Quote | None:
    """The quote that was once joined in at this place, with its own words; None if none was.

    What was joined in behind it goes along: it stands in the second part now.
    """
    joins = _joins(quote)
    seam = len(quote.text) - len(tail)
    exact = next((one for one in joins if one.seam(quote.text) == seam), None)
    back = exact or next((one for one in joins if one.begins(tail)), None)
    if back is None:
        return None
    if back.is_last_of(quote.text):
        for row in back.along:
            deed.change(quote, **{row.field: from_text(quote, row.field, row.old)})
    deed.change(quote, text=exact.first if exact else head)
    second = back.quote
    deed.change(second, state=QuoteState.REVIEWED, merged_into=None, text=tail)
    for one in joins:
        if one is not back and one.quote.text in tail and one.number > back.number:
            deed.change(one.quote, merged_into=second)
    return second


class _Join:
    """A quote that was joined into another: when, and what the first one was before and after."""

    def __init__(self, quote: Quote, rows: list[QuoteRevision]) -> None:
        said = next((row for row in rows if row.field == "text"), None)
        self.quote = quote
        self.first, self.whole = (said.old, said.new) if said else ("", "")
        self.along = [row for row in rows if row.field in _ALONG]
        self.number = said.pk if said else 0

    def seam(self, text: str) -> int:
        """Where in the text the second quote begins; -1 when the text was changed since."""
        if self.whole and text.startswith(self.whole) and self.whole.endswith(self.quote.text):
            return len(self.whole) - len(self.quote.text)
        return -1

    def begins(self, tail: str) -> bool:
        return tail == self.quote.text or tail.startswith(f"{self.quote.text} ")

    def is_last_of(self, text: str) -> bool:
        return bool(self.whole) and text == self.whole


def _joins(quote: Quote) -> list[_Join]:
    """What is joined into a quote, the last one first."""
    members = held(
        quote.merged_from.filter(state=QuoteState.WITHDRAWN).values_list("pk", flat=True)
    )
    keys = QuoteRevision.objects.filter(
        quote__in=members, deed__in=(Deed.JOINED, Deed.UNDONE), field="merged_into"
    ).order_by("pk")
    last = {row.quote_id: row.deed_key for row in keys}
    rows: dict[uuid.UUID, list[QuoteRevision]] = {key: [] for key in last.values()}
    for row in QuoteRevision.objects.filter(deed_key__in=list(rows), quote=quote).order_by("pk"):
        rows[row.deed_key].append(row)
    joins = [_Join(one, rows[last[one.pk]] if one.pk in last else []) for one in members]
    return sorted(joins, key=lambda one: (one.number, one.quote.pk), reverse=True)
