"""A concrete thing that somebody does, and what became of it."""

from typing import Self

from django.core.validators import RegexValidator
from django.db import models
from django.db.models import Count, Exists, F, OuterRef, Q, Subquery, Value
from django.db.models.functions import Coalesce, Concat
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from actions.plan.models.goal import ActionLine, Goal
from tracker.shared.access import ScopedQuerySet
from tracker.shared.models import TimestampedModel
from tracker.shared.parts import Parts


class Stage(models.TextChoices):
    EXPLORE = "explore", _("explore")
    DELIVER = "deliver", _("deliver")
    EMBED = "embed", _("embed")


class DeliveryState(models.TextChoices):
    NOT_STARTED = "not_started", _("not started")
    RUNNING = "running", _("running")
    COMPLETED = "completed", _("completed")
    STOPPED = "stopped", _("stopped")


class TrafficLight(models.TextChoices):
    ON_TRACK = "on_track", _("on track")
    AT_RISK = "at_risk", _("at risk")
    OFF_TRACK = "off_track", _("off track")
    NOT_RATED = "not_rated", _("not rated")


DEVIATING = (TrafficLight.AT_RISK, TrafficLight.OFF_TRACK)


def lead_name(intervention: str) -> Subquery:
    """The name of the lead of the intervention that the outer query calls so; None without one."""
    involvement = Intervention._meta.get_field("involvements").related_model
    leads = involvement.objects.filter(intervention=OuterRef(intervention), role="lead")
    name = models.functions.Coalesce("organisation__name", "group__name")
    return Subquery(leads.annotate(name=name).values("name")[:1])


def _successions(other: str, **ends: OuterRef) -> Parts:
    """What stands at the other end of the successions of an intervention."""
    found = Succession.objects.filter(**ends).order_by("on", f"{other}__code")
    named = {"code": f"{other}__code", "title": f"{other}__title"}
    return Parts(found, **named, kind="kind", on="on", reason="reason")


class InterventionQuerySet(ScopedQuerySet):
    edit_permission = "plan.edit"

    def live(self) -> Self:
        """Neither stopped nor succeeded by another: such interventions answer an ambition."""
        return self.exclude(delivery_state=DeliveryState.STOPPED).filter(
            ~Exists(Succession.objects.filter(from_intervention=OuterRef("pk")))
        )

    def with_lead(self) -> Self:
        """Annotates the lead's name; None where nobody leads."""
        return self.annotate(lead_name=lead_name("pk"))

    def for_list(self) -> Self:
        """All that the list shows, in one query."""
        return (
            self.with_lead()
            .select_related("action_line")
            .annotate(quote_count=Count("quote_links", distinct=True))
            .order_by("code", "pk")
        )

    def for_page(self) -> Self:
        """An intervention with all that its own page shows of the plan, in one query: who takes
        part, its parts, what went over into it and it into, and the quotes it answers (Parts)."""
        involvement = self.model._meta.get_field("involvements").related_model
        links = self.model._meta.get_field("quote_links").related_model
        own = OuterRef("pk")
        return (
            self.with_lead()
            .select_related("action_line", "goal", "parent")
            .annotate(
                parties=Parts(
                    involvement.objects.filter(intervention=own).in_order(),
                    name=Coalesce("organisation__name", "group__name"),
                    organisation="organisation",
                    role="role",
                    reports="reports",
                    responsibility="responsibility",
                ),
                parts=Parts(
                    self.model.objects.filter(parent=own).order_by("code", "pk"),
                    code="code",
                    title="title",
                    light="traffic_light",
                ),
                came_from=_successions("from_intervention", to_intervention=own),
                went_into=_successions("to_intervention", from_intervention=own),
                answers=Parts(
                    links.objects.for_intervention(own),
                    reference="quote__reference",
                    anthology="quote__anthology__code",
                    is_primary="quote__anthology__is_primary",
                    text="quote__text",
                    section=Concat("quote__section__number", Value(" "), "quote__section__title"),
                    strength="strength",
                    rationale="rationale",
                ),
            )
        )

    def containing(self, words: str) -> Self:
        """The interventions that hold every word in code, title or description."""
        found = self
        for word in words.replace("\0", "").split()[:20]:
            found = found.filter(
                Q(code__icontains=word) | Q(title__icontains=word) | Q(description__icontains=word)
            )
        return found


