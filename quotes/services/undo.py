"""Taking back what was done last."""

from __future__ import annotations

import uuid

from django.contrib.auth.base_user import AbstractBaseUser
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from quotes.models import Deed, Quote, QuoteRevision, QuoteState
from quotes.services.corrections import (
    NOT_THERE,
    Correction,
    as_text,
    from_text,
    held,
    lock_anthology,
)

_AN_IMPORT = {Deed.REREAD, Deed.RETURNED}


@transaction.atomic
def undo(
    *, quote: Quote, actor: AbstractBaseUser | None, key: uuid.UUID | None = None
) -> list[Quote]:
    """Take back the last deed on a quote, in every quote that it changed. Returns these.

    `key` names the deed that the person saw as the last one. Refused when something was done since,
    in any of the quotes. A part that a split made keeps its reference, withdrawn into the first.
    """
    lock_anthology(quote.anthology_id)
    last = last_deed(quote)
    if last is None:
        raise ValidationError(_("There is nothing to undo."))
    rows = list(QuoteRevision.objects.of_deed(last))
    quotes = {one.pk: one for one in held({row.quote_id for row in rows})}
    later = next((one for one in quotes.values() if last_deed(one) != last), None)
    if (key and key != last) or later:
        named = {"reference": (later or quote).full_reference}
        raise ValidationError(_("Something else was done to %(reference)s since.") % named)
    if rows[0].deed in _AN_IMPORT:
        raise ValidationError(_("An import did this: it cannot be undone here."))
    deed = Correction(Deed.UNDONE, actor=actor, undoes=last)
    for row in reversed(rows):
        _back(deed, quotes[row.quote_id], row, quotes)
    deed.finish(quotes[quote.pk])
    return list(quotes.values())


def last_deed(quote: Quote) -> uuid.UUID | None:
    """The key of the last deed on a quote that was not taken back; None if there is none."""
    taken_back = set()
    rows = QuoteRevision.objects.filter(quote=quote).order_by("-pk")
    for key, undoes in rows.values_list("deed_key", "undoes"):
        if undoes:
            taken_back.add(undoes)
        elif key not in taken_back:
            return key
    return None


def _back(deed: Correction, quote: Quote, row: QuoteRevision, others: dict[int, Quote]) -> None:
    """Give one field its old value; a quote that was not there before is withdrawn."""
    if as_text(getattr(quote, row.field)) != row.new:
        named = {"reference": quote.full_reference}
        raise ValidationError(_("Something else was done to %(reference)s since.") % named)
    if row.field == "state" and row.old == NOT_THERE:
        first = next(one for one in others.values() if one.pk == quote.split_from_id)
        deed.change(quote, state=QuoteState.WITHDRAWN, merged_into=first)
    elif row.old or row.field not in {"text", "split_from"}:
        deed.change(quote, **{row.field: from_text(quote, row.field, row.old)})
