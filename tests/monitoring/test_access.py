"""Every page of monitoring, for every role: found, refused, or not there."""

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from actions.monitoring import services, urls
from actions.organisations.models import User
from tests.monitoring import cast
from tests.monitoring.access_rows import ROWS
from tests.monitoring.cast import signed_in
from tests.monitoring.test_pages_mailbox import make_mail
from tests.reports.world import sent_report

pytestmark = pytest.mark.django_db


@pytest.fixture
def world() -> tuple[dict[str, int], dict[str, User | None]]:
    """Ids of one of each thing, and one person of each role."""
    people = cast.assemble()
    meet, train = cast.ask(people.town, "Meet", "Train")
    spring = cast.open_round("Spring")
    accepted = cast.answer(meet, people.fatima)
    cast.judge(accepted, people.office)
    services.close_round(round=spring, actor=people.office, now=timezone.now())
    sent_report(spring, by=people.office)
    round_ = cast.open_round("Autumn")
    update = cast.answer(meet, people.fatima)
    made = {
        "round": round_.pk,
        "planned": cast.plan_round("Next").pk,
        "request": cast.request_of(train).pk,
        "update": update.pk,
        "accepted": accepted.pk,
        "mail": make_mail().pk,
    }
    roles = {
        "anonymous": None,
        "office": people.office,
        "leadership": people.leadership,
        "own": people.fatima,
        "other": people.ruben,
    }
    return made, roles


@pytest.mark.parametrize(("role", "name", "needs", "method", "status"), ROWS)
def test_who_may_what(world, role, name, needs, method, status) -> None:
    made, roles = world
    url = reverse(name, kwargs={key: made[value] for key, value in needs.items()})
    user = roles[role]
    client = signed_in(user) if user else Client()
    response = getattr(client, method)(url)
    assert response.status_code == status
    if role == "anonymous":
        assert f"next={url}" in response.url


def test_every_page_is_in_the_table() -> None:
    mounted = {f"monitoring:{pattern.name}" for pattern in urls.urlpatterns}
    assert mounted == {name for _role, name, _needs, _method, _status in ROWS}
