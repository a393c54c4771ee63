"""A plan of differences into the database. The caller holds the transaction."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.contrib.auth.base_user import AbstractBaseUser
from django.utils import timezone

from quotes.importing.compare import details_of
from quotes.importing.differences import Change, Plan, What
from quotes.importing.reading import QuoteRead, Reading
from quotes.models import (
    Anthology,
    Deed,
    Quote,
    QuoteRevision,
    QuoteState,
    Section,
    SourceFile,
)
from quotes.references import parse, reference_for

BATCH = 200
# Low enough for the review queue: somebody has to look.
DOUBTED, SURE = 0.5, 0.9
_FIELDS = (
    "text", "fingerprint", "section", "page", "position", "line_start", "line_end", "box",
    "complete", "confidence", "source_file", "state", "pull_quote_of", "merged_into", "changed_at",
)  # fmt: skip


@dataclass
class _Work:
    """What the steps of writing share."""

    home: Anthology
    reading: Reading
    sections: Mapping[str, Section]
    sources: Mapping[str, SourceFile]
    actor: AbstractBaseUser | None
    rows: dict[int, Quote]
    keys: dict[int, int]
    revisions: list[QuoteRevision] = field(default_factory=list)
    touched: dict[int, Quote] = field(default_factory=dict)

    def why(self, change: Change) -> str:
        """The file that says otherwise."""
        if change.read is not None:
            return self.reading.quotes[change.read].source_name[:300]
        return ", ".join(source.name for source in self.reading.sources)[:300]

    def note(self, row: Quote, change: Change, name: str, old: object, new: object) -> None:
        """Put on record that the import changed a field of a quote."""
        self.revisions.append(
            QuoteRevision(
                quote_id=row.pk,
                deed=Deed.REREAD,
                field=name,
                old=_plain(old),
                new=_plain(new),
                who_id=self.actor.pk if self.actor else None,
                why=self.why(change),
            )
        )
        self.touched[row.pk] = row


def _plain(value: object) -> str:
    return "" if value is None else str(value)


def apply(
    *,
    plan: Plan,
    home: Anthology,
    reading: Reading,
    sections: Mapping[str, Section],
    sources: Mapping[str, SourceFile],
    actor: AbstractBaseUser | None = None,
) -> int:
    """Write the differences; the sections and source files of the reading stand already.

    Returns how many quotes were made or changed.
    """
    wanted = {change.held for change in plan.changes if change.held is not None}
    wanted |= {pk for change in plan.changes for pk in change.others}
    rows = {row.pk: row for row in Quote.objects.filter(anthology=home) if row.pk in wanted}
    work = _Work(home, reading, sections, sources, actor, rows, dict(plan.places))
    made = _create(work, [change for change in plan.changes if change.what is What.NEW])
    for change in plan.changes:
        _change(work, change)
    now = timezone.now()
    for row in work.touched.values():
        row.changed_at = now
    Quote.objects.bulk_update(work.touched.values(), _FIELDS, batch_size=BATCH)
    QuoteRevision.objects.bulk_create(work.revisions, batch_size=BATCH)
    return made + len(work.touched)


def _create(work: _Work, changes: list[Change]) -> int:
    """Create what is new: regular quotes first, then the boxes that point at them."""
    quotes = work.reading.quotes
    numbers, taken = _numbers(work.home), set(_references(work.home))
    for pulled in (False, True):
        fresh: list[tuple[int, Quote]] = []
        for change in changes:
            read = quotes[change.read or 0]
            if (read.pull_quote_of is not None) is not pulled:
                continue
            quote = _new(work, read, work.sections[change.section])
            quote.reference, quote.reference_number = _next(
                read, quote.section.number, numbers, taken
            )
            quote.split_from_id = change.split_from
            fresh.append((change.read or 0, quote))
        Quote.objects.bulk_create([quote for _read, quote in fresh], batch_size=BATCH)
        work.keys.update({read: quote.pk for read, quote in fresh})
    return len(changes)


def _new(work: _Work, read: QuoteRead, section: Section) -> Quote:
    quote = Quote(
        anthology=work.home,
        section=section,
        text=read.text,
        fingerprint=read.fingerprint,
        state=read.state if read.state in QuoteState.values else QuoteState.IMPORTED,
    )
    _place(work, quote, read)
    if read.pull_quote_of is not None:
        quote.pull_quote_of_id = work.keys.get(read.pull_quote_of)
    return quote


def _place(work: _Work, quote: Quote, read: QuoteRead) -> None:
    """Where it stands and how sure it is, as this file has it."""
    place = details_of(read, "")
    quote.page, quote.position, quote.line_start, quote.line_end, quote.box = place[:5]  # type: ignore[assignment]
    quote.complete, quote.confidence = read.complete, read.confidence
    quote.source_file = work.sources.get(read.source_name)


def _references(home: Anthology) -> Iterable[str]:
    return Quote.objects.filter(anthology=home).values_list("reference", flat=True)


def _numbers(home: Anthology) -> dict[str, int]:
    """The last number that was given in each section, to withdrawn quotes too."""
    last: dict[str, int] = {}
    for reference in _references(home):
        known = parse(reference)
        if known is not None:
            last[known.section] = max(last.get(known.section, 0), known.number)
    return last


def _next(
    read: QuoteRead, section: str, numbers: dict[str, int], taken: set[str]
) -> tuple[str, int]:
    """Return the reference that the file gives, if it is right and free, else the next one."""
    given = parse(read.reference)
    if given is not None and given.section == section and given.bare not in taken:
        number = given.number
    else:
        number = numbers.get(section, 0) + 1
        while reference_for(section, number) in taken:
            number += 1
    numbers[section] = max(numbers.get(section, 0), number)
    reference = reference_for(section, number)
    taken.add(reference)
    return reference, number


def _change(work: _Work, change: Change) -> None:
    """Write one difference to a quote that stands."""
    if change.what in (What.NEW, What.KEPT) or change.held is None:
        return
    row = work.rows[change.held]
    if change.what is What.GONE:
        _withdraw(work, change, row, into=None)
    elif change.what is What.STAYS:
        if row.confidence >= SURE:
            work.note(row, change, "confidence", row.confidence, DOUBTED)
            row.confidence = DOUBTED
    elif change.read is not None:
        _reread(work, change, row, work.reading.quotes[change.read])


def _withdraw(work: _Work, change: Change, row: Quote, into: int | None) -> None:
    work.note(row, change, "state", row.state, QuoteState.WITHDRAWN)
    row.state, row.merged_into_id = QuoteState.WITHDRAWN, into


def _reread(work: _Work, change: Change, row: Quote, read: QuoteRead) -> None:
    """The file's words, section and place in the stead of those that stood."""
    changed: list[tuple[str, Any, Any]] = []
    if change.text:
        changed.append(("text", row.text, read.text))
        row.text, row.fingerprint = read.text, read.fingerprint
    if change.moved:
        section = work.sections[change.section]
        old = next((n for n, one in work.sections.items() if one.pk == row.section_id), "")
        changed.append(("section", old, section.number))
        row.section = section
    if change.pulled:
        target = None if read.pull_quote_of is None else work.keys.get(read.pull_quote_of)
        changed.append(("pull_quote_of", row.pull_quote_of_id, target))
        row.pull_quote_of_id = target
    if change.restored:
        changed.append(("state", row.state, QuoteState.IMPORTED))
        row.state, row.merged_into = QuoteState.IMPORTED, None
    for name, before, after in changed:
        work.note(row, change, name, before, after)
    _place(work, row, read)
    work.touched[row.pk] = row
    for pk in change.others:
        _withdraw(work, change, work.rows[pk], into=row.pk)
