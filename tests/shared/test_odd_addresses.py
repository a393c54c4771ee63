"""Addresses that nobody types by accident: a plain answer, never a server fault."""

from io import BytesIO

import pytest
from django.test import Client
from openpyxl import load_workbook

from tests import factories as make

pytestmark = pytest.mark.django_db


@pytest.fixture
def office() -> Client:
    client = Client()
    client.force_login(make.make_office())
    return client


@pytest.mark.parametrize(
    "query",
    ["per_page=-1", "per_page=x", "page=-1", "page=abc", "sort=nothing", f"q={'a+' * 1100}"],
)
@pytest.mark.parametrize("path", ["/anthology/", "/coverage/", "/interventions/", "/indicators/"])
def test_a_list_takes_any_query(office: Client, path: str, query: str) -> None:
    make.make_quote()
    make.make_intervention()
    assert office.get(f"{path}?{query}").status_code == 200


@pytest.mark.parametrize(
    "address", ["/anthology/%00/", "/trace/4.1%00/", "/interventions/%00/", "/coverage/?q=%00"]
)
def test_an_address_with_a_nul_is_refused(office: Client, address: str) -> None:
    assert office.get(address).status_code == 400


def test_nobody_chooses_how_long_a_page_is(office: Client) -> None:
    for _ in range(51):
        make.make_intervention()
    page = office.get("/interventions/?per_page=1000")
    assert len(page.context["table"].page.object_list) == 50


def test_the_desk_takes_an_odd_number_of_a_removed_link(office: Client) -> None:
    quote = make.make_quote()
    assert office.get(f"/coverage/link/{quote.reference}/?removed=²").status_code == 200


def test_a_line_break_from_a_slide_does_not_stop_a_download(office: Client) -> None:
    make.make_intervention("Two\x0blines")
    answer = office.get("/interventions/?export=xlsx")
    sheet = load_workbook(BytesIO(answer.getvalue())).active
    assert "Twolines" in [cell for row in sheet.values for cell in row]
