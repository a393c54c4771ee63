"""Mails leave once – whatever refuses, breaks, dies or runs beside."""

import datetime
import threading
from email.message import EmailMessage

import pytest
import time_machine
from django.db import connection
from django.utils import timezone

from actions.monitoring import services
from actions.monitoring.models import (
    MailClass,
    MailState,
    OfficeTask,
    OutgoingMail,
    ReminderState,
    UpdateRequest,
)
from actions.monitoring.outbox import deliver
from actions.monitoring.outbox.claim import BATCH, claim, start_data
from actions.monitoring.outbox.transport import ConnectionLost, DeliveryError
from tests import factories as make
from tests.monitoring.mailroom import (
    OPENING,
    Letterbox,
    Worn,
    an_open_round,
    breaking,
    days_on,
    killed,
    leases_run_out,
    pauses_end,
    refusing,
    states,
    sweep_on,
)


def ask(*names: str) -> None:
    """Each of these organisations owes one answer."""
    for name in names:
        town = make.make_organisation(name)
        make.make_reporter(town, email=f"{name.lower()}@partner.example")
        make.make_intervention(f"Case of {name}", lead=town)
    an_open_round()


def a_mail(number: int = 1, **fields: object) -> OutgoingMail:
    given = {
        "recipient": f"r{number}@partner.example",
        "kind": "digest",
        "mail_class": MailClass.SCHEDULED,
        "dedup_key": f"digest:r{number}@partner.example:2026-11-02",
        "message_id": f"<{number}@spoor.example>",
        **fields,
    }
    return OutgoingMail.objects.create(**given)


@pytest.fixture
def at_the_opening():
    """The worker's clock stands at the opening of the round."""
    with time_machine.travel(OPENING, tick=False) as traveller:
        yield traveller


@pytest.mark.django_db
def test_a_crash_after_handing_over_is_uncertain_and_sent_once_more_flagged() -> None:
    ask("Town")
    first = killed()
    with pytest.raises(Worn):
        sweep_on(0, first)
    mail = OutgoingMail.objects.get()
    assert mail.state == MailState.SENDING
    assert mail.data_started_at
    assert not sweep_on(0)[0].letters, "the lease holds"
    leases_run_out()
    second, result = sweep_on(0)
    assert result.outcomes["uncertain"] == 1
    mail.refresh_from_db()
    assert (mail.state, mail.uncertain_count) == (MailState.SENT, 1)
    [before], [after] = first.letters, second.letters
    assert before["Message-ID"] == after["Message-ID"]
    assert before["X-Spoor-Sent-Again"] is None
    assert after["X-Spoor-Sent-Again"] == "1"
    assert states() == {ReminderState.SENT: 1}


@pytest.mark.django_db
def test_uncertain_twice_is_the_offices() -> None:
    ask("Town")
    for _time in range(2):
        with pytest.raises(Worn):
            sweep_on(0, killed())
        leases_run_out()
    assert not sweep_on(0)[0].letters
    mail = OutgoingMail.objects.get()
    assert (mail.state, mail.uncertain_count) == (MailState.UNCERTAIN, 2)
    assert OfficeTask.objects.get().kind == "mail_uncertain"
    assert states() == {ReminderState.FAILED: 1}
    assert not sweep_on(0)[0].letters


@pytest.mark.django_db
def test_a_line_that_breaks_inside_a_message_is_doubted_alike() -> None:
    ask("Town")
    first, second = breaking(), breaking()
    sweep_on(0, first)
    assert OutgoingMail.objects.get().state == MailState.UNCERTAIN
    assert not sweep_on(0)[0].letters, "not before a minute has passed"
    pauses_end()
    sweep_on(0, second)
    pauses_end()
    assert not sweep_on(0)[0].letters
    assert OfficeTask.objects.get().kind == "mail_uncertain"


@pytest.mark.django_db
def test_a_crash_before_handing_over_costs_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    ask("Town")

    def die(mail: OutgoingMail) -> bool:
        raise Worn

    monkeypatch.setattr(deliver, "start_data", die)
    with pytest.raises(Worn):
        sweep_on(0)
    monkeypatch.undo()
    leases_run_out()
    letterbox, result = sweep_on(0)
    assert len(letterbox.letters) == 1
    assert result.outcomes["requeued"] == 1
    assert OutgoingMail.objects.get().uncertain_count == 0


