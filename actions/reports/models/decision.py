"""What leadership is asked about a deviation, and what it decided."""

import datetime
from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from actions.indicators.models import Indicator
from actions.organisations.models import Organisation
from actions.plan.models import Commitment, Goal, Intervention
from tracker.shared.access import Actor, ScopedQuerySet
from tracker.shared.models import TimestampedModel


class DecisionState(models.TextChoices):
    PROPOSED = "proposed", pgettext_lazy("decision", "proposed")
    TAKEN = "taken", pgettext_lazy("decision", "taken")
    POSTPONED = "postponed", pgettext_lazy("decision", "postponed")
    REJECTED = "rejected", pgettext_lazy("decision", "rejected")


class DecisionQuerySet(ScopedQuerySet):
    edit_permission = "reports.decide"

    def visible_to(self, actor: Actor) -> Self:
        """Office and leadership see all, others what was taken."""
        found = super().visible_to(actor)
        return found if actor.may("reports.decide") else found.filter(state=DecisionState.TAKEN)

    def waiting(self) -> Self:
        """What leadership must still decide, the longest waiting first."""
        return self.filter(state__in=[DecisionState.PROPOSED, DecisionState.POSTPONED]).order_by(
            "asked_on", "pk"
        )

    def to_carry_out(self) -> Self:
        """Taken, and not carried out yet."""
        return self.filter(state=DecisionState.TAKEN, carried_out_on=None)

    def to_check(self, today: datetime.date) -> Self:
        """Carried out, the day on which the effect is checked has come, and nothing is told."""
        carried = self.filter(state=DecisionState.TAKEN, carried_out_on__isnull=False)
        return carried.filter(effect_check_on__lte=today, outcome="")

    def for_list(self) -> Self:
        """All that the list shows, in one query: what waits first, then the newest decision."""
        waits = models.Case(
            models.When(state__in=[DecisionState.PROPOSED, DecisionState.POSTPONED], then=0),
            default=1,
        )
        code = Coalesce(
            "intervention__code",
            "goal__code",
            "indicator__code",
            "commitment__number",
            output_field=models.CharField(),
        )
        return (
            self.with_subject()
            .annotate(place=waits, subject_code=code)
            .order_by("place", models.F("decided_on").desc(nulls_first=True), "-asked_on", "-pk")
        )

    def with_subject(self) -> Self:
        """Each decision with its subject and the people and organisation it names; one query."""
        return self.select_related(
            "goal",
            "intervention",
            "indicator",
            "commitment",
            "carried_out_by",
            "asked_by",
            "decided_by",
        )


class Decision(TimestampedModel):
    """A question to leadership about one subject, and what became of it."""

    goal = models.ForeignKey(
        Goal,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="decisions",
        verbose_name=_("goal"),
    )
    intervention = models.ForeignKey(
        Intervention,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="decisions",
        verbose_name=_("intervention"),
    )
    indicator = models.ForeignKey(
        Indicator,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="decisions",
        verbose_name=_("indicator"),
    )
    commitment = models.ForeignKey(
        Commitment,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="decisions",
        verbose_name=_("commitment"),
    )
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name=_("asked by"),
    )
    asked_on = models.DateField(_("asked on"))
    question = models.CharField(_("question"), max_length=300)
    options = models.TextField(_("options"), help_text=_("One on each line."))
    proposal = models.TextField(_("proposal"), blank=True)
    state = models.CharField(
        _("state"), max_length=9, choices=DecisionState.choices, default=DecisionState.PROPOSED
    )
    meeting = models.CharField(_("meeting"), max_length=150, blank=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("decided by"),
    )
    decided_on = models.DateField(_("decided on"), null=True, blank=True)
    ruling = models.TextField(_("what was decided"), blank=True)
    carried_out_by = models.ForeignKey(
        Organisation,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="decisions",
        verbose_name=_("carried out by"),
    )
    carry_out_by = models.DateField(_("to be carried out before"), null=True, blank=True)
    carried_out_on = models.DateField(_("carried out on"), null=True, blank=True)
    effect_check_on = models.DateField(_("effect checked on"), null=True, blank=True)
    outcome = models.TextField(_("outcome"), blank=True)

    objects = DecisionQuerySet.as_manager()

    class Meta:
        verbose_name = _("decision")
        verbose_name_plural = _("decisions")
        ordering = ("-asked_on", "-pk")
        constraints = [
            models.CheckConstraint(
                condition=(
                    Q(goal__isnull=False, intervention=None, indicator=None, commitment=None)
                    | Q(goal=None, intervention__isnull=False, indicator=None, commitment=None)
                    | Q(goal=None, intervention=None, indicator__isnull=False, commitment=None)
                    | Q(goal=None, intervention=None, indicator=None, commitment__isnull=False)
                ),
                name="decision_about_one_thing",
                violation_error_message=_(
                    "A decision is about one goal, intervention, indicator or commitment."
                ),
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["taken", "rejected"])
                | (Q(decided_on__isnull=False, decided_by__isnull=False) & ~Q(ruling="")),
                name="decision_says_who_when_and_what",
                violation_error_message=_("Say what was decided, by whom and on which day."),
            ),
        ]
        indexes = [models.Index(fields=["state", "asked_on"])]

    def __str__(self) -> str:
        return self.question

    def get_absolute_url(self) -> str:
        return reverse("reports:decision", args=[self.pk])

    @property
    def subject(self) -> Goal | Intervention | Indicator | Commitment:
        """What the decision is about."""
        return self.goal or self.intervention or self.indicator or self.commitment  # type: ignore[return-value]

    @property
    def subject_url(self) -> str:
        """The page of what the decision is about; empty where it has none."""
        find = getattr(self.subject, "get_absolute_url", None)
        return find() if find else ""
