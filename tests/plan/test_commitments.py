"""Motions, pledges and recommendations: kept, listed, changed, and closed by a document."""

import csv
import datetime
from collections.abc import Iterator
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.test import Client
from django.utils import timezone, translation

from actions.organisations.models import User
from actions.plan.models import Commitment, CommitmentState, DeliveryState, TrafficLight
from actions.plan.services import close_commitment, save_commitment
from tests import factories as make
from tests.pages import queries, said, signed_in
from tracker.audit.models import AuditEntry

pytestmark = pytest.mark.django_db

MADE = datetime.date(2026, 1, 15)


def in_days(number: int) -> datetime.date:
    return timezone.localdate() + datetime.timedelta(days=number)


@pytest.fixture(autouse=True)
def _in_english() -> Iterator[None]:
    with translation.override("en"):
        yield


@pytest.fixture
def noor() -> User:
    return make.make_office("Noor Office")


@pytest.fixture
def office(noor: User) -> Client:
    return signed_in(noor)


def filled(**fields: Any) -> dict[str, Any]:
    """What the browser sends for a new commitment."""
    return {
        "number": "28638-T1",
        "kind": "pledge",
        "text": "Parliament gets a letter before summer.",
        "made_on": "15-1-2026",
        "due_on": "30-6-2027",
        "state": "open",
        **fields,
    }


def errors_at(response: Any) -> dict[str, list[str]]:
    return {name: list(said) for name, said in response.context["form"].errors.items()}


# --- the list -------------------------------------------------------------------------------------


def test_the_news_is_what_is_late(office: Client) -> None:
    assert "There are no commitments yet" in said(office.get("/commitments/"))
    make.make_commitment("T-1", state="closed", closing_document="Z1", closed_on=MADE)
    assert "The 1 commitment is closed" in said(office.get("/commitments/"))
    make.make_commitment("T-2", due_on=in_days(5))
    assert "1 commitment is still open, not late" in said(office.get("/commitments/"))
    make.make_commitment("T-3", due_on=in_days(-1), made_on=in_days(-9))
    make.make_commitment("T-4", due_on=in_days(-2), made_on=in_days(-9))
    page = said(office.get("/commitments/"))
    assert "2 commitments are late" in page
    assert page.index("T-4") < page.index("T-3") < page.index("T-2") < page.index("T-1")


def test_what_is_due_today_is_not_late(office: Client) -> None:
    make.make_commitment("T-1", due_on=in_days(0))
    assert "not late" in said(office.get("/commitments/"))


def test_the_list_filters_by_words_kind_state_owner_and_lateness(office: Client) -> None:
    town = make.make_organisation("Town")
    make.make_commitment(
        "M-1", kind="motion", text="Beds in every region.", state="running", owner=town,
        made_on=in_days(-9), due_on=in_days(-1),
    )  # fmt: skip
    make.make_commitment("T-1", text="A letter.", owner=make.make_organisation("Police"))
    for query in ("q=beds", "q=m-1", "kind=motion", "state=running", f"owner={town.pk}",
                  "due=late", "kind=motion&due=late&q=region"):  # fmt: skip
        page = said(office.get(f"/commitments/?{query}"))
        assert "Beds in every region." in page, query
        assert "A letter." not in page, query
    assert "No commitment answers to this filter." in said(office.get("/commitments/?q=zzz"))


@pytest.mark.parametrize(
    "column", ["number", "kind", "text", "made_on", "owner", "state", "due_on"]
)
@pytest.mark.parametrize("direction", ["", "-"])
def test_every_column_sorts_both_ways(office: Client, column: str, direction: str) -> None:
    make.make_commitment(owner=make.make_organisation())
    make.make_commitment()
    assert office.get(f"/commitments/?sort={direction}{column}").status_code == 200


def test_the_download_holds_exactly_what_is_filtered(office: Client) -> None:
    town = make.make_organisation("Town", abbreviation="T")
    beds = make.make_intervention("Beds")
    make.make_commitment("T-1", beds, owner=town, due_on=datetime.date(2027, 6, 30))
    make.make_commitment("M-1", kind="motion")
    response = office.get("/commitments/?kind=pledge&export=csv")
    text = b"".join(response).decode("utf-8-sig")
    head, *rows = csv.reader(text.splitlines())
    assert head[0] == "Number"
    assert rows == [
        ["T-1", "pledge", "Parliament gets a letter about it.", "2026-01-15", "Town", beds.code,
         "open", "2027-06-30"]
    ]  # fmt: skip
    workbook = office.get("/commitments/?export=xlsx")
    assert workbook.headers["Content-Disposition"] == 'attachment; filename="commitments.xlsx"'


