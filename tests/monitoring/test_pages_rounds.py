"""Rounds as the office runs them and leadership reads them."""

import datetime
from collections.abc import Iterator

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from actions.monitoring import services
from actions.monitoring.models import MonitoringRound, RequestState, RoundState, UpdateRequest
from actions.organisations.models import Absence, MembershipKind, Organisation
from tests import factories as make
from tests.monitoring import cast
from tests.monitoring.cast import Cast, plain, queries, request_of, signed_in, words
from tests.monitoring.mailroom import Letterbox

pytestmark = pytest.mark.django_db

ROUNDS = "/rounds/"


@pytest.fixture
def people() -> Iterator[Cast]:
    with time_machine.travel(cast.MONDAY, tick=False):
        yield cast.assemble()


def form_data(**changes: str) -> dict[str, str]:
    today = timezone.localdate()
    deadline = cast.working_day(today + datetime.timedelta(days=21))
    return {
        "name": "Autumn 2026",
        "kind": "report",
        "period_start": "1-1-2026",
        "period_end": "30-6-2026",
        "opens_on": f"{today:%d-%m-%Y}",
        "deadline": f"{deadline:%d-%m-%Y}",
        "intro": "",
        **changes,
    }


def test_the_list_opens_with_the_news(people: Cast) -> None:
    first, second = cast.ask(people.town, "Meet", "Train")
    assert "No round is open" in words(signed_in(people.office), ROUNDS)
    cast.open_round()
    cast.answer(first, people.fatima)
    text = words(signed_in(people.office), ROUNDS)
    assert "1 round is open, 1 answer waits for you" in text
    assert "waits for you" not in words(signed_in(people.leadership), ROUNDS)
    cast.answer(second, people.fatima)
    assert "1 ronde is open, 2 antwoorden wachten op u" in words(
        signed_in(people.office), ROUNDS, "nl"
    )


def test_the_list_is_downloaded_as_it_is_filtered(people: Cast) -> None:
    cast.plan_round("Spring")
    cast.plan_round("Autumn")
    response = signed_in(people.office).get(ROUNDS, {"q": "Spring", "export": "csv"})
    text = b"".join(response.streaming_content).decode()
    assert "Spring" in text
    assert "Autumn" not in text


@pytest.mark.parametrize("column", ["name", "kind", "state", "deadline", "asked", "owed"])
def test_every_column_sorts_both_ways(people: Cast, column: str) -> None:
    cast.plan_round("Spring")
    cast.plan_round("Autumn")
    client = signed_in(people.office)
    assert client.get(ROUNDS, {"sort": column}).status_code == 200
    assert client.get(ROUNDS, {"sort": f"-{column}"}).status_code == 200


def test_the_office_plans_a_round_and_nobody_is_asked(people: Cast) -> None:
    cast.ask(people.town, "Meet")
    response = signed_in(people.office).post("/rounds/new/", form_data())
    made = MonitoringRound.objects.get()
    assert response.url == made.get_absolute_url()
    assert made.state == RoundState.PLANNED
    assert not UpdateRequest.objects.exists()


def test_a_deadline_on_a_sunday_is_refused_at_its_field(people: Cast) -> None:
    today = timezone.localdate()
    sunday = today + datetime.timedelta(days=27 - today.weekday())
    assert sunday.weekday() == 6
    response = signed_in(people.office).post(
        "/rounds/new/", form_data(deadline=f"{sunday:%d-%m-%Y}"), headers={"accept-language": "en"}
    )
    html = response.content.decode()
    assert "Choose a working day as the deadline." in html
    assert 'href="#id_deadline"' in html
    assert "Autumn 2026" in html, "what was typed stays"


def test_a_second_round_needs_another_name(people: Cast) -> None:
    cast.plan_round("Autumn 2026")
    response = signed_in(people.office).post(
        "/rounds/new/", form_data(), headers={"accept-language": "en"}
    )
    assert "There is already a round with this name" in plain(response.content.decode())


