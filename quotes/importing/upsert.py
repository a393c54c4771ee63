"""Last step: a reading into the database, where every quote gets its reference for ever.

First the reading is compared with what the anthology holds, then the differences are written: all
of them or none. The same reading a second time has no differences.
"""

from __future__ import annotations

from collections.abc import Container, Mapping

from django.contrib.auth.base_user import AbstractBaseUser
from django.core.files.base import ContentFile
from django.db import transaction

from quotes.importing.applying import BATCH, apply
from quotes.importing.compare import compare
from quotes.importing.differences import Held, Plan
from quotes.importing.holdings import holdings
from quotes.importing.home import checked_kinds, find_home, meant, new_home
from quotes.importing.reading import ImportRefused, Reading, SectionRead
from quotes.importing.report import ImportReport
from quotes.importing.telling import tell
from quotes.models import Anthology, Kind, Section, SourceFile
from tracker.audit.services import record


class ComparedAnew(Exception):
    """The anthology changed since the differences were shown; they are others now."""

    def __init__(self, report: ImportReport) -> None:
        super().__init__("the differences are others than those that were shown")
        self.report = report


def upsert(
    *,
    reading: Reading,
    anthology: str = "",
    actor: AbstractBaseUser | None = None,
    dry_run: bool = False,
    title: str = "",
    kinds: Mapping[str, str] | None = None,
    expected: str = "",
) -> ImportReport:
    """Write what a reading changes: all of it or nothing; a second time changes nothing.

    `anthology` is a code or a title; without it the reading's own title decides, else the primary
    anthology is meant. A new one gets `title`; `kinds` says what the quotes of a chapter are.
    `expected` is the signature of the differences that somebody saw: ComparedAnew, with nothing
    written, when they are others by now.
    """
    kinds = checked_kinds(kinds or {})
    if dry_run:
        report = preview(reading=reading, anthology=anthology, kinds=kinds)
        _refuse_unknown(report)
        return report
    with transaction.atomic():
        home = find_home(anthology, reading, title=title, kinds=kinds)
        report, plan = _compared(home, reading, kinds)
        if expected and report.signature != expected:
            raise ComparedAnew(report)
        _refuse_unknown(report)
        report.written = apply(
            plan=plan,
            home=home,
            reading=reading,
            sections=_sections(home, reading, report),
            sources=_sources(home, reading, actor),
            actor=actor,
        )
        if report.changed:
            record(verb="quotes.imported", subject=home, actor=actor, after=report.counts())
    return report


def preview(
    *, reading: Reading, anthology: str = "", kinds: Mapping[str, str] | None = None
) -> ImportReport:
    """Tell what importing would do, and which chapters have no kind yet; nothing is written."""
    home = meant(anthology, reading) or new_home(anthology, reading)
    report, _plan = _compared(home, reading, kinds or {})
    report.dry_run = True
    return report


def _compared(
    home: Anthology, reading: Reading, kinds: Mapping[str, str]
) -> tuple[ImportReport, Plan]:
    report = ImportReport(home.code, warnings=list(reading.warnings))
    held = holdings(home) if home.pk else Held()
    plan = compare(reading, held)
    tell(plan, reading, held, report)
    known = set(home.sources.values_list("sha256", flat=True)) if home.pk else set()
    report.sources_created = len({one.sha256 for one in reading.sources} - known)
    new = _new_sections(reading, held.sections)
    report.sections_created = len(new)
    told = {q.section_number: q.kind for q in reading.quotes if q.kind in Kind.values}
    for section in new:
        chapter = str(section.kind_chapter)
        if not (chapter in home.chapter_kinds or chapter in kinds or section.number in told):
            report.unknown_chapters.setdefault(chapter, section.number)
    return report, plan


def _new_sections(reading: Reading, known: Container[str]) -> list[SectionRead]:
    return [one for one in reading.sections if one.kind_chapter and one.number not in known]


def _refuse_unknown(report: ImportReport) -> None:
    for chapter, section in report.unknown_chapters.items():
        raise ImportRefused(
            f"Section {section}: the anthology does not say what kind of quotes chapter {chapter} "
            f"holds; say so, for example --kind {chapter}=ambition."
        )


def _sections(home: Anthology, reading: Reading, report: ImportReport) -> dict[str, Section]:
    known = {section.number: section for section in Section.objects.filter(anthology=home)}
    kinds = {q.section_number: q.kind for q in reading.quotes if q.kind in Kind.values}
    new = _new_sections(reading, known)
    for read in reading.sections:
        section = known.get(read.number)
        if section is not None and _complete(section, read):
            section.save(update_fields=["title", "first_page", "changed_at"])
            report.sections_completed += 1
    made = [_section(home, read, kinds.get(read.number, "")) for read in new]
    for section in Section.objects.bulk_create(made, batch_size=BATCH):
        known[section.number] = section
    return known


def _section(home: Anthology, read: SectionRead, kind: str) -> Section:
    return Section(
        anthology=home,
        number=read.number,
        title=read.title[:200],
        kind=home.chapter_kinds.get(str(read.kind_chapter)) or kind,
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
    home: Anthology, reading: Reading, actor: AbstractBaseUser | None
) -> dict[str, SourceFile]:
    """The files of the reading, kept beside its quotes; none of them twice."""
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
            source.file.save(read.name, ContentFile(read.data), save=True)
        by_name[read.name] = source
    return by_name
