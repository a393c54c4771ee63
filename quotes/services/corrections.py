"""What every deed on quotes shares: a lock, a look at what was seen, and a record of each change.

A deed changes fields through a Correction, which writes down every one of them before and after
(QuoteRevision), keeps the fingerprint in step with the text, and adds one entry to the audit trail.
"""

from __future__ import annotations

import json
import uuid
from collections import defaultdict
from collections.abc import Iterable
from typing import Any

from django.contrib.auth.base_user import AbstractBaseUser
from django.core.exceptions import ValidationError
from django.db.models import Model
from django.utils.translation import gettext as _

from quotes.importing.text import fingerprint
from quotes.models import Anthology, Deed, Quote, QuoteRevision, QuoteState, Section
from tracker.audit.services import record

_REFERRING = {"pull_quote_of", "merged_into", "split_from"}
_NUMBERS = {"line_start", "line_end"}
# A new quote was not there before: that is what stands as its old state.
NOT_THERE = ""


class StaleQuote(ValidationError):
    """Somebody else changed the quote meanwhile; `quote` is how it stands now."""

    def __init__(self, quote: Quote) -> None:
        self.quote = quote
        said = _("%(reference)s was changed by somebody else meanwhile. Look at it again first.")
        super().__init__(said % {"reference": quote.full_reference}, code="stale")


class Correction:
    """One deed in the making. `change` as often as needed, then `finish` once."""

    def __init__(
        self,
        deed: Deed,
        *,
        actor: AbstractBaseUser | None,
        why: str = "",
        undoes: uuid.UUID | None = None,
    ) -> None:
        self.key = uuid.uuid4()
        self._deed, self._actor, self._why, self._undoes = deed, actor, why.strip()[:300], undoes
        self._rows: list[QuoteRevision] = []
        self._changed: dict[int, Quote] = {}

    def change(self, quote: Quote, **fields: Any) -> None:
        """Set fields of a quote; what has that value already is left alone."""
        for name, value in fields.items():
            old, new = as_text(getattr(quote, name)), as_text(value)
            if old == new:
                continue
            self._note(quote, name, old, new)
            setattr(quote, name, value)
            if name == "text":
                quote.fingerprint = fingerprint(value)
            self._changed[quote.pk] = quote

    def add(self, quote: Quote) -> None:
        """Store a new quote, and write down that it was not there before."""
        quote.fingerprint = fingerprint(quote.text)
        quote.save()
        self._note(quote, "text", "", quote.text)
        self._note(quote, "split_from", "", as_text(quote.split_from))
        self._note(quote, "state", NOT_THERE, quote.state)

    def finish(self, subject: Model) -> None:
        """Store everything, with one entry in the audit trail; nothing when nothing changed."""
        if not self._rows:
            return
        for quote in self._changed.values():
            quote.save()
        QuoteRevision.objects.bulk_create(self._rows)
        before: dict[str, dict[str, str]] = defaultdict(dict)
        after: dict[str, dict[str, str]] = defaultdict(dict)
        for row in self._rows:
            before[row.quote.reference][row.field] = row.old
            after[row.quote.reference][row.field] = row.new
        record(
            verb=f"quotes.{self._deed}",
            subject=subject,
            actor=self._actor,
            before=before,
            after=after | ({"why": self._why} if self._why else {}),
        )

    def _note(self, quote: Quote, field: str, old: str, new: str) -> None:
        self._rows.append(
            QuoteRevision(
                quote=quote, deed=self._deed, field=field, old=old, new=new, why=self._why,
                who_id=self._actor.pk if self._actor else None, deed_key=self.key,
                undoes=self._undoes,
            )
        )  # fmt: skip


def as_text(value: Any) -> str:
    """A field's value as it stands in a revision: a reference for a quote, a section's number."""
    if isinstance(value, Quote):
        return value.reference
    if isinstance(value, Section):
        return value.number
    if value is None:
        return ""
    return value if isinstance(value, str) else json.dumps(value)


def from_text(quote: Quote, field: str, text: str) -> Any:
    """The value that a revision holds as text; the other way round of `as_text`."""
    if field in _REFERRING:
        return Quote.objects.get(anthology=quote.anthology_id, reference=text) if text else None
    if field == "section":
        return Section.objects.get(anthology=quote.anthology_id, number=text)
    if field in {"text", "state"}:
        return text
    return json.loads(text) if text else None


def lock_anthology(pk: int) -> Anthology:
    """Hold the anthology: imports and corrections of it wait for one another."""
    return Anthology.objects.select_for_update().get(pk=pk)


def lock(quote: Quote, seen: str = "") -> Quote:
    """The quote as it stands now, held until the deed is done.

    Raises StaleQuote when it is no longer what was `seen` (its version; empty: not checked).
    """
    lock_anthology(quote.anthology_id)
    current = held([quote.pk])[0]
    if seen and seen != current.version:
        raise StaleQuote(current)
    return current


def held(pks: Iterable[int]) -> list[Quote]:
    """These quotes with what they refer to, locked, in the order of the page."""
    rows = Quote.objects.select_for_update(of=("self",)).filter(pk__in=list(pks))
    near = ("anthology", "section", "pull_quote_of", "merged_into", "split_from", "source_file")
    return list(rows.select_related(*near).in_page_order())


def must_count(quote: Quote) -> None:
    """Refuse what can only be done to a quote that counts."""
    named = {"reference": quote.full_reference}
    if quote.state == QuoteState.WITHDRAWN:
        raise ValidationError(_("%(reference)s was withdrawn: restore it first.") % named)
    if quote.pull_quote_of_id:
        raise ValidationError(_("%(reference)s is a pull quote: restore it first.") % named)
