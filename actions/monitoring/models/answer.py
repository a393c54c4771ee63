"""An answer: the draft that may change, the versions that were sent, and the office's review."""

from typing import Self

from django.conf import settings
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.db.models import Exists, ExpressionWrapper, F, OuterRef, Q, Subquery
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from actions.monitoring.models.publication import published
from actions.monitoring.models.request import RequestState, UpdateRequest
from actions.plan.models import DeliveryState, Involvement, InvolvementRole, TrafficLight
from tracker.shared.access import Actor, ScopedQuerySet
from tracker.shared.models import AppendOnlyModel, TimestampedModel


class UpdateDraft(TimestampedModel):
    """The only mutable form of an answer; it belongs to the organisation, not to a person."""

    request = models.OneToOneField(
        UpdateRequest, on_delete=models.CASCADE, related_name="draft", verbose_name=_("request")
    )
    payload = models.JSONField(_("contents"), default=dict, encoder=DjangoJSONEncoder)
    last_editor = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        related_name="+",
        verbose_name=_("last editor"),
    )
    lock_version = models.PositiveIntegerField(_("version"), default=0)

    class Meta:
        verbose_name = _("draft")
        verbose_name_plural = _("drafts")

    def __str__(self) -> str:
        return str(self.request_id)


class StatusUpdateQuerySet(ScopedQuerySet):
    def visible_to(self, actor: Actor) -> Self:
        """The office sees all, leadership what is accepted, a partner its own – and of others
        what was accepted in a round whose report was sent."""
        if actor.may("monitoring.office_texts"):
            return self
        # The version that was accepted; an earlier one that was returned stays between two parties.
        accepted = Q(review__verdict=ReviewVerdict.ACCEPTED)
        if actor.may("monitoring.read"):
            return self.filter(accepted)
        own = Q(request__organisation__in=actor.organisation_ids)
        return self.filter(own | (accepted & published())) if actor.scope != "none" else self.none()

    def accepted(self) -> Self:
        """The versions that the office accepted."""
        return self.filter(review__verdict=ReviewVerdict.ACCEPTED)

    def newest_first(self) -> Self:
        return self.order_by("-submitted_at", "-pk")

    def the_leads_word_first(self) -> Self:
        """The newest first, but what the lead said before what others that report said."""
        leads = Involvement.objects.filter(
            Q(organisation=OuterRef("request__organisation"))
            | Q(group__members=OuterRef("request__organisation")),
            intervention=OuterRef("request__intervention"),
            role=InvolvementRole.LEAD,
        )
        return self.annotate(by_lead=Exists(leads)).order_by("-by_lead", "-submitted_at", "-pk")

    def to_judge(self) -> Self:
        """The versions that wait for the office, the one that waits longest first."""
        waiting = self.filter(request__state=RequestState.SUBMITTED, review=None)
        return waiting.order_by("submitted_at", "pk")

    def for_review(self) -> Self:
        """All that the queue of the office shows, in one query: the answers that wait with what
        the same organisation had accepted about it before, and whether they came in late."""
        same = self.model.objects.accepted().filter(
            request__organisation=OuterRef("request__organisation"),
            request__intervention=OuterRef("request__intervention"),
            request__indicator=None,
        )
        earlier = same.exclude(request=OuterRef("request")).newest_first()
        return (
            self.to_judge()
            .with_context()
            .annotate(
                light_before=Subquery(earlier.values("traffic_light")[:1]),
                late=ExpressionWrapper(
                    Q(submitted_at__date__gt=F("request__due_on")), models.BooleanField()
                ),
            )
        )

    def before(self, request: UpdateRequest) -> Self:
        """What the same organisation last had accepted about the same thing, newest first."""
        return (
            self.accepted()
            .filter(
                request__organisation=request.organisation_id,
                request__intervention=request.intervention_id,
                request__indicator=request.indicator_id,
            )
            .exclude(request=request)
            .newest_first()
        )

    def with_context(self) -> Self:
        """Each answer with its request, organisation, round, author and review."""
        return self.select_related(
            "request__organisation",
            "request__round",
            "request__intervention",
            "request__indicator",
            "author",
            "review__reviewer",
        )


