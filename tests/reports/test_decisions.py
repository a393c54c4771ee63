"""What leadership is asked, what it decides and what came of it."""

import contextlib
import datetime
import threading
from collections.abc import Iterator

import pytest
import time_machine
from django.core.exceptions import ValidationError
from django.db import connection
from django.urls import reverse
from django.utils import timezone

from actions.organisations.models import Organisation, User
from actions.plan.models import Commitment, Goal, Intervention
from actions.reports import words
from actions.reports.models import Decision, DecisionState
from actions.reports.services import propose_decision, report_outcome, take_decision
from tests import factories as make
from tests.pages import queries, said, signed_in
from tests.reports import world
from tracker.audit.models import AuditEntry

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_english")]

ASKED = datetime.date(2026, 5, 10)
MEETING = datetime.date(2026, 5, 20)


@pytest.fixture(autouse=True)
def _in_june() -> Iterator[None]:
    """The days of these stories have come, whatever day it is."""
    with time_machine.travel(datetime.datetime(2026, 6, 15, 10, tzinfo=datetime.UTC)):
        yield


@pytest.fixture
def office() -> User:
    return make.make_office("Noor Office")


@pytest.fixture
def leader() -> User:
    return make.make_leadership("Lena Leadership")


@pytest.fixture
def town() -> Organisation:
    return make.make_organisation("Town")


@pytest.fixture
def shelter(town: Organisation) -> Intervention:
    return make.make_intervention("Emergency beds", lead=town)


@pytest.fixture
def asked(office: User, shelter: Intervention) -> Decision:
    return ask(office, shelter)


def ask(office: User, subject: Intervention, question: str = "Pay for twelve beds?") -> Decision:
    return propose_decision(
        subject=subject,
        question=question,
        options="Pay twelve beds\n\n  Pay six beds \nWait",
        proposal="Pay twelve beds.",
        actor=office,
        on=ASKED,
    )


def decide(decision: Decision, leader: User, state: str = "taken", **fields: object) -> Decision:
    given = {"ruling": "Twelve beds.", "meeting": "Steering group", "on": MEETING, **fields}
    return take_decision(decision=decision, state=state, decided_by=leader, actor=leader, **given)


# --- the services ---------------------------------------------------------------------------------


def test_a_question_waits_with_its_options_until_leadership_decides(
    asked: Decision, leader: User, town: Organisation
) -> None:
    assert asked.state == DecisionState.PROPOSED
    assert asked.options.splitlines() == ["Pay twelve beds", "Pay six beds", "Wait"]
    assert asked in Decision.objects.waiting()
    before = MEETING + datetime.timedelta(days=30)
    taken = decide(asked, leader, carried_out_by=town, carry_out_by=before, effect_check_on=before)
    assert (taken.state, taken.decided_by, taken.decided_on) == ("taken", leader, MEETING)
    assert (taken.carried_out_by, taken.carry_out_by) == (town, before)
    assert asked not in Decision.objects.waiting()
    verbs = AuditEntry.objects.filter(object_id=str(asked.pk), object_type="reports.Decision")
    assert set(verbs.values_list("verb", flat=True)) == {"decision.proposed", "decision.taken"}


@pytest.mark.parametrize("state", ["taken", "rejected"])
def test_what_is_settled_cannot_be_decided_again(state: str, asked: Decision, leader: User) -> None:
    decide(asked, leader, state)
    with pytest.raises(ValidationError, match="decided before"):
        decide(asked, leader)


def test_what_was_postponed_still_waits_and_can_be_taken(asked: Decision, leader: User) -> None:
    decide(asked, leader, "postponed", ruling="First the figures.")
    assert asked in Decision.objects.waiting()
    assert decide(asked, leader, on=MEETING + datetime.timedelta(days=7)).state == "taken"


def test_who_rejects_leaves_nothing_to_carry_out(
    asked: Decision, leader: User, town: Organisation
) -> None:
    rejected = decide(asked, leader, "rejected", carried_out_by=town, carry_out_by=MEETING)
    assert (rejected.carried_out_by, rejected.carry_out_by) == (None, None)


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({"ruling": "  "}, "Say what was decided"),
        ({"state": "proposed"}, "Choose taken, postponed or rejected"),
        ({"on": ASKED - datetime.timedelta(days=1)}, "before it was asked"),
        ({"carry_out_by": MEETING - datetime.timedelta(days=1)}, "lies before the decision"),
        ({"effect_check_on": MEETING - datetime.timedelta(days=1)}, "lies before the decision"),
    ],
)
def test_an_odd_ruling_is_refused_in_words(
    fields: dict[str, object], sentence: str, asked: Decision, leader: User
) -> None:
    with pytest.raises(ValidationError, match=sentence):
        decide(asked, leader, **fields)  # type: ignore[arg-type]
    asked.refresh_from_db()
    assert asked.state == DecisionState.PROPOSED


