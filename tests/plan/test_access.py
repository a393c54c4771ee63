"""Every page of the anthology, the plan, the indicators and signing in, for every role."""

import pytest
from django.test import Client
from django.urls import reverse

from actions.plan.models import Disposition
from tests import factories as make
from tests.indicators.access_rows import ROWS as INDICATORS
from tests.organisations.access_rows import ROWS as ORGANISATIONS
from tests.plan.access_rows import ROWS as PLAN
from tests.quotes.access_rows import ROWS as QUOTES

pytestmark = pytest.mark.django_db


def world() -> dict[str, object]:
    intervention = make.make_intervention()
    free, linked, aside = (make.make_quote() for _number in range(3))
    link = make.make_link(linked, intervention)
    Disposition.objects.create(quote=aside, verdict="set_aside", reason="Is the law already.")
    return {
        "intervention": intervention.code,
        "commitment": make.make_commitment().number,
        "organisation": make.make_organisation().pk,
        "nowhere": 0,
        "import": make.make_import().pk,
        "indicator": make.make_indicator().code,
        "open": free.reference,
        "linked": linked.reference,
        "aside": aside.reference,
        "link": link.pk,
        "unknown": "9.9-99",
        "anthology": free.anthology.code,
        "page": free.page,
        "unread page": 999,
        "pdf": make.make_pdf_source().pk,
        "sheet": 1,
    }


@pytest.mark.parametrize(
    ("role", "name", "needs", "method", "status"), [*QUOTES, *PLAN, *INDICATORS, *ORGANISATIONS]
)
def test_who_may_what(
    role: str, name: str, needs: dict[str, str], method: str, status: int
) -> None:
    made = world()
    people = {
        "office": make.make_office,
        "leadership": make.make_leadership,
        "partner": lambda: make.make_reporter(make.make_organisation()),
    }
    client = Client()
    if role != "anonymous":
        client.force_login(people[role]())
    url = reverse(name, kwargs={key: made.get(value, value) for key, value in needs.items()})
    assert getattr(client, method)(url).status_code == status
