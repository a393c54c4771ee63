"""The first administrator comes in by a mail, and nobody else comes in by it."""

import datetime
import re
from io import StringIO

import pytest
import time_machine
from django.conf import LazySettings
from django.core.management import CommandError, call_command
from django.test import Client
from django.utils import timezone

from actions.monitoring.models import MailState, OutgoingMail
from actions.monitoring.services import sweep
from actions.organisations.models import Role, User
from tests import factories as make
from tests.monitoring.mailroom import Letterbox
from tests.monitoring.test_pages_mailbox import make_mail
from tests.pages import said
from tracker.audit.models import AuditEntry
from tracker.shared.calendar import AMSTERDAM

pytestmark = pytest.mark.django_db

ADDRESS = "karin.post@office.example"
PASSWORD = "een lange zin van mijzelf"
# A Sunday night: an invitation answers somebody's act and waits for no office hours.
SUNDAY = datetime.datetime(2026, 11, 1, 23, 30, tzinfo=AMSTERDAM)


@pytest.fixture(autouse=True)
def _office_hours(settings: LazySettings) -> None:
    settings.SPOOR_MAIL_WINDOW = "09:00-16:30"


def invite(*arguments: str) -> str:
    out = StringIO()
    call_command("invite", *arguments, stdout=out)
    return out.getvalue()


def invite_karin() -> str:
    return invite(ADDRESS, "--name", "Karin Post", "--administrator", "--language", "en")


def link_in(letterbox: Letterbox) -> str:
    text = letterbox.text_to(ADDRESS)
    found = re.search(r"https?://[^/]+(/welcome/\S+)", text)
    assert found, text
    return found[1]


def open_link(client: Client, link: str) -> str:
    """Follow the link as a browser does, and return where the form stands."""
    answer = client.get(link)
    assert answer.status_code == 302
    return answer.url


def test_a_mail_that_this_version_cannot_write_holds_up_no_other() -> None:
    make_mail(kind="of-a-newer-version", mail_class="prompt", state="queued", sent_at=None)
    invite_karin()
    letterbox = Letterbox()
    sweep(now=SUNDAY, transport=letterbox)
    assert letterbox.addresses == [ADDRESS]
    assert OutgoingMail.objects.get(kind="of-a-newer-version").state == "queued", "it may come yet"


def test_the_first_administrator_comes_in_by_the_mail() -> None:
    assert ADDRESS in invite_karin()
    letterbox = Letterbox()
    assert sweep(now=SUNDAY, transport=letterbox).sent == 1
    client = Client(headers={"accept-language": "en"})
    form = open_link(client, link_in(letterbox))
    assert "Choose a password" in said(client.get(form))
    done = client.post(form, {"new_password1": PASSWORD, "new_password2": PASSWORD})
    assert (done.status_code, done.url) == (302, "/")
    assert client.get("/admin/").status_code == 200
    karin = User.objects.get(email=ADDRESS)
    assert (karin.role, karin.is_staff) == (Role.OFFICE, True)
    assert Client().login(username=ADDRESS, password=PASSWORD)
    verbs = AuditEntry.objects.filter(object_id=str(karin.pk)).values_list("verb", flat=True)
    assert set(verbs) >= {"person.created", "person.invited", "person.password_chosen"}


def test_the_token_is_in_the_mail_and_nowhere_else() -> None:
    invite_karin()
    letterbox = Letterbox()
    sweep(now=SUNDAY, transport=letterbox)
    token = link_in(letterbox).rstrip("/").split("/")[-1]
    html = letterbox.letters[0].get_body(("html",)).get_content()
    assert token in html
    kept = OutgoingMail.objects.get()
    assert token not in kept.body_text + kept.body_html + kept.subject
    assert "/welcome/" in kept.body_text


def test_a_mail_scanner_that_follows_the_link_uses_nothing_up() -> None:
    invite_karin()
    letterbox = Letterbox()
    sweep(now=SUNDAY, transport=letterbox)
    link = link_in(letterbox)
    scanner = Client()
    scanner.head(link)
    scanner.get(link, follow=True)
    client = Client()
    assert client.get(open_link(client, link)).context["validlink"]


def test_the_link_serves_once_and_for_a_week() -> None:
    invite_karin()
    letterbox = Letterbox()
    sweep(now=SUNDAY, transport=letterbox)
    link = link_in(letterbox)
    with time_machine.travel(timezone.now() + datetime.timedelta(days=8)):
        assert not Client().get(link, follow=True).context["validlink"]
    client = Client()
    form = open_link(client, link)
    client.post(form, {"new_password1": PASSWORD, "new_password2": PASSWORD})
    late = Client(headers={"accept-language": "en"}).get(link, follow=True)
    assert "used already, or is too old" in said(late)


@pytest.mark.parametrize(
    ("first", "second", "complaint"),
    [
        ("", "", "Choose a password"),
        (PASSWORD, "iets anders", "didn’t match"),
        ("kort", "kort", "at least 12"),
    ],
)
def test_an_odd_password_is_refused_with_a_reason(first: str, second: str, complaint: str) -> None:
    invite_karin()
    letterbox = Letterbox()
    sweep(now=SUNDAY, transport=letterbox)
    client = Client(headers={"accept-language": "en"})
    form = open_link(client, link_in(letterbox))
    answer = client.post(form, {"new_password1": first, "new_password2": second})
    assert answer.status_code == 200
    assert complaint in said(answer)
    assert not User.objects.get(email=ADDRESS).has_usable_password()


def test_asked_again_there_is_one_mail_at_a_time() -> None:
    invite_karin()
    invite_karin()
    letterbox = Letterbox()
    assert sweep(now=SUNDAY, transport=letterbox).sent == 1
    invite_karin()
    assert sweep(now=SUNDAY, transport=letterbox).sent == 1
    assert User.objects.filter(email=ADDRESS).count() == 1


def test_who_came_in_meanwhile_gets_no_mail_any_more() -> None:
    invite_karin()
    karin = User.objects.get(email=ADDRESS)
    karin.set_password(PASSWORD)
    karin.save()
    letterbox = Letterbox()
    assert sweep(now=SUNDAY, transport=letterbox).sent == 0
    assert OutgoingMail.objects.get().state == MailState.CANCELLED


def test_a_dry_run_names_the_invitation_and_sends_nothing() -> None:
    invite_karin()
    planned = sweep(now=SUNDAY, dry_run=True).would_mail
    assert [mail.recipient for mail in planned] == [ADDRESS]
    assert OutgoingMail.objects.get().state == MailState.QUEUED


@pytest.mark.parametrize(
    ("arguments", "complaint"),
    [
        (["karin.post@office.example"], "--name"),
        (["karin", "--name", "Karin Post"], "the address"),
        (["known@office.example", "--name", "Known"], "has a password already"),
        (["gone@office.example", "--name", "Gone"], "no longer active"),
        (["new@partner.example", "--name", "N", "--role", "partner", "--administrator"], "--role"),
    ],
)
def test_an_odd_invitation_is_refused_in_one_sentence(arguments: list[str], complaint: str) -> None:
    make.make_office("Known", email="known@office.example", password="een lange zin")
    make.make_office("Gone", email="gone@office.example", is_active=False)
    with pytest.raises(CommandError, match=re.escape(complaint)):
        invite(*arguments)
    assert not OutgoingMail.objects.exists()
    assert User.objects.count() == 2
