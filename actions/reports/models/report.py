"""The progress report over one monitoring round, on its way to parliament."""

from typing import Self

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from actions.monitoring.models import MonitoringRound
from tracker.shared.access import Actor, ScopedQuerySet
from tracker.shared.models import TimestampedModel


class ReportState(models.TextChoices):
    DRAFT = "draft", pgettext_lazy("report", "draft")
    IN_ALIGNMENT = "in_alignment", pgettext_lazy("report", "in alignment")
    ADOPTED = "adopted", pgettext_lazy("report", "adopted")
    SENT = "sent", pgettext_lazy("report", "sent")


class ReportQuerySet(ScopedQuerySet):
    edit_permission = "reports.office"

    def visible_to(self, actor: Actor) -> Self:
        """Until it is sent, only office and leadership see a report."""
        found = super().visible_to(actor)
        return found if actor.may("reports.unsent") else found.sent()

    def sent(self) -> Self:
        """What everybody may read."""
        return self.filter(state=ReportState.SENT)


class Report(TimestampedModel):
    """What a round adds up to. Its figures and texts are read from the accepted answers."""

    round = models.OneToOneField(
        MonitoringRound, on_delete=models.PROTECT, related_name="report", verbose_name=_("round")
    )
    state = models.CharField(
        _("state"), max_length=12, choices=ReportState.choices, default=ReportState.DRAFT
    )
    adopted_on = models.DateField(_("adopted on"), null=True, blank=True)
    sent_on = models.DateField(_("sent on"), null=True, blank=True)
    document_number = models.CharField(_("document number"), max_length=50, blank=True)

    objects = ReportQuerySet.as_manager()

    class Meta:
        verbose_name = _("progress report")
        verbose_name_plural = _("progress reports")
        ordering = ("-round__deadline", "-pk")
        constraints = [
            models.CheckConstraint(
                condition=~Q(state__in=["adopted", "sent"]) | Q(adopted_on__isnull=False),
                name="adopted_report_has_a_date",
                violation_error_message=_("Say on which day the report was adopted."),
            ),
            models.CheckConstraint(
                condition=~Q(state="sent")
                | (
                    Q(sent_on__isnull=False, sent_on__gte=models.F("adopted_on"))
                    & ~Q(document_number="")
                ),
                name="sent_report_has_date_and_number",
                violation_error_message=_(
                    "Say when the report was sent, not before it was adopted, and under which "
                    "document number."
                ),
            ),
        ]

    def __str__(self) -> str:
        return str(self.round)

    def get_absolute_url(self) -> str:
        return reverse("reports:report", args=[self.round_id])


def published_rounds() -> models.QuerySet:
    """The ids of the rounds whose accepted answers everybody may read, as their report was sent."""
    return Report.objects.sent().order_by().values("round")
