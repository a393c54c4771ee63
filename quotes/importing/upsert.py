"""Last step: a reading into the database, where every quote gets its reference for ever."""

from __future__ import annotations

import re
from collections import Counter, defaultdict

from django.contrib.auth.base_user import AbstractBaseUser
from django.core.files.base import ContentFile
from django.db import transaction
from django.db.models import Max

from quotes.importing.reading import ImportRefused, QuoteRead, Reading, SectionRead
from quotes.importing.report import ImportReport
from quotes.models import Anthology, Kind, Quote, QuoteState, Section, SourceFile
from quotes.references import parse, reference_for
from tracker.audit.services import record

_CODE = re.compile(r"^[A-Z]{2,5}[0-9]{1,3}$", re.IGNORECASE)
_BATCH = 500
_Key = tuple[object, ...]


@transaction.atomic
def upsert(
    *,
    reading: Reading,
    anthology: str = "",
    actor: AbstractBaseUser | None = None,
    dry_run: bool = False,
) -> ImportReport:
    """Write a reading: all of it or nothing; a second time changes nothing.

    A quote is known by its page and words, else by its section and words. `anthology` is a code
    or a title; without it the reading's own title decides, else the primary anthology is meant.
    """
    report = ImportReport(warnings=list(reading.warnings), dry_run=dry_run)
    home = _anthology(anthology.strip(), reading)
    report.anthology = home.code
    sections = _sections(home, reading, report)
    sources = _sources(home, reading, actor, report)
    _quotes(home, reading, sections, sources, report)
    if dry_run:
        transaction.set_rollback(True)
    elif report.changed:
        counts = {key: value for key, value in report.as_dict().items() if key != "warnings"}
        record(verb="quotes.imported", subject=home, actor=actor, after=counts)
    return report


def _anthology(wanted: str, reading: Reading) -> Anthology:
    """Return the anthology that is meant, made where it does not exist, locked for this import."""
    anthologies = Anthology.objects.select_for_update().order_by("pk")
    found = None
    if wanted:
        found = (
            anthologies.filter(code__iexact=wanted).first()
            or anthologies.filter(title__iexact=wanted).first()
        )
    elif reading.anthology_title:
        found = anthologies.filter(title__iexact=reading.anthology_title).first()
    else:
        found = anthologies.filter(is_primary=True).first()
    if found is not None:
        return found
    code = wanted.upper() if _CODE.match(wanted) else _free_code()
    title = reading.anthology_title or wanted or code
    if wanted and not _CODE.match(wanted):
        title = wanted
    first = not Anthology.objects.filter(is_primary=True).exists()
    return Anthology.objects.create(code=code, title=title, is_primary=first)


def _free_code() -> str:
    taken = set(Anthology.objects.values_list("code", flat=True))
    return next(code for n in range(1, 1000) if (code := f"BL{n}") not in taken)


def _sections(home: Anthology, reading: Reading, report: ImportReport) -> dict[str, Section]:
    known = {section.number: section for section in Section.objects.filter(anthology=home)}
    kinds = {q.section_number: q.kind for q in reading.quotes if q.kind in Kind.values}
    new = []
    for read in reading.sections:
        section = known.get(read.number)
        if section is None:
            if read.kind_chapter:
                new.append(_new_section(home, read, kinds.get(read.number, "")))
        elif _complete(section, read):
            section.save(update_fields=["title", "first_page", "changed_at"])
            report.sections_completed += 1
    for section in Section.objects.bulk_create(new, batch_size=_BATCH):
        known[section.number] = section
    report.sections_created = len(new)
    return known


def _new_section(home: Anthology, read: SectionRead, kind: str) -> Section:
    kind = home.chapter_kinds.get(str(read.kind_chapter)) or kind
    if kind not in Kind.values:
        raise ImportRefused(
            f"Section {read.number}: the anthology does not say what kind of quotes chapter "
            f"{read.kind_chapter} holds; add the chapter to the anthology first."
        )
    return Section(
        anthology=home,
        number=read.number,
        title=read.title[:200],
        kind=kind,
        first_page=read.first_page,
        order=read.order,
    )


def _complete(section: Section, read: SectionRead) -> bool:
    """Fill in what an earlier import could not know; tell whether anything was filled in."""
    title = section.title or read.title[:200]
    page = section.first_page if section.first_page is not None else read.first_page
    changed = (title, page) != (section.title, section.first_page)
    section.title, section.first_page = title, page
    return changed


def _sources(
    home: Anthology, reading: Reading, actor: AbstractBaseUser | None, report: ImportReport
) -> dict[str, SourceFile]:
    known = {source.sha256: source for source in SourceFile.objects.filter(anthology=home)}
    by_name = {}
    for read in reading.sources:
        source = known.get(read.sha256)
        if source is None:
            source = SourceFile(
                anthology=home,
                name=read.name[:255],
                sha256=read.sha256,
                media_type=read.media_type,
                pages=list(read.pages),
                imported_by_id=actor.pk if actor else None,
            )
            if report.dry_run:
                source.save()
            else:
                source.file.save(read.name, ContentFile(read.data), save=True)
            report.sources_created += 1
        by_name[read.name] = source
    return by_name


