"""The rich example, loaded once for all stories about it, and gone afterwards."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from django.db import transaction
from django.test import Client, override_settings
from django.utils import timezone

from actions.organisations.models import User
from tests.walk import visits
from tracker.demo import loader
from tracker.shared.calendar import local_day

# Whose eyes the pages are seen with: with and without something to answer.
PEOPLE = {
    "office": "sanne.dekker",
    "leadership": "marijke.vanderlaan",
    "partner": "esra.yildiz",
    "another partner": "lotte.smit",
}


@pytest.fixture(scope="module")
def example(
    django_db_setup: None, django_db_blocker: Any, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[None]:
    """As it looks today; every test works in a transaction of its own on top of it."""
    files: Path = tmp_path_factory.mktemp("files")
    storage = {
        "BACKEND": "django.core.files.storage.FileSystemStorage",
        "OPTIONS": {"location": files},
    }
    from django.conf import settings

    stored = {**settings.STORAGES, "default": storage}
    with override_settings(STORAGES=stored), django_db_blocker.unblock(), transaction.atomic():
        loader.load(today=local_day(timezone.now()))
        yield
        transaction.set_rollback(True)


@pytest.fixture(scope="module")
def paths(example: None) -> dict[str, list[str]]:
    """Every address of the example, by the url's name."""
    return visits()


@pytest.fixture
def person(example: None, db: None) -> Callable[[str], Client]:
    """Somebody of the example at a browser, by role; "" is a stranger."""

    def sign_in(role: str, language: str = "nl") -> Client:
        client = Client(headers={"accept-language": language})
        client.cookies["django_language"] = language
        if role:
            client.force_login(User.objects.get(email__startswith=PEOPLE[role]))
        return client

    return sign_in
