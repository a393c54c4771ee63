"""Loads the whole example into an empty database, through the real importer."""

from collections.abc import Sequence
from datetime import date
from functools import partial
from pathlib import Path

from django.core.management import call_command
from django.db import connection, transaction

from actions.organisations.models import User
from actions.plan.models import Intervention
from quotes.importing.engine import read_files
from quotes.importing.upsert import upsert
from quotes.models import Anthology, SourceFile
from tracker.demo.cast import load_cast
from tracker.demo.content import ANTHOLOGY, ANTHOLOGY_TITLE
from tracker.demo.indicators import load_indicators
from tracker.demo.plan import load_answers, load_plan
from tracker.demo.rounds import load_rounds


def is_filled() -> bool:
    """Whether the database holds anything that loading the example would stand beside."""
    return Anthology.objects.exists() or Intervention.objects.exists() or User.objects.exists()


@transaction.atomic
def load(*, today: date, anthology_files: Sequence[Path] = ()) -> None:
    """Load the example as it would look on `today`.

    With files, that anthology is imported in place of the example one, and neither links nor
    rounds are loaded: the office links its own quotes and opens its own round.
    Raises ImportRefused for a file that cannot be read; nothing is changed then.
    """
    cast = load_cast(today=today)
    plan = load_plan(today=today, cast=cast)
    load_indicators(cast=cast, plan=plan)
    if anthology_files:
        upsert(reading=read_files(anthology_files))
        return
    upsert(reading=read_files([ANTHOLOGY]), anthology=ANTHOLOGY_TITLE)
    load_answers(today=today, cast=cast, plan=plan, anthology=Anthology.objects.get())
    load_rounds(today=today, cast=cast)


@transaction.atomic
def reload(*, today: date, anthology_files: Sequence[Path] = ()) -> None:
    """Empty every table and load again; when loading fails, everything stays as it was.

    `flush` lifts the triggers of append-only tables and puts them back.
    """
    for source in SourceFile.objects.all():
        transaction.on_commit(partial(source.file.storage.delete, str(source.file.name)))
    # PostgreSQL empties no table while checks of foreign keys are waiting for the commit.
    connection.check_constraints()
    call_command("flush", interactive=False, verbosity=0)
    load(today=today, anthology_files=anthology_files)