class Intervention(TimestampedModel):
    """An intervention keeps its last accepted state in its own columns; monitoring writes them."""

    code = models.CharField(
        _("code"),
        max_length=12,
        unique=True,
        validators=[RegexValidator(r"^[A-Z]{1,3}-[0-9]{3,6}$", _("Use a code like I-012."))],
    )
    title = models.CharField(_("title"), max_length=200)
    description = models.TextField(_("description"), blank=True)
    action_line = models.ForeignKey(
        ActionLine,
        on_delete=models.PROTECT,
        related_name="interventions",
        verbose_name=_("action line"),
    )
    goal = models.ForeignKey(
        Goal,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="interventions",
        verbose_name=_("goal"),
    )
    parent = models.ForeignKey(
        "self",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="children",
        verbose_name=_("part of"),
    )
    stage = models.CharField(_("stage"), max_length=8, choices=Stage.choices, default=Stage.EXPLORE)
    starts_on = models.DateField(_("starts on"), null=True, blank=True)
    due_on = models.DateField(_("finish by"), null=True, blank=True)
    budget_amount = models.DecimalField(
        _("budget in euros"), max_digits=14, decimal_places=2, null=True, blank=True
    )
    budget_source = models.CharField(_("source of the budget"), max_length=200, blank=True)
    budget_year = models.PositiveSmallIntegerField(_("budget year"), null=True, blank=True)
    # As last accepted. Written only by monitoring, through plan.services.record_accepted_state.
    delivery_state = models.CharField(
        _("delivery state"),
        max_length=12,
        choices=DeliveryState.choices,
        default=DeliveryState.NOT_STARTED,
    )
    traffic_light = models.CharField(
        _("traffic light"),
        max_length=10,
        choices=TrafficLight.choices,
        default=TrafficLight.NOT_RATED,
    )
    state_accepted_on = models.DateField(_("state as of"), null=True, blank=True)

    objects = InterventionQuerySet.as_manager()
    history = HistoricalRecords()

    class Meta:
        verbose_name = _("intervention")
        verbose_name_plural = _("interventions")
        ordering = ("code", "pk")
        constraints = [
            models.CheckConstraint(
                condition=Q(starts_on=None) | Q(due_on=None) | Q(due_on__gte=F("starts_on")),
                name="intervention_due_after_start",
                violation_error_message=_("The due date lies before the start."),
            ),
            models.CheckConstraint(
                condition=~Q(parent=F("pk")),
                name="intervention_part_of_another",
                violation_error_message=_("An intervention cannot be part of itself."),
            ),
        ]
        indexes = [
            models.Index(fields=["action_line", "code"]),
            models.Index(fields=["traffic_light", "code"]),
            models.Index(fields=["delivery_state", "code"]),
            models.Index(fields=["due_on", "code"]),
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.title}"

    def get_absolute_url(self) -> str:
        return reverse("plan:intervention", args=[self.code])


class SuccessionKind(models.TextChoices):
    SPLIT = "split", _("split")
    MERGED = "merged", _("merged")
    REPLACED = "replaced", _("replaced")


class Succession(TimestampedModel):
    """An intervention went over into another: the earlier one answers no ambition any more."""

    from_intervention = models.ForeignKey(
        Intervention,
        on_delete=models.PROTECT,
        related_name="successions",
        verbose_name=_("from"),
    )
    to_intervention = models.ForeignKey(
        Intervention,
        on_delete=models.PROTECT,
        related_name="predecessions",
        verbose_name=_("successor"),
    )
    kind = models.CharField(_("kind"), max_length=8, choices=SuccessionKind.choices)
    on = models.DateField(_("date"))
    reason = models.TextField(_("reason"))

    class Meta:
        verbose_name = _("succession")
        verbose_name_plural = _("successions")
        ordering = ("on", "pk")
        constraints = [
            models.UniqueConstraint(
                fields=["from_intervention", "to_intervention"],
                name="succession_once",
                violation_error_message=_("This succession is already known."),
            ),
            models.CheckConstraint(
                condition=~Q(from_intervention=F("to_intervention")),
                name="succession_by_another",
                violation_error_message=_("An intervention cannot succeed itself."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.from_intervention.code} → {self.to_intervention.code}"
