"""The differences of a plan in plain values: for a page, for JSON and for a terminal."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from typing import Any

from quotes.importing.differences import Change, Held, HeldQuote, Plan, What
from quotes.importing.reading import Reading
from quotes.importing.report import ImportReport

_COUNTED = {
    What.NEW: "created",
    What.TEXT: "text_changed",
    What.SECTION: "section_changed",
    What.PULL_QUOTE: "section_changed",
    What.JOINED: "joined",
    What.SPLIT: "split",
    What.RESTORED: "restored",
    What.GONE: "gone",
    What.KEPT: "kept",
    What.STAYS: "stays",
    What.DETAILS: "places_updated",
}


def tell(plan: Plan, reading: Reading, held: Held, report: ImportReport) -> None:
    """Put the counts and the differences of a plan into a report."""
    for change in plan.changes:
        name = _COUNTED[change.what]
        setattr(report, name, getattr(report, name) + 1)
    report.unchanged = plan.unchanged + report.places_updated
    report.pull_quotes = sum(
        reading.quotes[change.read].pull_quote_of is not None
        for change in plan.changes
        if change.what is What.NEW and change.read is not None
    )
    report.by_section = dict(Counter(quote.section_number for quote in reading.quotes))
    report.signature = plan.signature()
    known = {quote.pk: quote for quote in held.quotes}
    shown = (change for change in plan.changes if change.what is not What.DETAILS)
    report.differences = [_difference(change, reading, known) for change in shown]


def _difference(change: Change, reading: Reading, known: Mapping[int, HeldQuote]) -> dict[str, Any]:
    """One difference; what does not apply is left out."""
    read = reading.quotes[change.read] if change.read is not None else None
    other = known[change.held] if change.held is not None else None
    parent = known[change.split_from] if change.split_from is not None else None
    page = read.page if read else other.page if other else None
    told = {
        "what": change.what.value,
        "reference": other.reference if other else "",
        "page": page,
        "section": change.section,
        "old_section": other.section if other and other.section != change.section else "",
        "old": other.text if other else "",
        "new": read.text if read else "",
        "joined": [
            {"reference": known[pk].reference, "text": known[pk].text} for pk in change.others
        ],
        "split_from": parent.reference if parent else "",
        "withdrawn": other.withdrawn if other else False,
        "used": other.used if other else False,
    }
    return {key: value for key, value in told.items() if value or key in ("what", "section")}


_SIGNS = {
    What.NEW: "+",
    What.GONE: "-",
    What.KEPT: "=",
    What.STAYS: "!",
}
_WORDS = {
    What.NEW: "new",
    What.TEXT: "other words",
    What.SECTION: "other section",
    What.PULL_QUOTE: "repeats another quote, or no longer",
    What.SPLIT: "became two",
    What.JOINED: "became one",
    What.RESTORED: "is back",
    What.GONE: "no longer in the file",
    What.KEPT: "kept as somebody corrected it",
    What.STAYS: "no longer in the file, but in use: please look",
}


def lines_of(report: ImportReport, *, new: bool = True) -> Iterator[str]:
    """The differences as lines for a terminal; with `new` those that are new as well."""
    for one in report.differences:
        what = What(one["what"])
        if what is What.NEW and not new:
            continue
        place = f", page {one['page']}" if one.get("page") else ""
        name = one.get("reference") or f"(in {one['section']})"
        yield f"{_SIGNS.get(what, '~')} {name} {_WORDS[what]}{place}"
        if one.get("old_section"):
            yield f"    section {one['old_section']} → {one['section']}"
        if one.get("old") and one.get("old") != one.get("new"):
            yield f"    was: {one['old']}"
        for other in one.get("joined", ()):
            yield f"    and: {other['text']} ({other['reference']})"
        if one.get("new"):
            yield f"    {'now' if what is not What.KEPT else 'file says'}: {one['new']}"
        if one.get("split_from"):
            yield f"    split from {one['split_from']}"
