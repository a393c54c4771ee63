"""What the worker does for an import: read it, and write it when somebody said so.

A run is claimed by a conditional UPDATE; `attempts` is the claim's number, and whoever lost it
writes nothing more. Reading happens outside a transaction, writing inside a single one: a worker
that dies leaves nothing or everything, and the run is taken up again after a minute.
"""

from __future__ import annotations

import hashlib
import logging
import shutil
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import asdict
from datetime import datetime
from pathlib import Path
from typing import Any

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from quotes.importing.engine import read_files
from quotes.importing.readers import read_document
from quotes.importing.reading import ImportRefused, Reading
from quotes.importing.report import ImportReport
from quotes.importing.rows import table_columns
from quotes.importing.storing import from_plain, to_plain
from quotes.importing.upsert import ComparedAnew, preview, upsert
from quotes.models import SURE, Anthology, ImportRun, ImportState
from quotes.services.importing import drop_files

MOST_ATTEMPTS = 3
BETWEEN_BEATS = 0.5  # seconds
MAPPED = (".csv", ".xlsx")
GAVE_UP = (
    "The import broke off three times, so nothing was imported. Try it again with a smaller file, "
    "or ask whoever runs this installation to look at the worker's log."
)
CHANGED_MEANWHILE = "The anthology was changed after this was read. Look at the differences again."

logger = logging.getLogger(__name__)


class TakenOver(Exception):
    """The run is somebody else's by now, or was discarded: stop without a trace."""


def work_on(*, pk: int, now: datetime) -> str:
    """Do what a run waits for, if nobody else is at it; return the state it is in then."""
    due = ImportRun.objects.due(now).filter(pk=pk)
    run = due.for_list().first()
    if run is None:
        return ""
    claim = due.filter(attempts=run.attempts, state=run.state)
    if run.attempts >= MOST_ATTEMPTS:
        claim.update(state=ImportState.FAILED, message=GAVE_UP)
        return ImportState.FAILED
    writes = run.state == ImportState.WRITING
    state = ImportState.WRITING if writes else ImportState.READING
    if not claim.update(state=state, beat_at=now, attempts=F("attempts") + 1):
        return ""
    run.attempts, run.state = run.attempts + 1, state
    try:
        (commit_run if writes else read_run)(run=run)
    except TakenOver:
        return ""
    return ImportRun.objects.values_list("state", flat=True).get(pk=pk)


def work_on_all(*, now: datetime) -> int:
    """Take up every run that waits or whose worker fell silent; return how many were worked on."""
    worked = 0
    for pk in list(ImportRun.objects.due(now).order_by("pk").values_list("pk", flat=True)):
        try:
            worked += bool(work_on(pk=pk, now=now))
        except Exception:  # one broken import does not keep the others waiting
            logger.exception("Import %s broke off.", pk)
    return worked


def _mine(run: ImportRun) -> Any:
    return ImportRun.objects.filter(pk=run.pk, state=run.state, attempts=run.attempts)


def _close(run: ImportRun, **fields: Any) -> None:
    """Leave a run that is still this worker's; otherwise say that it is not."""
    if not _mine(run).update(**fields):
        raise TakenOver


def _progress(run: ImportRun) -> Callable[[int, int], None]:
    """A listener that shows how far reading is, at most twice a second."""
    last = 0.0

    def hear(done: int, total: int) -> None:
        nonlocal last
        if time.monotonic() - last < BETWEEN_BEATS and done < total:
            return
        last = time.monotonic()
        _close(run, done=done, total=total, beat_at=timezone.now())

    return hear


