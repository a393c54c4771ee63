"""A monitoring round, its ladder of reminders, and the days on which nobody is reminded."""

import datetime
from collections.abc import Iterator
from typing import Any, Self

from django.db import models
from django.db.models import Count, F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from tracker.shared.access import Actor, ScopedQuerySet
from tracker.shared.models import TimestampedModel


class RoundKind(models.TextChoices):
    REPORT = "report", _("for the report")
    INTERIM = "interim", _("interim")


class RoundState(models.TextChoices):
    PLANNED = "planned", _("planned")
    OPEN = "open", _("open")
    CLOSED = "closed", _("closed")


class RoundQuerySet(ScopedQuerySet):
    edit_permission = "monitoring.run"

    def visible_to(self, actor: Actor) -> Self:
        """Rounds as a whole are read by the office and by leadership."""
        return self if actor.may("monitoring.read") else self.none()

    def with_counts(self) -> Self:
        """Annotates how many requests were asked, answered and accepted, and are still open."""
        asked = ~Q(requests__state="withdrawn")
        return self.annotate(
            asked=Count("requests", filter=asked),
            answered=Count("requests", filter=Q(requests__state__in=["submitted", "accepted"])),
            accepted=Count("requests", filter=Q(requests__state="accepted")),
            to_judge=Count("requests", filter=Q(requests__state="submitted")),
            owed=Count("requests", filter=Q(requests__state__in=["open", "returned"])),
        )


class MonitoringRound(TimestampedModel):
    """One time that every owner is asked; a *report* round counts for coverage."""

    name = models.CharField(_("name"), max_length=100, unique=True)
    kind = models.CharField(
        _("kind"), max_length=7, choices=RoundKind.choices, default=RoundKind.REPORT
    )
    scope = models.TextField(_("scope"), blank=True)
    period_start = models.DateField(_("period from"))
    period_end = models.DateField(_("period until"))
    opens_on = models.DateField(_("opens on"))
    deadline = models.DateField(_("deadline"))
    state = models.CharField(
        _("state"), max_length=7, choices=RoundState.choices, default=RoundState.PLANNED
    )
    intro = models.TextField(_("introduction"), blank=True)
    opened_at = models.DateTimeField(_("opened at"), null=True, blank=True)
    closed_at = models.DateTimeField(_("closed at"), null=True, blank=True)

    objects = RoundQuerySet.as_manager()

    class Meta:
        verbose_name = _("monitoring round")
        verbose_name_plural = _("monitoring rounds")
        ordering = ("-deadline", "-pk")
        constraints = [
            models.CheckConstraint(
                condition=Q(deadline__gte=F("opens_on")),
                name="round_deadline_after_opening",
                violation_error_message=_("The deadline lies before the opening."),
            ),
            models.CheckConstraint(
                condition=Q(period_end__gte=F("period_start")),
                name="round_period_ends_after_it_begins",
                violation_error_message=_("The period ends before it begins."),
            ),
        ]
        indexes = [models.Index(fields=["state", "kind", "-deadline"])]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("monitoring:round", args=[self.pk])


class Audience(models.TextChoices):
    OWNER = "owner", _("who answers")
    CONTACT = "contact", _("contact person")
    OFFICE = "office", _("programme office")


class RungQuerySet(models.QuerySet):
    def with_reminders(self) -> "models.QuerySet[Any, dict[str, Any]]":
        """A row (a dict) for each rung, its reminders and their mails, in the order of the ladder:
        a rung that reminded nobody yet has one row without."""
        return self.values(
            "pk",
            "name",
            "offset",
            "audience",
            request_id=F("reminders__request_id"),
            deadline=F("reminders__deadline"),
            reminded=F("reminders__audience"),
            mail_id=F("reminders__mails__pk"),
            mail_state=F("reminders__mails__state"),
        )


class Rung(TimestampedModel):
    """A step of a round's ladder: so many working days from the deadline, to whom."""

    round = models.ForeignKey(
        MonitoringRound, on_delete=models.CASCADE, related_name="rungs", verbose_name=_("round")
    )
    name = models.CharField(_("name"), max_length=10)
    # Empty for the opening, which is due when the round opens whatever the deadline.
    offset = models.SmallIntegerField(_("working days from the deadline"), null=True, blank=True)
    audience = models.CharField(_("audience"), max_length=7, choices=Audience.choices)

    objects = RungQuerySet.as_manager()

    class Meta:
        verbose_name = _("rung")
        verbose_name_plural = _("rungs")
        ordering = ("round", F("offset").asc(nulls_first=True), "pk")
        constraints = [
            models.UniqueConstraint(
                fields=["round", "name", "audience"],
                name="rung_once_per_audience",
                violation_error_message=_("This rung already exists for that audience."),
            ),
        ]

    def __str__(self) -> str:
        return self.name


class HolidayKind(models.TextChoices):
    HOLIDAY = "holiday", _("public holiday")
    QUIET = "quiet", _("quiet period")


class HolidayQuerySet(models.QuerySet):
    def days_off(self) -> frozenset[datetime.date]:
        """Every single day on which no reminder leaves."""
        return frozenset(day for _kind, day in self.each_day())

    def each_day(self) -> Iterator[tuple[str, datetime.date]]:
        """Every single day with the kind of its holiday; one query."""
        for kind, start, end in self.values_list("kind", "starts_on", "ends_on"):
            for number in range((end - start).days + 1):
                yield kind, start + datetime.timedelta(days=number)


class Holiday(TimestampedModel):
    """A day or period without reminders; the office owns this table."""

    name = models.CharField(_("name"), max_length=100)
    kind = models.CharField(_("kind"), max_length=7, choices=HolidayKind.choices)
    starts_on = models.DateField(_("from"))
    ends_on = models.DateField(_("until"))

    objects = HolidayQuerySet.as_manager()

    class Meta:
        verbose_name = _("holiday")
        verbose_name_plural = _("holidays")
        ordering = ("starts_on", "pk")
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_on__gte=F("starts_on")),
                name="holiday_ends_after_it_begins",
                violation_error_message=_("The end lies before the beginning."),
            ),
            models.UniqueConstraint(
                fields=["name", "starts_on"],
                name="holiday_once",
                violation_error_message=_("This holiday is already known."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.name} {self.starts_on}"
