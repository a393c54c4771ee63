"""The people of the pages' stories, and a round in which they are asked."""

import datetime
import re
from dataclasses import dataclass

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from actions.monitoring import services
from actions.monitoring.models import (
    Holiday,
    MonitoringRound,
    RoundKind,
    StatusUpdate,
    UpdateRequest,
)
from actions.organisations.models import Organisation, User
from actions.plan.models import DeliveryState, Intervention, TrafficLight
from tests import factories as make
from tracker.shared.calendar import next_working_day

# A Monday: mail leaves, and nobody has a day off.
MONDAY = datetime.datetime(2026, 11, 2, 9, 30, tzinfo=datetime.UTC)


@dataclass
class Cast:
    """An office, two partner organisations, leadership, and somebody who owns nothing here."""

    office: User
    leadership: User
    town: Organisation
    police: Organisation
    fatima: User
    ruben: User
    outsider: User


def assemble() -> Cast:
    town, police = make.make_organisation("Town"), make.make_organisation("Police")
    return Cast(
        office=make.make_office("Noor Office"),
        leadership=make.make_leadership("Lena Leader"),
        town=town,
        police=police,
        fatima=make.make_reporter(town, "Fatima Town"),
        ruben=make.make_reporter(police, "Ruben Police"),
        outsider=make.make_reporter(make.make_organisation("Elsewhere"), "Otto Outsider"),
    )


def signed_in(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


def words(client: Client, url: str, language: str = "en", status: int = 200) -> str:
    """What a page says, without its tags."""
    response = client.get(url, headers={"accept-language": language})
    assert response.status_code == status, url
    return plain(response.content.decode())


def plain(html: str) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", html))


def queries(client: Client, url: str) -> int:
    """How many queries a page costs, signing in included."""
    client.get(url)
    with CaptureQueriesContext(connection) as captured:
        assert client.get(url).status_code == 200
    return len(captured)


def plan_round(name: str = "Autumn", *, deadline_in: int = 20) -> MonitoringRound:
    today = timezone.localdate()
    return services.create_round(
        name=name,
        kind=RoundKind.REPORT,
        period_start=today - datetime.timedelta(days=200),
        period_end=today - datetime.timedelta(days=10),
        opens_on=today,
        deadline=working_day(today + datetime.timedelta(days=deadline_in)),
        intro="Five minutes, please.",
        actor=None,
    )


def working_day(day: datetime.date) -> datetime.date:
    services.fill_public_holidays(years=(day.year, day.year + 1))
    return next_working_day(day, Holiday.objects.days_off())


def open_round(name: str = "Autumn") -> MonitoringRound:
    return services.open_round(round=plan_round(name), actor=None, now=timezone.now())


def ask(organisation: Organisation, *titles: str) -> list[Intervention]:
    """Interventions that an organisation leads, before a round opens."""
    return [make.make_intervention(title, lead=organisation) for title in titles]


def request_of(intervention: Intervention) -> UpdateRequest:
    return UpdateRequest.objects.filter(intervention=intervention).latest("pk")


def answer(intervention: Intervention, author: User, **fields: object) -> StatusUpdate:
    """Submit an answer to the newest request about an intervention."""
    said = {
        "delivery_state": DeliveryState.RUNNING,
        "traffic_light": TrafficLight.ON_TRACK,
        "for_the_report": "Eleven of fourteen take part.",
        **fields,
    }
    return services.submit_update(
        request=request_of(intervention),
        answer=services.Answer(**said),  # type: ignore[arg-type]
        author=author,
        now=timezone.now(),
    )


def judge(update: StatusUpdate, reviewer: User, reason: str = "") -> None:
    """Accept an answer, or return it where a reason is given."""
    services.review_update(
        update=update,
        reviewer=reviewer,
        verdict="returned" if reason else "accepted",
        reason=reason,
        now=timezone.now(),
    )


FILLED = {
    "delivery_state": "running",
    "traffic_light": "on_track",
    "for_the_report": "Eleven of fourteen take part.",
    "lock_version": "0",
    "deed": "submit",
}
