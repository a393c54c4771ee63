"""An import as whoever hands it in sees it: start, say what columns hold, write, or discard.

The database is the queue: each step leaves a state, and the worker (import_worker) goes on from it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial
from itertools import count
from pathlib import Path
from typing import Any

from django.contrib.auth.base_user import AbstractBaseUser
from django.core.files.base import File
from django.db import transaction

from quotes.importing.report import ImportReport
from quotes.models import Anthology, ImportFile, ImportRun, ImportState
from tracker.shared.wake import wake

TASK = "quotes.imports"


@transaction.atomic
def start_import(
    *,
    files: Sequence[File],
    actor: AbstractBaseUser,
    anthology: Anthology | None = None,
    code: str = "",
    title: str = "",
) -> ImportRun:
    """Keep the files and ask the worker to read them; nothing of the anthology changes yet."""
    run = ImportRun.objects.create(
        anthology=anthology,
        code="" if anthology else code.upper(),
        title="" if anthology else title,
        started_by_id=actor.pk,
    )
    for name, file in zip(_names(files), files, strict=True):
        ImportFile.objects.create(run=run, name=name, file=file)
    wake(TASK, run.pk)
    return run


def _names(files: Sequence[File]) -> list[str]:
    """The names of the files, none of them twice: quotes know their file by its name."""
    names: list[str] = []
    for file in files:
        path = Path(Path(file.name or "file").name)
        twins = (f"{path.stem[:200]} ({number}){path.suffix}" for number in count(2))
        name = f"{path.stem[:200]}{path.suffix}"
        while name in names:
            name = next(twins)
        names.append(name)
    return names


@transaction.atomic
def map_columns(*, run: ImportRun, columns: Mapping[str, str]) -> bool:
    """Say what the columns of the run's table hold, and have it read; False if it is too late."""
    told = {field: name for field, name in columns.items() if name}
    return _hand_over(run, ImportState.MAPPING, ImportState.UPLOADED, columns=told)


@transaction.atomic
def commit_import(*, run: ImportRun, kinds: Mapping[str, str]) -> bool:
    """Ask the worker to write what was shown; False when the run cannot be written any more."""
    return _hand_over(run, ImportState.READ, ImportState.WRITING, chapter_kinds=dict(kinds))


def _hand_over(run: ImportRun, before: str, after: str, **fields: Any) -> bool:
    done = ImportRun.objects.filter(pk=run.pk, state=before).update(
        state=after, beat_at=None, attempts=0, done=0, total=0, message="", **fields
    )
    if done:
        wake(TASK, run.pk)
    return bool(done)


@transaction.atomic
def discard_import(*, run: ImportRun) -> bool:
    """Throw a run away that was not written yet; its files go with it."""
    open_states = [
        ImportState.UPLOADED,
        ImportState.MAPPING,
        ImportState.READING,
        ImportState.READ,
        ImportState.FAILED,
    ]
    done = ImportRun.objects.filter(pk=run.pk, state__in=open_states).update(
        state=ImportState.DISCARDED, reading=None, preview={}
    )
    if done:
        drop_files(run)
    return bool(done)


def drop_files(run: ImportRun) -> None:
    """Their names stay; what was imported is kept beside its quotes."""
    for file in run.files.all():
        transaction.on_commit(partial(file.file.storage.delete, str(file.file.name)))


@transaction.atomic
def record_run(*, report: ImportReport, names: Sequence[str]) -> ImportRun:
    """Keep on record an import that a command did at once, among those of the page."""
    run = ImportRun.objects.create(
        anthology=Anthology.objects.get(code=report.anthology),
        state=ImportState.DONE,
        preview={
            "counts": report.counts(),
            "created": report.created,
            "changes": report.changes,
            "warnings": report.warnings,
        },
    )
    ImportFile.objects.bulk_create(ImportFile(run=run, name=name[:255]) for name in names)
    return run