class StatusUpdate(AppendOnlyModel):
    """One version of one answer of one organisation, as it was sent."""

    request = models.ForeignKey(
        UpdateRequest, on_delete=models.PROTECT, related_name="updates", verbose_name=_("request")
    )
    version = models.PositiveIntegerField(_("version"))
    delivery_state = models.CharField(
        _("delivery state"), max_length=12, choices=DeliveryState.choices, blank=True
    )
    traffic_light = models.CharField(
        _("traffic light"), max_length=10, choices=TrafficLight.choices, blank=True
    )
    progress = models.PositiveSmallIntegerField(_("progress in per cent"), null=True, blank=True)
    for_the_report = models.TextField(_("for the report"))
    for_the_office = models.TextField(_("for the office only"), blank=True)
    cause = models.TextField(_("cause"), blank=True)
    consequence = models.TextField(_("consequence"), blank=True)
    adjustment = models.TextField(_("adjustment"), blank=True)
    expected_finish = models.DateField(_("expected finish"), null=True, blank=True)
    unchanged = models.BooleanField(_("unchanged since last time"), default=False)
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("author"),
    )
    author_name = models.CharField(_("author's name"), max_length=150, blank=True)
    author_address = models.EmailField(_("author's address"), blank=True)
    on_behalf_from = models.CharField(_("received from"), max_length=150, blank=True)
    on_behalf_channel = models.CharField(_("received by"), max_length=50, blank=True)
    on_behalf_on = models.DateField(_("received on"), null=True, blank=True)
    submitted_at = models.DateTimeField(_("submitted at"))

    objects = StatusUpdateQuerySet.as_manager()

    class Meta:
        verbose_name = _("status update")
        verbose_name_plural = _("status updates")
        ordering = ("request", "version", "pk")
        constraints = [
            models.UniqueConstraint(
                fields=["request", "version"],
                name="version_once_per_request",
                violation_error_message=_("Somebody else of your organisation just answered."),
            ),
            models.CheckConstraint(
                condition=~Q(traffic_light__in=["at_risk", "off_track"])
                | (~Q(cause="") & ~Q(consequence="") & ~Q(adjustment="")),
                name="deviation_is_explained",
                violation_error_message=_(
                    "With 'at risk' and 'off track' cause, consequence and adjustment are owed."
                ),
            ),
            models.CheckConstraint(
                condition=Q(author__isnull=False) | (~Q(author_name="") & ~Q(author_address="")),
                name="author_or_name_and_address",
                violation_error_message=_("Say who answers: name and e-mail address."),
            ),
            models.CheckConstraint(
                condition=Q(progress=None) | Q(progress__lte=100),
                name="progress_up_to_100",
                violation_error_message=_("Progress lies between 0 and 100 per cent."),
            ),
        ]
        indexes = [models.Index(fields=["-submitted_at"])]

    def __str__(self) -> str:
        return f"{self.request_id} v{self.version}"

    def get_absolute_url(self) -> str:
        return reverse("monitoring:update", args=[self.pk])


class ReviewVerdict(models.TextChoices):
    ACCEPTED = "accepted", _("accepted")
    RETURNED = "returned", _("returned")


class Review(AppendOnlyModel):
    """The office accepts an answer or returns it with a reason."""

    update = models.OneToOneField(
        StatusUpdate, on_delete=models.PROTECT, related_name="review", verbose_name=_("answer")
    )
    verdict = models.CharField(_("verdict"), max_length=8, choices=ReviewVerdict.choices)
    reason = models.TextField(_("reason"), blank=True)
    office_judgement = models.TextField(_("the office's own judgement"), blank=True)
    reviewer = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name=_("reviewer"),
    )
    reviewed_at = models.DateTimeField(_("reviewed at"))

    class Meta:
        verbose_name = _("review")
        verbose_name_plural = _("reviews")
        constraints = [
            models.CheckConstraint(
                condition=Q(verdict="accepted") | ~Q(reason=""),
                name="returned_with_a_reason",
                violation_error_message=_("Say why the answer is returned."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.update_id}: {self.get_verdict_display()}"
