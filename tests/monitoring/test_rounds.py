"""Making, previewing, opening and closing a round."""

import datetime

import pytest
from django.core.exceptions import ValidationError

from actions.monitoring import services
from actions.monitoring.models import (
    Holiday,
    HolidayKind,
    Reminder,
    RequestState,
    RoundState,
    UpdateRequest,
)
from actions.organisations.models import GroupMembership, OrganisationGroup
from actions.plan.models import DeliveryState, Involvement, Succession, SuccessionKind
from tests import factories as make
from tests.monitoring.mailroom import (
    DEADLINE,
    OPENING,
    a_round,
    an_open_round,
    answer,
    days_on,
    sweep_on,
)
from tracker.audit.models import AuditEntry

pytestmark = pytest.mark.django_db


def asked() -> set[tuple[str, str]]:
    rows = UpdateRequest.objects.select_related("intervention", "organisation")
    return {(one.intervention.title, one.organisation.name) for one in rows}


def test_a_round_gets_the_ladder_by_working_days() -> None:
    rungs = [(one.name, one.offset, one.audience) for one in a_round().rungs.all()]
    assert rungs[0] == ("opening", None, "owner")
    assert ("d+5", 5, "contact") in rungs
    assert rungs[-1] == ("d+10", 10, "office")
    assert len(rungs) == len(services.DEFAULT_LADDER)


@pytest.mark.parametrize(
    ("deadline", "why"),
    [(datetime.date(2026, 11, 21), "a Saturday"), (datetime.date(2026, 12, 25), "Christmas")],
)
def test_a_deadline_is_a_working_day(deadline: datetime.date, why: str) -> None:
    with pytest.raises(ValidationError) as refused:
        a_round(deadline=deadline)
    assert "deadline" in refused.value.message_dict, why


def test_a_deadline_before_the_opening_is_refused_in_words() -> None:
    with pytest.raises(ValidationError) as refused:
        a_round(deadline=datetime.date(2026, 10, 30))
    assert len(refused.value.messages) == 1


def test_the_office_keeps_its_own_table_of_holidays() -> None:
    services.fill_public_holidays(years=[2026])
    Holiday.objects.filter(starts_on=datetime.date(2026, 12, 25)).delete()
    assert services.fill_public_holidays(years=[2026]) == 0
    assert a_round(deadline=datetime.date(2026, 12, 25)).pk


def test_every_reporting_organisation_is_asked_once() -> None:
    town, police = make.make_organisation("Town"), make.make_organisation("Police")
    shelter = make.make_organisation("Shelter")
    case = make.make_intervention("Case", lead=town)
    make.make_involvement(case, police, "involved", reports=True)
    make.make_involvement(case, shelter, "co_lead")
    about_round = an_open_round()
    assert asked() == {("Case", "Town"), ("Case", "Police")}
    services.open_round(round=about_round, actor=None, now=OPENING)
    assert UpdateRequest.objects.count() == 2
    assert {one.due_on for one in UpdateRequest.objects.all()} == {DEADLINE}


def test_opening_again_asks_only_who_came_later() -> None:
    make.make_intervention("Case", lead=make.make_organisation("Town"))
    about_round = an_open_round()
    make.make_intervention("New", lead=make.make_organisation("Police"))
    services.open_round(round=about_round, actor=None, now=days_on(3))
    about_round.refresh_from_db()
    assert asked() == {("Case", "Town"), ("New", "Police")}
    assert about_round.opens_on == OPENING.date()


def test_a_group_is_asked_through_its_members_of_that_day() -> None:
    group = OrganisationGroup.objects.create(name="Centre municipalities")
    east, west, gone = (make.make_organisation(name) for name in ("East", "West", "Gone"))
    for one, until in ((east, None), (west, None), (gone, datetime.date(2026, 6, 30))):
        GroupMembership.objects.create(group=group, organisation=one, valid_to=until)
    case = make.make_intervention("Case")
    Involvement.objects.create(intervention=case, group=group, role="lead")
    an_open_round()
    assert asked() == {("Case", "East"), ("Case", "West")}


def test_merged_and_succeeded_organisations_are_read_through() -> None:
    new = make.make_organisation("New town")
    double = make.make_organisation("New twon", merged_into=new)
    old = make.make_organisation("Old town", valid_to=datetime.date(2025, 12, 31), successor=double)
    make.make_intervention("Case", lead=old)
    an_open_round()
    assert asked() == {("Case", "New town")}


