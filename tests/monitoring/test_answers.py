"""Drafts, answers and judgements."""

import datetime

import pytest
from django.core.exceptions import ValidationError

from actions.monitoring import services
from actions.monitoring.models import RequestState, StatusUpdate, UpdateDraft, UpdateRequest
from actions.organisations.models import Organisation, User
from actions.plan.models import DeliveryState, Intervention, TrafficLight
from tests import factories as make
from tests.monitoring.mailroom import OPENING, an_open_round, answer, days_on

pytestmark = pytest.mark.django_db


@pytest.fixture
def town() -> Organisation:
    return make.make_organisation("Town")


@pytest.fixture
def fatima(town: Organisation) -> User:
    return make.make_reporter(town, "Fatima Town")


@pytest.fixture
def office() -> User:
    return make.make_office()


@pytest.fixture
def case(town: Organisation) -> Intervention:
    return make.make_intervention("Case", lead=town)


@pytest.fixture
def request_to_town(case: Intervention) -> UpdateRequest:
    an_open_round()
    return case.requests.get()


def judge(update: StatusUpdate, office: User, reason: str = "") -> None:
    services.review_update(
        update=update,
        reviewer=office,
        verdict="returned" if reason else "accepted",
        reason=reason,
        now=days_on(1),
    )


def test_two_colleagues_do_not_overwrite_each_other(
    request_to_town: UpdateRequest, fatima: User
) -> None:
    first = services.save_draft(
        request=request_to_town, editor=fatima, payload={"cause": "a"}, lock_version=0
    )
    assert first.lock_version == 1
    with pytest.raises(services.StaleDraft) as stale:
        services.save_draft(
            request=request_to_town, editor=None, payload={"cause": "b"}, lock_version=0
        )
    assert stale.value.draft is not None
    assert stale.value.draft.payload == {"cause": "a"}
    again = services.save_draft(
        request=request_to_town, editor=fatima, payload={"cause": "c"}, lock_version=1
    )
    assert (again.pk, again.lock_version) == (first.pk, 2)


def test_a_draft_keeps_dates(request_to_town: UpdateRequest, fatima: User) -> None:
    payload = {"expected_finish": datetime.date(2027, 6, 30)}
    services.save_draft(request=request_to_town, editor=fatima, payload=payload, lock_version=0)
    assert UpdateDraft.objects.get().payload == {"expected_finish": "2027-06-30"}


def test_an_answer_closes_the_request_and_clears_the_draft(
    request_to_town: UpdateRequest, fatima: User
) -> None:
    services.save_draft(request=request_to_town, editor=fatima, payload={}, lock_version=0)
    update = answer(request_to_town, fatima)
    request_to_town.refresh_from_db()
    assert (update.version, request_to_town.state) == (1, RequestState.SUBMITTED)
    assert not UpdateDraft.objects.exists()
    with pytest.raises(ValidationError):
        answer(request_to_town, fatima)
    with pytest.raises(ValidationError):
        services.save_draft(request=request_to_town, editor=fatima, payload={}, lock_version=0)
    assert StatusUpdate.objects.count() == 1


def test_a_deviation_is_explained_field_by_field(
    request_to_town: UpdateRequest, fatima: User
) -> None:
    with pytest.raises(ValidationError) as refused:
        answer(request_to_town, fatima, traffic_light=TrafficLight.AT_RISK, cause="Staff.")
    assert set(refused.value.message_dict) == {"consequence", "adjustment"}
    assert not StatusUpdate.objects.exists()


def test_an_empty_answer_is_no_answer(request_to_town: UpdateRequest, fatima: User) -> None:
    with pytest.raises(ValidationError) as refused:
        answer(request_to_town, fatima, for_the_report="  ", delivery_state="")
    assert set(refused.value.message_dict) == {"for_the_report", "delivery_state"}


def test_a_shared_mailbox_says_who_answers(request_to_town: UpdateRequest) -> None:
    said = services.Answer("running", "on_track", "All is well.")
    with pytest.raises(ValidationError):
        services.submit_update(request=request_to_town, answer=said, now=OPENING)
    update = services.submit_update(
        request=request_to_town,
        answer=said,
        author_name="Front desk",
        author_address="desk@town.example",
        now=OPENING,
    )
    assert update.author is None


def test_the_office_answers_on_behalf(request_to_town: UpdateRequest, office: User) -> None:
    update = services.submit_update(
        request=request_to_town,
        answer=services.Answer("running", "on_track", "All is well."),
        author=office,
        on_behalf_from="Fatima Town",
        on_behalf_channel="phone",
        on_behalf_on=OPENING.date(),
        now=OPENING,
    )
    assert update.on_behalf_from == "Fatima Town"


def test_what_the_lead_said_and_the_office_accepted_becomes_the_state(
    request_to_town: UpdateRequest, case: Intervention, fatima: User, office: User
) -> None:
    judge(answer(request_to_town, fatima), office)
    case.refresh_from_db()
    request_to_town.refresh_from_db()
    assert request_to_town.state == RequestState.ACCEPTED
    assert (case.delivery_state, case.traffic_light) == ("running", "on_track")
    assert case.state_accepted_on == days_on(1).date()
    assert case.history.count() == 2


def test_only_the_lead_speaks_for_the_intervention(
    case: Intervention, fatima: User, office: User
) -> None:
    police = make.make_organisation("Police")
    ruben = make.make_reporter(police)
    make.make_involvement(case, police, "involved", reports=True)
    an_open_round()
    judge(answer(case.requests.get(organisation=police), ruben), office)
    case.refresh_from_db()
    assert case.state_accepted_on is None


def test_a_returned_answer_is_owed_again_as_the_next_version(
    request_to_town: UpdateRequest, fatima: User, office: User
) -> None:
    first = answer(request_to_town, fatima)
    with pytest.raises(ValidationError):
        services.review_update(update=first, reviewer=office, verdict="returned", now=OPENING)
    judge(first, office, "Which region is this about?")
    request_to_town.refresh_from_db()
    assert request_to_town.state == RequestState.RETURNED
    second = answer(request_to_town, fatima)
    assert second.version == 2
    with pytest.raises(ValidationError):
        judge(first, office)
    judge(second, office)


def test_an_answer_is_judged_once(
    request_to_town: UpdateRequest, fatima: User, office: User
) -> None:
    update = answer(request_to_town, fatima)
    judge(update, office)
    with pytest.raises(ValidationError):
        judge(update, office)


def test_nobody_owes_an_answer_about_what_was_stopped(
    case: Intervention, fatima: User, office: User
) -> None:
    police = make.make_organisation("Police")
    make.make_involvement(case, police, "involved", reports=True)
    an_open_round()
    mine = case.requests.get(organisation__name="Town")
    judge(answer(mine, fatima, delivery_state=DeliveryState.STOPPED), office)
    assert case.requests.get(organisation=police).state == RequestState.WITHDRAWN


def test_the_first_look_is_noted_once(request_to_town: UpdateRequest) -> None:
    services.mark_opened(request=request_to_town, now=OPENING)
    again = services.mark_opened(request=request_to_town, now=days_on(1))
    assert again.first_opened_at == OPENING