def test_a_partner_reads_and_is_offered_nothing_to_change() -> None:
    commitment = make.make_commitment("T-1")
    partner = signed_in(make.make_reporter(make.make_organisation()))
    for url in ("/commitments/", commitment.get_absolute_url()):
        page = said(partner.get(url))
        assert "T-1" in page
        for deed in ("Add a commitment", "Edit", "Close it"):
            assert deed not in page, deed


# --- one commitment -------------------------------------------------------------------------------


def test_a_commitment_tells_what_was_agreed_and_what_answers_it(office: Client) -> None:
    town = make.make_organisation("Town")
    beds = make.make_intervention("Beds", lead=town, traffic_light=TrafficLight.OFF_TRACK)
    commitment = make.make_commitment(
        "T-1", beds, owner=town, source="Debate of May", due_on=in_days(-1), made_on=in_days(-9)
    )
    page = said(office.get(commitment.get_absolute_url()))
    for words in ("Late, was due on", "Pledge T-1", "Source Debate of May", "Owner Town",
                  f"{beds.code} Beds Town running off track"):  # fmt: skip
        assert words in page, words


@pytest.mark.parametrize(("fields", "news"), [
    ({"due_on": datetime.date(2099, 6, 30)}, "Open, due on 30 June 2099"),
    ({"state": "running"}, "Running, without a due date"),
    ({"state": "closed", "closing_document": "2026Z1", "closed_on": datetime.date(2026, 5, 2)},
     "Closed on 2 May 2026"),
])  # fmt: skip
def test_its_news_is_how_it_stands(office: Client, fields: dict[str, Any], news: str) -> None:
    commitment = make.make_commitment("T-1", **fields)
    page = said(office.get(commitment.get_absolute_url()))
    assert news in page
    assert ("Closing document 2026Z1" in page) is commitment.is_closed
    assert ("Close it with a document" in page) is not commitment.is_closed


def test_an_intervention_shows_the_commitments_it_answers(office: Client) -> None:
    beds = make.make_intervention("Beds")
    assert "Motions, pledges" not in said(office.get(beds.get_absolute_url()))
    make.make_commitment("T-1", beds, due_on=in_days(-1), made_on=in_days(-9))
    make.make_commitment("T-2")
    page = said(office.get(beds.get_absolute_url()))
    assert "T-1 pledge Parliament gets a letter about it. open" in page
    assert "T-2" not in page


# --- the form -------------------------------------------------------------------------------------


def test_the_office_adds_a_commitment_with_its_owner_and_interventions(
    office: Client, noor: User
) -> None:
    town, beds = make.make_organisation("Town"), make.make_intervention("Beds")
    sent = filled(owner=town.pk, interventions=[beds.pk], source="Debate of May")
    page = said(office.post("/commitments/new/", sent, follow=True))
    assert "Stored: pledge 28638-T1." in page
    stored = Commitment.objects.get()
    assert (stored.owner, stored.due_on) == (town, datetime.date(2027, 6, 30))
    assert list(stored.interventions.all()) == [beds]
    entry = AuditEntry.objects.get(verb="plan.make_commitment")
    assert entry.actor == noor
    assert entry.after["interventions"] == [beds.code]


@pytest.mark.parametrize(("fields", "field", "sentence"), [
    ({"number": ""}, "number", "Give the number"),
    ({"number": "T 1/2"}, "number", "Use letters, digits, dots and hyphens only."),
    ({"number": "New"}, "number", "is the address of this form"),
    ({"number": "taken"}, "number", "There is already a commitment of that number."),
    ({"kind": ""}, "kind", "Choose what it is"),
    ({"text": ""}, "text", "Give the text"),
    ({"made_on": ""}, "made_on", "Give the day on which it was made"),
    ({"made_on": "soon"}, "made_on", "Write the day as day-month-year"),
    ({"due_on": "14-1-2026"}, "due_on", "The due date lies before the date it was made."),
    ({"state": "closed"}, "state", "closed"),
    ({"interventions": ["0"]}, "interventions", "was stopped meanwhile"),
])  # fmt: skip
def test_what_cannot_be_is_said_at_its_field(
    office: Client, fields: dict[str, Any], field: str, sentence: str
) -> None:
    make.make_commitment("taken")
    response = office.post("/commitments/new/", filled(**fields))
    assert response.status_code == 200
    errors = errors_at(response)
    assert set(errors) == {field}, errors
    assert sentence in errors[field][0]
    assert sentence in said(response)
    assert Commitment.objects.count() == 1


