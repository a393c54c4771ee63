"""Indicators as people read them, and how figures are recorded and revised."""

import datetime
from collections.abc import Iterator
from decimal import Decimal
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.test import Client
from django.utils import translation

from actions.indicators.models import Direction, Indicator, Measurement, MeasurementStatus
from actions.indicators.services import record_measurement
from actions.indicators.wording import period
from tests import factories as make
from tests.pages import queries, said, signed_in
from tracker.audit.models import AuditEntry
from tracker.shared.forms import read_number

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _in_english() -> Iterator[None]:
    with translation.override("en"):
        yield


@pytest.fixture
def office() -> Client:
    return signed_in(make.make_office("Noor Office"))


def record(indicator: Indicator, value: str = "10", year: int = 2024, **fields: Any) -> Measurement:
    return record_measurement(
        indicator=indicator,
        period_start=datetime.date(year, 1, 1),
        period_end=datetime.date(year, 12, 31),
        value=Decimal(value),
        **{"status": "final", "source": "Yearly figures", "recorded_by": None, **fields},
    )


SENT = {
    "period_start": "1-1-2025",
    "period_end": "31-12-2025",
    "value": "490",
    "status": "final",
    "source": "Yearly figures",
}


def test_the_list_says_how_many_have_no_measurement(office: Client) -> None:
    make.make_measurement(make.make_indicator("Arrivals"))
    make.make_indicator("Nobody counted this")
    page = said(office.get("/indicators/"))
    assert "2 indicators" in page
    assert "1 without a measurement" in page
    unmeasured = said(office.get("/indicators/?measured=no"))
    assert "Nobody counted this" in unmeasured
    assert "Arrivals" not in unmeasured
    assert "no measurement" in unmeasured


@pytest.mark.parametrize(
    "column", ["code", "name", "level", "direction", "latest", "until", "interventions"]
)
@pytest.mark.parametrize("direction", ["", "-"])
def test_every_column_sorts_both_ways(office: Client, column: str, direction: str) -> None:
    make.make_measurement(make.make_indicator())
    make.make_indicator()
    assert office.get(f"/indicators/?sort={direction}{column}").status_code == 200


def test_pages_cost_the_same_for_two_rows_and_for_twelve(office: Client) -> None:
    indicator = make.make_indicator()

    def grow(years: range) -> None:
        for year in years:
            make.make_measurement(indicator, year=year)
            make.make_target(indicator, year=2030 + year - 2000)
            make.measure(make.make_intervention(), indicator)
            make.make_measurement(make.make_indicator())

    pages = ("/indicators/", indicator.get_absolute_url())
    grow(range(2000, 2002))
    few = [queries(office, page) for page in pages]
    grow(range(2002, 2012))
    many = [queries(office, page) for page in pages]
    assert few == many
    assert max(many) <= 6


def test_a_figure_is_compared_with_what_was_expected_then(office: Client) -> None:
    indicator = make.make_indicator(
        "Reports", unit="%", baseline_value=Decimal(40), baseline_on=datetime.date(2023, 12, 31),
        frequency="occasional",
    )  # fmt: skip
    make.make_target(indicator, "80", 2027)
    make.make_measurement(indicator, "50", 2025)
    page = said(office.get(indicator.get_absolute_url()))
    assert "50% in 2025: behind what was expected" in page
    assert "50% where 60% was expected: 10 percentage points less." in page


def test_what_is_interpreted_is_shown_without_a_verdict(office: Client) -> None:
    indicator = make.make_indicator(direction=Direction.INTERPRET, frequency="occasional")
    make.make_measurement(indicator, "791", 2021)
    page = said(office.get(indicator.get_absolute_url()))
    assert "it has no standard" in page
    assert "behind" not in page
    assert "none: to be" in page


def test_no_measurement_is_said_and_not_judged(office: Client) -> None:
    indicator = make.make_indicator("Beds")
    page = said(office.get(indicator.get_absolute_url()))
    assert "Beds: no measurement" in page
    assert "says nothing about how it goes" in page


