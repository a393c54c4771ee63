"""`demo` fills an empty database, or says in one sentence why it does not."""

from datetime import timedelta
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.conf import LazySettings
from django.core.management import CommandError, call_command
from django.utils import timezone

from actions.indicators.models import Indicator
from actions.monitoring.models import MonitoringRound
from actions.organisations.models import User
from actions.plan.models import Commitment, Intervention, QuoteLink, Succession
from actions.reports.models import Decision, Report
from quotes.models import Anthology, Quote
from tests.quotes.composer import compose
from tracker.demo.book import Book, Part, Statement
from tracker.demo.content import interventions
from tracker.demo.management.commands import demo as command
from tracker.shared.calendar import local_day

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("_own_files")]


class Screen(StringIO):
    """A terminal with somebody before it."""

    def isatty(self) -> bool:
        return True


def demo(*arguments: Any, out: StringIO | None = None) -> str:
    out = out or StringIO()
    call_command("demo", *arguments, stdout=out)
    return out.getvalue()


def test_the_command_loads_for_today_and_says_so() -> None:
    assert demo() == "The example is loaded.\n", "a log needs the end only"
    today = local_day(timezone.now())
    opened = MonitoringRound.objects.get(state="open").opens_on
    assert timedelta(days=23) < today - opened < timedelta(days=30)


def test_in_a_terminal_every_step_is_told(tmp_path: Path) -> None:
    lines = demo("--anthology", other_anthology(tmp_path), out=Screen()).splitlines()
    assert len(lines) >= 4
    assert lines[-1] == "The example is loaded."
    assert all(line.endswith(" …") for line in lines[:-1])


def test_another_anthology_takes_the_place_of_the_example_one(tmp_path: Path) -> None:
    """Neither links nor rounds are loaded with it; all the rest is."""
    demo("--anthology", other_anthology(tmp_path))
    assert set(Quote.objects.values_list("reference", flat=True)) >= {"4.1-01", "4.2-01"}
    assert "Voorbeeldbloemlezing" not in Anthology.objects.get().title
    assert Intervention.objects.count() == len(interventions())
    for model in (Indicator, Commitment, Decision, Succession):
        assert model.objects.exists(), model.__name__
    for model in (QuoteLink, MonitoringRound, Report):
        assert not model.objects.exists(), model.__name__


def test_outside_embedded_mode_the_example_does_not_exist(settings: LazySettings) -> None:
    settings.SPOOR_EMBEDDED = False
    with pytest.raises(CommandError, match="embedded"):
        demo()
    assert not User.objects.exists()


def test_a_database_that_is_not_prepared_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(command, "pending_migrations", lambda: 3)
    with pytest.raises(CommandError, match="migrate"):
        demo()
    assert not User.objects.exists()


def other_anthology(folder: Path) -> Path:
    """A small anthology of another publisher, as a file."""
    wishes = (
        "Wij vragen om een tweede loket in elke provincie, met ruime openingstijden.",
        "Geef vrijwilligers een vaste plaats in het overleg en vergoed hun reiskosten.",
        "Laat scholen zelf kiezen welke les bij hun leerlingen past en betaal die les.",
    )
    parts = tuple(
        Part(f"4.{number}", title, tuple(map(Statement, wishes)))
        for number, title in ((1, "Loketten"), (2, "Vrijwilligers"), (3, "Scholen"))
    )
    book = Book(
        title=("Andere bundel", "van wensen"),
        footer="bloemlezing - andere bundel",
        contents_page=3,
        preface_title="Vooraf",
        preface=("Deze bundel is voor een test geschreven en gaat verder nergens over.",),
        chapters=((4, "Ambities"),),
        parts=parts,
    )
    path = folder / "andere.txt"
    path.write_text(compose(book).text, encoding="utf-8")
    return path
