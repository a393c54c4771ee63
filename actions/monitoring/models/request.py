"""The obligation: one organisation owes one answer about one intervention or indicator."""

import datetime
from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import CharField, Exists, OuterRef, Q, QuerySet, Subquery
from django.db.models.fields.json import KT
from django.db.models.functions import Cast
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from actions.indicators.models import Indicator
from actions.monitoring.models.round import MonitoringRound, RoundState
from actions.organisations.models import Organisation
from actions.plan.models import DeliveryState, Intervention
from tracker.audit.models import AuditEntry
from tracker.shared.access import Actor, ScopedQuerySet
from tracker.shared.models import TimestampedModel


class RequestState(models.TextChoices):
    OPEN = "open", _("open")
    SUBMITTED = "submitted", _("submitted")
    RETURNED = "returned", _("returned")
    ACCEPTED = "accepted", _("accepted")
    WAIVED = "waived", _("waived")
    LAPSED = "lapsed", _("lapsed")
    WITHDRAWN = "withdrawn", _("withdrawn")


OWED = (RequestState.OPEN, RequestState.RETURNED)
EXTENDED = "request.extended"  # the deed under which the record keeps why more time was given


def _extensions() -> QuerySet[AuditEntry]:
    """What the record says of more time for the request of the outer query, the newest first."""
    return AuditEntry.objects.filter(
        verb=EXTENDED,
        object_type=UpdateRequest._meta.label,
        object_id=Cast(OuterRef("pk"), CharField()),
    ).order_by("-at", "-pk")


class RequestQuerySet(ScopedQuerySet):
    def visible_to(self, actor: Actor) -> Self:
        """Office and leadership see all, a partner what its own organisations were asked."""
        if actor.may("monitoring.read"):
            return self
        return self.filter(organisation__in=actor.organisation_ids)

    def editable_by(self, actor: Actor) -> Self:
        """Who may answer: the organisation that was asked, or the office on its behalf."""
        if actor.may("monitoring.run"):
            return self
        if actor.may("monitoring.answer"):
            return self.filter(organisation__in=actor.organisation_ids)
        return self.none()

    def owed(self) -> Self:
        """Requests that somebody must still answer: open or returned, in a round that is open,
        about an intervention that was not stopped, by an organisation that still exists."""
        return self.filter(
            Q(round=None) | Q(round__state=RoundState.OPEN),
            state__in=OWED,
            organisation__merged_into=None,
        ).exclude(intervention__delivery_state=DeliveryState.STOPPED)

    def with_owed(self) -> Self:
        """Annotates whether an answer is owed."""
        owed = self.model.objects.owed().filter(pk=OuterRef("pk"))
        return self.annotate(is_owed=Exists(owed))

    def with_subject(self) -> Self:
        """Each request with its round, organisation and subject, in one query."""
        return self.select_related(
            "round", "organisation", "intervention__action_line", "indicator", "holder"
        )

    def most_urgent_first(self) -> Self:
        return self.order_by("due_on", "organisation__name", "pk")

    def with_last_answer(self) -> Self:
        """Annotates the id of the newest submitted version, whatever became of it."""
        updates = self.model._meta.get_field("updates").related_model
        newest = updates.objects.filter(request=OuterRef("pk")).order_by("-version")
        return self.annotate(last_update_id=Subquery(newest.values("pk")[:1]))

    def for_inbox(self) -> Self:
        """All that the inbox shows, in one query: the subject, whether a draft waits, why the last
        version was returned, and what this organisation last said about the same thing."""
        updates = self.model._meta.get_field("updates").related_model.objects
        newest = updates.filter(request=OuterRef("pk")).order_by("-version")
        earlier = (
            updates.accepted()
            .filter(
                request__organisation=OuterRef("organisation"),
                request__intervention=OuterRef("intervention"),
            )
            .exclude(request=OuterRef("pk"))
            .newest_first()
        )
        drafts = self.model._meta.get_field("draft").related_model.objects
        return (
            self.with_subject()
            .with_last_answer()
            .annotate(
                has_draft=Exists(drafts.filter(request=OuterRef("pk"))),
                return_reason=Subquery(newest.values("review__reason")[:1]),
                previous_state=Subquery(earlier.values("delivery_state")[:1]),
                previous_light=Subquery(earlier.values("traffic_light")[:1]),
                previous_on=Subquery(earlier.values("submitted_at")[:1]),
            )
            .most_urgent_first()
        )

    def for_answering(self) -> Self:
        """A question with its subject and its draft, and whether an answer is owed; one query."""
        return self.with_subject().with_owed().select_related("draft__last_editor")

    def for_board(self) -> Self:
        """All that the board of a round shows of each question, in one query: the subject, what
        became of the newest version, whether a draft waits, whether an answer is owed, and why
        more time was given."""
        updates = self.model._meta.get_field("updates").related_model.objects
        newest = updates.filter(request=OuterRef("pk")).order_by("-version")
        drafts = self.model._meta.get_field("draft").related_model.objects
        return (
            self.exclude(state=RequestState.WITHDRAWN)
            .with_subject()
            .with_last_answer()
            .with_owed()
            .annotate(
                has_draft=Exists(drafts.filter(request=OuterRef("pk"))),
                last_unchanged=Subquery(newest.values("unchanged")[:1]),
                last_submitted_at=Subquery(newest.values("submitted_at")[:1]),
                extended_because=Subquery(_extensions().values(reason=KT("after__reason"))[:1]),
            )
            .most_urgent_first()
        )


