"""A worker that is killed while it imports leaves nothing, and the next one does all of it."""

import json
import os
import signal
import subprocess
import sys
import time
import uuid
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

import psycopg
import pytest

QUOTES = 300  # as tests.faults.importer makes them

ROOT = Path(__file__).resolve().parents[2]
PATIENCE = 60  # seconds

pytestmark = [pytest.mark.faults, pytest.mark.sqlite]


class Importer:
    """Processes that import, all on one data folder and database."""

    def __init__(self, folder: Path, database: str) -> None:
        self.folder = folder
        self.environment = {**os.environ, "SPOOR_DATA_DIR": str(folder)}
        self.environment["DJANGO_SETTINGS_MODULE"] = "tracker.settings.embedded"
        if database:
            self.environment["SPOOR_DATABASE_URL"] = database

    def go_on(self) -> list[dict[str, object]]:
        """A new worker takes up what there is; what stood there before, and after."""
        told = subprocess.run(
            [sys.executable, "-m", "tests.faults.importer", "go-on"],
            cwd=ROOT,
            env=self.environment,
            capture_output=True,
            text=True,
            check=True,
        )
        return json.loads(told.stdout)

    def kill_in_the_middle(self, deed: str) -> None:
        middle = self.folder / "in-the-middle"
        process = subprocess.Popen(
            [sys.executable, "-m", "tests.faults.importer", deed], cwd=ROOT, env=self.environment
        )
        deadline = time.monotonic() + PATIENCE
        while not middle.exists() and process.poll() is None and time.monotonic() < deadline:
            time.sleep(0.02)
        assert middle.exists(), "it never came to the middle"
        process.send_signal(signal.SIGKILL)
        process.wait(PATIENCE)
        middle.unlink()


@pytest.fixture(params=["sqlite", "postgresql"])
def importer(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Importer]:
    if request.param == "sqlite":
        yield Importer(tmp_path, "")
        return
    url = os.environ.get("SPOOR_TEST_POSTGRES_URL", "")
    if not url:
        pytest.skip("needs a PostgreSQL: set SPOOR_TEST_POSTGRES_URL")
    name = f"killed_{uuid.uuid4().hex[:12]}"
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE {name}")
        yield Importer(tmp_path, urlsplit(url)._replace(path=f"/{name}").geturl())
        connection.execute(f"DROP DATABASE {name} WITH (FORCE)")


def test_killed_twice_and_still_all_or_nothing(importer: Importer) -> None:
    importer.kill_in_the_middle("stand-still-reading")
    before, after = importer.go_on()
    assert before == {"state": "reading", "attempts": 1, "quotes": 0, "sources": 0}
    assert after == {"state": "read", "attempts": 2, "quotes": 0, "sources": 0}
    importer.kill_in_the_middle("stand-still-writing")
    before, after = importer.go_on()
    assert before == {"state": "writing", "attempts": 1, "quotes": 0, "sources": 0}
    assert after == {"state": "done", "attempts": 2, "quotes": QUOTES, "sources": 1}
    assert importer.go_on() == [after, after]
