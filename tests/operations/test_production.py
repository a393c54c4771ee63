"""Production settings: gunicorn, one worker and one beat as separate processes, on real servers."""

import contextlib
import json
import os
import signal
import subprocess
import sys
import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote

import psycopg
import pytest
from django.conf import settings

from tests.operations.test_supervisor import ROOT, free_port, wait_for

pytestmark = [pytest.mark.e2e, pytest.mark.redis, pytest.mark.postgresql]
HOST = "spoor.example.org"


class Installation:
    """A database, an environment, and the processes of docker-compose.yml, without containers."""

    def __init__(self, data: Path, redis_url: str) -> None:
        self.data = data
        self.port = free_port()
        self.name = f"spoor_production_{os.getpid()}"
        self.started: list[subprocess.Popen[bytes]] = []
        server = settings.DATABASES["default"]
        self.login = {
            "host": server["HOST"],
            "port": server["PORT"] or None,
            "user": server["USER"],
            "password": server["PASSWORD"] or None,
        }
        user = quote(server["USER"]) + (
            f":{quote(server['PASSWORD'])}" if server["PASSWORD"] else ""
        )
        self.environment = {
            "PATH": os.environ["PATH"],
            "DJANGO_SETTINGS_MODULE": "tracker.settings.production",
            "SPOOR_DATA_DIR": str(data),
            "SPOOR_SECRET_KEY": "Zt7-qW2eRy9_uIoP4aSdF6gHjK8lXcV1bNmQ3wErT5yUiOpAsDfG",
            "SPOOR_ALLOWED_HOSTS": HOST,
            "SPOOR_BASE_URL": f"https://{HOST}",
            "SPOOR_DATABASE_URL": (
                f"postgres://{user}@{server['HOST']}:{server['PORT'] or 5432}/{self.name}"
            ),
            "SPOOR_REDIS_URL": redis_url,
            "SPOOR_SMTP_URL": "smtp://127.0.0.1:9?tls=none",
            "SPOOR_MAIL_FROM": "Spoor <spoor@example.org>",
        }

    def sql(self, statement: str, database: str = "postgres") -> list[tuple]:
        with psycopg.connect(**self.login, dbname=database, autocommit=True) as connection:
            cursor = connection.execute(statement)
            return cursor.fetchall() if cursor.description else []

    def run(self, *arguments: str) -> None:
        done = subprocess.run(
            [sys.executable, *arguments],
            cwd=ROOT,
            env=self.environment,
            capture_output=True,
            text=True,
        )
        assert done.returncode == 0, done.stderr

    def start(self, name: str, *arguments: str) -> subprocess.Popen[bytes]:
        with (self.data / f"{name}.log").open("ab") as log:
            process = subprocess.Popen(
                [sys.executable, "-m", *arguments],
                cwd=ROOT,
                env=self.environment,
                stdout=log,
                stderr=subprocess.STDOUT,
                process_group=0,
            )
        self.started.append(process)
        return process

    def start_all(self) -> None:
        bind = ["--bind", f"127.0.0.1:{self.port}", "--no-control-socket"]
        self.start("web", "gunicorn", *bind, "--workers", "2", "tracker.wsgi")
        self.start("worker", "celery", "-A", "tracker", "worker", "--concurrency", "1")
        self.start("beat", "celery", "-A", "tracker", "beat", "--pidfile", "")

    def stop(self) -> None:
        for process in self.started:
            with contextlib.suppress(ProcessLookupError):
                os.killpg(process.pid, signal.SIGTERM)
        for process in self.started:
            try:
                process.wait(20)
            except subprocess.TimeoutExpired:
                os.killpg(process.pid, signal.SIGKILL)
                process.wait()

    def get(self, path: str) -> tuple[int, str]:
        headers = {"Host": HOST, "X-Forwarded-Proto": "https"}
        request = urllib.request.Request(f"http://127.0.0.1:{self.port}{path}", headers=headers)
        try:
            with urllib.request.urlopen(request, timeout=10) as answer:
                return answer.status, answer.read().decode()
        except urllib.error.HTTPError as error:
            return error.code, ""
        except urllib.error.URLError:
            return 0, ""


@pytest.fixture
def installation(tmp_path: Path, redis_url: str) -> Iterator[Installation]:
    made = Installation(tmp_path, redis_url)
    made.sql(f"DROP DATABASE IF EXISTS {made.name} WITH (FORCE)")
    made.sql(f"CREATE DATABASE {made.name}")
    try:
        yield made
    finally:
        made.stop()
        made.sql(f"DROP DATABASE {made.name} WITH (FORCE)")


def test_the_production_processes_serve_pages_and_sweep_by_themselves(
    installation: Installation,
) -> None:
    installation.run("manage.py", "migrate", "--noinput", "-v", "0")
    installation.run("manage.py", "collectstatic", "--noinput", "-v", "0")
    installation.start_all()
    wait_for(lambda: installation.get("/health/live")[0] == 200, 60)
    wait_for(lambda: heartbeat(installation), 60)
    status, text = installation.get("/health/ready")
    assert (status, json.loads(text)["ready"]) == (200, True)
    assert installation.get("/mailbox/")[0] == 404
    installation.stop()
    assert [process.returncode is not None for process in installation.started] == [True] * 3


def heartbeat(installation: Installation) -> object:
    rows = installation.sql(
        "SELECT heartbeat_at FROM monitoring_enginestate WHERE heartbeat_at IS NOT NULL",
        installation.name,
    )
    return rows and rows[0][0]
