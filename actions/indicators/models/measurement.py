"""What was measured. A revised figure supersedes, it never overwrites."""

from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from actions.indicators.models.indicator import Indicator
from tracker.shared.models import AppendOnlyModel


class MeasurementStatus(models.TextChoices):
    PROVISIONAL = "provisional", _("provisional")
    FINAL = "final", _("final")


class MeasurementQuerySet(models.QuerySet):
    def current(self) -> Self:
        """The rows that nobody supersedes."""
        return self.filter(superseded_by=None)

    def newest_first(self) -> Self:
        return self.order_by("-period_end", "-period_start", "-pk")


class Measurement(AppendOnlyModel):
    """One figure over one period, with its source. The current row is the unsuperseded one."""

    indicator = models.ForeignKey(
        Indicator,
        on_delete=models.PROTECT,
        related_name="measurements",
        verbose_name=_("indicator"),
    )
    period_start = models.DateField(_("period from"))
    period_end = models.DateField(_("period until"))
    value = models.DecimalField(_("value"), max_digits=18, decimal_places=6)
    status = models.CharField(
        _("status"),
        max_length=11,
        choices=MeasurementStatus.choices,
        default=MeasurementStatus.FINAL,
    )
    source = models.CharField(_("source"), max_length=300)
    note = models.TextField(_("note"), blank=True)
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        related_name="+",
        verbose_name=_("recorded by"),
    )
    recorded_at = models.DateTimeField(_("recorded at"), auto_now_add=True)
    supersedes = models.OneToOneField(
        "self",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="superseded_by",
        verbose_name=_("replaces"),
    )

    objects = MeasurementQuerySet.as_manager()

    class Meta:
        verbose_name = _("measurement")
        verbose_name_plural = _("measurements")
        ordering = ("indicator", "period_end", "pk")
        constraints = [
            models.CheckConstraint(
                condition=Q(period_end__gte=F("period_start")),
                name="measurement_ends_after_it_begins",
                violation_error_message=_("The period ends before it begins."),
            ),
            models.UniqueConstraint(
                fields=["indicator", "period_start", "period_end"],
                condition=Q(supersedes=None),
                name="one_first_measurement_per_period",
                violation_error_message=_(
                    "This period was measured before; record the new figure as a revision."
                ),
            ),
        ]
        indexes = [models.Index(fields=["indicator", "-period_end"])]

    def __str__(self) -> str:
        return f"{self.indicator.code} {self.period_end}: {self.value.normalize():f}"
