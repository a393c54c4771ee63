"""An answer as it is read, and as the office judges it."""

from collections.abc import Iterator

import pytest
import time_machine
from django.utils import timezone

from actions.monitoring import services
from actions.monitoring.models import RequestState, Review, ReviewVerdict
from actions.plan.models import TrafficLight
from tests.monitoring import cast
from tests.monitoring.cast import Cast, plain, queries, request_of, signed_in, words
from tests.reports.world import sent_report

pytestmark = pytest.mark.django_db

SECRET = "The alderman does not know yet"


@pytest.fixture
def people() -> Iterator[Cast]:
    with time_machine.travel(cast.MONDAY, tick=False):
        yield cast.assemble()


def test_the_office_accepts_with_one_button_and_goes_to_the_next(people: Cast) -> None:
    meet, train = cast.ask(people.town, "Meet", "Train")
    cast.open_round()
    first, second = cast.answer(meet, people.fatima), cast.answer(train, people.fatima)
    client = signed_in(people.office)
    response = client.post(first.get_absolute_url(), {"verdict": "accepted"})
    assert response.url == second.get_absolute_url()
    assert request_of(meet).state == RequestState.ACCEPTED
    meet.refresh_from_db()
    assert meet.traffic_light == TrafficLight.ON_TRACK
    response = client.post(
        second.get_absolute_url(),
        {"verdict": "accepted", "accept-office_judgement": "Rosy, I think"},
    )
    assert response.url == "/review/"
    assert "Everything has been judged" in words(client, "/review/")
    assert Review.objects.latest("pk").office_judgement == "Rosy, I think"


def test_returning_needs_a_reason(people: Cast) -> None:
    [meet] = cast.ask(people.town, "Meet")
    cast.open_round()
    update = cast.answer(meet, people.fatima)
    client = signed_in(people.office)
    url = update.get_absolute_url()
    response = client.post(url, {"verdict": "returned"}, headers={"accept-language": "en"})
    assert plain(response.content.decode()).count("Say what should be different") == 2
    assert 'href="#id_return-reason"' in response.content.decode()
    assert not Review.objects.exists()
    client.post(url, {"verdict": "returned", "return-reason": "How many cases?"})
    assert Review.objects.get().verdict == ReviewVerdict.RETURNED
    assert request_of(meet).state == RequestState.RETURNED
    assert "How many cases?" in words(signed_in(people.fatima), "/inbox/")


def test_an_answer_is_judged_once(people: Cast) -> None:
    [meet] = cast.ask(people.town, "Meet")
    cast.open_round()
    update = cast.answer(meet, people.fatima)
    cast.judge(update, people.office)
    client = signed_in(people.office)
    response = client.post(
        update.get_absolute_url(),
        {"verdict": "returned", "return-reason": "Late"},
        follow=True,
        headers={"accept-language": "en"},
    )
    assert "This answer was judged already" in plain(response.content.decode())
    assert Review.objects.count() == 1


def test_only_the_office_and_the_own_organisation_read_what_is_for_the_office(
    people: Cast,
) -> None:
    [meet] = cast.ask(people.town, "Meet")
    round_ = cast.open_round()
    update = cast.answer(meet, people.fatima, for_the_office=SECRET)
    url = update.get_absolute_url()
    for reader in (people.office, people.fatima):
        assert SECRET in words(signed_in(reader), url), reader
    for outsider in (people.ruben, people.leadership, people.outsider):
        assert signed_in(outsider).get(url).status_code == 404, outsider
    cast.judge(update, people.office)
    assert SECRET not in words(signed_in(people.leadership), url)
    assert signed_in(people.ruben).get(url).status_code == 404, "the round is still open"
    services.close_round(round=round_, actor=people.office, now=timezone.now())
    assert signed_in(people.ruben).get(url).status_code == 404, "its report was not sent yet"
    sent_report(round_, by=people.office)
    text = words(signed_in(people.ruben), url)
    assert "Eleven of fourteen" in text
    assert SECRET not in text


def test_a_version_that_was_returned_stays_between_two_parties(people: Cast) -> None:
    [meet] = cast.ask(people.town, "Meet")
    round_ = cast.open_round()
    returned = cast.answer(meet, people.fatima, for_the_report="Half a sentence")
    cast.judge(returned, people.office, reason="Write it out")
    accepted = cast.answer(meet, people.fatima, for_the_report="A whole sentence")
    cast.judge(accepted, people.office)
    services.close_round(round=round_, actor=people.office, now=timezone.now())
    sent_report(round_, by=people.office)
    for reader in (people.leadership, people.ruben):
        assert signed_in(reader).get(returned.get_absolute_url()).status_code == 404
        text = words(signed_in(reader), accepted.get_absolute_url())
        assert "A whole sentence" in text
        assert "Version 1" not in text
    text = words(signed_in(people.fatima), returned.get_absolute_url())
    assert "There is a newer version" in text
    assert "Write it out" in text


def test_leadership_reads_the_offices_own_judgement_and_the_organisation_does_not(
    people: Cast,
) -> None:
    [meet] = cast.ask(people.town, "Meet")
    cast.open_round()
    update = cast.answer(meet, people.fatima)
    client = signed_in(people.office)
    judged = {"verdict": "accepted", "accept-office_judgement": "Rosy, I think"}
    client.post(update.get_absolute_url(), judged)
    assert "Rosy, I think" in words(signed_in(people.leadership), update.get_absolute_url())
    assert "Rosy, I think" not in words(signed_in(people.fatima), update.get_absolute_url())


def test_versions_cost_no_more_queries(people: Cast) -> None:
    meet, train = cast.ask(people.town, "Meet", "Train")
    cast.open_round()
    few = cast.answer(meet, people.fatima)
    for number in range(6):
        many = cast.answer(train, people.fatima)
        if number < 5:
            cast.judge(many, people.office, reason="More")
    client = signed_in(people.office)
    costs = [queries(client, one.get_absolute_url()) for one in (few, many)]
    assert costs[0] == costs[1] <= 2 + 6
