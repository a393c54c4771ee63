"""What is measured, in which direction it should go, and what it should reach."""

from typing import Self

from django.conf import settings
from django.core.validators import MaxValueValidator
from django.db import models
from django.db.models import Count, Exists, F, OuterRef, Q, Subquery
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from actions.organisations.models import Organisation
from actions.plan.models import Goal, Intervention
from tracker.shared.access import ScopedQuerySet
from tracker.shared.models import TimestampedModel


class Level(models.TextChoices):
    INPUT = "input", _("input")
    ACTIVITY = "activity", _("activity")
    OUTPUT = "output", _("output")
    OUTCOME = "outcome", _("outcome")
    CONTEXT = "context", _("context figure")


class Direction(models.TextChoices):
    HIGHER = "higher", _("higher is better")
    LOWER = "lower", _("lower is better")
    INTERPRET = "interpret", _("interpret (no standard)")


class Frequency(models.TextChoices):
    QUARTERLY = "quarterly", _("every quarter")
    HALF_YEARLY = "half_yearly", _("every half year")
    YEARLY = "yearly", _("every year")
    OCCASIONAL = "occasional", _("occasionally")


class Aggregation(models.TextChoices):
    SUM = "sum", _("sum")
    LAST = "last", _("last value")
    MEAN = "mean", _("mean")


class IndicatorQuerySet(ScopedQuerySet):
    edit_permission = "indicators.edit"

    def measuring(self) -> Self:
        """Indicators that can tell whether it works: with a target, or meant to be interpreted."""
        has_target = Exists(Target.objects.filter(indicator=OuterRef("pk")))
        return self.filter(has_target | Q(direction=Direction.INTERPRET))

    def with_latest(self) -> Self:
        """Annotates the newest current measurement: value, period end and status."""
        measurements = self.model._meta.get_field("measurements").related_model
        newest = measurements.objects.current().filter(indicator=OuterRef("pk")).newest_first()
        return self.annotate(
            latest_value=Subquery(newest.values("value")[:1]),
            latest_end=Subquery(newest.values("period_end")[:1]),
            latest_status=Subquery(newest.values("status")[:1]),
        )

    def telling_about(self, intervention: Intervention) -> Self:
        """The indicators of an intervention, each annotated with how it contributes."""
        return self.filter(intervention_links__intervention=intervention).annotate(
            contribution=F("intervention_links__contribution")
        )

    def of_goals(self) -> Self:
        """The indicators of goals, one row a link, annotated with `goal_id` and contribution."""
        return self.filter(goal_links__isnull=False).annotate(
            goal_id=F("goal_links__goal"), contribution=F("goal_links__contribution")
        )

    def with_aim(self) -> Self:
        """Annotates the target that lies furthest ahead: value and reference date."""
        furthest = Target.objects.filter(indicator=OuterRef("pk")).order_by("-on")
        return self.annotate(
            aim_value=Subquery(furthest.values("value")[:1]),
            aim_on=Subquery(furthest.values("on")[:1]),
        )

    def for_list(self) -> Self:
        """All that the list shows, in one query."""
        return (
            self.with_latest()
            .annotate(intervention_count=Count("intervention_links", distinct=True))
            .order_by("code", "pk")
        )