def test_the_same_question_is_put_once(
    asked: Decision, office: User, leader: User, shelter: Intervention
) -> None:
    with pytest.raises(ValidationError, match="still waits"):
        ask(office, shelter)
    assert ask(office, shelter, "And the nights?")
    decide(asked, leader)
    assert ask(office, shelter), "what was settled may be asked anew"


def test_an_outcome_belongs_to_what_was_taken(asked: Decision, office: User, leader: User) -> None:
    later = MEETING + datetime.timedelta(days=10)
    with pytest.raises(ValidationError, match="Only a decision that was taken"):
        report_outcome(decision=asked, carried_out_on=later, outcome="Beds stand.", actor=office)
    decide(asked, leader)
    for day, outcome, sentence in [
        (MEETING - datetime.timedelta(days=1), "Beds stand.", "before it was decided"),
        (later, " ", "Say what came of it"),
    ]:
        with pytest.raises(ValidationError, match=sentence):
            report_outcome(decision=asked, carried_out_on=day, outcome=outcome, actor=office)
    told = report_outcome(decision=asked, carried_out_on=later, outcome="Ten beds.", actor=office)
    told = report_outcome(decision=asked, carried_out_on=later, outcome="All twelve.", actor=office)
    assert (told.carried_out_on, told.outcome) == (later, "All twelve.")
    entry = AuditEntry.objects.filter(verb="decision.outcome").latest("pk")
    assert entry.before["outcome"] == "Ten beds."


def test_what_came_of_it_may_wait_for_the_check_of_its_effect(
    asked: Decision, office: User, leader: User
) -> None:
    later = MEETING + datetime.timedelta(days=10)
    decide(asked, leader, effect_check_on=later)
    told = report_outcome(decision=asked, carried_out_on=MEETING, outcome="", actor=office)
    assert (told.carried_out_on, told.outcome) == (MEETING, "")
    assert list(Decision.objects.to_check(later)) == [told]
    assert not Decision.objects.to_check(MEETING)
    report_outcome(decision=asked, carried_out_on=MEETING, outcome="It helped.", actor=office)
    assert not Decision.objects.to_check(later)
    with pytest.raises(ValidationError, match="Say what came of it"):
        report_outcome(decision=asked, carried_out_on=MEETING, outcome="", actor=office)


@pytest.mark.postgresql
@pytest.mark.django_db(transaction=True)
def test_two_people_who_ask_the_same_at_once_put_one_question(
    office: User, shelter: Intervention
) -> None:
    barrier, made = threading.Barrier(4), []

    def work() -> None:
        connection.ensure_connection()
        barrier.wait()
        with contextlib.suppress(ValidationError):
            made.append(ask(office, shelter))
        connection.close()

    workers = [threading.Thread(target=work) for _one in range(4)]
    for one in workers:
        one.start()
    for one in workers:
        one.join()
    assert Decision.objects.count() == len(made) == 1


# --- the pages ------------------------------------------------------------------------------------

LIST = "/decisions/"
FILLED = {"state": "taken", "ruling": "Twelve beds.", "meeting": "June", "on": "20-5-2026"}


def url_of(decision: Decision, name: str = "decision") -> str:
    return reverse(f"reports:{name}", args=[decision.pk])


def test_the_list_opens_with_what_is_asked_of_the_reader(
    asked: Decision, office: User, leader: User, town: Organisation
) -> None:
    partner = make.make_reporter(town)
    assert "One decision is asked of you" in said(signed_in(leader).get(LIST))
    assert "One decision waits for leadership" in said(signed_in(office).get(LIST))
    text = said(signed_in(partner).get(LIST))
    assert "No decision has been taken yet" in text
    assert "Pay for twelve beds?" not in text
    decide(asked, leader)
    assert "No decision is open" in said(signed_in(leader).get(LIST))
    text = said(signed_in(partner).get(LIST))
    assert "One decision was taken" in text
    assert "Pay for twelve beds?" in text


