"""One rung of the ladder, for one request, counted from one deadline, to one audience."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from actions.monitoring.models.outbox import OutgoingMail
from actions.monitoring.models.request import UpdateRequest
from actions.monitoring.models.round import Audience, Rung
from tracker.shared.models import TimestampedModel


class ReminderState(models.TextChoices):
    PLANNED = "planned", _("planned")
    SUPERSEDED = "superseded", _("superseded")
    CANCELLED = "cancelled", _("cancelled")
    QUEUED = "queued", _("queued")
    SENT = "sent", _("sent")
    FAILED = "failed", _("failed")


class Reminder(TimestampedModel):
    """Its key holds the deadline it was counted from: extending a deadline counts anew."""

    request = models.ForeignKey(
        UpdateRequest, on_delete=models.CASCADE, related_name="reminders", verbose_name=_("request")
    )
    rung = models.ForeignKey(
        Rung, on_delete=models.PROTECT, related_name="reminders", verbose_name=_("rung")
    )
    deadline = models.DateField(_("counted from"))
    audience = models.CharField(_("audience"), max_length=7, choices=Audience.choices)
    due_on = models.DateField(_("due on"))
    state = models.CharField(
        _("state"), max_length=10, choices=ReminderState.choices, default=ReminderState.PLANNED
    )
    # Several people of one organisation may answer: each has a digest of his or her own.
    mails: models.ManyToManyField = models.ManyToManyField(
        OutgoingMail, blank=True, related_name="reminders", verbose_name=_("mails")
    )

    class Meta:
        verbose_name = _("reminder")
        verbose_name_plural = _("reminders")
        ordering = ("due_on", "pk")
        constraints = [
            models.UniqueConstraint(
                fields=["request", "rung", "deadline", "audience"], name="reminder_once"
            ),
        ]
        indexes = [models.Index(fields=["state", "due_on"])]

    def __str__(self) -> str:
        return f"{self.request_id} {self.rung_id} {self.due_on}"
