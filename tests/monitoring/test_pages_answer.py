"""Answering: what a partner sees, types, keeps and sends."""

import datetime
from collections.abc import Iterator

import pytest
import time_machine
from django.urls import reverse
from django.utils import timezone

from actions.monitoring import services
from actions.monitoring.models import RequestState, StatusUpdate, UpdateDraft
from tests.monitoring import cast
from tests.monitoring.cast import FILLED, Cast, plain, request_of, signed_in, words

pytestmark = pytest.mark.django_db


@pytest.fixture
def people() -> Iterator[Cast]:
    with time_machine.travel(cast.MONDAY, tick=False):
        yield cast.assemble()


def url_of(intervention) -> str:
    return reverse("monitoring:answer", args=[request_of(intervention).pk])


def test_a_partner_answers_and_goes_to_the_next_question(people: Cast) -> None:
    first, second = cast.ask(people.town, "Meet within five days", "Train the front desk")
    cast.open_round()
    client = signed_in(people.fatima)
    text = words(client, url_of(first))
    assert "Question 1 of 2" in text
    assert "Submit and go to question 2" in text
    response = client.post(url_of(first), FILLED)
    assert response.url == url_of(second)
    assert request_of(first).state == RequestState.SUBMITTED
    text = words(client, url_of(second))
    assert "Question 2 of 2" in text
    assert "Submit and go to" not in text
    assert client.post(url_of(second), FILLED).url == reverse("monitoring:inbox")


def test_the_first_look_is_noted_but_not_the_offices(people: Cast) -> None:
    [intervention] = cast.ask(people.town, "Meet")
    cast.open_round()
    words(signed_in(people.office), url_of(intervention))
    assert request_of(intervention).first_opened_at is None
    words(signed_in(people.fatima), url_of(intervention))
    assert request_of(intervention).first_opened_at is not None


def test_a_risk_owes_cause_consequence_and_adjustment(people: Cast) -> None:
    [intervention] = cast.ask(people.town, "Meet")
    cast.open_round()
    client = signed_in(people.fatima)
    typed = FILLED | {"traffic_light": "at_risk", "cause": "No chair yet"}
    response = client.post(url_of(intervention), typed, headers={"accept-language": "en"})
    text = plain(response.content.decode())
    assert "2 answers are not right yet" in text
    assert text.count("Fill in what the consequence is") == 2, "on top and at the field"
    assert "No chair yet" in text, "what was typed stays"
    assert not StatusUpdate.objects.exists()
    typed |= {"consequence": "Late meetings", "adjustment": "The neighbours chair"}
    typed["lock_version"] = "1"
    client.post(url_of(intervention), typed)
    update = StatusUpdate.objects.get()
    assert (update.cause, update.adjustment) == ("No chair yet", "The neighbours chair")


def test_what_was_wrong_is_kept_in_the_draft_too(people: Cast) -> None:
    [intervention] = cast.ask(people.town, "Meet")
    cast.open_round()
    client = signed_in(people.fatima)
    client.post(url_of(intervention), FILLED | {"traffic_light": "", "expected_finish": "soon"})
    html = client.get(url_of(intervention)).content.decode()
    assert 'value="soon"' in html
    assert "Eleven of fourteen" in html


@pytest.mark.parametrize("written", ["30-6-2099", "30/06/2099", "30.6.2099", "2099-06-30"])
def test_a_day_may_be_written_in_the_dutch_way(people: Cast, written: str) -> None:
    [intervention] = cast.ask(people.town, "Meet")
    cast.open_round()
    signed_in(people.fatima).post(url_of(intervention), FILLED | {"expected_finish": written})
    assert StatusUpdate.objects.get().expected_finish == datetime.date(2099, 6, 30)


def test_a_day_to_come_cannot_lie_in_the_past(people: Cast) -> None:
    [intervention] = cast.ask(people.town, "Meet")
    cast.open_round()
    client = signed_in(people.fatima)
    typed = FILLED | {"expected_finish": "30-6-2020"}
    response = client.post(url_of(intervention), typed, headers={"accept-language": "nl"})
    assert "Vul een datum in die nog moet komen" in plain(response.content.decode())
    typed |= {"delivery_state": "completed", "lock_version": "1"}
    assert client.post(url_of(intervention), typed).status_code == 302


def test_saving_for_later_keeps_everything(people: Cast) -> None:
    [intervention] = cast.ask(people.town, "Meet")
    cast.open_round()
    client = signed_in(people.fatima)
    typed = FILLED | {"deed": "save", "for_the_office": "Not for the paper"}
    assert client.post(url_of(intervention), typed).url == reverse("monitoring:inbox")
    assert "a draft waits" in words(client, reverse("monitoring:inbox"))
    html = client.get(url_of(intervention)).content.decode()
    assert "Not for the paper" in html
    assert 'name="lock_version" value="1"' in html
    assert request_of(intervention).state == RequestState.OPEN