def read_run(*, run: ImportRun) -> None:
    """Read the files of a claimed run and compare them with the anthology; write neither."""
    try:
        with _laid_out(run) as paths:
            tables = [path for path in paths if path.suffix.lower() in MAPPED]
            if tables and not run.columns:
                shown = [asdict(column) for column in table_columns(read_document(tables[0]))]
                _close(run, state=ImportState.MAPPING, preview={"columns": shown})
                return
            reading = read_files(paths, progress=_progress(run), columns=run.columns or None)
        _close(run, beat_at=timezone.now())
        report = preview(reading=reading, anthology=_wanted(run), kinds=run.chapter_kinds)
    except ImportRefused as refusal:
        _close(run, state=ImportState.REFUSED, message=str(refusal))
        return
    # Of two thousand pages both are large: written one by one, with nothing held besides.
    told, plain = shown_of(report, reading), to_plain(reading)
    del reading, report
    _close(run, reading=plain)
    del plain
    _close(run, state=ImportState.READ, preview=told, message="")


def shown_of(report: ImportReport, reading: Reading) -> dict[str, Any]:
    """What the page shows of a reading: counts, sections, warnings and differences."""
    titles = {section.number: section.title for section in reading.sections}
    sections = [
        {"number": number, "title": titles.get(number, ""), "quotes": quotes}
        for number, quotes in report.by_section.items()
    ]
    pages = {quote.page for quote in reading.quotes if quote.page is not None}
    chapters = sorted({one.kind_chapter for one in reading.sections if one.kind_chapter})
    return {
        **report.as_dict(),
        "changes": report.changes,
        "by_section": sections,
        "quotes": len(reading.quotes),
        "pages": len(pages),
        "chapters": [str(chapter) for chapter in chapters],
        "doubtful": sum(
            (quote.confidence < SURE or not quote.complete) and quote.pull_quote_of is None
            for quote in reading.quotes
        ),
        "book": reading.anthology_title,
    }


def commit_run(*, run: ImportRun) -> None:
    """Write what was shown, all of it or nothing; what differs by now is shown again instead."""
    kept = ImportRun.objects.select_related("started_by", "anthology").get(pk=run.pk)
    reading = from_plain(kept.reading or {}, _bytes(kept))
    # From here on they would only take up memory: as much as the reading itself.
    kept.reading, kept.preview["differences"] = None, []
    try:
        with transaction.atomic():
            # Whoever else would claim the run waits here, and finds it done.
            if not list(_mine(run).select_for_update().values_list("pk")):
                raise TakenOver
            report = upsert(
                reading=reading,
                anthology=_wanted(kept),
                title=kept.title,
                kinds=kept.chapter_kinds,
                actor=kept.started_by,
                expected=kept.preview["signature"],
            )
            home = Anthology.objects.get(code=report.anthology)
            preview = {**kept.preview, "counts": report.counts()}
            done = {"state": ImportState.DONE, "reading": None, "preview": preview}
            _close(run, anthology=home, **done)
            drop_files(run)
    except ComparedAnew as anew:
        again = shown_of(anew.report, reading)
        _close(run, state=ImportState.READ, preview=again, message=CHANGED_MEANWHILE)
    except ImportRefused as refusal:
        _close(run, state=ImportState.REFUSED, message=str(refusal))


def _wanted(run: ImportRun) -> str:
    return run.anthology.code if run.anthology else run.code


def _bytes(run: ImportRun) -> dict[str, bytes]:
    found = {}
    for file in run.files.all():
        with file.file.open("rb") as stream:
            data = stream.read()
        found[hashlib.sha256(data).hexdigest()] = data
    return found


@contextmanager
def _laid_out(run: ImportRun) -> Iterator[list[Path]]:
    """The files of a run in a folder of their own, under the names they were handed in with."""
    with tempfile.TemporaryDirectory(prefix="spoor-import-") as folder:
        paths = []
        for number, file in enumerate(run.files.order_by("pk")):
            place = Path(folder) / str(number)
            place.mkdir()
            path = place / Path(file.name).name
            with file.file.open("rb") as stream, path.open("wb") as target:
                shutil.copyfileobj(stream, target)
            paths.append(path)
        yield paths
