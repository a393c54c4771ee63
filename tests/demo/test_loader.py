"""The whole example as it stands in the database, told in the order of time."""

from collections import Counter
from collections.abc import Iterator
from contextlib import ExitStack
from datetime import date, timedelta

import pytest
from django.db import connection

from actions.indicators.models import GoalIndicator, Indicator, Measurement
from actions.monitoring.models import (
    MonitoringRound,
    OutgoingMail,
    Reminder,
    RequestState,
    RoundState,
    StatusUpdate,
    UpdateRequest,
)
from actions.monitoring.services import sweep
from actions.organisations.models import Absence, GroupMembership, Organisation, User
from actions.plan.models import (
    Commitment,
    DeliveryState,
    Disposition,
    Intervention,
    QuoteLink,
    Succession,
)
from actions.reports.models import Ambition, Decision, Report
from quotes.models import Anthology, Quote
from tests.demo.conftest import Loading
from tracker.audit.models import AuditEntry
from tracker.demo.content import interventions, read
from tracker.demo.days import clock
from tracker.shared.calendar import local_day

TODAY = date(2026, 9, 15)
# Loading writes some 4,000 rows, most of them one answer at a time through the pages' services:
# a service that starts to ask per row of a whole table is noticed here.
MOST_QUERIES = 18_000

pytestmark = pytest.mark.django_db


class Counted:
    """How many queries passed."""

    def __init__(self) -> None:
        self.queries = 0

    def __call__(self, execute, sql, params, many, context):  # type: ignore[no-untyped-def]
        self.queries += 1
        return execute(sql, params, many, context)


@pytest.fixture(scope="module")
def counted(loading: Loading) -> Iterator[Counted]:
    """The example, loaded, with what that cost."""
    counter = Counted()
    with ExitStack() as stack:
        with connection.execute_wrapper(counter):
            stack.enter_context(loading(TODAY))
        yield counter


@pytest.fixture(autouse=True)
def loaded(counted: Counted, db: None) -> date:
    return TODAY


def current() -> MonitoringRound:
    return MonitoringRound.objects.get(state=RoundState.OPEN)


def test_loading_asks_the_database_a_bounded_number_of_times(counted: Counted) -> None:
    assert 1_000 < counted.queries < MOST_QUERIES


def test_the_whole_example_is_there() -> None:
    assert Anthology.objects.get().is_primary
    assert Quote.objects.ambitions().count() >= 80
    assert Intervention.objects.count() == len(interventions())
    assert QuoteLink.objects.count() == len(read("links")["links"])
    assert Organisation.objects.count() == len(read("organisations")["organisations"])
    assert Indicator.objects.count() == len(read("indicators")["indicators"])
    assert GoalIndicator.objects.exists()
    assert Commitment.objects.count() == len(read("commitments")["commitments"])
    assert Decision.objects.count() == len(read("decisions")["decisions"])
    assert Succession.objects.count() == 3
    assert Disposition.objects.filter(confirmed_by=None).count() == 1


def test_nobody_of_the_example_can_sign_in_by_password() -> None:
    assert not [user for user in User.objects.all() if user.has_usable_password()]


def test_an_organisation_that_ended_has_a_successor_and_left_its_group() -> None:
    ended = Organisation.objects.exclude(successor=None).get()
    assert ended.successor.name.startswith("Gemeente Rivierstad")
    assert ended.valid_to == date(2024, 12, 31), "before the year of the plan"
    assert ended not in Organisation.objects.current(TODAY)
    assert GroupMembership.objects.on(TODAY).count() == 6
    assert ended.group_memberships.get().valid_to == ended.valid_to


def test_an_absent_reporter_has_a_deputy_who_answered() -> None:
    away = Absence.objects.on(TODAY).get()
    answers = StatusUpdate.objects.filter(
        request__round=current(),
        author=away.deputy,
        submitted_at__date__gte=away.starts_on,
    )
    assert answers.exists()


