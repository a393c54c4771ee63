"""How a quote is answered: by links, by a verdict on them, or by setting it aside."""

from typing import Any, Self

from django.conf import settings
from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from actions.plan.models.intervention import Intervention, lead_name
from quotes.models import Quote, QuoteQuerySet
from tracker.shared.access import ScopedQuerySet
from tracker.shared.models import TimestampedModel


class LinkStrength(models.TextChoices):
    ANSWERS = "answers", _("answers the ambition")
    CONTRIBUTES = "contributes", _("contributes to it")


class QuoteLinkQuerySet(ScopedQuerySet):
    edit_permission = "plan.link"

    def live(self) -> Self:
        """Links to interventions that still answer: neither stopped nor succeeded."""
        return self.filter(intervention__in=Intervention.objects.live())

    def with_lead(self) -> Self:
        """Each link with its intervention and that one's lead by name, in one query."""
        return self.select_related("intervention").annotate(lead_name=lead_name("intervention"))

    def for_quote(self, quote: Quote) -> Self:
        """The links of a quote with intervention, its lead's name and who linked; one query."""
        return (
            self.filter(quote=quote)
            .select_related("intervention__action_line", "linked_by")
            .annotate(lead_name=lead_name("intervention"))
            .order_by("intervention__code", "pk")
        )

    def for_quote_and_kin(self, quote: Quote) -> Self:
        """As `for_quote`, with the links of the quotes that it came from: the earlier edition's,
        those merged into it, the one it was split from. `live` tells which still answer."""
        kin = Q(quote__in=[pk for pk in (quote.returns_from_id, quote.split_from_id) if pk])
        found = self.filter(Q(quote=quote) | Q(quote__merged_into=quote) | kin)
        return (
            found.select_related("quote__anthology", "intervention__action_line", "linked_by")
            .annotate(
                lead_name=lead_name("intervention"),
                live=Exists(Intervention.objects.live().filter(pk=OuterRef("intervention"))),
            )
            .order_by("intervention__code", "pk")
        )

    def for_intervention(self, intervention: Any) -> Self:
        """The links of an intervention (or of the outer query's) in the quotes' reading order."""
        return self.filter(intervention=intervention).order_by(
            "quote__anthology", "quote__section__order", "quote__reference_number", "pk"
        )


class QuoteLink(TimestampedModel):
    """Somebody of the office says that an intervention answers a quote, and why."""

    quote = models.ForeignKey(
        Quote, on_delete=models.PROTECT, related_name="links", verbose_name=_("quote")
    )
    intervention = models.ForeignKey(
        Intervention,
        on_delete=models.PROTECT,
        related_name="quote_links",
        verbose_name=_("intervention"),
    )
    strength = models.CharField(
        _("strength of the link"),
        max_length=12,
        choices=LinkStrength.choices,
        default=LinkStrength.ANSWERS,
    )
    rationale = models.TextField(_("rationale"))
    linked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        related_name="+",
        verbose_name=_("linked by"),
    )
    linked_at = models.DateTimeField(_("linked at"), auto_now_add=True)

    objects = QuoteLinkQuerySet.as_manager()
    history = HistoricalRecords()

    class Meta:
        verbose_name = _("link")
        verbose_name_plural = _("links")
        ordering = ("quote", "intervention__code", "pk")
        constraints = [
            models.UniqueConstraint(
                fields=["quote", "intervention"],
                name="quote_linked_once_to_intervention",
                violation_error_message=_("This quote is already linked to that intervention."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.quote.reference} → {self.intervention.code}"


class Extent(models.TextChoices):
    FULLY = "fully", _("fully answered")
    PARTLY = "partly", _("partly answered")


class AnswerVerdict(TimestampedModel):
    """The office's judgement whether the linked interventions answer the whole ambition."""

    quote = models.OneToOneField(
        Quote, on_delete=models.PROTECT, related_name="verdict", verbose_name=_("quote")
    )
    extent = models.CharField(_("judgement"), max_length=6, choices=Extent.choices)
    remains_open = models.TextField(_("what remains open"), blank=True)
    judged_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        related_name="+",
        verbose_name=_("judged by"),
    )
    judged_at = models.DateTimeField(_("judged at"), auto_now=True)

    history = HistoricalRecords()

    class Meta:
        verbose_name = _("judgement of an answer")
        verbose_name_plural = _("judgements of answers")
        constraints = [
            models.CheckConstraint(
                condition=Q(extent="fully") | ~Q(remains_open=""),
                name="partly_says_what_remains",
                violation_error_message=_("Say what remains open of a partly answered ambition."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.quote.reference}: {self.get_extent_display()}"


class DispositionVerdict(models.TextChoices):
    SET_ASIDE = "set_aside", _("set aside")
    DUPLICATE = "duplicate", _("duplicate")


class Disposition(TimestampedModel):
    """An ambition gets no intervention of its own: proposed by the office, confirmed by leaders.

    Withdrawing deletes the row; its history stays. Refused while live links exist, which plan's
    service holds, as it spans tables.
    """

    quote = models.OneToOneField(
        Quote, on_delete=models.PROTECT, related_name="disposition", verbose_name=_("quote")
    )
    verdict = models.CharField(_("verdict"), max_length=9, choices=DispositionVerdict.choices)
    duplicate_of = models.ForeignKey(
        Quote,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="duplicates",
        verbose_name=_("duplicate of"),
    )
    reason = models.TextField(_("reason"))
    proposed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        related_name="+",
        verbose_name=_("proposed by"),
    )
    confirmed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("confirmed by"),
    )
    confirmed_on = models.DateField(_("confirmed on"), null=True, blank=True)

    history = HistoricalRecords()

    class Meta:
        verbose_name = _("disposition")
        verbose_name_plural = _("dispositions")
        constraints = [
            models.CheckConstraint(
                condition=~Q(reason=""),
                name="disposition_has_a_reason",
                violation_error_message=_("Give the reason."),
            ),
            models.CheckConstraint(
                condition=Q(verdict="set_aside", duplicate_of=None)
                | Q(verdict="duplicate", duplicate_of__isnull=False),
                name="duplicate_names_the_other",
                violation_error_message=_("A duplicate names the ambition that it repeats."),
            ),
            models.CheckConstraint(
                condition=Q(duplicate_of=None) | ~Q(duplicate_of=F("quote")),
                name="duplicate_of_another",
                violation_error_message=_("An ambition cannot be a duplicate of itself."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.quote.reference}: {self.get_verdict_display()}"


def with_answer(quotes: QuoteQuerySet) -> QuoteQuerySet:
    """Quotes with their judgement and disposition, in the same query; quotes knows neither."""
    return quotes.with_section().select_related(
        "verdict__judged_by",
        "disposition__duplicate_of__anthology",
        "disposition__proposed_by",
        "disposition__confirmed_by",
    )
