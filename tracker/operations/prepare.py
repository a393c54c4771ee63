"""What an embedded Spoor needs before its processes start; quick when nothing changed."""

import hashlib
from collections.abc import Callable, Sequence
from pathlib import Path

from django.conf import settings
from django.contrib.staticfiles.finders import get_finders
from django.core.management import call_command

from quotes.models import Anthology, SourceFile
from tracker.demo import loader
from tracker.operations.health import pending_migrations

Say = Callable[[str], None]


def prepare_database(say: Say) -> None:
    """Bring the database to the present shape."""
    if pending_migrations():
        say("Preparing the database …")
        call_command("migrate", verbosity=0, interactive=False)


def prepare_static(say: Say) -> None:
    """Collect the static files when one of them changed since the last time."""
    stamp = Path(settings.DATA_DIR) / "static.stamp"
    found = static_fingerprint()
    if stamp.exists() and stamp.read_text() == found and Path(settings.STATIC_ROOT).is_dir():
        return
    say("Collecting styles, scripts and typeface …")
    stamp.unlink(missing_ok=True)
    call_command("collectstatic", verbosity=0, interactive=False, clear=True)
    stamp.write_text(found)


def static_fingerprint() -> str:
    """A hash over name, size and time of change of every static file."""
    digest = hashlib.sha256()
    for finder in get_finders():
        for name, storage in finder.list([]):
            facts = Path(storage.path(name)).stat()
            digest.update(f"{name} {facts.st_size} {facts.st_mtime_ns}\n".encode())
    return digest.hexdigest()


def prepare_content(files: Sequence[Path], say: Say) -> None:
    """Load the example, or the given anthology in its place, into an empty database.

    A filled database is kept as it is, and it is said when the given files are not in it. An
    interrupted load leaves nothing behind.
    """
    if loader.is_filled():
        _say_what_is_kept(files, say)
        return
    say("Loading the anthology and the example plan …" if files else "Loading the example …")
    call_command("demo", anthology=list(files), verbosity=0)


def _say_what_is_kept(files: Sequence[Path], say: Say) -> None:
    known = set(SourceFile.objects.values_list("sha256", flat=True))
    unknown = [
        file.name for file in files if hashlib.sha256(file.read_bytes()).hexdigest() not in known
    ]
    if unknown:
        kept = ", ".join(f"'{anthology}'" for anthology in Anthology.objects.all()) or "other data"
        say(
            f"This data folder already holds {kept}. That is kept; not loaded: "
            f"{', '.join(unknown)}. For another anthology choose another SPOOR_DATA_DIR."
        )