# --- rounds ---------------------------------------------------------------------------------------


def test_three_rounds_are_closed_and_one_is_open() -> None:
    states = list(MonitoringRound.objects.order_by("opens_on").values_list("state", flat=True))
    assert states == ["closed", "closed", "closed", "open"]
    closed = UpdateRequest.objects.filter(round__state="closed")
    assert set(closed.values_list("state", flat=True)) == {
        RequestState.ACCEPTED, RequestState.LAPSED,
    }  # fmt: skip


def test_the_open_round_has_answers_in_every_state() -> None:
    asked = UpdateRequest.objects.filter(round=current())
    states = Counter(asked.values_list("state", flat=True))
    assert set(states) == {
        RequestState.OPEN, RequestState.SUBMITTED, RequestState.ACCEPTED, RequestState.RETURNED,
    }  # fmt: skip
    assert min(states.values()) >= 4
    waiting = asked.filter(state=RequestState.OPEN)
    assert waiting.filter(first_opened_at=None).count() >= 4, "not opened"
    assert waiting.exclude(first_opened_at=None).filter(draft=None).count() >= 3, "only opened"
    assert waiting.exclude(draft=None).count() >= 4, "a draft"
    assert asked.owed().filter(due_on__lt=TODAY).count() >= 10, "late"
    assert asked.filter(due_on__gt=TODAY).count() == 2, "extended"
    answers = StatusUpdate.objects.filter(request__round=current())
    assert answers.filter(unchanged=True, review__verdict="accepted").count() >= 5
    assert answers.exclude(on_behalf_from="").count() == 1


def test_one_of_those_asked_can_be_reached_by_nobody() -> None:
    silent = Organisation.objects.get(contact_address="")
    assert not silent.memberships.exists()
    request = UpdateRequest.objects.get(round=current(), organisation=silent)
    assert request.state == RequestState.OPEN
    assert request.first_opened_at is None


def test_a_group_answers_by_its_members() -> None:
    members = UpdateRequest.objects.filter(
        round=current(), intervention__code="I-046", organisation__groups__isnull=False
    )
    assert members.count() == 6


def test_who_went_over_was_stopped_or_completed_is_not_asked_again() -> None:
    asked = set(current().requests.values_list("intervention__code", flat=True))
    gone = set(
        Intervention.objects.exclude(pk__in=Intervention.objects.live()).values_list(
            "code", flat=True
        )
    )
    assert gone == {"I-020", "I-027", "I-032", "I-042"}
    assert not asked & (gone | {"I-011", "I-014", "I-022", "I-037"})


def test_the_mails_of_the_past_days_lie_in_the_mailbox_and_none_is_sent_anew() -> None:
    sent = OutgoingMail.objects.values_list("state", "sent_at")
    assert {state for state, _sent_at in sent} == {"sent"}
    days = {local_day(sent_at) for _state, sent_at in sent if sent_at}
    assert min(days) == current().opens_on
    assert max(days) < TODAY
    assert len(sent) > 80
    assert set(Reminder.objects.values_list("state", flat=True)) == {"sent"}
    before = OutgoingMail.objects.count()
    sweep(now=clock(TODAY - timedelta(days=1), 23))
    assert OutgoingMail.objects.count() == before


# --- coverage -------------------------------------------------------------------------------------


def test_two_ambitions_are_open_and_the_others_stand_at_every_station() -> None:
    found = Ambition.objects.ambitions().with_coverage()
    states = Counter(found.values_list("coverage", flat=True))
    assert set(states) == {
        "uncovered", "linked", "owned", "measured", "reported", "set_aside", "duplicate",
    }  # fmt: skip
    still_open = {one.reference for one in found if one.coverage == "uncovered"}
    # The last one is only proposed to be set aside.
    assert still_open == {"4.5-06", "4.11-06", "4.6-03"}
    assert states["reported"] > len(found) / 3
    assert {one.extent for one in found} == {"", "fully", "partly"}


