"""The main menu: what it shows to whom, and which entry a page belongs to."""

import pytest
from django.test import Client

from tests import factories as make
from tests.pages import signed_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def office() -> Client:
    return signed_in(make.make_office())


def current(client: Client, path: str) -> list[str]:
    """The labels of the entries that a page is marked to belong to."""
    entries = client.get(path).context["menu_items"]
    return [str(entry["label"]) for entry in entries if entry["current"]]


@pytest.mark.parametrize(("path", "entry"), [
    ("/interventions/", "Interventions"),
    ("/interventions/{code}/", "Interventions"),
    ("/coverage/", "Coverage"),
    ("/coverage/link/{reference}/", "Coverage"),
    ("/trace/{reference}/", "Coverage"),
    ("/organisations/{organisation}/", "Organisations"),
    ("/commitments/new/", "Commitments"),
    ("/goals/", "Goals"),
    ("/", "Today"),
])  # fmt: skip
def test_a_page_belongs_to_one_entry(office: Client, path: str, entry: str) -> None:
    made = {
        "code": make.make_intervention().code,
        "reference": make.make_quote().reference,
        "organisation": make.make_organisation().pk,
    }
    assert current(office, path.format(**made)) == [entry]


def test_what_is_looked_up_stands_on_the_second_level(office: Client) -> None:
    html = office.get("/goals/").content.decode()
    line = html[html.index("site-nav__list") : html.index("site-user")]
    first, second = line.split("<details")
    for label in ("Coverage", "Interventions", "Indicators", "Rounds"):
        assert label in first, label
    for label in ("Anthology", "Goals", "Organisations", "Commitments"):
        assert label not in first, label
        assert label in second, label
    assert '<summary class="site-nav__link" aria-current="true">' in line
    assert 'href="/goals/" aria-current="page"' in second


def test_on_a_phone_all_entries_stand_in_one_list(office: Client) -> None:
    html = office.get("/goals/").content.decode()
    panel = html[html.index("site-menu__panel") :]
    panel = panel[: panel.index("</nav>")]
    assert "<details" not in panel
    for label in ("Coverage", "Goals", "Organisations", "Commitments"):
        assert label in panel, label


def test_a_partner_is_not_offered_what_it_may_not_open() -> None:
    partner = signed_in(make.make_reporter(make.make_organisation()))
    labels = {str(entry["label"]) for entry in partner.get("/goals/").context["menu_items"]}
    assert {"Inbox", "Goals", "Organisations", "Commitments"} <= labels
    assert "Rounds" not in labels
