"""What is due is mailed, once, to whom it concerns – and everything else is not."""

import datetime

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from actions.monitoring import services
from actions.monitoring.models import (
    EngineState,
    MailState,
    OfficeTask,
    OutgoingMail,
    Reminder,
    ReminderState,
    UpdateRequest,
)
from actions.organisations.models import Absence, MembershipKind, Organisation
from actions.plan.models import DeliveryState
from tests import factories as make
from tests.monitoring.mailroom import (
    OPENING,
    a_round,
    an_open_round,
    answer,
    days_on,
    states,
    sweep_on,
)

pytestmark = pytest.mark.django_db

FATIMA = "fatima@town.example"


@pytest.fixture
def town() -> Organisation:
    town = make.make_organisation("Town")
    make.make_reporter(town, "Fatima Town", email="Fatima@town.example")
    return town


def ask(organisation: Organisation, *titles: str) -> list[UpdateRequest]:
    """Open a round in which an organisation is asked about some interventions."""
    cases = [make.make_intervention(title, lead=organisation) for title in titles]
    an_open_round()
    return [case.requests.get() for case in cases]


def test_a_partner_gets_one_digest_a_day_with_all_that_is_owed(town: Organisation) -> None:
    ask(town, "Case", "Other", "Third")
    letterbox, result = sweep_on(0)
    assert letterbox.addresses == [FATIMA]
    text = letterbox.text_to(FATIMA)
    assert all(title in text for title in ("Case", "Other", "Third"))
    assert (result.derived, result.queued, result.sent) == (3, 3, 1)
    assert states() == {ReminderState.SENT: 3}
    assert OutgoingMail.objects.get().dedup_key == f"digest:{FATIMA}:2026-11-02"


def test_running_the_engine_again_changes_nothing(town: Organisation) -> None:
    ask(town, "Case")
    sweep_on(0)
    for _again in range(3):
        letterbox, result = sweep_on(0)
        assert not letterbox.letters
        assert (result.derived, result.queued) == (0, 0)
    assert not sweep_on(1)[0].letters


def test_the_ladder_is_climbed_and_the_answer_ends_it(town: Organisation) -> None:
    [request] = ask(town, "Case")
    fatima = town.memberships.get().user
    letters = {day: len(sweep_on(day)[0].letters) for day in range(16)}
    assert [day for day, count in letters.items() if count] == [0, 4, 15]
    answer(request, fatima, now=days_on(15))
    assert not any(sweep_on(day)[0].letters for day in range(16, 40))


def test_an_answer_between_queue_and_mail_cancels_both(town: Organisation) -> None:
    [request] = ask(town, "Case")
    EngineState.objects.create(name="sweep", paused=True)
    sweep_on(0)
    assert states() == {ReminderState.QUEUED: 1}
    answer(request, town.memberships.get().user)
    assert states() == {ReminderState.CANCELLED: 1}
    EngineState.objects.update(paused=False)
    letterbox, result = sweep_on(0)
    assert not letterbox.letters
    assert OutgoingMail.objects.get().state == MailState.CANCELLED
    assert result.outcomes["cancelled"] == 1


def test_after_a_week_down_there_is_one_digest_with_the_highest_rung(town: Organisation) -> None:
    ask(town, "Case", "Other")
    letterbox, _result = sweep_on(23)
    assert letterbox.addresses == [FATIMA]
    assert states() == {ReminderState.SENT: 2, ReminderState.SUPERSEDED: 8}
    sent = Reminder.objects.filter(state=ReminderState.SENT)
    assert {one.rung.name for one in sent} == {"d+2"}


def test_more_time_counts_anew_without_repeating_what_was_said(town: Organisation) -> None:
    [request] = ask(town, "Case")
    sweep_on(0)
    sweep_on(4)
    services.extend_request(
        request=request, due_on=datetime.date(2026, 11, 25), actor=None, now=days_on(14)
    )
    days = [day for day in range(14, 24) if sweep_on(day)[0].letters]
    assert days == [18, 23], "d-3 of the new deadline on the 20th, the deadline on the 25th"


def test_a_queued_reminder_of_the_old_deadline_does_not_leave(town: Organisation) -> None:
    [request] = ask(town, "Case")
    EngineState.objects.create(name="sweep", paused=True)
    sweep_on(18)
    services.extend_request(
        request=request, due_on=datetime.date(2026, 12, 18), actor=None, now=days_on(18)
    )
    EngineState.objects.update(paused=False)
    assert not sweep_on(18)[0].letters


