"""Every address of the rich example, as everybody, in both languages."""

import logging
from collections.abc import Callable

import pytest
from django.db import connection
from django.http import HttpResponse
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tests.example.conftest import PEOPLE
from tests.pages import SIGNED_IN
from tests.walk import NO_PAGE

pytestmark = [pytest.mark.django_db, pytest.mark.xdist_group("example")]

# Beside session, user and permissions (DESIGN §9).
MOST_QUERIES = 6
# Forms about what is over lead on to what came of it.
LEADS_ON = {"login", "monitoring:answer", "monitoring:extend", "monitoring:round-open"}
LEADS_ON |= {"monitoring:round-close", "plan:commitment-close"}
LEADS_ON |= {"reports:decision-take", "reports:decision-outcome"}
# A mail speaks the language of who got it.
OWN_LANGUAGE = {"monitoring:mailbox-html"}
# Django itself notes each page that was refused or is not there: that is no fault.
EXPECTED = "django.request"


def is_page(answer: HttpResponse) -> bool:
    return "text/html" in answer.headers["content-type"]


@pytest.mark.parametrize("language", ["nl", "en"])
@pytest.mark.parametrize("role", [*PEOPLE, ""])
def test_every_page_answers_and_nothing_is_amiss_in_the_log(
    role: str,
    language: str,
    paths: dict[str, list[str]],
    person: Callable[..., Client],
    caplog: pytest.LogCaptureFixture,
) -> None:
    client = person(role, language)
    seen = 0
    with caplog.at_level(logging.WARNING):
        for name, addresses in paths.items():
            for path in addresses:
                answer = client.get(path)
                assert answer.status_code in {200, 302, 403, 404}, path
                shown = answer.status_code == 200
                if role == "office":
                    assert shown or name in LEADS_ON, (path, answer.status_code)
                if shown and is_page(answer) and name not in OWN_LANGUAGE:
                    assert f'<html lang="{language}"' in answer.text, path
                seen += shown
    assert seen > (40 if role else 1)
    amiss = [record for record in caplog.records if record.name != EXPECTED]
    assert not amiss, [record.getMessage() for record in amiss]


@pytest.mark.parametrize("role", PEOPLE)
def test_no_page_asks_more_of_the_database_than_the_bar_allows(
    role: str, paths: dict[str, list[str]], person: Callable[..., Client]
) -> None:
    client, over = person(role), {}
    for addresses in paths.values():
        for path in addresses:
            client.get(path)  # what a first visit does once (a request is marked as opened)
            with CaptureQueriesContext(connection) as captured:
                answer = client.get(path)
            if answer.status_code == 200 and len(captured) - SIGNED_IN > MOST_QUERIES:
                over[path] = len(captured) - SIGNED_IN
    assert not over


def test_every_page_with_an_object_has_something_to_show(paths: dict[str, list[str]]) -> None:
    empty = [name for name, addresses in paths.items() if not addresses]
    # The example's mails leave when the engine runs; nothing was sent while it was loaded.
    assert set(empty) <= {"monitoring:mailbox-mail", "monitoring:mailbox-html"}
    assert not NO_PAGE & set(paths)
