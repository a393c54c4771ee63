"""The beat schedule is code, and is tested as code."""

from datetime import UTC, datetime, timedelta

from celery.schedules import schedule
from django.conf import settings

from tracker.celery import app
from tracker.schedule import BEAT_SCHEDULE, Every

NOON = datetime(2026, 3, 29, 12, tzinfo=UTC)


def test_each_entry_names_a_registered_task() -> None:
    app.loader.import_default_modules()
    unknown = {entry["task"] for entry in BEAT_SCHEDULE.values()} - set(app.tasks)
    assert not unknown


def test_each_entry_is_an_interval_whose_wake_up_expires_before_the_next() -> None:
    for entry in BEAT_SCHEDULE.values():
        assert isinstance(entry["schedule"], schedule)
        assert 0 < entry["options"]["expires"] < entry["schedule"].seconds


def test_the_app_runs_on_this_schedule_without_results_and_with_early_acknowledgement() -> None:
    assert app.conf.beat_schedule == BEAT_SCHEDULE
    assert app.conf.timezone == "UTC"
    assert app.conf.task_ignore_result
    assert not app.conf.task_acks_late
    assert app.conf.result_backend is None
    assert app.conf.accept_content == ["json"]
    assert app.conf.task_time_limit == settings.CELERY["task_time_limit"]


def test_an_entry_is_due_at_once_when_beat_starts(monkeypatch) -> None:
    assert Every(60).is_due(NOON).is_due


def test_after_a_run_it_is_due_again_one_interval_later(monkeypatch) -> None:
    clock = Clock(monkeypatch)
    every = Every(60)
    every.is_due(NOON)
    ran_at = NOON + timedelta(seconds=1)
    assert every.is_due(ran_at) == (False, 60)
    clock.passes(59)
    assert every.is_due(ran_at) == (False, 1)
    clock.passes(1)
    assert every.is_due(ran_at).is_due


def test_a_clock_put_back_an_hour_does_not_silence_the_sweep(monkeypatch) -> None:
    clock = Clock(monkeypatch)
    every = Every(60)
    every.is_due(NOON)
    every.is_due(NOON - timedelta(hours=1))
    clock.passes(60)
    assert every.is_due(NOON - timedelta(hours=1)).is_due


class Clock:
    """The steady clock of the schedule, moved by hand."""

    def __init__(self, monkeypatch) -> None:
        self.now = 1000.0
        monkeypatch.setattr("tracker.schedule.time.monotonic", lambda: self.now)

    def passes(self, seconds: float) -> None:
        self.now += seconds
