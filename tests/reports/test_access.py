"""Every page of reports, for every role: found, refused, or not there."""

import pytest
from django.test import Client
from django.urls import reverse

from tests import factories as make
from tests.reports.access_rows import ROWS

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(("role", "name", "needs", "method", "status"), ROWS)
def test_who_may_what(
    role: str, name: str, needs: dict[str, str], method: str, status: int
) -> None:
    made = {
        "ambition": make.make_quote().reference,
        "problem": make.make_quote(section=make.make_section("2.1", "problem")).reference,
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
