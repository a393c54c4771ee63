"""Who answers for an intervention, who stands beside, who helps."""

import datetime
from typing import Self

from django.db import models
from django.db.models import (
    Case,
    Count,
    Exists,
    ExpressionWrapper,
    OuterRef,
    Q,
    Subquery,
    Value,
    When,
)
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from actions.organisations.models import (
    GroupMembership,
    Organisation,
    OrganisationGroup,
    OrganisationQuerySet,
)
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
        return self.select_related("organisation", "group").order_by(by_role(), "pk")

    def of_organisation(self, organisation: Organisation, day: datetime.date) -> Self:
        """What an organisation takes part in, or where it has no part itself: its group of a day.

        Each with its intervention and whether that is `live`; those first, then by role and code.
        One query.
        """
        own = self.filter(organisation=organisation)
        groups = GroupMembership.objects.on(day).filter(organisation=organisation)
        shared = Q(group__in=groups.values("group")) & ~Q(
            intervention__in=own.values("intervention")
        )
        live = Q(intervention__in=Intervention.objects.live())
        return (
            self.filter(Q(organisation=organisation) | shared)
            .select_related("intervention", "group")
            .annotate(live=ExpressionWrapper(live, output_field=models.BooleanField()))
            .order_by("-live", by_role(), "intervention__code", "pk")
        )


def by_role() -> Case:
    """The order of the roles: the lead first, then the co-leads, then who helps."""
    places = [When(role=role, then=place) for place, role in enumerate(InvolvementRole.values)]
    return Case(*places)


def with_roles(organisations: OrganisationQuerySet, day: datetime.date) -> OrganisationQuerySet:
    """Organisations with how many live interventions they lead and help with on a day.

    Through a group counts where the organisation itself has no part. Organisations know no plan.
    """
    own = Involvement.objects.filter(
        organisation=OuterRef("pk"), intervention__in=Intervention.objects.live()
    )
    groups = GroupMembership.objects.on(day).filter(organisation=OuterRef(OuterRef("pk")))
    direct = Involvement.objects.filter(
        organisation=OuterRef(OuterRef("pk")), intervention=OuterRef("intervention")
    )
    shared = Involvement.objects.filter(
        ~Exists(direct),
        group__in=groups.values("group"),
        intervention__in=Intervention.objects.live(),
    )
    leads, helps = Q(role=InvolvementRole.LEAD), ~Q(role=InvolvementRole.LEAD)
    return organisations.annotate(
        lead_count=_count(own.filter(leads)) + _count(shared.filter(leads)),
        help_count=_count(own.filter(helps)) + _count(shared.filter(helps)),
    )


def _count(involvements: models.QuerySet) -> Coalesce:
    """How many interventions the rows of a subquery are about."""
    together = involvements.order_by().annotate(one=Value(1)).values("one")
    counted = together.annotate(found=Count("intervention", distinct=True)).values("found")
    return Coalesce(Subquery(counted), Value(0))


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