class _Known:
    """The quotes that the anthology has already; each is recognised once."""

    def __init__(self, home: Anthology) -> None:
        self._found: dict[_Key, list[int]] = defaultdict(list)
        self._used: set[int] = set()
        self.taken: set[str] = set()
        rows = Quote.objects.filter(anthology=home).order_by("section__order", "reference_number")
        for row in rows.values_list(
            "pk", "page", "section__number", "fingerprint", "pull_quote_of", "reference"
        ):
            pk, page, section, print_, pull_of, reference = row
            self.taken.add(reference)
            for key in _keys(page, section, print_, pull_of is not None):
                self._found[key].append(pk)

    def claim(self, quote: QuoteRead) -> int | None:
        """Return the key of the row that this quote is, or None for a new quote."""
        pulled = quote.pull_quote_of is not None
        for key in _keys(quote.page, quote.section_number, quote.fingerprint, pulled):
            for pk in self._found.get(key, ()):
                if pk not in self._used:
                    self._used.add(pk)
                    return pk
        return None


def _keys(page: int | None, section: str, print_: str, pulled: bool) -> list[_Key]:
    keys: list[_Key] = [("section", section, print_, pulled)]
    if page is not None:
        keys.insert(0, ("page", page, print_, pulled))
    return keys


def _quotes(
    home: Anthology,
    reading: Reading,
    sections: dict[str, Section],
    sources: dict[str, SourceFile],
    report: ImportReport,
) -> None:
    """Create what is new: regular quotes first, then the boxes that point at them."""
    known = _Known(home)
    numbers = _last_numbers(home)
    rows: dict[int, int] = {}
    ordered = sorted(enumerate(reading.quotes), key=lambda e: e[1].pull_quote_of is not None)
    for pulled, group in (
        (False, [e for e in ordered if e[1].pull_quote_of is None]),
        (True, [e for e in ordered if e[1].pull_quote_of is not None]),
    ):
        fresh: list[tuple[int, Quote]] = []
        for index, read in group:
            pk = known.claim(read)
            if pk is not None:
                rows[index] = pk
                report.unchanged += 1
                continue
            section = _section_of(read, sections, report)
            reference, number = _next(read, section, numbers, known.taken)
            target = rows.get(read.pull_quote_of) if read.pull_quote_of is not None else None
            quote = _new_quote(home, section, read, sources.get(read.source_name))
            quote.reference, quote.reference_number = reference, number
            quote.pull_quote_of_id = target
            fresh.append((index, quote))
        Quote.objects.bulk_create([quote for _i, quote in fresh], batch_size=_BATCH)
        rows.update({index: quote.pk for index, quote in fresh})
        report.created += len(fresh)
        report.pull_quotes += len(fresh) if pulled else 0
    report.by_section = dict(Counter(q.section_number for q in reading.quotes))


def _last_numbers(home: Anthology) -> dict[str, int]:
    rows = Quote.objects.filter(anthology=home).values_list("section__number")
    return dict(rows.annotate(last=Max("reference_number")).order_by())


def _section_of(read: QuoteRead, sections: dict[str, Section], report: ImportReport) -> Section:
    section = sections.get(read.section_number)
    if section is not None:
        return section
    running = [s for s in sections.values() if s.first_page and s.first_page <= (read.page or 0)]
    if not running:
        raise ImportRefused(
            f"{read.source_name}, line {read.line_start}: no section is known for page "
            f"{read.page}; fill in the column 'section'."
        )
    return max(running, key=lambda s: s.order)


def _next(
    read: QuoteRead, section: Section, numbers: dict[str, int], taken: set[str]
) -> tuple[str, int]:
    """Return the reference that the file gives, if it is right and free, else the next one."""
    given = parse(read.reference)
    if given is not None and given.section == section.number and given.bare not in taken:
        number = given.number
    else:
        number = numbers.get(section.number, 0) + 1
        while reference_for(section.number, number) in taken:
            number += 1
    numbers[section.number] = max(numbers.get(section.number, 0), number)
    reference = reference_for(section.number, number)
    taken.add(reference)
    return reference, number


def _new_quote(
    home: Anthology, section: Section, read: QuoteRead, source: SourceFile | None
) -> Quote:
    return Quote(
        anthology=home,
        section=section,
        text=read.text,
        page=read.page,
        position=read.position,
        source_file=source,
        line_start=read.line_start,
        line_end=read.line_end,
        complete=read.complete,
        confidence=read.confidence,
        state=read.state if read.state in QuoteState.values else QuoteState.IMPORTED,
        fingerprint=read.fingerprint,
    )
