"""The main job in production: PostgreSQL, Redis, SMTP, gunicorn, one worker and one beat."""

import datetime
import email
import re
from collections.abc import Iterator
from email.message import Message
from pathlib import Path
from typing import Any

import pytest
from aiosmtpd.controller import Controller
from django.utils import timezone

from tests.operations.browser import Person, words
from tests.operations.seed import OFFICE, PARTNER, PASSWORD
from tests.operations.test_production import HOST, Installation
from tests.operations.test_supervisor import free_port, wait_for
from tracker.shared.calendar import shift_working_days

pytestmark = [pytest.mark.e2e, pytest.mark.redis, pytest.mark.postgresql]
TWO_MINUTES = 120
ADMINISTRATOR = ("--administrator", "--language", "en")


class Sink:
    """A mail server that takes everything and keeps it."""

    def __init__(self) -> None:
        self.mails: list[tuple[str, Message]] = []
        self.controller = Controller(self, hostname="127.0.0.1", port=free_port())

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:  # noqa: N802
        self.mails.append((envelope.rcpt_tos[0], email.message_from_bytes(envelope.content)))
        return "250 2.0.0 taken"

    def to(self, address: str) -> list[Message]:
        return [mail for recipient, mail in self.mails if recipient == address]


@pytest.fixture
def sink() -> Iterator[Sink]:
    made = Sink()
    made.controller.start()
    yield made
    made.controller.stop()


@pytest.fixture
def spoor(tmp_path: Path, redis_url: str, sink: Sink) -> Iterator[Installation]:
    """An installation without TLS in front, as the test's browser speaks to it directly."""
    made = Installation(tmp_path, redis_url)
    made.environment |= {
        "SPOOR_HTTPS": "no",
        "SPOOR_ALLOWED_HOSTS": f"127.0.0.1,{HOST}",
        "SPOOR_BASE_URL": f"http://127.0.0.1:{made.port}",
        "SPOOR_MAIL_WINDOW": "always",
        "SPOOR_SMTP_URL": f"smtp://127.0.0.1:{sink.controller.port}?tls=none",
    }
    made.sql(f"DROP DATABASE IF EXISTS {made.name} WITH (FORCE)")
    made.sql(f"CREATE DATABASE {made.name}")
    try:
        yield made
    finally:
        made.stop()
        made.sql(f"DROP DATABASE {made.name} WITH (FORCE)")


def test_a_quote_goes_all_the_way_in_production(spoor: Installation, sink: Sink) -> None:
    for command in (["migrate"], ["collectstatic"]):
        spoor.run("manage.py", *command, "--noinput", "-v", "0")
    spoor.run("manage.py", "invite", OFFICE, "--name", "Noor Office", *ADMINISTRATOR)
    spoor.run("-m", "tests.operations.seed")
    spoor.start_all()
    wait_for(lambda: spoor.get("/health/live")[0] == 200, 60)
    office, partner = (Person(spoor.environment["SPOOR_BASE_URL"]) for _ in range(2))
    come_in(office, sink)
    partner.sign_in(PARTNER, PASSWORD)
    link(office, spoor)
    open_round(office)
    wait_for(lambda: sink.to(PARTNER), TWO_MINUTES)
    answer(partner, spoor)
    for _ in range(2):  # nothing is owed any more: however often the engine runs, nothing leaves
        spoor.run("manage.py", "sweep")
    assert len(sink.to(PARTNER)) == 1
    accept(office, spoor)
    trace = words(office.open("/trace/4.12-01/"))
    stops = ["one table", "Meet within five days", "Town", "Meetings in time", "on track"]
    assert [trace.index(stop) for stop in stops] == sorted(trace.index(stop) for stop in stops)


def come_in(office: Person, sink: Sink) -> None:
    """The first administrator follows the invitation and chooses a password."""
    wait_for(lambda: sink.to(OFFICE), TWO_MINUTES)
    text = sink.to(OFFICE)[0].get_payload(0).get_payload(decode=True).decode()
    found = re.search(r"(/welcome/\S+)", text)
    assert found, text
    office.open(found[1])
    office.submit(office.url, new_password1=PASSWORD, new_password2=PASSWORD)
    assert office.url == "/"
    assert "Noor Office" in words(office.open("/admin/"))


def link(office: Person, spoor: Installation) -> None:
    (intervention,) = spoor.sql("SELECT id FROM plan_intervention", spoor.name)[0]
    office.submit(
        "/coverage/link/4.12-01/",
        interventions=str(intervention),
        strength="answers",
        rationale="They meet within a week.",
    )
    assert "All 1 ambitions have an answer" in words(office.open("/coverage/"))


def open_round(office: Person) -> None:
    today = timezone.localdate()
    days = {
        "period_start": today - datetime.timedelta(days=180),
        "period_end": today,
        "opens_on": today,
        "deadline": shift_working_days(today, 12),
    }
    written = {name: f"{day:%d-%m-%Y}" for name, day in days.items()}
    office.submit("/rounds/new/", name="Autumn", kind="report", **written)
    assert re.fullmatch(r"/rounds/\d+/", office.url)
    page = office.submit(f"{office.url}open/")
    assert "The round is open: 1 request was made." in words(page)


def answer(partner: Person, spoor: Installation) -> None:
    (asked,) = spoor.sql("SELECT id FROM monitoring_updaterequest", spoor.name)[0]
    page = partner.submit(
        f"/requests/{asked}/",
        deed="submit",
        lock_version="0",
        delivery_state="running",
        traffic_light="on_track",
        for_the_report="Eleven of fourteen towns take part.",
    )
    assert "was submitted" in words(page)


def accept(office: Person, spoor: Installation) -> None:
    (update,) = spoor.sql("SELECT id FROM monitoring_statusupdate", spoor.name)[0]
    office.submit(f"/updates/{update}/", verdict="accepted")
    assert spoor.sql("SELECT state FROM monitoring_updaterequest", spoor.name) == [("accepted",)]
