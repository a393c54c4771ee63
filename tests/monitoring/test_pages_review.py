"""The queue of the office: what waits for a judgement, and the way from one answer to the next."""

import datetime
from collections.abc import Iterator

import pytest
import time_machine
from django.urls import reverse
from django.utils import timezone

from actions.monitoring import services
from actions.monitoring.models import StatusUpdate, UpdateRequest
from tests import factories as make
from tests.monitoring import cast
from tests.monitoring.cast import Cast, plain, request_of, signed_in, words

pytestmark = pytest.mark.django_db

REVIEW = "/review/"


@pytest.fixture
def people() -> Iterator[Cast]:
    with time_machine.travel(cast.MONDAY, tick=False):
        yield cast.assemble()


def three_that_wait(people: Cast) -> list[StatusUpdate]:
    """Of two organisations, in two rounds; the one of the police waits longest."""
    meet, train = cast.ask(people.town, "Meet within five days", "Train the desk")
    [arrest] = cast.ask(people.police, "Arrest")
    cast.open_round("Spring")
    first = cast.answer(arrest, people.ruben, **deviating())
    second = cast.answer(meet, people.fatima)
    cast.open_round("Autumn")
    return [first, second, cast.answer(train, people.fatima)]


def deviating() -> dict[str, str]:
    reasons = ("cause", "consequence", "adjustment")
    return {"traffic_light": "off_track"} | dict.fromkeys(reasons, "Nobody is free.")


def test_the_longest_waiting_comes_first_over_all_rounds(people: Cast) -> None:
    waiting = three_that_wait(people)
    text = words(signed_in(people.office), REVIEW)
    assert "3 answers wait for your judgement" in text
    places = [text.index(title) for title in ("Arrest", "Meet within", "Train the desk")]
    assert places == sorted(places)
    html = signed_in(people.office).get(REVIEW).content.decode()
    button = html[html.index("primary-action") :]
    assert waiting[0].get_absolute_url() in button[:200]


def test_the_dutch_news_is_a_count(people: Cast) -> None:
    three_that_wait(people)
    assert "3 antwoorden wachten op uw oordeel" in words(signed_in(people.office), REVIEW, "nl")


def test_without_waiting_answers_the_page_says_what_is_next(people: Cast) -> None:
    cast.ask(people.town, "Meet")
    cast.open_round()
    text = words(signed_in(people.office), REVIEW)
    assert "Everything has been judged" in text
    assert "See who still owes an answer" in text
    assert "Judge the first" not in text


def test_a_row_says_what_changed_and_what_is_late(people: Cast) -> None:
    [meet] = cast.ask(people.town, "Meet")
    spring = cast.open_round("Spring")
    cast.judge(cast.answer(meet, people.fatima, **deviating()), people.office)
    services.close_round(round=spring, actor=people.office, now=timezone.now())
    cast.open_round("Autumn")
    yesterday = timezone.localdate() - datetime.timedelta(days=1)
    UpdateRequest.objects.filter(round__name="Autumn").update(due_on=yesterday)
    cast.answer(meet, people.fatima, unchanged=True)
    row = words(signed_in(people.office), REVIEW).split("Waiting since")[-1]
    for said in ("2 Nov 2026", "on track", "off track", "unchanged", "late"):
        assert said in row, said


def test_an_urgent_request_waits_among_the_others(people: Cast) -> None:
    [meet] = cast.ask(people.town, "Meet")
    UpdateRequest.objects.create(
        intervention=meet, organisation=people.town, due_on=timezone.localdate()
    )
    cast.answer(meet, people.fatima)
    client = signed_in(people.office)
    assert "urgent request" in words(client, REVIEW)
    cast.open_round()
    cast.answer(meet, people.fatima)
    for query, count in {"": 2, "?round=urgent": 1}.items():
        assert client.get(REVIEW + query).context["list_total"] == count


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("light=off_track", {"Arrest"}),
        ("organisation={police}", {"Arrest"}),
        ("organisation={town}", {"Meet within five days", "Train the desk"}),
        ("round={autumn}", {"Train the desk"}),
        ("line={line}", {"Arrest", "Meet within five days", "Train the desk"}),
    ],
)
def test_the_queue_is_narrowed(people: Cast, query: str, found: set[str]) -> None:
    waiting = three_that_wait(people)
    given = {
        "police": people.police.pk,
        "town": people.town.pk,
        "autumn": waiting[-1].request.round_id,
        "line": waiting[0].request.intervention.action_line_id,
    }
    client = signed_in(people.office)
    response = client.get(f"{REVIEW}?{query.format(**given)}&export=csv")
    lines = b"".join(response.streaming_content).decode()
    titles = {"Arrest", "Meet within five days", "Train the desk"}
    assert {title for title in titles if title in lines} == found