def test_who_is_away_has_a_deputy(town: Organisation) -> None:
    deputy = make.make_user("Dewi Deputy", email="dewi@town.example")
    Absence.objects.create(
        user=town.memberships.get().user,
        starts_on=OPENING.date(),
        ends_on=days_on(3).date(),
        deputy=deputy,
    )
    ask(town, "Case")
    letterbox, _result = sweep_on(0)
    assert letterbox.addresses == ["dewi@town.example"]
    assert "Fatima Town" in letterbox.text_to("dewi@town.example")
    assert sweep_on(4)[0].addresses == [FATIMA]


def test_deputies_in_a_circle_end_at_the_shared_mailbox(town: Organisation) -> None:
    town.contact_address = "info@town.example"
    town.save()
    fatima, other = town.memberships.get().user, make.make_user("Other")
    for away, deputy in ((fatima, other), (other, fatima)):
        Absence.objects.create(
            user=away, starts_on=OPENING.date(), ends_on=OPENING.date(), deputy=deputy
        )
    ask(town, "Case")
    assert sweep_on(0)[0].addresses == ["info@town.example"]


def test_who_has_it_now_goes_before_all_who_might_answer(town: Organisation) -> None:
    make.make_reporter(town, email="second@town.example")
    first, _other = ask(town, "Case", "Other")
    holder = make.make_reporter(town, email="third@town.example")
    UpdateRequest.objects.filter(pk=first.pk).update(holder=holder)
    letterbox, _result = sweep_on(0)
    assert sorted(letterbox.addresses) == [FATIMA, "second@town.example", "third@town.example"]
    assert "Case" not in letterbox.text_to(FATIMA)
    assert "Case" in letterbox.text_to("third@town.example")


def test_an_inactive_person_gets_nothing(town: Organisation) -> None:
    fatima = town.memberships.get().user
    fatima.is_active = False
    fatima.save()
    town.contact_address = "Info@town.example"
    town.save()
    ask(town, "Case")
    assert sweep_on(0)[0].addresses == ["info@town.example"]


def test_who_leaves_between_queue_and_mail_gets_nothing_and_the_next_in_line_does(
    town: Organisation,
) -> None:
    town.contact_address = "info@town.example"
    town.save()
    ask(town, "Case")
    EngineState.objects.create(name="sweep", paused=True)
    sweep_on(0)
    fatima = town.memberships.get().user
    fatima.is_active = False
    fatima.save()
    EngineState.objects.update(paused=False)
    assert not sweep_on(0)[0].letters
    assert states() == {ReminderState.PLANNED: 1}
    assert sweep_on(0)[0].addresses == ["info@town.example"]


def test_where_nobody_is_known_the_office_hears_once_a_rung_and_has_one_task() -> None:
    make.make_office(email="office@programme.example")
    silent = make.make_organisation("Silent")
    ask(silent, "Case", "Other")
    letterbox, _result = sweep_on(0)
    assert letterbox.addresses == ["office@programme.example"]
    assert "Silent" in letterbox.text_to("office@programme.example")
    sweep_on(4)
    assert [task.kind for task in OfficeTask.objects.all()] == ["no_address"]
    assert states() == {ReminderState.SENT: 4}


def test_without_any_office_the_reminder_stays_visible_with_a_task() -> None:
    ask(make.make_organisation("Silent"), "Case")
    assert not sweep_on(0)[0].letters
    assert states() == {ReminderState.PLANNED: 1}
    assert OfficeTask.objects.open().count() == 1


def test_the_contact_is_copied_after_five_working_days_and_the_office_after_ten(
    town: Organisation,
) -> None:
    chief = make.make_user("Chief", email="chief@town.example")
    make.make_membership(chief, town, MembershipKind.CONTACT)
    contact = make.make_office(email="line@programme.example")
    make.make_office(email="other@programme.example")
    line = make.make_action_line(office_contact=contact)
    make.make_intervention("Case", lead=town, action_line=line)
    an_open_round()
    sweep_on(22)
    assert sorted(sweep_on(25)[0].addresses) == ["chief@town.example", FATIMA]
    assert sweep_on(32)[0].addresses == ["line@programme.example"]


def test_without_a_contact_person_the_office_hears_and_nobody_is_called_unknown(
    town: Organisation,
) -> None:
    make.make_office(email="office@programme.example")
    ask(town, "Case")
    sweep_on(22)
    assert sorted(sweep_on(25)[0].addresses) == [FATIMA, "office@programme.example"]
    assert not OfficeTask.objects.exists()


def test_a_stopped_intervention_reminds_nobody(town: Organisation) -> None:
    [request] = ask(town, "Case")
    request.intervention.delivery_state = DeliveryState.STOPPED
    request.intervention.save()
    assert not sweep_on(0)[0].letters