def test_a_slip_in_the_number_of_an_edit_keeps_the_way_back(office: Client) -> None:
    commitment = make.make_commitment("T-1")
    url = f"{commitment.get_absolute_url()}edit/"
    response = office.post(url, filled(number="T/1"))
    assert "Use letters, digits, dots and hyphens only." in said(response)
    assert f'href="{commitment.get_absolute_url()}"' in response.content.decode()


def test_searching_keeps_all_that_was_filled_in(office: Client) -> None:
    beds, desk = make.make_intervention("Beds"), make.make_intervention("Desk")
    sent = filled(deed="search", words="desk", interventions=[beds.pk], due_on="one day")
    response = office.post("/commitments/new/", sent)
    html, page = response.content.decode(), said(response)
    assert response.context["form"].errors == {}
    for kept in ("28638-T1", "Parliament gets a letter before summer.", "15-1-2026", "one day"):
        assert kept in html, kept
    assert str(beds) in page, "what was ticked stays in sight"
    assert str(desk) in page
    assert html.count("checked") == 3, "the kind, the state and the ticked intervention"
    assert not Commitment.objects.exists()


def test_the_first_twenty_are_offered_and_the_rest_by_searching(office: Client) -> None:
    for number in range(25):
        make.make_intervention(f"Title {number}", code=f"I-{number + 100}")
    page = said(office.get("/commitments/new/"))
    assert "I-119" in page
    assert "I-120" not in page
    assert "There are more: search to find the others." in page
    found = said(office.post("/commitments/new/", {"deed": "search", "words": "I-120"}))
    assert "I-120" in found


def test_an_edit_keeps_an_intervention_that_was_stopped_meanwhile(office: Client) -> None:
    stopped = make.make_intervention("Beds", delivery_state=DeliveryState.STOPPED)
    commitment = make.make_commitment("T-1", stopped)
    url = f"{commitment.get_absolute_url()}edit/"
    assert str(stopped) in said(office.get(url))
    office.post(url, filled(number="T-1", interventions=[stopped.pk], text="Changed."))
    commitment.refresh_from_db()
    assert commitment.text == "Changed."
    assert list(commitment.interventions.all()) == [stopped]
    assert AuditEntry.objects.get(verb="plan.edit_commitment").before["number"] == "T-1"


def test_an_owner_that_ended_stays_and_is_offered_to_nobody_else(office: Client) -> None:
    gone = make.make_organisation("Gone", valid_to=datetime.date(2020, 1, 1))
    mine = make.make_commitment("T-1", owner=gone)
    assert "Gone" in said(office.get(f"{mine.get_absolute_url()}edit/"))
    assert "Gone" not in said(office.get("/commitments/new/"))


@pytest.mark.parametrize("version", ["2026-13-45T10:00:00", "2026-02-30 10:00", "yesterday"])
def test_a_version_that_never_was_overwrites_nothing(office: Client, version: str) -> None:
    commitment = make.make_commitment("T-1")
    data = filled(number="T-1", version=version)
    page = said(office.post(f"{commitment.get_absolute_url()}edit/", data))
    assert "Somebody else changed this commitment meanwhile." in page


def test_two_people_at_one_commitment_do_not_overwrite_each_other(office: Client) -> None:
    commitment = make.make_commitment("T-1")
    url = f"{commitment.get_absolute_url()}edit/"
    version = office.get(url).context["form"].initial["version"]
    Commitment.objects.get(pk=commitment.pk).save()
    page = said(office.post(url, filled(number="T-1", version=version)))
    assert "Somebody else changed this commitment meanwhile." in page
    commitment.refresh_from_db()
    assert commitment.text == "Parliament gets a letter about it."


def test_what_is_closed_can_be_worded_better_and_stays_closed(office: Client) -> None:
    commitment = make.make_commitment(
        "T-1", state="closed", closing_document="2026Z1", closed_on=datetime.date(2026, 5, 2)
    )
    url = f"{commitment.get_absolute_url()}edit/"
    assert "state" not in office.get(url).context["form"].fields
    office.post(url, filled(number="T-1", text="Worded better."))
    commitment.refresh_from_db()
    assert (commitment.text, commitment.state) == ("Worded better.", CommitmentState.CLOSED)
    assert commitment.closing_document == "2026Z1"


