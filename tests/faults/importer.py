"""A process that imports, and can be told to stand still in the middle so that it can be killed.

`python -m tests.faults.importer stand-still-reading|stand-still-writing|go-on`
"""

import json
import os
import sys
import time
from datetime import timedelta
from pathlib import Path
from typing import Any

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tracker.settings.embedded")
django.setup()

from django.contrib.auth import get_user_model  # noqa: E402
from django.core.files.base import ContentFile  # noqa: E402
from django.core.management import call_command  # noqa: E402
from django.utils import timezone  # noqa: E402

from quotes.importing import applying  # noqa: E402
from quotes.models import ImportRun, Quote, SourceFile  # noqa: E402
from quotes.services import import_worker  # noqa: E402
from quotes.services.importing import commit_import, start_import  # noqa: E402

QUOTES = 300


def stand_still(*args: Any, **kwargs: Any) -> Any:
    """Say that the middle is reached, and stay there."""
    Path(os.environ["SPOOR_DATA_DIR"], "in-the-middle").touch()
    time.sleep(600)


def start() -> None:
    call_command("migrate", verbosity=0)
    rows = (
        json.dumps({"text": f"Er is tijd voor zaak {n}.", "section": "4.1", "page": n})
        for n in range(1, QUOTES + 1)
    )
    office = get_user_model().objects.create(email="office@spoor.example", role="office")
    start_import(
        files=[ContentFile("\n".join(rows).encode(), "rijen.jsonl")], actor=office, code="BL1"
    )


def read_and_stand_still() -> None:
    start()
    import_worker.preview = stand_still
    import_worker.work_on_all(now=timezone.now())


def write_and_stand_still() -> None:
    create = applying._create

    def half(*args: Any) -> Any:
        create(*args)  # the rows are in the database, the transaction is not at its end
        assert Quote.objects.count() == QUOTES
        stand_still()

    applying._create = half
    commit_import(run=ImportRun.objects.get(), kinds={})
    import_worker.work_on_all(now=timezone.now())


def seen() -> dict[str, object]:
    run = ImportRun.objects.get()
    counts = {"quotes": Quote.objects.count(), "sources": SourceFile.objects.count()}
    return {"state": run.state, "attempts": run.attempts, **counts}


def go_on() -> None:
    """Take up what was left, a minute later; tell what was there before, and after."""
    before = seen()
    import_worker.work_on_all(now=timezone.now() + timedelta(seconds=61))
    sys.stdout.write(json.dumps([before, seen()]))


DEEDS = {
    "stand-still-reading": read_and_stand_still,
    "stand-still-writing": write_and_stand_still,
    "go-on": go_on,
}

if __name__ == "__main__":
    DEEDS[sys.argv[1]]()
