"""Taking mails under a lease, so that no two workers ever hold the same one."""

import datetime
import uuid
from collections.abc import Sequence

from django.db import connection, transaction
from django.db.models import DateTimeField, ExpressionWrapper, F
from django.db.models.functions import Now

from actions.monitoring.models import MailClass, MailState, OutgoingMail

BATCH = 50
# Longer than the slowest honest delivery: four commands with a timeout of 30 seconds each.
LEASE = datetime.timedelta(minutes=5)


def from_now(span: datetime.timedelta) -> ExpressionWrapper:
    """A moment counted by the database's clock: workers' clocks may differ."""
    return ExpressionWrapper(Now() + span, output_field=DateTimeField())


def claim(*, scheduled: bool) -> list[OutgoingMail]:
    """Up to 50 mails, leased to the caller and committed; prompt ones first. Without `scheduled`
    (outside the window) only prompt ones."""
    token = uuid.uuid4()
    claimable = OutgoingMail.objects.claimable()
    if not scheduled:
        claimable = claimable.filter(mail_class=MailClass.PROMPT)
    with transaction.atomic():
        waiting = claimable.order_by("mail_class", "created_at", "pk")
        if connection.features.has_select_for_update_skip_locked:
            waiting = waiting.select_for_update(skip_locked=True)
        ids = list(waiting.values_list("pk", flat=True)[:BATCH])
        # The condition again, in the UPDATE itself: whoever comes second changes nothing.
        claimable.filter(pk__in=ids).update(
            state=MailState.SENDING,
            lease_token=token,
            lease_until=from_now(LEASE),
            data_started_at=None,
            attempts=F("attempts") + 1,
            changed_at=Now(),
        )
    return list(OutgoingMail.objects.filter(lease_token=token, state=MailState.SENDING))


def start_data(mail: OutgoingMail) -> bool:
    """Commit that the handing over begins; False when the lease was lost meanwhile."""
    held = OutgoingMail.objects.filter(
        pk=mail.pk, lease_token=mail.lease_token, state=MailState.SENDING
    )
    return bool(
        held.update(
            data_started_at=Now(),
            lease_until=from_now(LEASE),
            subject=mail.subject,
            body_text=mail.body_text,
            body_html=mail.body_html,
            changed_at=Now(),
        )
    )


def release(mails: Sequence[OutgoingMail]) -> None:
    """Give back what was claimed but not tried; it counts as no attempt."""
    for mail in mails:
        OutgoingMail.objects.filter(
            pk=mail.pk, lease_token=mail.lease_token, state=MailState.SENDING
        ).update(
            state=MailState.QUEUED,
            lease_token=None,
            attempts=F("attempts") - 1,
            changed_at=Now(),
        )


def expired() -> tuple[list[OutgoingMail], int]:
    """End leases that ran out. Handing over had begun: uncertain, returned in a list. It had not:
    queued again, counted."""
    ran_out = OutgoingMail.objects.filter(state=MailState.SENDING, lease_until__lt=Now())
    begun = list(ran_out.filter(data_started_at__isnull=False))
    uncertain = [
        mail
        for mail in begun
        if ran_out.filter(pk=mail.pk, lease_token=mail.lease_token).update(
            state=MailState.UNCERTAIN,
            uncertain_count=F("uncertain_count") + 1,
            not_before=None,
            changed_at=Now(),
        )
    ]
    queued = ran_out.filter(data_started_at=None).update(
        state=MailState.QUEUED, lease_token=None, changed_at=Now()
    )
    for mail in uncertain:
        mail.refresh_from_db()
    return uncertain, queued
