"""Loads the whole example into an empty database, through the services that the pages use."""

from collections.abc import Sequence
from datetime import date
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory

from django.core.management import call_command
from django.db import connection, transaction

from actions.organisations.models import User
from actions.plan.models import Intervention
from quotes.importing.engine import read_files
from quotes.importing.reading import Reading
from quotes.importing.upsert import upsert
from quotes.models import Anthology, ImportFile, Quote, SourceFile
from quotes.services.importing import record_run
from tracker.demo import clock
from tracker.demo.booklet import example_booklet
from tracker.demo.cast import load_cast
from tracker.demo.commitments import commitments_chapter
from tracker.demo.content import ANTHOLOGY_PDF, ANTHOLOGY_TITLE, read
from tracker.demo.days import Calendar
from tracker.demo.days import clock as hour
from tracker.demo.decisions import decisions_chapter, reports_chapter
from tracker.demo.indicators import indicators_chapter
from tracker.demo.linking import linking_chapter
from tracker.demo.mails import mails_chapter
from tracker.demo.plan import first_days, plan_chapter
from tracker.demo.rounds import rounds_chapter
from tracker.demo.story import Say, Story, World, silent

# The anthology was read and everybody was known a week before the plan was laid.
READ_BEFORE_PLAN = 5  # working days


def is_filled() -> bool:
    """Whether the database holds anything that loading the example would stand beside."""
    return Anthology.objects.exists() or Intervention.objects.exists() or User.objects.exists()


@transaction.atomic
def load(*, today: date, anthology_files: Sequence[Path] = (), say: Say = silent) -> None:
    """Load the example as it would look on `today`; `say` hears how far it is.

    With files, that anthology is imported in place of the example one, and neither links nor
    rounds are loaded: the office links its own quotes and opens its own round.
    Raises ImportRefused for a file that cannot be read; nothing is changed then.
    """
    say("The anthology …")
    reading = read_files(anthology_files) if anthology_files else _example()
    title = "" if anthology_files else ANTHOLOGY_TITLE
    calendar = Calendar(today)
    plan_day = calendar.working(read("rounds")["plan_day"])
    with clock.story_time():
        with clock.at(hour(calendar.shift(plan_day, -READ_BEFORE_PLAN), 9)):
            report = upsert(reading=reading, anthology=title)
            record_run(report=report, names=[source.name for source in reading.sources])
            say("Organisations and people …")
            cast = load_cast(calendar=calendar, plan_day=plan_day)
        story = Story(today=today, world=World(cast), say=say)
        _plan_chapters(story, plan_day, with_answers=not anthology_files)
        story.tell()


def _example() -> Reading:
    """The example anthology, read as the office reads its own: from the PDF."""
    with TemporaryDirectory() as folder:
        path = Path(folder, ANTHOLOGY_PDF)
        path.write_bytes(example_booklet())
        return read_files([path])


def _plan_chapters(story: Story, plan_day: date, *, with_answers: bool) -> None:
    rounds = story.calendar.rounds(read("rounds")["rounds"])
    days = first_days(story, plan_day=plan_day, rounds=rounds)
    plan_chapter(story, plan_day=plan_day, days=days)
    indicators_chapter(story, plan_day=plan_day, days=days)
    commitments_chapter(story, plan_day=plan_day)
    decisions_chapter(story)
    if with_answers:
        story.world.quotes.update((quote.reference, quote) for quote in Quote.objects.all())
        linking_chapter(story, plan_day=plan_day, days=days)
        rounds_chapter(story, rounds=rounds)
        reports_chapter(story, rounds=rounds)
        mails_chapter(story, rounds=rounds)


@transaction.atomic
def reload(*, today: date, anthology_files: Sequence[Path] = (), say: Say = silent) -> None:
    """Empty every table and load again; when loading fails, everything stays as it was.

    `flush` lifts the triggers of append-only tables and puts them back.
    """
    for kept in (*SourceFile.objects.all(), *ImportFile.objects.exclude(file="")):
        transaction.on_commit(partial(kept.file.storage.delete, str(kept.file.name)))
    # PostgreSQL empties no table while checks of foreign keys are waiting for the commit.
    connection.check_constraints()
    call_command("flush", interactive=False, verbosity=0)
    load(today=today, anthology_files=anthology_files, say=say)