def test_a_second_round_on_the_same_day_waits_for_tomorrows_digest(town: Organisation) -> None:
    ask(town, "Case")
    sweep_on(0)
    an_open_round("Another")
    assert not sweep_on(0)[0].letters
    assert states()[ReminderState.PLANNED] == 1
    assert sweep_on(1)[0].addresses == [FATIMA]


def test_an_unsent_digest_of_yesterday_is_used_today(town: Organisation) -> None:
    ask(town, "Case")
    EngineState.objects.create(name="sweep", paused=True)
    sweep_on(0)
    sweep_on(4)
    EngineState.objects.update(paused=False)
    assert sweep_on(4)[0].addresses == [FATIMA]
    assert OutgoingMail.objects.count() == 1
    assert states() == {ReminderState.SENT: 1, ReminderState.SUPERSEDED: 1}


def test_scheduled_mail_keeps_office_hours(town: Organisation, settings) -> None:
    settings.SPOOR_MAIL_WINDOW = "09:00-16:30"
    ask(town, "Case")
    evening = OPENING.replace(hour=18)
    saturday = days_on(5)
    for moment in (evening, saturday):
        result = services.sweep(now=moment)
        assert result.sent == 0
    assert sweep_on(7)[0].addresses == [FATIMA]


def test_a_round_opened_on_a_sunday_asks_at_once_where_mail_may_always_leave(
    town: Organisation, settings
) -> None:
    make.make_intervention("Case", lead=town)
    sunday = days_on(-1)
    services.open_round(round=a_round(opens_on=sunday.date()), actor=None, now=sunday)
    settings.SPOOR_MAIL_WINDOW = "09:00-16:30"
    assert services.sweep(now=sunday).sent == 0
    settings.SPOOR_MAIL_WINDOW = "always"
    assert sweep_on(-1)[0].addresses == [FATIMA]


def test_a_dry_run_says_what_would_leave_and_writes_nothing(town: Organisation) -> None:
    ask(town, "Case", "Other")
    result = services.sweep(now=OPENING, dry_run=True)
    assert [(one.recipient, one.questions) for one in result.would_mail] == [(FATIMA, 2)]
    assert not Reminder.objects.exists()
    assert not OutgoingMail.objects.exists()
    assert not EngineState.objects.exists()


def test_paused_mail_waits_and_the_heart_beats_on(town: Organisation) -> None:
    ask(town, "Case")
    EngineState.objects.create(name="sweep", paused=True)
    letterbox, result = sweep_on(0)
    assert result.paused
    assert not letterbox.letters
    assert EngineState.objects.get().heartbeat_at == OPENING


def test_office_tasks_travel_in_the_digest_until_they_are_done() -> None:
    office = make.make_office(email="office@programme.example")
    OfficeTask.objects.create(
        kind="check",
        object_type="x",
        object_id="1",
        summary="Call the police.",
        assignee=office,
        due_on=OPENING.date(),
    )
    assert "Call the police." in sweep_on(0)[0].text_to("office@programme.example")
    assert not sweep_on(1)[0].letters


def test_summer_time_ends_and_nobody_gets_two(town: Organisation) -> None:
    make.make_intervention("Case", lead=town)
    about_round = services.create_round(
        name="October",
        kind="report",
        period_start=datetime.date(2026, 4, 1),
        period_end=datetime.date(2026, 9, 30),
        opens_on=datetime.date(2026, 10, 24),
        deadline=datetime.date(2026, 11, 20),
        actor=None,
    )
    # The clock in Amsterdam shows 02:30 twice in the night to Sunday 25 October 2026.
    night = datetime.datetime(2026, 10, 25, 0, 30, tzinfo=datetime.UTC)
    services.open_round(round=about_round, actor=None, now=night)
    letters = []
    for hour in range(48):
        result = services.sweep(now=night + datetime.timedelta(hours=hour))
        letters.append(result.sent)
    assert sum(letters) == 1


def test_the_engine_reads_as_often_for_many_as_for_few(town: Organisation) -> None:
    def cost() -> int:
        with CaptureQueriesContext(connection) as captured:
            services.sweep(now=OPENING, dry_run=True)
        return len(captured)

    def ask_partners(count: int) -> None:
        for _number in range(count):
            partner = make.make_organisation()
            make.make_reporter(partner)
            make.make_intervention(lead=partner)

    ask_partners(2)
    about_round = an_open_round()
    few = cost()
    ask_partners(10)
    services.open_round(round=about_round, actor=None, now=OPENING)
    assert len(services.sweep(now=OPENING, dry_run=True).would_mail) == 12
    assert cost() == few
