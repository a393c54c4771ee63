"""The example's mailbox: readable for everybody, harmless, and nowhere else."""

import importlib
from collections.abc import Iterator

import pytest
import time_machine
from django.conf import settings
from django.test import Client
from django.utils import timezone

from actions.monitoring import urls
from actions.monitoring.models import MailClass, MailState, OutgoingMail
from tests.monitoring import cast
from tests.monitoring.cast import Cast, queries, signed_in, words

pytestmark = pytest.mark.django_db

MAILBOX = "/mailbox/"


@pytest.fixture
def people() -> Iterator[Cast]:
    with time_machine.travel(cast.MONDAY, tick=False):
        yield cast.assemble()


def make_mail(number: int = 1, **fields: object) -> OutgoingMail:
    return OutgoingMail.objects.create(
        **{
            "recipient": f"person{number}@partner.example",
            "kind": "digest",
            "mail_class": MailClass.SCHEDULED,
            "dedup_key": f"digest:{number}",
            "message_id": f"<{number}@test>",
            "state": MailState.SENT,
            "sent_at": timezone.now(),
            "subject": f"Please answer {number} questions",
            "body_text": "Go to the inbox.",
            "body_html": "<html><head><title>x</title></head><body>Go <a href='/inbox/'>in</a>",
            **fields,
        }
    )


def test_everybody_of_the_example_reads_along(people: Cast) -> None:
    mail = make_mail()
    for reader in (people.office, people.fatima, people.leadership, people.outsider):
        assert "1 mail was sent" in words(signed_in(reader), MAILBOX)
        assert "Go to the inbox." in words(signed_in(reader), f"{MAILBOX}{mail.pk}/")


def test_somebody_who_did_not_sign_in_reads_nothing() -> None:
    mail = make_mail()
    for url in (MAILBOX, f"{MAILBOX}{mail.pk}/", f"{MAILBOX}{mail.pk}/html/"):
        response = Client().get(url)
        assert response.status_code == 302
        assert response.url.startswith(str(settings.LOGIN_URL)) or "next=" in response.url


def test_a_mail_that_did_not_leave_is_not_there(people: Cast) -> None:
    mail = make_mail(state=MailState.QUEUED, sent_at=None)
    client = signed_in(people.office)
    assert "No mail was sent yet" in words(client, MAILBOX)
    assert client.get(f"{MAILBOX}{mail.pk}/").status_code == 404


def test_a_mail_runs_no_scripts_and_is_framed_by_ourselves_only(people: Cast) -> None:
    mail = make_mail()
    client = signed_in(people.office)
    page = client.get(f"{MAILBOX}{mail.pk}/")
    assert "unsafe-inline" not in page.headers["Content-Security-Policy"]
    assert 'sandbox="allow-top-navigation-by-user-activation"' in page.content.decode()
    framed = client.get(f"{MAILBOX}{mail.pk}/html/")
    policy = framed.headers["Content-Security-Policy"]
    assert "script-src" not in policy
    assert "default-src 'none'" in policy
    assert "style-src 'unsafe-inline'" in policy
    assert "frame-ancestors 'self'" in policy
    assert "sandbox allow-top-navigation-by-user-activation" in policy
    assert framed.headers["X-Frame-Options"] == "SAMEORIGIN"
    assert '<base target="_top">' in framed.content.decode()


def test_elsewhere_there_is_no_mailbox(settings) -> None:
    settings.SPOOR_EMBEDDED = False
    try:
        mounted = {pattern.name for pattern in importlib.reload(urls).urlpatterns}
    finally:
        settings.SPOOR_EMBEDDED = True
        importlib.reload(urls)
    assert mounted.isdisjoint({"mailbox", "mailbox-mail", "mailbox-html"})
    assert "inbox" in mounted


def test_two_mails_cost_as_many_queries_as_twelve(people: Cast) -> None:
    client = signed_in(people.office)
    make_mail(1)
    make_mail(2)
    few = queries(client, MAILBOX)
    for number in range(3, 13):
        make_mail(number)
    assert queries(client, MAILBOX) == few <= 2 + 6


def test_an_empty_mailbox_says_so_once(people: Cast) -> None:
    text = words(signed_in(people.office), MAILBOX)
    assert text.lower().count("no mail") == 2, "in the heading and that none leaves this machine"
    assert "0 mails" not in text
    assert "Filter" not in text


def test_a_search_without_result_does_not_change_the_news(people: Cast) -> None:
    make_mail()
    text = words(signed_in(people.office), f"{MAILBOX}?q=nothing")
    assert "1 mail was sent" in text
    assert "No mail answers to this filter" in text


@pytest.mark.parametrize(("length", "step"), [(10, 1), (950, 5), (90_000, 12)])
def test_a_long_mail_gets_a_high_frame(people: Cast, length: int, step: int) -> None:
    mail = make_mail(body_text="x" * length)
    html = signed_in(people.office).get(f"{MAILBOX}{mail.pk}/").content.decode()
    assert f'class="mail-frame mail-frame--{step}"' in html
