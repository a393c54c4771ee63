"""The engine's pulse, and what it could not do alone."""

import datetime
from typing import Self

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from tracker.shared.models import TimestampedModel


class EngineState(models.Model):
    """One row per engine: when it last ran, and whether mail is paused."""

    name = models.CharField(_("name"), max_length=20, unique=True)
    heartbeat_at = models.DateTimeField(_("last run"), null=True, blank=True)
    paused = models.BooleanField(_("paused"), default=False)

    class Meta:
        verbose_name = _("engine state")
        verbose_name_plural = _("engine states")

    def __str__(self) -> str:
        return self.name


class OfficeTaskQuerySet(models.QuerySet):
    def open(self) -> Self:
        return self.filter(closed_at=None)

    def due(self, today: datetime.date) -> Self:
        return self.open().filter(due_on__lte=today)


class OfficeTask(TimestampedModel):
    """Something that needs a hand at the office. One open task per kind and object."""

    kind = models.CharField(_("kind"), max_length=30)
    object_type = models.CharField(_("object type"), max_length=100)
    object_id = models.CharField(_("object"), max_length=100)
    summary = models.CharField(_("what is needed"), max_length=300)
    assignee = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("assigned to"),
    )
    due_on = models.DateField(_("due on"))
    notified_at = models.DateTimeField(_("first mailed at"), null=True, blank=True)
    closed_at = models.DateTimeField(_("closed at"), null=True, blank=True)

    objects = OfficeTaskQuerySet.as_manager()

    class Meta:
        verbose_name = _("office task")
        verbose_name_plural = _("office tasks")
        ordering = ("due_on", "pk")
        constraints = [
            models.UniqueConstraint(
                fields=["kind", "object_type", "object_id"],
                condition=models.Q(closed_at=None),
                name="one_open_task_per_object",
            ),
        ]
        indexes = [models.Index(fields=["closed_at", "due_on"])]

    def __str__(self) -> str:
        return self.summary
