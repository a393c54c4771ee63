"""The example loads into an empty database: once, and again when asked."""

from datetime import date, timedelta
from functools import cache
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.conf import LazySettings
from django.core.management import CommandError, call_command
from django.db import DatabaseError, transaction
from django.utils import timezone

from actions.indicators.models import Indicator, Measurement
from actions.monitoring.models import (
    MonitoringRound,
    OutgoingMail,
    Reminder,
    RequestState,
    StatusUpdate,
)
from actions.monitoring.services import sweep
from actions.organisations.models import Absence, User
from actions.plan.models import Disposition, Intervention, QuoteLink
from quotes.importing.engine import read_files
from quotes.importing.reading import Reading
from quotes.models import Anthology, Quote
from tests.quotes.composer import Book, Part, Statement, compose
from tracker.demo import loader
from tracker.demo.content import moment, read
from tracker.shared.calendar import dutch_public_holidays, is_working_day, local_day

TODAY = date(2026, 9, 15)
pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _own_files(settings: LazySettings, tmp_path: Path) -> None:
    settings.STORAGES = {
        **settings.STORAGES,
        "default": {
            "BACKEND": "django.core.files.storage.FileSystemStorage",
            "OPTIONS": {"location": tmp_path},
        },
    }


@cache
def _read_once(paths: tuple[Path, ...]) -> Reading:
    return read_files(paths)


@pytest.fixture(autouse=True)
def _each_anthology_is_read_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """Reading takes seconds and gives the same every time; these tests are about loading."""
    monkeypatch.setattr(loader, "read_files", lambda paths: _read_once(tuple(paths)))


@pytest.fixture
def loaded() -> date:
    loader.load(today=TODAY)
    return TODAY


def demo(*arguments: Any) -> str:
    out = StringIO()
    call_command("demo", *arguments, stdout=out)
    return out.getvalue()


def counts() -> list[int]:
    models = (Anthology, Quote, User, Intervention, QuoteLink, Indicator, Measurement, StatusUpdate)
    return [model.objects.count() for model in models]


def test_the_whole_example_is_there(loaded: date) -> None:
    assert Anthology.objects.get().is_primary
    assert Quote.objects.ambitions().count() >= 45
    plan = read("plan")
    assert Intervention.objects.count() == len(plan["interventions"])
    links = sum(len(row["links"]) for row in plan["interventions"])
    assert QuoteLink.objects.count() == links
    assert Disposition.objects.filter(confirmed_by=None).count() == 1
    assert Absence.objects.on(loaded).count() == 1


def test_nobody_of_the_example_can_sign_in_by_password(loaded: date) -> None:
    assert not [user for user in User.objects.all() if user.has_usable_password()]


def test_the_closed_round_left_accepted_and_lapsed_answers(loaded: date) -> None:
    past = MonitoringRound.objects.get(state="closed")
    assert loaded - timedelta(days=220) < past.opens_on < loaded - timedelta(days=150)
    states = set(past.requests.values_list("state", flat=True))
    assert states == {RequestState.ACCEPTED, RequestState.LAPSED}
    assert past.closed_at.date() < loaded


def test_the_open_round_is_half_answered(loaded: date) -> None:
    current = MonitoringRound.objects.get(state="open")
    assert timedelta(days=10) < current.deadline - loaded < timedelta(days=20)
    assert set(current.requests.values_list("state", flat=True)) == {
        RequestState.OPEN, RequestState.SUBMITTED, RequestState.ACCEPTED, RequestState.RETURNED,
    }  # fmt: skip
    assert current.requests.exclude(draft=None).count() == 2


def test_the_history_tells_when_the_state_was_accepted(loaded: date) -> None:
    intervention = Intervention.objects.get(code="I-011")
    assert intervention.delivery_state == "completed"
    dates = [row.history_date.date() for row in intervention.history.order_by("history_date")]
    assert dates[0] < MonitoringRound.objects.get(state="closed").opens_on
    assert dates[-1] == intervention.state_accepted_on < loaded - timedelta(days=150)