# --- history --------------------------------------------------------------------------------------


def test_the_history_tells_what_stood_on_a_day() -> None:
    first, second, third = MonitoringRound.objects.filter(state="closed").order_by("opens_on")
    for about_round in (first, second, third):
        answers = StatusUpdate.objects.accepted().filter(request__round=about_round)
        for answer in answers.filter(request__intervention__code="I-006"):
            then = Intervention.history.as_of(about_round.closed_at).get(code="I-006")
            assert then.traffic_light == answer.traffic_light
            assert then.delivery_state == answer.delivery_state
            assert then.state_accepted_on == answer.review.reviewed_at.date()
    lights = [
        Intervention.history.as_of(one.closed_at).get(code="I-006").traffic_light
        for one in (first, second, third)
    ]
    assert lights == ["not_rated", "on_track", "off_track"]


def test_every_intervention_comes_into_being_on_its_day() -> None:
    first = {
        row.code: row.history_date.date()
        for row in Intervention.history.filter(history_type="+").order_by("history_date")
    }
    plan_day = first["I-001"]
    rounds = list(MonitoringRound.objects.order_by("opens_on"))
    since = dict(zip(("r1", "r2", "r3", "r4"), rounds, strict=True))
    assert plan_day < rounds[0].opens_on
    for row in interventions():
        born = first[row["code"]]
        assert born < since[row["since"]].opens_on
        assert (born == plan_day) == (row["since"] == "r1")
    for link in QuoteLink.objects.select_related("intervention"):
        assert link.linked_at.date() >= first[link.intervention.code]
        assert link.history.get().history_date == link.linked_at
    for involvement in Intervention.objects.get(code="I-028").involvements.all():
        assert involvement.history.get().history_date.date() == first["I-028"]


def test_a_split_lies_between_two_rounds_and_leaves_the_old_links() -> None:
    split = Succession.objects.filter(kind="split")
    old = Intervention.objects.get(code="I-032")
    assert {one.to_intervention.code for one in split} == {"I-033", "I-034"}
    first, second = MonitoringRound.objects.order_by("opens_on")[:2]
    for one in split:
        assert first.closed_at.date() < one.on < second.opens_on
        born = one.to_intervention.history.earliest()
        assert born.history_date.date() == one.on
        assert old.history.earliest().history_date < born.history_date
    assert old.quote_links.exists()
    assert old.involvements.get(role="lead").history.exists()
    assert old.delivery_state == DeliveryState.RUNNING


def test_what_the_office_changed_later_stands_in_the_history() -> None:
    history = Intervention.history.order_by("history_date")
    dates = [row.due_on for row in history.filter(code="I-031")]
    assert dates[0] < dates[-1]
    coordination = Intervention.objects.get(code="I-036")
    joined = coordination.involvements.get(organisation__abbreviation="ZVH")
    laid = coordination.history.earliest().history_date
    assert joined.history.get().history_date > laid + timedelta(days=200)


def test_the_audit_trail_is_as_long_as_the_story() -> None:
    entries = AuditEntry.objects.order_by("at")
    assert entries.first().at.date() < TODAY - timedelta(days=610)
    assert entries.last().at.date() < TODAY
    assert {"plan.link", "round.opened", "update.reviewed", "decision.taken"} <= set(
        entries.values_list("verb", flat=True)
    )


def test_a_revised_figure_stands_beside_the_provisional_one() -> None:
    figures = Measurement.objects.filter(indicator__code="IND-03")
    assert [int(row.value) for row in figures.current()] == [490]
    assert figures.count() == 2


def test_reports_went_out_but_for_the_open_round() -> None:
    states = {report.round.state: report.state for report in Report.objects.all()}
    assert states == {"closed": "sent", "open": "draft"}
    for report in Report.objects.filter(state="sent"):
        closed = report.round.closed_at.date()
        assert closed < report.adopted_on < report.sent_on < closed + timedelta(days=50)