@pytest.mark.django_db
def test_a_worker_that_was_thought_dead_may_still_say_that_it_was_sent() -> None:
    ask("Town")

    def take_the_lease(message: EmailMessage) -> None:
        leases_run_out()
        deliver.end_expired_leases(now=OPENING)
        assert OutgoingMail.objects.get().state == MailState.UNCERTAIN

    sweep_on(0, Letterbox(after=take_the_lease))
    assert OutgoingMail.objects.get().state == MailState.SENT
    pauses_end()
    assert not sweep_on(0)[0].letters


@pytest.mark.django_db
def test_a_temporary_refusal_is_tried_after_1_5_15_60_minutes_then_hourly(at_the_opening) -> None:
    ask("Town")
    pauses = []
    for _attempt in range(6):
        with connection.cursor() as cursor:
            before = database_now(cursor)
        sweep_on(0, refusing("450 later"))
        mail = OutgoingMail.objects.get()
        pauses.append(round((mail.not_before - before).total_seconds() / 60))
        assert not sweep_on(0)[0].letters
        pauses_end()
    assert pauses[:4] == [1, 5, 15, 60]
    assert all(60 <= pause <= 71 for pause in pauses[4:])
    assert len(sweep_on(0)[0].letters) == 1
    assert states() == {ReminderState.SENT: 1}


def database_now(cursor) -> datetime.datetime:
    if connection.vendor == "postgresql":
        cursor.execute("SELECT now()")
        return cursor.fetchone()[0]
    cursor.execute("SELECT STRFTIME('%Y-%m-%dT%H:%M:%f+00:00', 'NOW')")
    return datetime.datetime.fromisoformat(cursor.fetchone()[0])


@pytest.mark.django_db
def test_after_three_working_days_the_office_is_asked(at_the_opening) -> None:
    ask("Town")
    for day in range(4):
        sweep_on(day, refusing("450 later"))
        pauses_end()
        assert OutgoingMail.objects.get().state == MailState.QUEUED
    sweep_on(4, refusing("450 later"))
    assert OutgoingMail.objects.get(dedup_key__endswith="2026-11-02").state == MailState.FAILED
    assert OfficeTask.objects.get().kind == "mail_failed"
    assert ReminderState.FAILED in states()


@pytest.mark.django_db
def test_a_final_refusal_is_the_offices_at_once() -> None:
    ask("Town")
    sweep_on(0, refusing("550 no such user", permanent=True))
    mail = OutgoingMail.objects.get()
    assert (mail.state, mail.smtp_reply) == (MailState.FAILED, "550 no such user")
    assert "town@partner.example" in OfficeTask.objects.get().summary
    assert states() == {ReminderState.FAILED: 1}
    assert not sweep_on(0)[0].letters


@pytest.mark.django_db
def test_one_refusal_does_not_hold_up_the_others() -> None:
    ask("Town", "Police", "Shelter")

    def refuse_the_police(message: EmailMessage) -> None:
        if message["To"].startswith("police"):
            raise DeliveryError("550 no", permanent=True)

    letterbox, result = sweep_on(0, Letterbox(before=refuse_the_police))
    assert sorted(letterbox.addresses) == ["shelter@partner.example", "town@partner.example"]
    assert (result.outcomes["sent"], result.outcomes["failed"]) == (2, 1)


@pytest.mark.django_db
def test_without_a_server_the_rest_goes_back_to_the_queue_untried() -> None:
    ask("Town", "Police", "Shelter")
    tries = []

    def away(message: EmailMessage) -> None:
        tries.append(message["To"])
        raise ConnectionLost("ConnectionRefusedError")

    sweep_on(0, Letterbox(before=away))
    assert len(tries) == 1
    assert sorted(OutgoingMail.objects.values_list("state", "attempts")) == [
        ("queued", 0),
        ("queued", 0),
        ("queued", 1),
    ]
    pauses_end()
    assert len(sweep_on(0)[0].letters) == 3


