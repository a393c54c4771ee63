"""Who answers for an intervention, who stands beside, who helps."""

from typing import Self

from django.db import models
from django.db.models import Case, Q, When
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from actions.organisations.models import Organisation, OrganisationGroup
from actions.plan.models.intervention import Intervention
from tracker.shared.models import TimestampedModel


class InvolvementRole(models.TextChoices):
    LEAD = "lead", _("lead")
    CO_LEAD = "co_lead", _("co-lead")
    INVOLVED = "involved", _("involved")


class InvolvementQuerySet(models.QuerySet):
    def asked(self) -> Self:
        """Those that get a request: the lead, and whoever else reports."""
        return self.filter(Q(role=InvolvementRole.LEAD) | Q(reports=True))

    def in_order(self) -> Self:
        """The lead first, then the co-leads, then who helps; with the names of the parties."""
        places = [When(role=role, then=place) for place, role in enumerate(InvolvementRole.values)]
        return self.select_related("organisation", "group").order_by(Case(*places), "pk")


class Involvement(TimestampedModel):
    """One organisation or group at one intervention; at most one lead."""

    intervention = models.ForeignKey(
        Intervention,
        on_delete=models.CASCADE,
        related_name="involvements",
        verbose_name=_("intervention"),
    )
    organisation = models.ForeignKey(
        Organisation,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="involvements",
        verbose_name=_("organisation"),
    )
    group = models.ForeignKey(
        OrganisationGroup,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="involvements",
        verbose_name=_("group"),
    )
    role = models.CharField(_("role"), max_length=8, choices=InvolvementRole.choices)
    reports = models.BooleanField(
        _("gets its own request"),
        default=False,
        help_text=_("A lead is always asked; tick this for others that report themselves."),
    )
    responsibility = models.CharField(_("responsibility"), max_length=300, blank=True)

    objects = InvolvementQuerySet.as_manager()
    history = HistoricalRecords()

    class Meta:
        verbose_name = _("involvement")
        verbose_name_plural = _("involvements")

        ordering = ("intervention", "pk")
        constraints = [
            models.UniqueConstraint(
                fields=["intervention"],
                condition=Q(role="lead"),
                name="one_lead_per_intervention",
                violation_error_message=_("This intervention already has a lead."),
            ),
            models.UniqueConstraint(
                fields=["intervention", "organisation"],
                name="organisation_once_per_intervention",
                violation_error_message=_("This organisation already takes part."),
            ),
            models.UniqueConstraint(
                fields=["intervention", "group"],
                name="group_once_per_intervention",
                violation_error_message=_("This group already takes part."),
            ),
            models.CheckConstraint(
                condition=Q(organisation=None, group__isnull=False)
                | Q(organisation__isnull=False, group=None),
                name="organisation_or_group",
                violation_error_message=_("Choose an organisation or a group, not both."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.party} ({self.get_role_display()})"

    @property
    def party(self) -> Organisation | OrganisationGroup:
        """The organisation or the group, whichever takes part."""
        return self.organisation or self.group  # type: ignore[return-value]
