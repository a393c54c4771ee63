"""Who answers for which organisation, and who stands in during an absence."""

import datetime
from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from actions.organisations.models.organisation import Organisation
from tracker.shared.models import TimestampedModel


class MembershipKind(models.TextChoices):
    REPORTER = "reporter", _("answers")
    CONTACT = "contact", _("contact person")


class MembershipQuerySet(models.QuerySet):
    def active(self) -> Self:
        return self.filter(user__is_active=True)


class Membership(TimestampedModel):
    """A reporter answers; a contact person is copied when an answer is late and may delegate."""

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.CASCADE,
        related_name="memberships",
        verbose_name=_("person"),
    )
    organisation = models.ForeignKey(
        Organisation,
        on_delete=models.PROTECT,
        related_name="memberships",
        verbose_name=_("organisation"),
    )
    kind = models.CharField(_("kind"), max_length=10, choices=MembershipKind.choices)

    objects = MembershipQuerySet.as_manager()

    class Meta:
        verbose_name = _("membership")
        verbose_name_plural = _("memberships")
        ordering = ("organisation", "kind", "user", "pk")
        constraints = [
            models.UniqueConstraint(
                fields=["user", "organisation", "kind"],
                name="membership_once",
                violation_error_message=_("This person already has that part here."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user} – {self.organisation}"


class AbsenceQuerySet(models.QuerySet):
    def on(self, day: datetime.date) -> Self:
        """The absences that hold on a day."""
        return self.filter(starts_on__lte=day, ends_on__gte=day)


class Absence(TimestampedModel):
    """Somebody is away and names who gets the mails meanwhile."""

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.CASCADE,
        related_name="absences",
        verbose_name=_("person"),
    )
    starts_on = models.DateField(_("from"))
    ends_on = models.DateField(_("until"))
    deputy = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        related_name="deputises",
        verbose_name=_("deputy"),
    )

    objects = AbsenceQuerySet.as_manager()

    class Meta:
        verbose_name = _("absence")
        verbose_name_plural = _("absences")
        ordering = ("-starts_on", "pk")
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_on__gte=F("starts_on")),
                name="absence_ends_after_it_begins",
                violation_error_message=_("The end lies before the beginning."),
            ),
            models.CheckConstraint(
                condition=~Q(deputy=F("user")),
                name="deputy_is_another_person",
                violation_error_message=_("Somebody else must stand in."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user}: {self.starts_on} – {self.ends_on}"
