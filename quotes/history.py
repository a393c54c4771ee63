"""What was done to quotes, in words that people read."""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from quotes.models import Deed, QuoteRevision

# What a person sees of a quote; where it stands in the source follows from the deed.
_SHOWN = {"text", "section", "pull_quote_of", "merged_into", "split_from"}


@dataclass(frozen=True, slots=True)
class Entry:
    """One deed on one quote: who did it, when and why, and what it changed (field, old, new)."""

    deed: str
    who: Any
    at: Any
    why: str
    changes: list[dict[str, str]]


def entries(revisions: Iterable[QuoteRevision]) -> list[Entry]:
    """The history of one quote, the newest deed first, from its revisions in that order."""
    found: dict[uuid.UUID, Entry] = {}
    for row in revisions:
        key = row.deed_key
        if key not in found:
            found[key] = Entry(row.get_deed_display(), row.who, row.at, row.why, [])
        if row.field in _SHOWN:
            name = _field_names()[row.field]
            found[key].changes.insert(0, {"field": name, "old": row.old, "new": row.new})
    return list(found.values())


def _field_names() -> dict[str, str]:
    return {
        "text": _("Words"),
        "section": _("Section"),
        "pull_quote_of": _("Pull quote of"),
        "merged_into": _("Joined into"),
        "split_from": _("Split from"),
    }


def said(rows: Sequence[QuoteRevision]) -> str:
    """What one deed did, in a sentence; `rows` is everything that it changed."""
    deed, quotes = rows[0].deed, list({row.quote_id: row.quote for row in rows}.values())
    lead = next((row.quote for row in rows if row.field == "text" and row.old), rows[0].quote)
    named = {"reference": lead.full_reference, "other": ""}
    if deed == Deed.ACCEPTED:
        accepted = ngettext("Accepted: %(reference)s.", "%(count)d quotes accepted.", len(quotes))
        return accepted % {**named, "count": len(quotes)}
    if deed in {Deed.SPLIT, Deed.JOINED}:
        first, second = _pair(rows)
        named = {"reference": first, "other": second}
    if deed in {Deed.MOVED, Deed.PULL_QUOTE}:
        field = "section" if deed == Deed.MOVED else "pull_quote_of"
        named["other"] = next((row.new for row in rows if row.field == field), "")
    return _sentences().get(deed, "%(reference)s") % named


def _pair(rows: Sequence[QuoteRevision]) -> tuple[str, str]:
    """The quote that was split or joined to, and the other part."""
    second = next(
        (r.quote for r in rows if r.field in {"split_from", "merged_into"}), rows[0].quote
    )
    first = next((r.quote for r in rows if r.quote_id != second.pk), second)
    return first.full_reference, second.full_reference


def _sentences() -> dict[str, str]:
    return {
        Deed.EDITED: _("Changed: %(reference)s."),
        Deed.SPLIT: _("%(reference)s is split: the second part is %(other)s."),
        Deed.JOINED: _("%(other)s is joined into %(reference)s."),
        Deed.MOVED: _("%(reference)s is moved to section %(other)s."),
        Deed.PULL_QUOTE: _("%(reference)s is a pull quote of %(other)s now and counts no longer."),
        Deed.WITHDRAWN: _("%(reference)s is no quote now: it keeps its number and counts nowhere."),
        Deed.RESTORED: _("%(reference)s counts again."),
        Deed.UNDONE: _("Undone: %(reference)s is as it was."),
    }