def test_two_colleagues_see_both_versions_and_nothing_is_lost(people: Cast) -> None:
    [intervention] = cast.ask(people.town, "Meet")
    cast.open_round()
    one, other = signed_in(people.fatima), signed_in(people.fatima)
    one.post(url_of(intervention), FILLED | {"deed": "save", "for_the_report": "Mine"})
    response = other.post(
        url_of(intervention),
        FILLED | {"for_the_report": "Theirs"},
        headers={"accept-language": "en"},
    )
    assert response.status_code == 409
    text = plain(response.content.decode())
    assert "Fatima Town saved another version" in text
    assert "Mine" in text
    assert "Theirs" in text
    assert not StatusUpdate.objects.exists()
    assert 'name="lock_version" value="1"' in response.content.decode()
    again = FILLED | {"for_the_report": "Theirs", "lock_version": "1"}
    assert other.post(url_of(intervention), again).status_code == 302
    assert StatusUpdate.objects.get().for_the_report == "Theirs"


def test_last_times_answer_stands_beside_and_can_be_taken_over(people: Cast) -> None:
    [intervention] = cast.ask(people.town, "Meet")
    spring = cast.open_round("Spring")
    cast.judge(cast.answer(intervention, people.fatima, progress=40), people.office)
    services.close_round(round=spring, actor=people.office, now=timezone.now())
    cast.open_round("Autumn")
    client = signed_in(people.fatima)
    text = words(client, url_of(intervention))
    assert "Last time" in text
    assert "Eleven of fourteen" in text
    blank = dict.fromkeys(FILLED, "") | {"lock_version": "0", "deed": "take_over"}
    response = client.post(url_of(intervention), blank | {"for_the_office": "Typed first"})
    assert response.url == url_of(intervention)
    payload = UpdateDraft.objects.get().payload
    assert payload["for_the_report"] == "Eleven of fourteen take part."
    assert payload["for_the_office"] == "Typed first", "what was typed is not overwritten"
    client.post(url_of(intervention), FILLED | {"progress": "40", "lock_version": "1"})
    assert StatusUpdate.objects.latest("pk").unchanged


def test_the_office_answers_on_behalf_and_says_so(people: Cast) -> None:
    [intervention] = cast.ask(people.town, "Meet")
    round_ = cast.open_round()
    client = signed_in(people.office)
    response = client.post(url_of(intervention), FILLED, headers={"accept-language": "en"})
    text = plain(response.content.decode())
    assert "Fill in who gave the answer" in text
    assert "Leave without storing" in text
    assert "Inbox" not in text, "what is asked of others does not stand in the office's own inbox"
    told = {
        "on_behalf_from": "J. Kaya, policy officer",
        "on_behalf_channel": "phone",
        "on_behalf_on": f"{timezone.localdate():%d-%m-%Y}",
    }
    response = client.post(url_of(intervention), FILLED | told | {"lock_version": "1"})
    questions = f"{round_.get_absolute_url()}?organisation={people.town.pk}#chosen"
    assert response.url == questions, "back to where the office came from"
    update = StatusUpdate.objects.get()
    assert update.author == people.office
    assert update.on_behalf_from == "J. Kaya, policy officer"
    text = words(client, update.get_absolute_url())
    assert "Received from J. Kaya, policy officer by phone" in text


def test_a_returned_answer_opens_with_its_reason(people: Cast) -> None:
    [intervention] = cast.ask(people.town, "Meet")
    cast.open_round()
    cast.judge(cast.answer(intervention, people.fatima), people.office, reason="How many cases?")
    client = signed_in(people.fatima)
    text = words(client, url_of(intervention))
    assert "How many cases?" in text
    assert "Eleven of fourteen take part." in text, "nobody types it anew"
    client.post(url_of(intervention), FILLED)
    assert StatusUpdate.objects.latest("pk").version == 2


def test_an_answered_question_shows_its_answer(people: Cast) -> None:
    [intervention] = cast.ask(people.town, "Meet")
    cast.open_round()
    update = cast.answer(intervention, people.fatima)
    client = signed_in(people.fatima)
    assert client.get(url_of(intervention)).url == update.get_absolute_url()
    assert client.post(url_of(intervention), FILLED).url == update.get_absolute_url()
    assert StatusUpdate.objects.count() == 1


def test_a_lapsed_question_says_that_nobody_asks(people: Cast) -> None:
    [intervention] = cast.ask(people.town, "Meet")
    round_ = cast.open_round()
    services.close_round(round=round_, actor=people.office, now=timezone.now())
    response = signed_in(people.fatima).get(
        url_of(intervention), follow=True, headers={"accept-language": "en"}
    )
    assert "This is not asked any more" in plain(response.content.decode())


def test_the_form_says_who_will_read_it_in_both_languages(people: Cast) -> None:
    [intervention] = cast.ask(people.town, "Meet")
    cast.open_round()
    client = signed_in(people.fatima)
    assert "parliament" in words(client, url_of(intervention), "en")
    assert "de Tweede Kamer" in words(client, url_of(intervention), "nl")


def test_faults_are_listed_in_the_order_of_the_page(people: Cast) -> None:
    [intervention] = cast.ask(people.town, "Meet")
    cast.open_round()
    response = signed_in(people.fatima).post(
        url_of(intervention), {"traffic_light": "off_track"}, headers={"accept-language": "en"}
    )
    text = plain(response.content.decode())
    faults = ["how far the work is", "what causes it", "what you will do", "a few sentences what"]
    places = [text.index(fault) for fault in faults]
    assert places == sorted(places)