def test_a_revised_figure_stands_beside_the_provisional_one(loaded: date) -> None:
    figures = Measurement.objects.filter(indicator__code="IND-03")
    assert [int(row.value) for row in figures.current()] == [490]
    assert figures.count() == 2


def test_the_example_sends_no_mail_about_days_that_have_passed(loaded: date) -> None:
    sweep(now=moment(loaded, 0) + timedelta(minutes=1))
    assert not OutgoingMail.objects.exists()
    assert set(Reminder.objects.values_list("state", flat=True)) == {"superseded"}


@pytest.mark.parametrize("today", [date(2026, 12, 28), date(2027, 4, 24), date(2028, 2, 29)])
def test_the_example_loads_on_any_day_of_the_year(today: date) -> None:
    loader.load(today=today)
    for about_round in MonitoringRound.objects.all():
        assert is_working_day(
            about_round.deadline, set(dutch_public_holidays(about_round.deadline.year))
        )


def test_a_second_run_says_so_and_changes_nothing() -> None:
    assert "loaded" in demo()
    before = counts()
    assert "already" in demo()
    assert counts() == before


def test_reset_empties_and_loads_again() -> None:
    demo()
    User.objects.create_user("tijdelijk@voorbeeld.example", full_name="Tijdelijk")
    before = counts()
    demo("--reset")
    after = counts()
    assert after[2] == before[2] - 1
    assert after[:2] + after[3:] == before[:2] + before[3:]


def test_after_a_reset_append_only_rows_are_held_again() -> None:
    demo("--reset")
    with pytest.raises(DatabaseError), transaction.atomic():
        Measurement.objects.filter(indicator__code="IND-01").update(value=1)


def test_another_anthology_takes_the_place_of_the_example_one(tmp_path: Path) -> None:
    path = tmp_path / "andere.txt"
    path.write_text(compose(other_book()).text, encoding="utf-8")
    demo("--anthology", path)
    assert set(Quote.objects.values_list("reference", flat=True)) >= {"4.1-01", "4.2-01"}
    assert "Voorbeeldbloemlezing" not in Anthology.objects.get().title
    assert Intervention.objects.count() == len(read("plan")["interventions"])
    assert Indicator.objects.exists()
    assert not QuoteLink.objects.exists()
    assert not MonitoringRound.objects.exists()


def test_an_anthology_that_cannot_be_read_leaves_everything_as_it_was(tmp_path: Path) -> None:
    demo()
    before = counts()
    path = tmp_path / "leeg.txt"
    path.write_text("", encoding="utf-8")
    with pytest.raises(CommandError, match="empty"):
        demo("--reset", "--anthology", path)
    assert counts() == before
    with pytest.raises(CommandError, match="no file"):
        demo("--reset", "--anthology", tmp_path / "nergens.txt")


def test_outside_embedded_mode_the_example_does_not_exist(settings: LazySettings) -> None:
    settings.SPOOR_EMBEDDED = False
    with pytest.raises(CommandError, match="embedded"):
        demo()
    assert not User.objects.exists()


def test_the_command_loads_for_today() -> None:
    demo()
    today = local_day(timezone.now())
    assert MonitoringRound.objects.get(state="open").opens_on == today - timedelta(days=9)


def other_book() -> Book:
    """A small anthology of another publisher."""
    wishes = (
        "Wij vragen om een tweede loket in elke provincie, met ruime openingstijden.",
        "Geef vrijwilligers een vaste plaats in het overleg en vergoed hun reiskosten.",
        "Laat scholen zelf kiezen welke les bij hun leerlingen past en betaal die les.",
    )
    parts = tuple(
        Part(f"4.{number}", title, tuple(map(Statement, wishes)))
        for number, title in ((1, "Loketten"), (2, "Vrijwilligers"), (3, "Scholen"))
    )
    return Book(
        title=("Andere bundel", "van wensen"),
        footer="bloemlezing - andere bundel",
        contents_page=3,
        preface_title="Vooraf",
        preface=("Deze bundel is voor een test geschreven en gaat verder nergens over.",),
        chapters=((4, "Ambities"),),
        parts=parts,
    )
