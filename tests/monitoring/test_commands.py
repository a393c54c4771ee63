"""The engine by hand."""

import io
import json

import pytest
from django.core.management import CommandError, call_command
from django.utils import translation

from actions.monitoring import tasks
from actions.monitoring.models import EngineState, MonitoringRound, OutgoingMail, RoundState
from tests import factories as make
from tests.monitoring.mailroom import an_open_round

pytestmark = pytest.mark.django_db


def run(*words: str, **options: object) -> str:
    out = io.StringIO()
    call_command(*words, stdout=out, **options)
    return out.getvalue()


def ask() -> None:
    town = make.make_organisation("Town")
    make.make_reporter(town, email="fatima@town.example")
    make.make_intervention("Case", lead=town)


def test_open_round_makes_and_opens_a_round() -> None:
    ask()
    assert "1 requests" in run("open_round", "Autumn", "--deadline", "2099-11-20")
    assert MonitoringRound.objects.get().state == RoundState.OPEN


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["open_round", "Nowhere"], "no round called 'Nowhere'"),
        (["open_round", "Autumn", "--deadline", "2099-11-21"], "working"),
        (["open_round", "Autumn", "--deadline", "2001-11-20"], "before"),
    ],
)
def test_open_round_refuses_in_one_sentence(words: list[str], said: str) -> None:
    with translation.override("en"), pytest.raises(CommandError, match=said) as refused:
        run(*words)
    assert len(str(refused.value).splitlines()) == 1
    assert not MonitoringRound.objects.exists()


def test_a_dry_sweep_in_the_future_lists_what_would_be_mailed() -> None:
    ask()
    an_open_round()
    out = run("sweep", "--dry-run", "--now", "2026-11-06T09:00", "--format", "json")
    said = json.loads(out)
    assert [mail["recipient"] for mail in said["would_mail"]] == ["fatima@town.example"]
    assert said["superseded"] == 1
    assert not OutgoingMail.objects.exists()
    assert "fatima@town.example" in run("sweep", "--dry-run", "--now", "2026-11-06T09:00")


def test_outside_embedded_mode_the_clock_is_not_played_with(settings) -> None:
    settings.SPOOR_EMBEDDED = False
    with pytest.raises(CommandError, match="--dry-run"):
        run("sweep", "--now", "2026-11-06T09:00")


def test_the_task_and_the_command_do_the_same() -> None:
    ask()
    tasks.sweep_task()
    assert EngineState.objects.get().heartbeat_at
    assert "0 mails sent" in run("sweep")
    assert tasks.sweep_task.name == "monitoring.sweep"
    assert tasks.sweep_task.ignore_result
    assert not tasks.sweep_task.acks_late