class UpdateRequest(TimestampedModel):
    """Who owes what by when. Empty round: on one's own initiative, or an urgent request."""

    round = models.ForeignKey(
        MonitoringRound,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="requests",
        verbose_name=_("round"),
    )
    intervention = models.ForeignKey(
        Intervention,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="requests",
        verbose_name=_("intervention"),
    )
    indicator = models.ForeignKey(
        Indicator,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="requests",
        verbose_name=_("indicator"),
    )
    organisation = models.ForeignKey(
        Organisation,
        on_delete=models.PROTECT,
        related_name="requests",
        verbose_name=_("organisation"),
    )
    holder = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("who has it now"),
    )
    due_on = models.DateField(_("due on"))
    state = models.CharField(
        _("state"), max_length=9, choices=RequestState.choices, default=RequestState.OPEN
    )
    first_opened_at = models.DateTimeField(_("first opened at"), null=True, blank=True)

    objects = RequestQuerySet.as_manager()

    class Meta:
        verbose_name = _("update request")
        verbose_name_plural = _("update requests")
        ordering = ("due_on", "organisation", "pk")
        constraints = [
            models.CheckConstraint(
                condition=Q(intervention__isnull=False, indicator=None)
                | Q(intervention=None, indicator__isnull=False),
                name="request_about_one_thing",
                violation_error_message=_("A request is about an intervention or an indicator."),
            ),
            models.UniqueConstraint(
                fields=["round", "intervention", "organisation"],
                condition=~Q(state="withdrawn"),
                name="intervention_asked_once_a_round",
                violation_error_message=_("This organisation was already asked in this round."),
            ),
            models.UniqueConstraint(
                fields=["round", "indicator", "organisation"],
                condition=~Q(state="withdrawn"),
                name="indicator_asked_once_a_round",
                violation_error_message=_("This organisation was already asked in this round."),
            ),
        ]
        indexes = [
            models.Index(fields=["state", "due_on"]),
            models.Index(fields=["round", "state"]),
            models.Index(fields=["intervention", "state"]),
            models.Index(fields=["organisation", "state", "due_on"]),
        ]

    def __str__(self) -> str:
        return f"{self.subject} – {self.organisation}"

    def get_absolute_url(self) -> str:
        return reverse("monitoring:answer", args=[self.pk])

    @property
    def subject(self) -> Intervention | Indicator:
        """What the request is about."""
        return self.intervention or self.indicator  # type: ignore[return-value]

    def is_late(self, today: datetime.date) -> bool:
        """Whether an answer is owed and its day has passed."""
        return self.state in OWED and self.due_on < today