@pytest.mark.parametrize(
    "column", ["since", "subject", "organisation", "light", "before", "unchanged", "late"]
)
@pytest.mark.parametrize("direction", ["", "-"])
def test_every_column_sorts_both_ways(people: Cast, column: str, direction: str) -> None:
    three_that_wait(people)
    client = signed_in(people.office)
    assert client.get(REVIEW, {"sort": f"{direction}{column}"}).status_code == 200


def test_the_workbook_holds_what_the_table_shows(people: Cast) -> None:
    three_that_wait(people)
    assert signed_in(people.office).get(f"{REVIEW}?export=xlsx").status_code == 200


def test_who_does_not_judge_does_not_see_the_queue(people: Cast) -> None:
    three_that_wait(people)
    for reader in (people.leadership, people.fatima):
        assert signed_in(reader).get(REVIEW).status_code == 403
        assert REVIEW not in signed_in(reader).get("/interventions/").content.decode()
    assert REVIEW in signed_in(people.office).get("/interventions/").content.decode()


def test_judging_goes_on_to_the_next_until_nothing_is_left(people: Cast) -> None:
    waiting = three_that_wait(people)
    client = signed_in(people.office)
    expected = [*(one.get_absolute_url() for one in waiting[1:]), REVIEW]
    told = ["2 to go after this one", "1 to go after this one", "this is the last one"]
    for update, going, following in zip(waiting, told, expected, strict=True):
        assert going in words(client, update.get_absolute_url())
        response = client.post(update.get_absolute_url(), {"verdict": "accepted"})
        assert response.url == following


def test_the_one_in_the_middle_is_followed_by_the_next_not_the_first(people: Cast) -> None:
    first, second, third = three_that_wait(people)
    client = signed_in(people.office)
    html = client.get(second.get_absolute_url()).content.decode()
    assert f'href="{third.get_absolute_url()}"' in html, "skipping goes on too"
    response = client.post(second.get_absolute_url(), {"verdict": "accepted"})
    assert response.url == third.get_absolute_url()
    response = client.post(third.get_absolute_url(), {"verdict": "accepted"})
    assert response.url == first.get_absolute_url(), "at the end it begins again"


def test_who_narrowed_the_queue_stays_within_it(people: Cast) -> None:
    _first, second, third = three_that_wait(people)
    query = f"?organisation={people.town.pk}"
    client = signed_in(people.office)
    assert f"{second.get_absolute_url()}{query}" in client.get(REVIEW + query).content.decode()
    address = second.get_absolute_url() + query
    assert "1 to go after this one" in words(client, address)
    response = client.post(address, {"verdict": "accepted"})
    assert response.url == third.get_absolute_url() + query
    response = client.post(response.url, {"verdict": "accepted"})
    assert response.url == REVIEW, "what the police said still waits there"
    assert "1 answer waits for your judgement" in words(client, REVIEW)


def test_a_colleague_was_first(people: Cast) -> None:
    first, _second, _third = three_that_wait(people)
    cast.judge(first, people.office)
    client = signed_in(people.office)
    response = client.post(
        first.get_absolute_url(), {"verdict": "accepted"}, follow=True,
        headers={"accept-language": "en"},
    )  # fmt: skip
    assert "This answer was judged already" in plain(response.content.decode())
    assert f'href="{REVIEW}"' in response.content.decode()


def test_the_board_leads_to_the_answers_of_its_own_round(people: Cast) -> None:
    _first, _second, third = three_that_wait(people)
    round_ = third.request.round
    html = signed_in(people.office).get(round_.get_absolute_url()).content.decode()
    assert f"{third.get_absolute_url()}?round={round_.pk}" in html
    assert f"{REVIEW}?round={round_.pk}&amp;organisation={people.town.pk}" in html
    closing = reverse("monitoring:round-close", args=[round_.pk])
    html = signed_in(people.office).get(closing).content.decode()
    assert f"{REVIEW}?round={round_.pk}" in html
    assert request_of(third.request.intervention).state == "submitted"


def test_another_offices_line_is_offered_too(people: Cast) -> None:
    three_that_wait(people)
    make.make_action_line("Shelter")
    assert "Shelter" in words(signed_in(people.office), REVIEW)