@pytest.mark.django_db
def test_one_mail_that_cannot_be_written_does_not_hold_up_the_others(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    ask("Town", "Police")
    write = deliver.render_digest

    def stumble(*, mail: OutgoingMail, **rest: object):
        if mail.recipient.startswith("police"):
            raise KeyError("title")
        return write(mail=mail, **rest)

    monkeypatch.setattr(deliver, "render_digest", stumble)
    assert sweep_on(0)[0].addresses == ["town@partner.example"]
    assert OutgoingMail.objects.get(recipient="police@partner.example").state == MailState.QUEUED


@pytest.mark.django_db
def test_an_answer_while_the_batch_is_under_way_is_seen() -> None:
    ask("Town", "Police")

    def answer_both(message: EmailMessage) -> None:
        for request in UpdateRequest.objects.owed().select_related("organisation"):
            services.submit_update(
                request=request,
                answer=services.Answer("running", "on_track", "Fine."),
                author=request.organisation.memberships.get().user,
                now=OPENING,
            )

    letterbox, _result = sweep_on(0, Letterbox(after=answer_both))
    assert len(letterbox.letters) == 1
    assert states() == {ReminderState.CANCELLED: 2}


@pytest.mark.django_db
def test_a_claim_takes_fifty_at_most_prompt_ones_first_and_none_twice() -> None:
    for number in range(BATCH + 3):
        a_mail(number)
    prompt = a_mail(900, kind="code", mail_class=MailClass.PROMPT)
    first, second, third = (claim(scheduled=True) for _time in range(3))
    assert (len(first), len(second), len(third)) == (BATCH, 4, 0)
    assert prompt in first
    assert not {one.pk for one in first} & {one.pk for one in second}


@pytest.mark.django_db
def test_outside_the_window_only_prompt_mail_is_claimed() -> None:
    a_mail(1)
    prompt = a_mail(2, kind="code", mail_class=MailClass.PROMPT)
    assert claim(scheduled=False) == [prompt]


@pytest.mark.django_db
def test_a_lost_lease_starts_nothing() -> None:
    a_mail()
    [mail] = claim(scheduled=True)
    leases_run_out()
    deliver.end_expired_leases(now=OPENING)
    assert not start_data(mail)


@pytest.mark.postgresql
@pytest.mark.django_db(transaction=True)
def test_two_claimers_at_once_never_hold_the_same_mail() -> None:
    for number in range(200):
        a_mail(number)
    held: list[int] = []
    barrier = threading.Barrier(4)

    def work() -> None:
        barrier.wait()
        while mails := claim(scheduled=True):
            held.extend(mail.pk for mail in mails)
        connection.close()

    workers = [threading.Thread(target=work) for _one in range(4)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    assert len(held) == len(set(held)) == 200


@pytest.mark.postgresql
@pytest.mark.django_db(transaction=True)
def test_three_engines_at_once_send_each_digest_once() -> None:
    ask(*(f"Town{number}" for number in range(20)))
    letterboxes = [Letterbox() for _one in range(3)]
    barrier = threading.Barrier(3)
    failures: list[Exception] = []

    def work(letterbox: Letterbox) -> None:
        try:
            barrier.wait()
            services.sweep(now=OPENING, transport=letterbox)
        except Exception as error:  # noqa: BLE001 – told below, in the thread that asserts
            failures.append(error)
        finally:
            connection.close()

    workers = [threading.Thread(target=work, args=(one,)) for one in letterboxes]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    assert not failures
    last, _result = sweep_on(0)
    addresses = [one for letterbox in (*letterboxes, last) for one in letterbox.addresses]
    assert sorted(addresses) == sorted({f"town{number}@partner.example" for number in range(20)})
    assert states() == {ReminderState.SENT: 20}


@pytest.mark.django_db
def test_two_working_days_later_the_mail_still_says_what_is_owed_then(at_the_opening) -> None:
    ask("Town")
    sweep_on(0, refusing("450 later"))
    pauses_end()
    letterbox, _result = sweep_on(2)
    assert len(letterbox.letters) == 1
    assert OutgoingMail.objects.get().sent_at == days_on(2)
    assert timezone.now() == OPENING
