"""Organisations, their kinds, and the groups that report together."""

import datetime
from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import F, OuterRef, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from tracker.shared.access import ScopedQuerySet
from tracker.shared.models import TimestampedModel
from tracker.shared.parts import Parts


class OrganisationKind(models.TextChoices):
    MINISTRY = "ministry", _("ministry")
    MUNICIPALITY = "municipality", _("municipality")
    LABOUR_INSPECTORATE = "nla", _("labour inspectorate")
    POLICE = "police", _("police")
    MARECHAUSSEE = "kmar", _("marechaussee")
    PROSECUTION = "prosecution", _("public prosecution")
    CARE_COORDINATION = "care", _("care coordination")
    SHELTER = "shelter", _("shelter")
    NGO = "ngo", _("NGO")
    RIEC = "riec", _("RIEC")
    MIGRATION = "migration", _("migration service")
    KNOWLEDGE = "knowledge", _("knowledge institute")
    ASSOCIATION = "association", _("association")
    OTHER = "other", _("other")


class OrganisationQuerySet(ScopedQuerySet):
    edit_permission = "organisations.edit"

    def current(self, day: datetime.date) -> Self:
        """Organisations that exist on a day and were not merged into another."""
        return self.filter(
            Q(valid_from=None) | Q(valid_from__lte=day),
            Q(valid_to=None) | Q(valid_to__gte=day),
            merged_into=None,
        )

    def for_page(self, day: datetime.date, *, with_people: bool) -> Self:
        """An organisation with all that its own page says of it, in one query.

        Annotates lists of dicts: its `parts`, what it came from (`earlier`), the `in_groups` of a
        day, and – only if asked for – the `people` who answer for it.
        """
        here = OuterRef("pk")
        rows = self.model.objects.order_by("name", "pk")
        earlier = rows.filter(Q(successor=here) | Q(merged_into=here))
        groups = GroupMembership.objects.on(day).filter(organisation=here).order_by("group__name")
        found = self.select_related(
            "parent", "successor", "merged_into", "office_contact"
        ).annotate(
            parts=Parts(rows.current(day).filter(parent=here), pk="pk", name="name"),
            earlier=Parts(earlier, pk="pk", name="name"),
            in_groups=Parts(groups, name="group__name"),
        )
        if not with_people:
            return found
        memberships = self.model._meta.get_field("memberships").related_model.objects
        people = memberships.active().filter(organisation=here).order_by("user__full_name", "-kind")
        shown = {"name": "user__full_name", "email": "user__email", "kind": "kind"}
        return found.annotate(people=Parts(people, **shown))


class Organisation(TimestampedModel):
    """Somebody who can own an intervention. A redivision has a successor, a double a merge."""

    name = models.CharField(_("name"), max_length=200, unique=True)
    abbreviation = models.CharField(_("abbreviation"), max_length=20, blank=True)
    kind = models.CharField(_("kind"), max_length=12, choices=OrganisationKind.choices)
    parent = models.ForeignKey(
        "self",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="children",
        verbose_name=_("part of"),
    )
    region = models.CharField(_("region"), max_length=100, blank=True)
    language = models.CharField(_("language"), max_length=5, default="nl")
    valid_from = models.DateField(_("exists from"), null=True, blank=True)
    valid_to = models.DateField(_("exists until"), null=True, blank=True)
    successor = models.ForeignKey(
        "self",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="predecessors",
        verbose_name=_("successor"),
    )
    merged_into = models.ForeignKey(
        "self",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="merged_from",
        verbose_name=_("merged into"),
    )
    contact_address = models.EmailField(
        _("contact address"),
        blank=True,
        help_text=_("A shared mailbox: used when nobody is known who answers."),
    )
    office_contact = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("contact at the office"),
        help_text=_("Signs the mails to this organisation and gets the replies."),
    )

    objects = OrganisationQuerySet.as_manager()
    history = HistoricalRecords()

    class Meta:
        verbose_name = _("organisation")
        verbose_name_plural = _("organisations")
        ordering = ("name", "pk")
        constraints = [
            models.CheckConstraint(
                condition=Q(valid_from=None) | Q(valid_to=None) | Q(valid_to__gte=F("valid_from")),
                name="organisation_ends_after_it_begins",
                violation_error_message=_("The end lies before the beginning."),
            ),
            models.CheckConstraint(
                condition=~Q(merged_into=F("pk")),
                name="organisation_merged_into_another",
                violation_error_message=_("An organisation cannot be merged into itself."),
            ),
        ]
        indexes = [models.Index(fields=["kind", "name"])]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("organisations:organisation", args=[self.pk])

    def exists_on(self, day: datetime.date) -> bool:
        """Whether it exists on a day and was not merged into another."""
        begun = self.valid_from is None or self.valid_from <= day
        ended = self.valid_to is not None and self.valid_to < day
        return begun and not ended and self.merged_into_id is None

    @property
    def short_name(self) -> str:
        """The abbreviation where there is one."""
        return self.abbreviation or self.name


class OrganisationGroup(TimestampedModel):
    """A set of organisations that are asked alike, such as the 'centrumgemeenten'."""

    name = models.CharField(_("name"), max_length=100, unique=True)
    members: models.ManyToManyField = models.ManyToManyField(
        Organisation, through="GroupMembership", related_name="groups", verbose_name=_("members")
    )

    class Meta:
        verbose_name = _("group of organisations")
        verbose_name_plural = _("groups of organisations")
        ordering = ("name", "pk")

    def __str__(self) -> str:
        return self.name


class GroupMembershipQuerySet(models.QuerySet):
    def on(self, day: datetime.date) -> Self:
        """The memberships that hold on a day."""
        return self.filter(
            Q(valid_from=None) | Q(valid_from__lte=day), Q(valid_to=None) | Q(valid_to__gte=day)
        )


class GroupMembership(models.Model):
    """An organisation belongs to a group, for a time or for good."""

    group = models.ForeignKey(
        OrganisationGroup, on_delete=models.CASCADE, related_name="memberships"
    )
    organisation = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="group_memberships"
    )
    valid_from = models.DateField(_("from"), null=True, blank=True)
    valid_to = models.DateField(_("until"), null=True, blank=True)

    objects = GroupMembershipQuerySet.as_manager()

    class Meta:
        verbose_name = _("membership of a group")
        verbose_name_plural = _("memberships of groups")
        ordering = ("group", "organisation", "valid_from", "pk")
        constraints = [
            models.UniqueConstraint(
                fields=["group", "organisation", "valid_from"],
                name="group_membership_once",
                violation_error_message=_("This organisation is already a member from that day."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.organisation} – {self.group}"
