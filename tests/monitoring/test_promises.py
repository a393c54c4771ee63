"""Whatever happens in whatever order: nobody gets the same mail twice, no reminder disappears."""

import datetime
from collections import Counter

import pytest
from django.core.exceptions import ValidationError
from django.db import transaction
from hypothesis import given, settings
from hypothesis import strategies as st

from actions.monitoring import services
from actions.monitoring.models import (
    MailState,
    MonitoringRound,
    OutgoingMail,
    Reminder,
    ReminderState,
    StatusUpdate,
    UpdateRequest,
)
from tests import factories as make
from tests.monitoring.mailroom import (
    DEADLINE,
    Letterbox,
    Worn,
    an_open_round,
    answer,
    days_on,
    killed,
    leases_run_out,
    pauses_end,
    refusing,
)
from tracker.shared.calendar import shift_working_days

ENDED = {
    ReminderState.SENT,
    ReminderState.SUPERSEDED,
    ReminderState.CANCELLED,
    ReminderState.FAILED,
}
SERVERS = ("takes", "refuses", "says no", "dies")

deeds = st.lists(
    st.one_of(
        st.tuples(st.just("sweep"), st.integers(0, 6), st.sampled_from(SERVERS)),
        st.tuples(st.just("answer"), st.integers(0, 2), st.booleans()),
        st.tuples(st.just("extend"), st.integers(0, 2), st.integers(1, 15)),
        st.tuples(st.just("leave"), st.integers(0, 2), st.booleans()),
    ),
    max_size=14,
)


class Story:
    """Three organisations owe an answer; time only goes forward."""

    def __init__(self) -> None:
        self.office = make.make_office()
        for _number in range(3):
            town = make.make_organisation()
            make.make_reporter(town)
            make.make_intervention(lead=town)
        self.round: MonitoringRound = an_open_round()
        self.requests = list(UpdateRequest.objects.order_by("pk"))
        self.day = 0
        self.delivered: Counter[str] = Counter()

    def sweep(self, days: int, server: str) -> None:
        self.day += days
        makers = {
            "takes": Letterbox,
            "refuses": lambda: refusing("450 later"),
            "says no": lambda: refusing("550 no", permanent=True),
            "dies": killed,
        }
        letterbox = makers[server]()
        try:
            services.sweep(now=days_on(self.day), transport=letterbox)
        except Worn:
            leases_run_out()
        self.delivered.update(letter["Message-ID"] for letter in letterbox.letters)
        pauses_end()

    def answer(self, index: int, returned: bool) -> None:
        request = self.requests[index]
        author = request.organisation.memberships.get().user
        try:
            update: StatusUpdate = answer(request, author, now=days_on(self.day))
        except ValidationError:
            return
        if returned:
            services.review_update(
                update=update,
                reviewer=self.office,
                verdict="returned",
                reason="Please look again.",
                now=days_on(self.day),
            )

    def extend(self, index: int, days: int) -> None:
        later = shift_working_days(DEADLINE + datetime.timedelta(days=self.day), days)
        try:
            services.extend_request(
                request=self.requests[index], due_on=later, actor=None, now=days_on(self.day)
            )
        except ValidationError:
            return

    def leave(self, index: int, active: bool) -> None:
        user = self.requests[index].organisation.memberships.get().user
        user.is_active = active
        user.save()

    def end(self) -> None:
        for _time in range(3):
            self.sweep(1, "takes")
        for update in StatusUpdate.objects.filter(request__state="submitted", review=None):
            services.review_update(
                update=update, reviewer=self.office, verdict="accepted", now=days_on(self.day)
            )
        services.close_round(round=self.round, actor=None, now=days_on(self.day))
        self.sweep(1, "takes")


@pytest.mark.django_db
@settings(max_examples=40, deadline=None)
@given(deeds=deeds)
def test_no_order_of_events_sends_twice_or_loses_a_reminder(deeds: list[tuple]) -> None:
    with transaction.atomic():
        story = Story()
        for name, *details in deeds:
            getattr(story, name)(*details)
        story.end()
        for mail in OutgoingMail.objects.all():
            copies = story.delivered[mail.message_id]
            assert copies <= 1 + min(mail.uncertain_count, 1), mail.dedup_key
        keys = OutgoingMail.objects.values_list("dedup_key", flat=True)
        assert len(keys) == len(set(keys))
        sent = OutgoingMail.objects.filter(state=MailState.SENT, kind="digest")
        days = Counter((mail.recipient, mail.sent_at.date()) for mail in sent)
        assert not [one for one, count in days.items() if count > 1], "one digest a day"
        assert set(Reminder.objects.values_list("state", flat=True)) <= {*map(str, ENDED)}
        transaction.set_rollback(True)