def test_a_revised_figure_stays_in_sight_and_counts_no_more(office: Client) -> None:
    indicator = make.make_indicator(unit="persons")
    old = make.make_measurement(indicator, "481", 2025, status=MeasurementStatus.PROVISIONAL)
    url = f"{indicator.get_absolute_url()}measure/?revises={old.pk}"
    assert "It was 481 persons." in said(office.get(url))
    response = office.post(url, {"value": "490", "status": "final", "source": "Later"}, follow=True)
    page = said(response)
    assert "Recorded: 490 persons over 2025." in page
    assert "490 persons in 2025" in page
    assert "481 persons" in page
    assert "revised since" in page
    assert Measurement.objects.current().get().value == 490
    assert AuditEntry.objects.get(verb="indicators.measure").before == {"value": "481.000000"}


def test_a_period_measured_before_asks_for_a_revision(office: Client) -> None:
    indicator = make.make_indicator()
    make.make_measurement(indicator, "481", 2025)
    url = f"{indicator.get_absolute_url()}measure/"
    assert "record the new figure as a revision" in said(office.post(url, SENT))
    assert Measurement.objects.count() == 1


def test_two_people_revising_one_figure_get_a_sentence() -> None:
    indicator = make.make_indicator()
    old = make.make_measurement(indicator, "481")
    record(indicator, "490", supersedes=old)
    with pytest.raises(ValidationError, match="Somebody revised this figure meanwhile"):
        record(indicator, "495", supersedes=old)


def test_a_revision_is_about_the_same_thing_and_time() -> None:
    indicator, other = make.make_indicator(), make.make_indicator()
    old = make.make_measurement(indicator, "481")
    with pytest.raises(ValidationError, match="same indicator and the same period"):
        record(other, supersedes=old)
    with pytest.raises(ValidationError, match="same indicator and the same period"):
        record(indicator, year=2023, supersedes=old)


@pytest.mark.parametrize(("fields", "sentence"), [
    ({"period_end": "31-12-2024"}, "The period ends before it begins"),
    ({"value": "many"}, "Write a number"),
    ({"source": ""}, "Give the source"),
    ({"period_start": "yesterday"}, "Write the day as day-month-year"),
])  # fmt: skip
def test_what_cannot_be_is_said_in_words(
    office: Client, fields: dict[str, str], sentence: str
) -> None:
    indicator = make.make_indicator()
    page = office.post(f"{indicator.get_absolute_url()}measure/", SENT | fields)
    assert page.status_code == 200
    assert sentence in said(page)
    assert not Measurement.objects.exists()


def test_a_thousand_is_never_read_as_one_point_something(office: Client) -> None:
    indicator = make.make_indicator()
    url = f"{indicator.get_absolute_url()}measure/"
    office.post(url, SENT | {"value": "1.372"}, headers={"accept-language": "nl"})
    assert Measurement.objects.get().value == 1372


@pytest.mark.parametrize(("text", "mark", "value"), [
    ("1.372", ",", "1372"), ("1,372", ",", "1.372"), ("1.372", ".", "1.372"),
    ("1,372", ".", "1372"), ("0,5", ",", "0.5"), ("0.5", ",", "0.5"), ("1 372", ",", "1372"),
    ("1.372,5", ",", "1372.5"), ("1,372.5", ",", "1372.5"), ("-3", ",", "-3"),
    ("1.372.000", ",", "1372000"), ("12", ".", "12"),
])  # fmt: skip
def test_numbers_are_read_as_people_write_them(text: str, mark: str, value: str) -> None:
    assert read_number(text, mark) == Decimal(value)


@pytest.mark.parametrize("text", ["", "a", "1,2,3", "1.2.3", "1..2", "--1", "NaN", "1e5", "١٢"])
def test_what_is_no_number_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="no number"):
        read_number(text, ",")


def test_periods_are_said_as_short_as_can_be() -> None:
    day = datetime.date
    assert period(day(2025, 1, 1), day(2025, 12, 31)) == "2025"
    assert period(day(2025, 2, 1), day(2025, 2, 28)) in ("februari 2025", "February 2025")
    assert period(day(2025, 5, 4), day(2025, 5, 4)).startswith("4 ")
    assert "–" in period(day(2025, 1, 1), day(2025, 6, 30))


def test_the_pages_speak_dutch(office: Client) -> None:
    indicator = make.make_indicator()
    for url, words in (
        ("/indicators/", "1 indicator, 1 zonder meting"),
        (indicator.get_absolute_url(), "geen meting"),
        (f"{indicator.get_absolute_url()}measure/", "Waarde"),
    ):
        page = said(office.get(url, headers={"accept-language": "nl"}))
        assert words in page, url
