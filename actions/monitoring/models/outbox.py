"""The outbox: every mail is a row before it is a message."""

from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from tracker.shared.access import Actor, ScopedQuerySet
from tracker.shared.models import TimestampedModel


class MailClass(models.TextChoices):
    SCHEDULED = "scheduled", _("scheduled")
    PROMPT = "prompt", _("prompt")


class MailState(models.TextChoices):
    QUEUED = "queued", _("queued")
    SENDING = "sending", _("being sent")
    SENT = "sent", _("sent")
    UNCERTAIN = "uncertain", _("uncertain")
    FAILED = "failed", _("failed")
    SUPPRESSED = "suppressed", _("suppressed")
    CANCELLED = "cancelled", _("cancelled")


class MailQuerySet(ScopedQuerySet):
    def visible_to(self, actor: Actor) -> Self:
        """The outbox is the office's."""
        return self if actor.may("monitoring.run") else self.none()

    def sent(self) -> Self:
        """What left, the newest first."""
        return self.filter(sent_at__isnull=False).order_by("-sent_at", "-pk")

    def claimable(self) -> Self:
        """Mails that may be sent now, by the database's clock."""
        return self.filter(
            Q(state=MailState.QUEUED) | Q(state=MailState.UNCERTAIN, uncertain_count=1),
            Q(not_before=None) | Q(not_before__lte=Now()),
        )


class OutgoingMail(TimestampedModel):
    """One message to one recipient. It is claimed under a lease before anything is sent."""

    recipient = models.EmailField(_("to"))
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("person"),
    )
    kind = models.CharField(_("kind"), max_length=20)
    mail_class = models.CharField(_("class"), max_length=9, choices=MailClass.choices)
    dedup_key = models.CharField(_("key"), max_length=300, unique=True)
    language = models.CharField(_("language"), max_length=5, default="nl")
    message_id = models.CharField("Message-ID", max_length=200, unique=True)
    state = models.CharField(
        _("state"), max_length=10, choices=MailState.choices, default=MailState.QUEUED
    )
    attempts = models.PositiveIntegerField(_("attempts"), default=0)
    uncertain_count = models.PositiveSmallIntegerField(_("times uncertain"), default=0)
    not_before = models.DateTimeField(_("not before"), null=True, blank=True)
    lease_token = models.UUIDField(_("lease"), null=True, blank=True)
    lease_until = models.DateTimeField(_("lease until"), null=True, blank=True)
    data_started_at = models.DateTimeField(_("handing over since"), null=True, blank=True)
    smtp_reply = models.TextField(_("reply of the mail server"), blank=True)
    # Rendered at claim from what is then owed; a token in a link is stored as a placeholder.
    subject = models.CharField(_("subject"), max_length=300, blank=True)
    body_text = models.TextField(_("text"), blank=True)
    body_html = models.TextField("HTML", blank=True)
    sent_at = models.DateTimeField(_("sent at"), null=True, blank=True)

    objects = MailQuerySet.as_manager()

    class Meta:
        verbose_name = _("outgoing mail")
        verbose_name_plural = _("outgoing mails")
        ordering = ("-created_at", "-pk")
        indexes = [
            models.Index(fields=["state", "not_before"]),
            models.Index(fields=["recipient", "-created_at"]),
        ]

    def __str__(self) -> str:
        return self.dedup_key
