"""Health: whether it lives, and whether it can work."""

from datetime import timedelta
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.db import DatabaseError
from django.utils import timezone

from actions.monitoring.models import EngineState

pytestmark = pytest.mark.django_db


def test_live_asks_nothing_of_the_database(client, django_assert_num_queries) -> None:
    with django_assert_num_queries(0):
        response = client.get("/health/live")
    assert response.status_code == 200
    assert response.headers["Cache-Control"] == "no-store"


def test_ready_when_the_sweep_ran_lately(client) -> None:
    EngineState.objects.create(name="sweep", heartbeat_at=timezone.now())
    response = client.get("/health/ready")
    assert response.status_code == 200
    assert response.json()["checks"] == {"database": "ok", "migrations": "ok", "engine": "ok"}


def test_not_ready_when_the_engine_is_silent(client) -> None:
    EngineState.objects.create(name="sweep", heartbeat_at=timezone.now() - timedelta(minutes=6))
    response = client.get("/health/ready")
    assert response.status_code == 503
    assert response.json()["checks"]["engine"] == "silent"


def test_not_ready_when_a_migration_is_pending(client, monkeypatch) -> None:
    monkeypatch.setattr("tracker.operations.health.pending_migrations", lambda: 1)
    assert client.get("/health/ready").status_code == 503


def test_not_ready_without_a_database_and_nothing_is_told_of_the_inside(
    client, monkeypatch
) -> None:
    def fail() -> int:
        raise DatabaseError("password of the database")

    monkeypatch.setattr("tracker.operations.health.pending_migrations", fail)
    response = client.get("/health/ready")
    assert response.status_code == 503
    assert response.json()["checks"] == {"database": "unavailable"}
    assert "password" not in response.text


def test_the_command_says_the_same_for_processes_without_pages() -> None:
    out = StringIO()
    call_command("health", stdout=out)
    assert out.getvalue() == "ok\n"
    EngineState.objects.create(name="sweep", heartbeat_at=timezone.now() - timedelta(minutes=6))
    with pytest.raises(CommandError, match="engine: silent"):
        call_command("health")