def test_what_has_ended_is_not_asked() -> None:
    town = make.make_organisation("Town")
    user = make.make_reporter(town)
    office = make.make_office()
    make.make_intervention("Stopped", lead=town, delivery_state=DeliveryState.STOPPED)
    make.make_intervention("Nobody leads")
    gone, next_one = make.make_intervention("Gone", lead=town), make.make_intervention("Next")
    Succession.objects.create(
        from_intervention=gone,
        to_intervention=next_one,
        kind=SuccessionKind.REPLACED,
        on=OPENING.date(),
        reason="Better.",
    )
    done = make.make_intervention("Done", lead=town)
    first = an_open_round("Spring")
    update = answer(
        done.requests.get(), user, delivery_state=DeliveryState.COMPLETED, for_the_report="Ready."
    )
    services.review_update(update=update, reviewer=office, verdict="accepted", now=OPENING)
    services.close_round(round=first, actor=office, now=OPENING)
    second = an_open_round("Autumn")
    assert asked() == {("Done", "Town")}, "in spring, when it was not yet done"
    assert not second.requests.exists()


def test_the_preview_says_who_is_asked_and_who_cannot_be_reached() -> None:
    make.make_office(email="office@programme.example")
    town, silent = make.make_organisation("Town"), make.make_organisation("Silent")
    make.make_reporter(town, email="Fatima@town.example")
    make.make_intervention("Case", lead=town)
    make.make_intervention("Quiet", lead=silent)
    rows = services.preview_round(round=a_round(), today=OPENING.date())
    assert [(one.organisation.name, one.recipient, bool(one.problem)) for one in rows] == [
        ("Town", "fatima@town.example", False),
        ("Silent", "office@programme.example", True),
    ]
    assert not UpdateRequest.objects.exists()


def test_a_round_opens_on_the_day_it_is_opened_and_never_after_its_deadline() -> None:
    about_round = a_round()
    with pytest.raises(ValidationError):
        services.open_round(round=about_round, actor=None, now=days_on(19))
    about_round = services.open_round(round=about_round, actor=None, now=days_on(2))
    assert about_round.state == RoundState.OPEN
    assert about_round.opens_on == datetime.date(2026, 11, 4)
    assert AuditEntry.objects.filter(verb="round.opened").count() == 1


def test_a_round_with_unjudged_answers_does_not_close() -> None:
    town = make.make_organisation("Town")
    user = make.make_reporter(town)
    case = make.make_intervention("Case", lead=town)
    about_round = an_open_round()
    answer(case.requests.get(), user)
    with pytest.raises(ValidationError, match="1"):
        services.close_round(round=about_round, actor=None, now=days_on(30))
    about_round.refresh_from_db()
    assert about_round.state == RoundState.OPEN


def test_closing_lets_open_requests_lapse_and_silences_the_engine() -> None:
    town = make.make_organisation("Town")
    make.make_reporter(town)
    make.make_intervention("Case", lead=town)
    about_round = an_open_round()
    services.sweep(now=OPENING, dry_run=True)
    sweep_on(0)
    about_round = services.close_round(round=about_round, actor=None, now=days_on(20))
    assert UpdateRequest.objects.get().state == RequestState.LAPSED
    letterbox, _result = sweep_on(22)
    assert not letterbox.letters
    with pytest.raises(ValidationError):
        services.open_round(round=about_round, actor=None, now=days_on(20))


def test_more_time_must_be_a_later_working_day() -> None:
    town = make.make_organisation("Town")
    make.make_intervention("Case", lead=town)
    an_open_round()
    request = UpdateRequest.objects.get()
    for day in (DEADLINE, datetime.date(2026, 11, 22)):
        with pytest.raises(ValidationError):
            services.extend_request(request=request, due_on=day, actor=None, now=OPENING)
    later = datetime.date(2026, 11, 27)
    assert (
        services.extend_request(request=request, due_on=later, actor=None, now=OPENING).due_on
        == later
    )
    assert AuditEntry.objects.filter(verb="request.extended").count() == 1


def test_what_leaves_next_is_what_then_leaves() -> None:
    town = make.make_organisation("Town")
    make.make_reporter(town, email="fatima@town.example")
    make.make_intervention("Case", lead=town)
    make.make_intervention("Other", lead=town)
    about_round = an_open_round()
    sweep_on(0)
    first = services.what_leaves_next(round=about_round, now=days_on(1))[0]
    assert (first.on, first.rung, first.requests, first.addresses) == (
        datetime.date(2026, 11, 6),
        "d-10",
        2,
        1,
    )
    assert not sweep_on(3)[0].letters
    assert sweep_on(4)[0].addresses == ["fatima@town.example"]


def test_in_a_quiet_period_nobody_is_reminded() -> None:
    Holiday.objects.create(
        name="Recess",
        kind=HolidayKind.QUIET,
        starts_on=datetime.date(2026, 11, 6),
        ends_on=datetime.date(2026, 11, 9),
    )
    town = make.make_organisation("Town")
    make.make_reporter(town)
    make.make_intervention("Case", lead=town)
    an_open_round()
    sweep_on(0)
    assert not sweep_on(4)[0].letters
    assert len(sweep_on(8)[0].letters) == 1
    assert Reminder.objects.get(rung__name="d-10").due_on == datetime.date(2026, 11, 10)
