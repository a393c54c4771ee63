"""A wake-up goes out after commit, and a broker in trouble never troubles a page."""

import base64
import json
import socket
import threading
import time
from pathlib import Path

import pytest
from django.db import transaction

from tracker.celery import app
from tracker.shared.wake import wake

LONGEST = 2.0  # seconds; half of it is the promise, the rest a slow machine


@pytest.fixture
def broker(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder as broker; what is published stands there as files."""
    options = {f"data_folder_{way}": str(tmp_path) for way in ("in", "out")}
    options["control_folder"] = str(tmp_path / "control")
    monkeypatch.setitem(app.conf, "broker_url", "filesystem://localhost//")
    monkeypatch.setitem(app.conf, "broker_transport_options", options)
    return tmp_path


def published(folder: Path) -> list[tuple[str, list]]:
    """(task, ids) of every message in the folder."""
    messages = [json.loads(file.read_text()) for file in sorted(folder.glob("*.msg"))]
    bodies = [json.loads(base64.b64decode(message["body"])) for message in messages]
    return [
        (message["headers"]["task"], body[0])
        for message, body in zip(messages, bodies, strict=True)
    ]


@pytest.mark.django_db(transaction=True)
def test_the_worker_is_woken_after_commit_and_not_before(broker: Path) -> None:
    with transaction.atomic():
        wake("monitoring.sweep", 7)
        assert published(broker) == []
    assert published(broker) == [("monitoring.sweep", [7])]


@pytest.mark.django_db(transaction=True)
def test_what_is_rolled_back_wakes_nobody(broker: Path) -> None:
    with transaction.atomic():
        wake("monitoring.sweep")
        transaction.set_rollback(True)
    assert published(broker) == []


@pytest.mark.django_db(transaction=True)
def test_every_thread_of_the_web_server_reaches_the_same_broker(broker: Path) -> None:
    thread = threading.Thread(target=wake, args=["monitoring.sweep"])
    thread.start()
    thread.join()
    assert len(published(broker)) == 1


@pytest.mark.django_db(transaction=True)
def test_a_frozen_redis_costs_a_page_half_a_second_and_a_line_in_the_log(
    monkeypatch, caplog
) -> None:
    with socket.create_server(("127.0.0.1", 0)) as deaf:  # accepts, and never answers
        point_at(deaf.getsockname()[1], monkeypatch)
        assert seconds_to_wake() < LONGEST
    assert "the sweep will catch up" in caplog.text


@pytest.mark.django_db(transaction=True)
def test_a_redis_that_is_away_costs_nothing_but_a_line_in_the_log(monkeypatch, caplog) -> None:
    with socket.create_server(("127.0.0.1", 0)) as gone:
        port = gone.getsockname()[1]
    point_at(port, monkeypatch)
    assert seconds_to_wake() < LONGEST
    assert "the sweep will catch up" in caplog.text


@pytest.mark.redis
@pytest.mark.django_db(transaction=True)
def test_a_real_redis_gets_the_message(redis_url: str, monkeypatch) -> None:
    from redis import Redis

    with Redis.from_url(redis_url) as redis:
        redis.delete("celery")
        monkeypatch.setitem(app.conf, "broker_url", redis_url)
        wake("monitoring.sweep", 1)
        message = json.loads(redis.lpop("celery"))
    assert message["headers"]["task"] == "monitoring.sweep"


def point_at(port: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(app.conf, "broker_url", f"redis://127.0.0.1:{port}/0")


def seconds_to_wake() -> float:
    start = time.monotonic()
    wake("monitoring.sweep")
    return time.monotonic() - start