def test_before_opening_the_office_sees_who_is_asked_and_who_cannot_be_reached(
    people: Cast,
) -> None:
    cast.ask(people.town, "Meet within five days")
    silent = make.make_organisation("Silent shelter")
    cast.ask(silent, "Find beds")
    planned = cast.plan_round()
    client = signed_in(people.office)
    url = reverse("monitoring:round-open", args=[planned.pk])
    text = words(client, url)
    assert "Ask 2 organisations how things stand" in text
    assert people.fatima.email in text
    assert "For 1 request nobody is known" in text
    assert not UpdateRequest.objects.exists(), "looking asks nobody"
    response = client.post(url)
    assert response.url == planned.get_absolute_url()
    assert UpdateRequest.objects.count() == 2
    assert client.get(url).url == planned.get_absolute_url(), "a second time says that it is open"


def test_the_board_says_where_the_round_stands_and_what_leaves_next(people: Cast) -> None:
    meet, train = cast.ask(people.town, "Meet", "Train")
    cast.ask(people.police, "Arrest")
    round_ = cast.open_round()
    client = signed_in(people.office)
    text = words(client, round_.get_absolute_url())
    assert "0 of the 3 requests are answered" in text
    assert "Today 2 mails leave" in text
    assert "Fatima Town" in text
    cast.answer(meet, people.fatima)
    text = words(client, round_.get_absolute_url())
    assert "1 of the 3 requests are answered" in text
    assert "Judge 1 answer" in text
    UpdateRequest.objects.filter(intervention=train).update(
        due_on=timezone.localdate() - datetime.timedelta(days=3)
    )
    assert "1 of the 3 requests are answered, 1 is late" in words(client, round_.get_absolute_url())


def test_leadership_reads_the_board_without_deeds_and_without_what_waits(people: Cast) -> None:
    [meet] = cast.ask(people.town, "Meet")
    round_ = cast.open_round()
    cast.answer(meet, people.fatima, for_the_office="Between us")
    text = words(signed_in(people.leadership), round_.get_absolute_url())
    assert "1 of 1 request is answered" in text
    for deed in ("Judge", "Close the round", "Answers to judge", "Between us"):
        assert deed not in text


def test_one_organisations_questions_open_below_its_name(people: Cast) -> None:
    [meet] = cast.ask(people.town, "Meet within five days")
    cast.ask(people.police, "Arrest")
    round_ = cast.open_round()
    url = f"{round_.get_absolute_url()}?organisation={people.town.pk}"
    html = signed_in(people.office).get(url).content.decode()
    assert reverse("monitoring:answer", args=[request_of(meet).pk]) in html
    assert "Arrest" not in html
    strange = words(signed_in(people.office), f"{round_.get_absolute_url()}?organisation=x")
    assert "its questions" not in strange


def test_a_round_closes_only_when_everything_was_judged(people: Cast) -> None:
    meet, train = cast.ask(people.town, "Meet", "Train")
    round_ = cast.open_round()
    update = cast.answer(meet, people.fatima)
    client = signed_in(people.office)
    url = reverse("monitoring:round-close", args=[round_.pk])
    assert "1 answer waits for your judgement" in words(client, url)
    response = client.post(url, headers={"accept-language": "en"})
    assert response.status_code == 409
    assert "First judge the answers" in plain(response.content.decode())
    cast.judge(update, people.office)
    assert "1 request that was not answered lapses" in words(client, url)
    assert client.post(url).url == round_.get_absolute_url()
    round_.refresh_from_db()
    assert round_.state == RoundState.CLOSED
    assert request_of(train).state == RequestState.LAPSED
    assert "1 of the 2 requests are answered" in words(client, round_.get_absolute_url())


def test_what_is_done_is_folded_away_while_something_is_left(people: Cast) -> None:
    [meet] = cast.ask(people.town, "Meet")
    [train] = cast.ask(people.police, "Train")
    url = cast.open_round().get_absolute_url()
    assert "organisation is done" not in words(signed_in(people.office), url)
    cast.judge(cast.answer(meet, people.fatima), people.office)
    board = signed_in(people.office).get(url).context
    assert [row.name for row in board["rows"]] == ["Police"]
    assert [row.name for row in board["done"]] == ["Town"]
    assert board["figures"]["asked"] == 2, "the total counts both"
    assert "1 organisation is done" in words(signed_in(people.office), url)
    cast.judge(cast.answer(train, people.ruben), people.office)
    board = signed_in(people.office).get(url).context
    assert len(board["rows"]) == 2
    assert not board["done"], "when all are done there is nothing to fold them behind"