class Indicator(TimestampedModel):
    """An indicator; without a direction to go (`interpret`, `context`) it is never judged."""

    code = models.CharField(_("code"), max_length=12, unique=True)
    name = models.CharField(_("name"), max_length=200)
    definition = models.TextField(_("definition"))
    unit = models.CharField(_("unit"), max_length=50)
    counts_persons = models.BooleanField(_("counts persons"), default=False)
    level = models.CharField(_("level"), max_length=8, choices=Level.choices)
    direction = models.CharField(_("direction"), max_length=9, choices=Direction.choices)
    frequency = models.CharField(_("frequency"), max_length=11, choices=Frequency.choices)
    publication_lag_days = models.PositiveIntegerField(
        _("publication lag in days"),
        default=180,
        help_text=_("How long after the period's end a figure is normally published."),
    )
    aggregation = models.CharField(
        _("aggregation over periods"),
        max_length=4,
        choices=Aggregation.choices,
        default=Aggregation.LAST,
    )
    decimals = models.PositiveSmallIntegerField(
        _("decimals"), default=0, validators=[MaxValueValidator(6)]
    )
    source = models.CharField(_("source"), max_length=300)
    verification = models.TextField(_("means of verification"), blank=True)
    supplier = models.ForeignKey(
        Organisation,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="supplied_indicators",
        verbose_name=_("supplier"),
    )
    supplier_agreed = models.BooleanField(
        _("supplier agreed to be mailed"),
        default=False,
        help_text=_("Without its agreement a supplier is never mailed."),
    )
    collector = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("owes the figure"),
    )
    baseline_value = models.DecimalField(
        _("baseline"), max_digits=18, decimal_places=6, null=True, blank=True
    )
    baseline_on = models.DateField(_("baseline's reference date"), null=True, blank=True)
    baseline_source = models.CharField(_("baseline's source"), max_length=300, blank=True)
    suppress_below = models.PositiveIntegerField(
        _("suppress below"),
        default=5,
        help_text=_("Applies where persons are counted and the source did not publish the figure."),
    )
    forecast = models.BooleanField(_("forecast"), default=False)

    objects = IndicatorQuerySet.as_manager()
    history = HistoricalRecords()

    class Meta:
        verbose_name = _("indicator")
        verbose_name_plural = _("indicators")
        ordering = ("code", "pk")
        constraints = [
            models.CheckConstraint(
                condition=Q(forecast=False)
                | ~(Q(direction=Direction.INTERPRET) | Q(level=Level.CONTEXT)),
                name="no_forecast_of_what_is_interpreted",
                violation_error_message=_("A figure to interpret or for context has no forecast."),
            ),
            models.CheckConstraint(
                condition=Q(baseline_value=None) | Q(baseline_on__isnull=False),
                name="baseline_has_a_date",
                violation_error_message=_("Give the date that the baseline refers to."),
            ),
        ]
        indexes = [
            models.Index(fields=["level", "code"]),
            models.Index(fields=["direction", "code"]),
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.name}"

    def get_absolute_url(self) -> str:
        return reverse("indicators:indicator", args=[self.code])


class InterventionIndicator(TimestampedModel):
    """An indicator tells about an intervention, and how."""

    intervention = models.ForeignKey(
        Intervention,
        on_delete=models.CASCADE,
        related_name="indicator_links",
        verbose_name=_("intervention"),
    )
    indicator = models.ForeignKey(
        Indicator,
        on_delete=models.CASCADE,
        related_name="intervention_links",
        verbose_name=_("indicator"),
    )
    contribution = models.CharField(_("how it contributes"), max_length=300, blank=True)

    history = HistoricalRecords()

    class Meta:
        verbose_name = _("indicator of an intervention")
        verbose_name_plural = _("indicators of interventions")
        ordering = ("intervention", "indicator__code", "pk")
        constraints = [
            models.UniqueConstraint(
                fields=["intervention", "indicator"],
                name="indicator_once_per_intervention",
                violation_error_message=_("This indicator already belongs to the intervention."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.intervention.code} ← {self.indicator.code}"


class GoalIndicator(TimestampedModel):
    """An indicator tells about a goal, and how: it says whether the goal comes nearer."""

    goal = models.ForeignKey(
        Goal, on_delete=models.CASCADE, related_name="indicator_links", verbose_name=_("goal")
    )
    indicator = models.ForeignKey(
        Indicator,
        on_delete=models.CASCADE,
        related_name="goal_links",
        verbose_name=_("indicator"),
    )
    contribution = models.CharField(_("how it contributes"), max_length=300, blank=True)

    history = HistoricalRecords()

    class Meta:
        verbose_name = _("indicator of a goal")
        verbose_name_plural = _("indicators of goals")
        ordering = ("goal", "indicator__code", "pk")
        constraints = [
            models.UniqueConstraint(
                fields=["goal", "indicator"],
                name="indicator_once_per_goal",
                violation_error_message=_("This indicator already belongs to the goal."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.goal.code} ← {self.indicator.code}"


class TargetKind(models.TextChoices):
    INTERIM = "interim", _("interim target")
    FINAL = "final", _("target")
    STANDARD = "standard", _("standard")


class Target(TimestampedModel):
    """What the indicator should reach by a reference date."""

    indicator = models.ForeignKey(
        Indicator, on_delete=models.CASCADE, related_name="targets", verbose_name=_("indicator")
    )
    on = models.DateField(_("reference date"))
    value = models.DecimalField(_("value"), max_digits=18, decimal_places=6)
    kind = models.CharField(_("kind"), max_length=8, choices=TargetKind.choices)
    source = models.CharField(_("source"), max_length=300, blank=True)

    history = HistoricalRecords()

    class Meta:
        verbose_name = _("target")
        verbose_name_plural = _("targets")
        ordering = ("indicator", "on", "pk")
        constraints = [
            models.UniqueConstraint(
                fields=["indicator", "on"],
                name="one_target_per_date",
                violation_error_message=_("There is already a target on that date."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.indicator.code} {self.on}: {self.value.normalize():f}"
