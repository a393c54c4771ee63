"""What was promised to parliament, asked by it, or recommended: and what answers it."""

import datetime
from collections.abc import Collection
from typing import Self

from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator
from django.db import models
from django.db.models import Case, F, Q, When
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from actions.organisations.models import Organisation
from actions.plan.models.intervention import Intervention
from tracker.shared.access import ScopedQuerySet
from tracker.shared.models import TimestampedModel

FIELD_OF_RULE = {
    "commitment_closed_by_a_document": "closing_document",
    "commitment_due_after_it_was_made": "due_on",
}


class CommitmentKind(models.TextChoices):
    MOTION = "motion", _("motion")
    PLEDGE = "pledge", _("pledge")
    RECOMMENDATION = "recommendation", _("recommendation")


class CommitmentState(models.TextChoices):
    OPEN = "open", pgettext_lazy("commitment", "open")
    RUNNING = "running", pgettext_lazy("commitment", "running")
    CLOSED = "closed", pgettext_lazy("commitment", "closed")


class CommitmentQuerySet(ScopedQuerySet):
    edit_permission = "plan.commit"

    def for_list(self) -> Self:
        """All that the list shows, the most urgent first: two queries, whatever its length."""
        return self.by_urgency().prefetch_related(
            models.Prefetch("interventions", Intervention.objects.order_by("code"))
        )

    def for_page(self) -> Self:
        """One commitment with its owner and what answers it, by whom: two queries."""
        answers = Intervention.objects.with_lead().order_by("code", "pk")
        return self.select_related("owner").prefetch_related(
            models.Prefetch("interventions", answers)
        )

    def by_urgency(self) -> Self:
        """With the owners, in one query: what is not closed first, the nearest due date on top."""
        closed = Case(When(state=CommitmentState.CLOSED, then=1), default=0)
        return self.select_related("owner").order_by(closed, F("due_on").asc(nulls_last=True), "pk")

    def late(self, today: datetime.date) -> Self:
        """Not closed, and the day on which it was due has passed."""
        return self.exclude(state=CommitmentState.CLOSED).filter(due_on__lt=today)


class Commitment(TimestampedModel):
    """A motion, pledge or recommendation; closed only by a document that says so."""

    number = models.CharField(
        _("number"),
        max_length=30,
        unique=True,
        validators=[
            RegexValidator(
                r"^[0-9A-Za-z][0-9A-Za-z.-]*$", _("Use letters, digits, dots and hyphens only.")
            )
        ],
    )
    kind = models.CharField(_("kind"), max_length=14, choices=CommitmentKind.choices)
    made_on = models.DateField(_("date"))
    text = models.TextField(_("text"))
    source = models.CharField(_("source"), max_length=200, blank=True)
    due_on = models.DateField(_("due on"), null=True, blank=True)
    owner = models.ForeignKey(
        Organisation,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="commitments",
        verbose_name=_("owner"),
    )
    state = models.CharField(
        _("state"),
        max_length=7,
        choices=CommitmentState.choices,
        default=CommitmentState.OPEN,
    )
    closing_document = models.CharField(_("closing document number"), max_length=50, blank=True)
    closed_on = models.DateField(_("closed on"), null=True, blank=True)
    interventions: models.ManyToManyField = models.ManyToManyField(
        Intervention, blank=True, related_name="commitments", verbose_name=_("interventions")
    )

    objects = CommitmentQuerySet.as_manager()

    class Meta:
        verbose_name = _("commitment")
        verbose_name_plural = _("commitments")
        ordering = ("-made_on", "number", "pk")
        constraints = [
            models.CheckConstraint(
                condition=~Q(state="closed")
                | (Q(closed_on__isnull=False) & ~Q(closing_document="")),
                name="commitment_closed_by_a_document",
                violation_error_message=_(
                    "A commitment is closed by a document: give its number and date."
                ),
            ),
            models.CheckConstraint(
                condition=Q(due_on=None) | Q(due_on__gte=models.F("made_on")),
                name="commitment_due_after_it_was_made",
                violation_error_message=_("The due date lies before the date it was made."),
            ),
        ]
        indexes = [models.Index(fields=["state", "due_on"])]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.number}"

    def get_absolute_url(self) -> str:
        return reverse("plan:commitment", args=[self.number])

    def validate_constraints(self, exclude: Collection[str] | None = None) -> None:
        """The rules of the database, each said at the field where people put it right."""
        faults: dict[str, list[ValidationError]] = {}
        for rule in self._meta.constraints:
            try:
                rule.validate(Commitment, self, exclude=exclude)
            except ValidationError as error:
                faults.setdefault(FIELD_OF_RULE[rule.name], []).extend(error.error_list)
        if faults:
            raise ValidationError(faults)

    @property
    def is_closed(self) -> bool:
        return self.state == CommitmentState.CLOSED

    def is_late(self, today: datetime.date) -> bool:
        """Whether it is not closed and the day on which it was due has passed."""
        return not self.is_closed and self.due_on is not None and self.due_on < today
