"""What an anthology holds at this moment, made ready to be compared with a reading."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from django.db.models import DO_NOTHING
from django.db.models.fields.reverse_related import ForeignObjectRel

from quotes.importing.differences import Held, HeldQuote
from quotes.importing.text import fingerprint
from quotes.models import Anthology, Deed, Quote, QuoteRevision, QuoteState, Section

# What leaves the words of a quote a file's. After any other deed they are somebody's.
_NO_CORRECTION = frozenset({Deed.ACCEPTED, Deed.RETURNED, Deed.REREAD})


@dataclass
class _Past:
    """What the revisions of one quote tell."""

    corrected: bool = False
    withdrawn_by_import: bool = False
    earlier: set[str] = field(default_factory=set)


def holdings(home: Anthology) -> Held:
    """Read everything that the anthology holds, with what was corrected and what is in use."""
    past, used = _past(home), _used(home)
    rows = (
        Quote.objects.filter(anthology=home)
        .select_related("section", "source_file")
        .order_by("section__order", "reference_number", "pk")
    )
    found = tuple(_held(row, past[row.pk], row.pk in used) for row in rows)
    sections = Section.objects.filter(anthology=home)
    return Held(found, {one.number: (one.first_page, one.order) for one in sections})


def _held(row: Quote, past: _Past, used: bool) -> HeldQuote:
    withdrawn = row.state == QuoteState.WITHDRAWN
    by_hand = withdrawn and not past.withdrawn_by_import
    return HeldQuote(
        pk=row.pk,
        reference=row.reference,
        section=row.section.number,
        text=row.text,
        fingerprint=row.fingerprint,
        page=row.page,
        position=row.position,
        pull_quote_of=row.pull_quote_of_id,
        corrected=past.corrected or by_hand or row.state == QuoteState.REVIEWED,
        used=used,
        withdrawn=withdrawn,
        complete=row.complete,
        confidence=row.confidence,
        earlier=frozenset(past.earlier),
        details=(
            row.page,
            row.position,
            row.line_start,
            row.line_end,
            row.box,
            row.complete,
            row.confidence,
            row.source_file.sha256 if row.source_file else "",
        ),
    )


def _past(home: Anthology) -> dict[int, _Past]:
    found: dict[int, _Past] = defaultdict(_Past)
    rows = QuoteRevision.objects.filter(quote__anthology=home).order_by("pk")
    for pk, deed, name, old in rows.values_list("quote_id", "deed", "field", "old"):
        past = found[pk]
        past.corrected |= deed not in _NO_CORRECTION
        if name == "state":
            past.withdrawn_by_import = deed == Deed.REREAD
        if name == "text" and old and deed != Deed.REREAD:
            past.earlier.add(fingerprint(old))
    return found


def _used(home: Anthology) -> set[int]:
    """The quotes that anything outside this app refers to; kept histories refer to nothing."""
    return {
        pk
        for relation in _relations()
        for pk in relation.related_model._default_manager.filter(
            **{f"{relation.field.name}__anthology": home}
        ).values_list(relation.field.name, flat=True)
    }


def _relations() -> Iterator[Any]:
    for relation in Quote._meta.get_fields(include_hidden=True):
        if isinstance(relation, ForeignObjectRel):
            inside = relation.related_model._meta.app_label == Quote._meta.app_label
            if not inside and relation.on_delete is not DO_NOTHING:
                yield relation