def test_the_list_is_narrowed_by_step_state_subject_words_and_day(
    asked: Decision, office: User, leader: User, shelter: Intervention
) -> None:
    goal = Goal.objects.create(code="D-1", title="Fewer victims", level="goal")
    other = ask(office, goal, "Another goal?")  # type: ignore[arg-type]
    decide(other, leader, meeting="Board of May")
    client = signed_in(leader)
    for query in (
        {"step": "waiting"},
        {"state": "proposed"},
        {"about": "intervention"},
        {"q": shelter.code},
    ):
        found = said(client.get(LIST, query))
        assert ("Pay for twelve beds?" in found, "Another goal?" in found) == (True, False), query
    for query in (
        {"step": "carry_out"},
        {"about": "goal"},
        {"q": "board"},
        {"since": "20-5-2026", "until": "20-5-2026"},
    ):
        found = said(client.get(LIST, query))
        assert ("Pay for twelve beds?" in found, "Another goal?" in found) == (False, True), query
    assert "Another goal?" not in said(client.get(LIST, {"since": "21-5-2026"}))


@pytest.mark.parametrize(
    "column", ["question", "about", "state", "asked_on", "decided_on", "carried_out_by"]
)
def test_the_list_is_sorted_both_ways(column: str, asked: Decision, leader: User) -> None:
    for order in (column, f"-{column}"):
        response = signed_in(leader).get(LIST, {"sort": order})
        assert "Pay for twelve beds?" in said(response)


def test_a_download_holds_what_is_filtered(asked: Decision, leader: User) -> None:
    ask(asked.asked_by, make.make_intervention(), "=1+1?")
    client = signed_in(leader)
    text = client.get(LIST, {"export": "csv", "q": "1+1"}).getvalue().decode()
    assert "'=1+1?" in text
    assert "Pay for twelve beds?" not in text
    assert client.get(LIST, {"export": "xlsx"}).status_code == 200


def test_the_page_shows_the_question_beside_the_last_answer(
    asked: Decision, office: User, leader: User, shelter: Intervention
) -> None:
    spring = world.closed_round("Spring", datetime.date(2026, 3, 1))
    autumn = world.closed_round("Autumn", datetime.date(2026, 5, 1))
    world.accepted(spring, shelter, reviewer=office, light="at_risk", text="The first answer.")
    world.accepted(
        autumn, shelter, reviewer=office, light="off_track", text="No beds yet.", secret="Hush."
    )
    text = said(signed_in(leader).get(url_of(asked)))
    for part in ("off track was at risk", "No beds yet.", "Pay six beds", "Pay twelve beds."):
        assert part in text
    assert "The first answer." not in text
    assert "Hush." not in text


def test_leadership_takes_a_decision_on_its_page(
    asked: Decision, leader: User, town: Organisation
) -> None:
    client = signed_in(leader)
    empty = client.post(url_of(asked, "decision-take"), {"on": "yesterday"})
    assert "2 answers are not right yet" in said(empty)
    odd = client.post(url_of(asked, "decision-take"), FILLED | {"ruling": ""})
    assert "Say what was decided." in said(odd)
    response = client.post(
        url_of(asked, "decision-take"),
        FILLED | {"carried_out_by": town.pk, "carry_out_by": "1-9-2026"},
        follow=True,
    )
    text = said(response)
    assert "The decision is stored." in text
    assert "Twelve beds." in text
    assert "Town, before 1 September 2026" in text
    asked.refresh_from_db()
    assert (asked.state, asked.decided_by) == ("taken", leader)


def test_the_office_writes_down_who_decided(asked: Decision, office: User, leader: User) -> None:
    client = signed_in(office)
    assert "Say who decided" in said(client.post(url_of(asked, "decision-take"), FILLED))
    client.post(url_of(asked, "decision-take"), FILLED | {"decided_by": leader.pk})
    asked.refresh_from_db()
    assert asked.decided_by == leader
    entry = AuditEntry.objects.get(verb="decision.taken")
    assert entry.actor == office


def test_who_comes_second_is_told(asked: Decision, leader: User) -> None:
    decide(asked, leader)
    text = said(signed_in(leader).post(url_of(asked, "decision-take"), FILLED))
    assert "This was decided before." in text


def test_what_came_of_it_is_told_on_the_page(asked: Decision, office: User, leader: User) -> None:
    decide(asked, leader)
    client = signed_in(office)
    told = {"carried_out_on": "1-6-2026", "outcome": "All beds stand."}
    assert "All beds stand." in said(
        client.post(url_of(asked, "decision-outcome"), told, follow=True)
    )