# --- closing --------------------------------------------------------------------------------------


def test_a_commitment_is_closed_with_its_document(office: Client, noor: User) -> None:
    commitment = make.make_commitment("T-1", due_on=in_days(-1), made_on=in_days(-9))
    url = f"{commitment.get_absolute_url()}close/"
    assert "it counts as settled" in said(office.get(url))
    sent = {"closing_document": " 2026Z01234 ", "closed_on": f"{timezone.localdate():%d-%m-%Y}"}
    page = said(office.post(url, sent, follow=True))
    assert "Closed: pledge T-1." in page
    commitment.refresh_from_db()
    assert (commitment.state, commitment.closing_document) == ("closed", "2026Z01234")
    entry = AuditEntry.objects.get(verb="plan.close_commitment")
    assert (entry.actor, entry.after["document"]) == (noor, "2026Z01234")
    again = said(office.get(url, follow=True))
    assert "This commitment is closed already." in again


@pytest.mark.parametrize(("fields", "field", "sentence"), [
    ({"closing_document": ""}, "closing_document",
     "A commitment is closed by a document: give its number and date."),
    ({"closing_document": "   "}, "closing_document", "is closed by a document"),
    ({"closed_on": ""}, "closed_on", "Give the date of the document"),
    ({"closed_on": "14-1-2026"}, "closed_on", "This day lies before the commitment was made."),
    ({"closed_on": "1-1-2099"}, "closed_on", "This day is still to come."),
])  # fmt: skip
def test_a_refused_closing_says_why_at_its_field(
    office: Client, fields: dict[str, str], field: str, sentence: str
) -> None:
    commitment = make.make_commitment("T-1", made_on=MADE)
    sent = {"closing_document": "2026Z1", "closed_on": "16-1-2026", **fields}
    response = office.post(f"{commitment.get_absolute_url()}close/", sent)
    assert sentence in errors_at(response)[field][0]
    commitment.refresh_from_db()
    assert commitment.state == CommitmentState.OPEN
    assert not AuditEntry.objects.filter(verb="plan.close_commitment").exists()


def test_closing_twice_is_refused_with_the_first_document(noor: User) -> None:
    commitment = make.make_commitment("T-1")
    close_commitment(commitment=commitment, document="2026Z1", on=MADE, actor=noor)
    with pytest.raises(ValidationError, match="by document 2026Z1"):
        close_commitment(commitment=commitment, document="2026Z2", on=MADE, actor=noor)


def test_the_service_itself_knows_the_rules_and_their_fields(noor: User) -> None:
    commitment = make.make_commitment("T-1")
    with pytest.raises(ValidationError) as refused:
        close_commitment(commitment=commitment, document=" ", on=MADE, actor=noor)
    assert set(refused.value.message_dict) == {"closing_document"}
    commitment.due_on = MADE - datetime.timedelta(days=1)
    with pytest.raises(ValidationError) as refused:
        save_commitment(commitment=commitment, interventions=[], actor=noor)
    assert set(refused.value.message_dict) == {"due_on"}
    double = Commitment(number="T-1", kind="motion", made_on=MADE, text="Twice.")
    with pytest.raises(ValidationError, match="already a commitment of that number"):
        save_commitment(commitment=double, interventions=[], actor=noor)


def test_the_database_itself_refuses_a_closing_without_a_document() -> None:
    commitment = make.make_commitment("T-1")
    with pytest.raises(IntegrityError), transaction.atomic():
        Commitment.objects.filter(pk=commitment.pk).update(state=CommitmentState.CLOSED)


# --- what it costs --------------------------------------------------------------------------------


def test_pages_cost_the_same_for_two_rows_and_for_twelve(office: Client) -> None:
    town = make.make_organisation()
    mine, beds = make.make_commitment("T-1", owner=town), make.make_intervention("Beds")

    def grow(times: int) -> None:
        for _number in range(times):
            one = make.make_intervention(lead=make.make_organisation())
            mine.interventions.add(one)
            make.make_commitment("", one, beds, owner=make.make_organisation())

    url, own = mine.get_absolute_url(), beds.get_absolute_url()
    pages = ("/commitments/", url, f"{url}edit/", f"{url}close/", "/commitments/new/", own)
    grow(2)
    few = [queries(office, page) for page in pages]
    grow(10)
    many = [queries(office, page) for page in pages]
    assert few == many
    assert max(many) <= 6