def test_a_closed_round_says_when_it_was_closed_and_stays_closed(people: Cast) -> None:
    cast.ask(people.town, "Meet")
    round_ = cast.open_round()
    services.close_round(round=round_, actor=people.office, now=timezone.now())
    client = signed_in(people.office)
    text = words(client, round_.get_absolute_url())
    assert f"closed on {cast.MONDAY:%-d %B %Y}" in text
    assert "Mail leaves" not in text
    page = client.get(reverse("monitoring:round-open", args=[round_.pk]), follow=True,
                      headers={"accept-language": "en"})  # fmt: skip
    assert "A closed round cannot be opened again." in plain(page.content.decode())


def test_opening_wakes_the_worker(
    people: Cast, monkeypatch: pytest.MonkeyPatch, django_capture_on_commit_callbacks
) -> None:
    woken: list[str] = []
    monkeypatch.setattr("actions.monitoring.views.rounds.wake", woken.append)
    planned = cast.plan_round()
    signed_in(people.office).post(reverse("monitoring:round-open", args=[planned.pk]))
    assert woken == ["monitoring.sweep"]


def fill(people: Cast, organisations: int) -> MonitoringRound:
    """A round with so many organisations, each with one answer to judge and one owed."""
    pairs = []
    for number in range(organisations):
        home: Organisation = make.make_organisation(f"Home {organisations}-{number}")
        pairs.append((cast.ask(home, "Meet", "Train")[0], make.make_reporter(home)))
    round_ = cast.open_round(f"Round of {organisations}")
    for intervention, author in pairs:
        cast.answer(intervention, author)
    return round_


@pytest.mark.parametrize("page", ["list", "board", "open", "close"])
def test_two_rows_cost_as_many_queries_as_twelve(people: Cast, page: str) -> None:
    costs = []
    for count in (2, 12):
        round_ = fill(people, count)
        url = {
            "list": ROUNDS,
            "board": round_.get_absolute_url(),
            "open": reverse("monitoring:round-open", args=[cast.plan_round(f"Next {count}").pk]),
            "close": reverse("monitoring:round-close", args=[round_.pk]),
        }[page]
        costs.append(queries(signed_in(people.office), url))
    assert costs[0] == costs[1], costs


def test_the_list_costs_no_more_than_six_queries(people: Cast) -> None:
    fill(people, 3)
    client = signed_in(people.office)
    with CaptureQueriesContext(connection) as captured:
        client.get(ROUNDS)
    assert len(captured) <= 2 + 6, "session and user come on top"


def test_the_ladder_counts_working_days_and_marks_today(people: Cast) -> None:
    cast.ask(people.town, "Meet")
    round_ = cast.open_round()
    text = words(signed_in(people.office), round_.get_absolute_url())
    for label in ("opening", "3 working days before", "deadline", "10 working days after", "today"):
        assert label in text, label
    services.close_round(round=round_, actor=people.office, now=timezone.now())
    closed = words(signed_in(people.office), round_.get_absolute_url())
    assert "10 working days after" not in closed, "a rung after the closing never came"


def test_extended_deadlines_cost_the_board_no_more_queries(people: Cast) -> None:
    round_ = fill(people, 12)
    client = signed_in(people.office)
    before = queries(client, round_.get_absolute_url())
    owed = UpdateRequest.objects.owed().order_by("pk")
    for number, request in enumerate(owed, start=1):
        request.due_on += datetime.timedelta(days=number)
        request.save()
    assert queries(client, round_.get_absolute_url()) == before <= 2 + 6


