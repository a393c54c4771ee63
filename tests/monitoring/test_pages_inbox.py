"""The inbox, and what an intervention's page shows of monitoring."""

import datetime
from collections.abc import Iterator

import pytest
import time_machine
from django.test import RequestFactory
from django.utils import timezone

from actions.monitoring import services
from actions.monitoring.models import UpdateRequest
from actions.monitoring.panels import reported
from actions.organisations.access import NOBODY, UserActor
from actions.organisations.models import User
from actions.plan.models import DeliveryState
from tests import factories as make
from tests.monitoring import cast
from tests.monitoring.cast import Cast, queries, request_of, signed_in, words
from tests.reports.world import sent_report

pytestmark = pytest.mark.django_db

INBOX = "/inbox/"


@pytest.fixture
def people() -> Iterator[Cast]:
    with time_machine.travel(cast.MONDAY, tick=False):
        yield cast.assemble()


def test_the_inbox_holds_what_is_owed_the_most_urgent_first(people: Cast) -> None:
    later, sooner = cast.ask(people.town, "Meet later", "Meet sooner")
    cast.ask(people.police, "Arrest")
    cast.open_round()
    UpdateRequest.objects.filter(intervention=sooner).update(
        due_on=timezone.localdate() - datetime.timedelta(days=2)
    )
    text = words(signed_in(people.fatima), INBOX)
    assert "We ask you 2 questions, 1 is late" in text
    assert text.index("Meet sooner") < text.index("Meet later")
    assert "late, was due" in text
    assert "Arrest" not in text
    assert request_of(later).first_opened_at is None, "the inbox does not count as opening"


def test_what_came_back_stands_first_with_its_reason(people: Cast) -> None:
    _meet, train = cast.ask(people.town, "Meet", "Train the desk")
    cast.open_round()
    cast.judge(cast.answer(train, people.fatima), people.office, reason="How many people?")
    text = words(signed_in(people.fatima), INBOX)
    assert "We ask you 2 questions, 1 came back" in text
    assert text.index("How many people?") < text.index("Meet")


def test_last_times_state_stands_beside_the_question(people: Cast) -> None:
    [meet] = cast.ask(people.town, "Meet")
    spring = cast.open_round("Spring")
    assert "not answered before" in words(signed_in(people.fatima), INBOX)
    cast.judge(cast.answer(meet, people.fatima), people.office)
    services.close_round(round=spring, actor=people.office, now=timezone.now())
    cast.open_round("Autumn")
    text = words(signed_in(people.fatima), INBOX)
    assert "Last time" in text
    assert "on track" in text


def test_what_was_submitted_stands_below(people: Cast) -> None:
    [meet] = cast.ask(people.town, "Meet")
    cast.open_round()
    update = cast.answer(meet, people.fatima)
    html = signed_in(people.fatima).get(INBOX, headers={"accept-language": "en"}).content.decode()
    assert "You owe nothing at the moment" in html
    assert update.get_absolute_url() in html


def test_a_stopped_intervention_is_not_asked(people: Cast) -> None:
    [meet] = cast.ask(people.town, "Meet")
    cast.open_round()
    meet.delivery_state = DeliveryState.STOPPED
    meet.save()
    assert "You owe nothing" in words(signed_in(people.fatima), INBOX)


def test_the_office_owes_nothing_and_reads_where_its_own_work_stands(people: Cast) -> None:
    cast.ask(people.town, "Meet")
    cast.open_round()
    assert "U hoeft nu niets te beantwoorden" in words(signed_in(people.office), INBOX, "nl")
    for reader, judges in ((people.office, True), (people.leadership, False)):
        html = signed_in(reader).get(INBOX, headers={"accept-language": "en"}).content.decode()
        assert "You owe nothing at the moment" in html
        assert "Here partner organisations find the questions" in html
        assert "All is answered" not in html, "nobody said that"
        main = html.split("<main")[1]
        assert 'href="/rounds/"' in main
        assert ('href="/review/"' in main) == judges


def test_two_questions_cost_as_many_queries_as_twelve(people: Cast) -> None:
    costs = []
    for count in (2, 12):
        home = make.make_organisation(f"Home {count}")
        reporter = make.make_reporter(home)
        cast.ask(home, *(f"Question {number}" for number in range(count)))
        cast.open_round(f"Round {count}")
        costs.append(queries(signed_in(reporter), INBOX))
    assert costs[0] == costs[1] <= 2 + 6, costs


def panel(reader: User | None, intervention) -> dict:
    request = RequestFactory().get("/")
    request.actor = UserActor(reader) if reader else NOBODY
    return reported(request, intervention)


def test_an_intervention_shows_its_answers_to_whom_may_read_them(people: Cast) -> None:
    [meet] = cast.ask(people.town, "Meet")
    round_ = cast.open_round()
    update = cast.answer(meet, people.fatima)
    cast.judge(update, people.office)
    assert list(panel(people.office, meet)["updates"]) == [update]
    assert "Eleven of fourteen" in words(signed_in(people.office), meet.get_absolute_url())
    assert list(panel(people.fatima, meet)["updates"]) == [update]
    assert not panel(people.ruben, meet)["updates"]
    assert not panel(None, meet)["updates"]
    services.close_round(round=round_, actor=people.office, now=timezone.now())
    assert not panel(people.ruben, meet)["updates"], "its report was not sent yet"
    sent_report(round_, by=people.office)
    assert list(panel(people.ruben, meet)["updates"]) == [update]


def test_who_is_asked_answers_and_the_office_fills_in_on_behalf(people: Cast) -> None:
    [meet] = cast.ask(people.town, "Meet")
    cast.open_round()
    url = meet.get_absolute_url()
    own, office = words(signed_in(people.fatima), url), words(signed_in(people.office), url)
    assert "Answer this question" in own
    assert "Fill in on behalf of Town" in office
    assert "Answer this question" not in office
    for reader in (people.ruben, people.leadership):
        text = words(signed_in(reader), url)
        assert "Answer this question" not in text
        assert "Fill in on behalf" not in text


def test_the_panel_asks_one_query(people: Cast, django_assert_num_queries) -> None:
    interventions = cast.ask(people.town, "Meet")
    cast.open_round()
    request = RequestFactory().get("/")
    request.actor = UserActor(people.fatima)
    assert request.actor.organisation_ids  # known to every page
    with django_assert_num_queries(1):
        context = reported(request, interventions[0])
        assert not list(context["updates"])
        assert [one.intervention_id for one in context["to_me"]] == [interventions[0].pk]
