"""A filled database is left alone, or emptied and loaded anew: nothing in between."""

from collections.abc import Iterator
from datetime import date
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.db import DatabaseError, transaction

from actions.indicators.models import Indicator, Measurement
from actions.monitoring.models import StatusUpdate
from actions.organisations.models import User
from actions.plan.models import Intervention, QuoteLink
from quotes.models import Anthology, Quote
from tests.demo.conftest import Loading

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def loaded(loading: Loading) -> Iterator[date]:
    with loading(date(2026, 9, 15)) as today:
        yield today


@pytest.fixture(autouse=True)
def _filled(loaded: date, db: None, _own_files: None) -> None:
    pass


def demo(*arguments: Any) -> str:
    out = StringIO()
    call_command("demo", *arguments, stdout=out)
    return out.getvalue()


def counts() -> list[int]:
    models = (Anthology, Quote, User, Intervention, QuoteLink, Indicator, Measurement, StatusUpdate)
    return [model.objects.count() for model in models]


def test_a_second_run_says_so_and_changes_nothing() -> None:
    before = counts()
    assert "already" in demo()
    assert counts() == before


def test_reset_empties_and_loads_again_and_append_only_rows_are_held_again() -> None:
    before = counts()
    User.objects.create_user("tijdelijk@voorbeeld.example", full_name="Tijdelijk")
    assert demo("--reset") == "The example is loaded.\n"
    assert counts() == before
    with pytest.raises(DatabaseError), transaction.atomic():
        Measurement.objects.filter(indicator__code="IND-01").update(value=1)


def test_an_anthology_that_cannot_be_read_leaves_everything_as_it_was(tmp_path: Path) -> None:
    before = counts()
    path = tmp_path / "leeg.txt"
    path.write_text("", encoding="utf-8")
    with pytest.raises(CommandError, match=r"empty.* Nothing was changed\."):
        demo("--reset", "--anthology", path)
    assert counts() == before
    with pytest.raises(CommandError, match="no file"):
        demo("--reset", "--anthology", tmp_path / "nergens.txt")