def test_a_slip_of_the_pen_in_a_year_is_said_at_its_field(client, db) -> None:
    client.force_login(make.make_office(language="en"))
    days = {"period_start": "1-1-2026", "period_end": "1-6-2026"}
    slips = {"opens_on": "1-9-0226", "deadline": "1-2-9999"}
    page = client.post(
        reverse("monitoring:round-new"),
        {"name": "X", "kind": "report", **days, **slips},
    )
    assert page.status_code == 200
    assert set(page.context["form"].errors) == {"opens_on", "deadline"}


def row_of(people: Cast, round_: MonitoringRound, name: str, language: str = "en") -> str:
    """What the board says about one organisation."""
    html = signed_in(people.office).get(
        round_.get_absolute_url(), headers={"accept-language": language}
    )
    table = html.content.decode().split('id="organisations"')[1]
    return next(plain(row) for row in table.split("<tr ") if f">{name}</a>" in row)


def test_what_leaves_first_in_a_fresh_round_is_the_request_and_no_reminder(people: Cast) -> None:
    [meet] = cast.ask(people.town, "Meet")
    round_ = cast.open_round()
    assert "request 2 November" in row_of(people, round_, "Town")
    services.sweep(now=timezone.now(), transport=Letterbox())
    assert "reminder 9 November" in row_of(people, round_, "Town")
    cast.answer(meet, people.fatima)
    assert "judge 1 answer" in row_of(people, round_, "Town")


def test_the_board_tells_what_the_figures_do_not(people: Cast) -> None:
    titles = ("Came back", "Half written", "As before", "Later", "Not seen")
    back, half, same, more, _unseen = cast.ask(people.town, *titles)
    round_ = cast.open_round()
    cast.judge(cast.answer(back, people.fatima), people.office, reason="More, please")
    services.save_draft(request=request_of(half), editor=people.fatima, payload={}, lock_version=0)
    cast.judge(cast.answer(same, people.fatima, unchanged=True), people.office)
    day = cast.working_day(round_.deadline + datetime.timedelta(days=7))
    services.extend_request(
        request=request_of(more), due_on=day, actor=people.office, now=timezone.now()
    )
    text = row_of(people, round_, "Town")
    for said in ("1 returned", "1 draft", "1 unchanged", "1 with more time, until 30 November"):
        assert said in text, said
    chosen = words(
        signed_in(people.office), f"{round_.get_absolute_url()}?organisation={people.town.pk}"
    )
    for said in (
        "returned", "not opened, a draft waits", "accepted, unchanged",
        "not opened, more time until 30 November",
    ):  # fmt: skip
        assert said in chosen, said


def test_an_absent_colleague_is_replaced_by_name(people: Cast) -> None:
    cast.ask(people.town, "Meet")
    deputy = make.make_reporter(people.town, "Dora Deputy")
    today = timezone.localdate()
    Absence.objects.create(
        user=people.fatima,
        deputy=deputy,
        starts_on=today,
        ends_on=today + datetime.timedelta(days=8),
    )
    text = row_of(people, cast.open_round(), "Town")
    assert "Dora Deputy answers for Fatima Town until 10 November" in text


def test_where_nobody_can_be_mailed_the_office_asks_itself(people: Cast) -> None:
    cast.ask(make.make_organisation("Silent shelter"), "Find beds")
    round_ = cast.open_round()
    assert "no address: the programme office asks itself" in row_of(
        people, round_, "Silent shelter"
    )
    later = timezone.now() + datetime.timedelta(days=60)
    services.sweep(now=later, transport=Letterbox())
    assert "no address" in row_of(people, round_, "Silent shelter"), "also when no mail is left"


def test_a_mail_that_holds_two_rungs_is_counted_once(people: Cast) -> None:
    cast.ask(people.town, "Meet")
    make.make_membership(people.fatima, people.town, MembershipKind.CONTACT)
    round_ = cast.open_round()
    late = timezone.now() + datetime.timedelta(days=28)
    assert late.date() == datetime.date(2026, 11, 30)
    services.sweep(now=late - datetime.timedelta(days=1), transport=Letterbox())
    with time_machine.travel(late, tick=False):
        services.sweep(now=late, transport=Letterbox())
        board = words(signed_in(people.office), round_.get_absolute_url())
        assert "1 mail " in board
        assert "2 mails" not in board
