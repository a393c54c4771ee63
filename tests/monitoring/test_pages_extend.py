"""More time for one question: what the office is told before, and what came of it."""

import datetime
from collections.abc import Iterator

import pytest
import time_machine
from django.urls import reverse

from actions.monitoring.models import Reminder, UpdateRequest
from tests.monitoring import cast
from tests.monitoring.cast import Cast, plain, request_of, signed_in, words
from tracker.audit.models import AuditEntry

pytestmark = pytest.mark.django_db


@pytest.fixture
def people() -> Iterator[Cast]:
    with time_machine.travel(cast.MONDAY, tick=False):
        yield cast.assemble()


@pytest.fixture
def question(people: Cast) -> UpdateRequest:
    [meet] = cast.ask(people.town, "Meet within five days")
    cast.open_round()
    return request_of(meet)


def url_of(question: UpdateRequest) -> str:
    return reverse("monitoring:extend", args=[question.pk])


def given(day: datetime.date, reason: str = "The chair is ill.") -> dict[str, str]:
    return {"due_on": f"{day:%d-%m-%Y}", "reason": reason}


def later(question: UpdateRequest, days: int = 7) -> datetime.date:
    return cast.working_day(question.due_on + datetime.timedelta(days=days))


def test_the_office_reads_what_happens_and_gives_more_time(
    people: Cast, question: UpdateRequest
) -> None:
    client = signed_in(people.office)
    text = words(client, url_of(question))
    for said in ("Give Town more time", "Meet within five days", "The reminders are counted anew"):
        assert said in text, said
    day = later(question)
    response = client.post(url_of(question), given(day))
    board = question.round.get_absolute_url()
    assert response.url == f"{board}?organisation={people.town.pk}#chosen"
    question.refresh_from_db()
    assert question.due_on == day
    entry = AuditEntry.objects.get(verb="request.extended")
    assert entry.after["reason"] == "The chair is ill."
    text = words(client, f"{board}?organisation={people.town.pk}")
    assert f"not opened, more time until {day.day} {day:%B}" in text
    assert f"1 with more time, until {day.day} {day:%B}" in text
    assert "More time because: The chair is ill." in text
    reader = signed_in(people.leadership)
    assert "The chair is ill." not in words(reader, f"{board}?organisation={people.town.pk}")
    assert not Reminder.objects.exists(), "nobody is mailed about it"


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ({"due_on": "", "reason": "x"}, "New deadline: Give the new deadline"),
        ({"due_on": "soon", "reason": "x"}, "Write the day as day-month-year"),
        ({"due_on": "21-11-2026", "reason": "x"}, "Choose a day after the present deadline."),
        ({"due_on": "30-11-2026", "reason": " "}, "Reason: Give the reason"),
        ({"due_on": "29-11-2026", "reason": "x"}, "Choose a working day as the deadline."),
        ({"due_on": "29-11-2096", "reason": "x"}, "this day lies too far away"),
    ],
)
def test_an_impossible_day_is_said_at_its_field(
    people: Cast, question: UpdateRequest, typed: dict[str, str], said: str
) -> None:
    assert question.due_on == datetime.date(2026, 11, 23)
    response = signed_in(people.office).post(
        url_of(question), typed, headers={"accept-language": "en"}
    )
    assert response.status_code == 200
    assert said in plain(response.content.decode())
    question.refresh_from_db()
    assert question.due_on == datetime.date(2026, 11, 23)


def test_an_answered_question_gets_no_more_time(people: Cast, question: UpdateRequest) -> None:
    cast.answer(question.intervention, people.fatima)
    client = signed_in(people.office)
    assert client.get(url_of(question)).status_code == 302
    response = client.post(
        url_of(question), given(later(question)), headers={"accept-language": "en"}
    )
    assert "No answer is owed here any more." in plain(response.content.decode())


def test_an_urgent_question_leads_back_to_its_subject(people: Cast) -> None:
    [meet] = cast.ask(people.town, "Meet")
    asked = UpdateRequest.objects.create(
        intervention=meet, organisation=people.town, due_on=datetime.date(2026, 11, 4)
    )
    response = signed_in(people.office).post(url_of(asked), given(datetime.date(2026, 11, 9)))
    assert response.url == meet.get_absolute_url()
