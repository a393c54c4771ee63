"""The whole example, loaded once for the tests of a module."""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import time_machine
from django.conf import settings
from django.db import transaction
from django.test.utils import override_settings

from quotes.importing.engine import read_files
from quotes.importing.reading import Reading
from tracker.demo import loader
from tracker.demo.days import clock

Loading = Callable[[date], AbstractContextManager[date]]


@cache
def read_once(paths: tuple[Path, ...]) -> Reading:
    """Reading takes seconds and gives the same every time; these tests are about loading."""
    return read_files(paths)


@pytest.fixture(autouse=True)
def _each_anthology_is_read_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(loader, "read_files", lambda paths: read_once(tuple(paths)))


@contextmanager
def own_files(folder: Path) -> Iterator[None]:
    """Source files that are kept in a folder of the test."""
    storage = {
        "BACKEND": "django.core.files.storage.FileSystemStorage",
        "OPTIONS": {"location": folder},
    }
    with override_settings(STORAGES={**settings.STORAGES, "default": storage}):
        yield


@pytest.fixture
def _own_files(tmp_path: Path) -> Iterator[None]:
    with own_files(tmp_path):
        yield


@pytest.fixture(scope="module")
def loading(
    django_db_setup: None, django_db_blocker: Any, tmp_path_factory: pytest.TempPathFactory
) -> Loading:
    """Loads the example for a day, early in the morning of which it then is, and takes it back
    at the end. What a test changes in between is taken back after that test."""

    @contextmanager
    def load(today: date) -> Iterator[date]:
        with (
            django_db_blocker.unblock(),
            own_files(tmp_path_factory.mktemp("files")),
            time_machine.travel(clock(today, 8, 30), tick=False),
            transaction.atomic(),
        ):
            with pytest.MonkeyPatch.context() as patch:
                patch.setattr(loader, "read_files", lambda paths: read_once(tuple(paths)))
                loader.load(today=today)
            yield today
            transaction.set_rollback(True)

    return load
