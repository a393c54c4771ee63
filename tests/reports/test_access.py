"""Every page of reports, for every role: found, refused, or not there."""

import datetime

import pytest
from django.test import Client
from django.urls import reverse

from actions.monitoring.models import RoundState
from tests import factories as make
from tests.reports import world
from tests.reports.access_rows import ROWS

pytestmark = pytest.mark.django_db

AUTUMN = datetime.date(2026, 10, 1)


def decisions() -> dict[str, int]:
    """A decision that waits and one that was taken."""
    subject, leader = make.make_intervention(), make.make_leadership()
    asked = [world.proposed(subject, question, by=leader) for question in ("May we?", "Shall we?")]
    return {"proposed": asked[0].pk, "taken": world.taken(asked[1], by=leader).pk}


def reports() -> dict[str, int]:
    """A round of which the report was sent, one without report, and one that nobody opened."""
    office = make.make_office()
    sent, unsent = world.closed_round("Spring"), world.closed_round("Autumn", AUTUMN)
    world.sent_report(sent, by=office)
    planned = world.closed_round("Winter", AUTUMN, state=RoundState.PLANNED)
    return {"sent round": sent.pk, "unsent round": unsent.pk, "planned round": planned.pk}


@pytest.mark.parametrize(("role", "name", "needs", "method", "status"), ROWS)
def test_who_may_what(
    role: str, name: str, needs: dict[str, str], method: str, status: int
) -> None:
    made = {
        "ambition": make.make_quote().reference,
        "problem": make.make_quote(section=make.make_section("2.1", "problem")).reference,
        **decisions(),
        **reports(),
    }
    people = {
        "office": make.make_office,
        "leadership": make.make_leadership,
        "partner": lambda: make.make_reporter(make.make_organisation()),
    }
    client = Client()
    if role != "anonymous":
        client.force_login(people[role]())
    url = reverse(name, kwargs={key: made[value] for key, value in needs.items()})
    assert getattr(client, method)(url).status_code == status