def test_nothing_is_decided_or_carried_out_on_a_day_to_come(asked: Decision, leader: User) -> None:
    client = signed_in(leader)
    tomorrow = (timezone.localdate() + datetime.timedelta(days=1)).isoformat()
    page = said(client.post(url_of(asked, "decision-take"), FILLED | {"on": tomorrow}))
    assert "This day is still to come." in page
    asked.refresh_from_db()
    assert asked.state == "proposed", "what is taken cannot be taken back"
    decide(asked, leader)
    told = {"carried_out_on": tomorrow, "outcome": "All beds stand."}
    assert "This day is still to come." in said(
        client.post(url_of(asked, "decision-outcome"), told)
    )
    asked.refresh_from_db()
    assert asked.carried_out_on is None


def test_a_question_is_asked_from_the_page_of_an_intervention(
    office: User, leader: User, shelter: Intervention
) -> None:
    client = signed_in(office)
    url = reverse("reports:decision-new")
    assert (
        f"{url}?intervention={shelter.code}"
        in client.get(shelter.get_absolute_url()).content.decode()
    )
    world.accepted(world.closed_round(), shelter, reviewer=office, light="at_risk")
    page = client.get(url, {"intervention": shelter.code})
    assert f'value="{shelter.code}"' in page.content.decode()
    assert "Adjustment Said." in said(page)
    filled = {"subject": shelter.code.lower(), "question": "Shall we?", "options": "Yes\nNo"}
    assert "Nothing carries this number." in said(client.post(url, filled | {"subject": "I-9"}))
    response = client.post(url, filled, follow=True)
    assert "The question is put to leadership." in said(response)
    assert Decision.objects.get().subject == shelter
    assert "still waits for a decision" in said(client.post(url, filled))
    assert "Shall we?" in said(client.get(shelter.get_absolute_url()))
    assert "Shall we?" in said(signed_in(leader).get("/"))


def test_a_decision_can_be_about_a_goal_an_indicator_or_a_commitment(office: User) -> None:
    Goal.objects.create(code="D-1", title="Fewer victims", level="goal")
    indicator = make.make_indicator()
    Commitment.objects.create(
        number="T-7", kind="pledge", made_on=ASKED, text="A letter before summer."
    )
    client = signed_in(office)
    for number in ("D-1", indicator.code, "t-7"):
        client.post(
            reverse("reports:decision-new"),
            {"subject": number, "question": f"About {number}?", "options": "Yes"},
        )
        decision = Decision.objects.get(question=f"About {number}?")
        assert str(decision.subject) in said(client.get(url_of(decision)))
    assert Decision.objects.count() == 3


def test_partners_see_a_decision_on_the_intervention_once_it_is_taken(
    asked: Decision, leader: User, town: Organisation, shelter: Intervention
) -> None:
    client = signed_in(make.make_reporter(town))
    assert "Pay for twelve beds?" not in said(client.get(shelter.get_absolute_url()))
    decide(asked, leader)
    assert "Pay for twelve beds?" in said(client.get(shelter.get_absolute_url()))


def test_two_and_twelve_decisions_cost_the_same(
    office: User, leader: User, town: Organisation
) -> None:
    costs = []
    for number in (2, 10):
        for _number in range(number):
            decision = ask(office, make.make_intervention(lead=town))
            decide(decision, leader, carried_out_by=town)
            ask(office, decision.intervention)
        pages = (LIST, url_of(decision), decision.intervention.get_absolute_url())
        costs.append([queries(signed_in(leader), url) for url in pages])
    assert costs[0] == costs[1]
    assert max(costs[1]) <= 6


@pytest.mark.parametrize(
    ("facts", "text"),
    [
        ({"waiting": 3, "taken": 1, "decides": True, "asks": False}, "Three decisions are asked"),
        ({"waiting": 3, "taken": 1, "decides": True, "asks": True}, "Three decisions wait for"),
        ({"waiting": 0, "taken": 1, "decides": True, "asks": False}, "No decision is open"),
        ({"waiting": 0, "taken": 2, "decides": False, "asks": False}, "Two decisions were taken"),
        ({"waiting": 0, "taken": 0, "decides": False, "asks": False}, "No decision has been"),
    ],
)
def test_the_news_of_the_list_follows_a_rule(facts: dict[str, int], text: str) -> None:
    assert words.decisions_news(**facts).startswith(text)  # type: ignore[arg-type]
