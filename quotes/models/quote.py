"""One statement of one consulted person, unedited."""

import hashlib
from typing import Self

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Count, F, Min, OuterRef, Q, QuerySet, Subquery, Value
from django.db.models.functions import Cast, Coalesce, Concat
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from quotes.models.anthology import Anthology, Kind, Section, SourceFile
from quotes.models.deed import CORRECTIONS
from quotes.models.joined import Joined
from quotes.models.searching import SearchQuerySet
from quotes.places import Place
from tracker.shared.models import TimestampedModel

# From here on a reading needs no second look.
SURE = 0.9


class QuoteState(models.TextChoices):
    IMPORTED = "imported", _("imported")
    REVIEWED = "reviewed", _("reviewed")
    WITHDRAWN = "withdrawn", _("withdrawn")


ASKS_FOR_AN_EYE = Q(state=QuoteState.IMPORTED) & (Q(confidence__lt=SURE) | Q(complete=False))


class QuoteQuerySet(SearchQuerySet):
    edit_permission = "quotes.import"

    def counted(self) -> Self:
        """Quotes that count: pull quotes and withdrawn quotes count nowhere."""
        return self.filter(pull_quote_of=None).exclude(state=QuoteState.WITHDRAWN)

    def ambitions(self) -> Self:
        """The counted quotes of the chapters that hold ambitions."""
        return self.counted().filter(section__kind=Kind.AMBITION)

    def to_review(self) -> Self:
        """Quotes that ask for somebody's eye: read without certainty, and nobody looked yet."""
        return self.counted().filter(ASKS_FOR_AN_EYE)

    def corrected(self) -> Self:
        """Quotes that are somebody's work: a later import of the same page leaves them alone."""
        hands = self.model._default_manager.filter(revisions__deed__in=CORRECTIONS).values("pk")
        return self.filter(Q(state=QuoteState.REVIEWED) | Q(pk__in=hands))

    def review_queue(self) -> QuerySet:
        """The pages with quotes to review, the least certain first; a row is a dict.

        `waiting` says how many quotes of the page need attention, `lowest` how sure the worst is.
        """
        pages = self.to_review().values("anthology", "anthology__code", "anthology__title", "page")
        counted = pages.annotate(waiting=Count("pk"), lowest=Min("confidence"))
        return counted.order_by("lowest", "anthology", "page")

    def on_page(self, anthology: Anthology, page: int | None) -> Self:
        """Everything that was read from a page, in the order of the page; withdrawn ones too."""
        return self.filter(anthology=anthology, page=page).in_page_order()

    def after(self, quote: "Quote") -> Self:
        """The quotes that count and follow this one in the source, the next one first."""
        later = Q(page=quote.page, position__gt=quote.position)
        later |= Q(page=quote.page, position=quote.position, pk__gt=quote.pk)
        if quote.page is not None:
            later |= Q(page__gt=quote.page)
        return self.counted().filter(later, anthology=quote.anthology_id).in_page_order()

    def in_page_order(self) -> Self:
        return self.order_by("page", "position", "pk")

    def with_section(self) -> Self:
        """Each quote with its section and anthology, for a list or page in one query."""
        return self.select_related("anthology", "section__anthology", "source_file")

    def by_reference(self, reference: str) -> Self:
        """`4.12-07` in the primary anthology, `BL2:4.12-07` in the one of that code."""
        code, divider, bare = reference.rpartition(":")
        anthology = Q(anthology__code=code) if divider else Q(anthology__is_primary=True)
        return self.filter(anthology, reference=bare)

    def in_section(self, key: str) -> Self:
        """The quotes of a section: `4.12` of the primary anthology, or `BL2:4.12`."""
        code, divider, number = key.rpartition(":")
        anthology = Q(anthology__code=code) if divider else Q(anthology__is_primary=True)
        return self.filter(anthology, section__number=number)

    def with_twins(self) -> Self:
        """Each quote with the places where the same words also stand, for `Quote.twins`.

        Case and punctuation do not count; quotes that count nowhere are no twins.
        """
        twins = Quote.objects.counted().filter(
            anthology=OuterRef("anthology"), fingerprint=OuterRef("fingerprint")
        )
        page = Coalesce(Cast("page", models.CharField()), Value("0"))
        place = Concat(page, Value(" "), "section__number", output_field=models.CharField())
        places = twins.exclude(pk=OuterRef("pk")).order_by().values("fingerprint")
        return self.annotate(
            twin_places=Subquery(places.annotate(places=Joined(place)).values("places"))
        )

    def related_to(self, quote: "Quote") -> Self:
        """Quotes that say the same or came from it: pull quotes, merges, splits, returns."""
        named = [quote.pull_quote_of_id, quote.merged_into_id, quote.split_from_id]
        named.append(quote.returns_from_id)
        counts = Q(pull_quote_of=None) & ~Q(state=QuoteState.WITHDRAWN)
        same = counts & Q(anthology=quote.anthology_id, fingerprint=quote.fingerprint)
        derived = Q(pull_quote_of=quote.pk) | Q(merged_into=quote.pk) | Q(split_from=quote.pk)
        known = Q(pk__in=[pk for pk in named if pk])
        found = same | derived | known | Q(returns_from=quote.pk)
        return self.filter(found).exclude(pk=quote.pk)

    def in_reading_order(self) -> Self:
        return self.order_by("anthology", "section__order", "reference_number", "pk")


class Quote(TimestampedModel):
    """A quote keeps its reference for ever; a withdrawn one keeps it and counts nowhere."""

    anthology = models.ForeignKey(
        Anthology, on_delete=models.PROTECT, related_name="quotes", verbose_name=_("anthology")
    )
    section = models.ForeignKey(
        Section, on_delete=models.PROTECT, related_name="quotes", verbose_name=_("section")
    )
    reference = models.CharField(_("reference"), max_length=20)
    # The number behind the dash: sorts 4.12-9 before 4.12-10 where text would not.
    reference_number = models.PositiveIntegerField(_("number"))
    text = models.TextField(_("text"))
    page = models.PositiveIntegerField(_("page"), null=True, blank=True)
    position = models.PositiveIntegerField(_("position on the page"), default=0)
    source_file = models.ForeignKey(
        SourceFile,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="quotes",
        verbose_name=_("source file"),
    )
    line_start = models.PositiveIntegerField(_("first line"), null=True, blank=True)
    line_end = models.PositiveIntegerField(_("last line"), null=True, blank=True)
    box = models.JSONField(_("box on the page"), null=True, blank=True)
    pull_quote_of = models.ForeignKey(
        "self",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="pull_quotes",
        verbose_name=_("pull quote of"),
    )
    complete = models.BooleanField(_("complete"), default=True)
    confidence = models.FloatField(
        _("confidence"), default=1.0, validators=[MinValueValidator(0), MaxValueValidator(1)]
    )
    state = models.CharField(
        _("state"), max_length=10, choices=QuoteState.choices, default=QuoteState.IMPORTED
    )
    merged_into = models.ForeignKey(
        "self",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="merged_from",
        verbose_name=_("merged into"),
    )
    split_from = models.ForeignKey(
        "self",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="split_into",
        verbose_name=_("split from"),
    )
    returns_from = models.ForeignKey(
        "self",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="returns_as",
        verbose_name=_("returns from an earlier edition"),
    )
    fingerprint = models.CharField(_("fingerprint"), max_length=64)

    objects = QuoteQuerySet.as_manager()

    class Meta:
        verbose_name = _("quote")
        verbose_name_plural = _("quotes")
        ordering = ("anthology", "section__order", "reference_number", "pk")
        constraints = [
            models.UniqueConstraint(
                fields=["anthology", "reference"],
                name="reference_once_per_anthology",
                violation_error_message=_("This anthology already has a quote of that reference."),
            ),
            models.CheckConstraint(
                condition=~Q(pull_quote_of=F("pk")),
                name="pull_quote_of_another",
                violation_error_message=_("A quote cannot be the pull quote of itself."),
            ),
            models.CheckConstraint(
                condition=Q(confidence__gte=0, confidence__lte=1),
                name="confidence_from_0_to_1",
                violation_error_message=_("Confidence lies between 0 and 1."),
            ),
            models.UniqueConstraint(
                fields=["anthology", "returns_from"],
                condition=Q(returns_from__isnull=False),
                name="returns_once_per_anthology",
                violation_error_message=_("The earlier quote returns in this anthology already."),
            ),
        ]
        indexes = [
            models.Index(fields=["section", "reference_number"]),
            models.Index(fields=["anthology", "fingerprint"]),
            models.Index(fields=["anthology", "page", "position"]),
            models.Index(
                fields=["confidence", "anthology", "page"],
                condition=Q(state=QuoteState.IMPORTED),
                name="quotes_to_review",
            ),
        ]

    def __str__(self) -> str:
        return self.reference

    @property
    def version(self) -> str:
        """What somebody saw who saw this quote: changes with its words and with how it counts."""
        facts = (self.pk, self.text, self.section_id, self.state)
        seen = (*facts, self.pull_quote_of_id, self.merged_into_id)
        return hashlib.sha256("\0".join(map(str, seen)).encode()).hexdigest()[:16]

    def get_absolute_url(self) -> str:
        return reverse("quotes:detail", args=[self.full_reference])

    @property
    def counts(self) -> bool:
        """Whether this quote counts: the same rule as `counted`."""
        return self.pull_quote_of_id is None and self.state != QuoteState.WITHDRAWN

    @property
    def twins(self) -> list[Place]:
        """The other places of the same words; needs `with_twins`."""
        found = (self.twin_places or "").split("|")  # type: ignore[attr-defined]
        pairs = (place.split(" ", 1) for place in found if place)
        return sorted({Place(int(page), section) for page, section in pairs})

    @property
    def full_reference(self) -> str:
        """The reference as people write it: bare in the primary anthology, else BL2:4.12-07."""
        if self.anthology.is_primary:
            return self.reference
        return f"{self.anthology.code}:{self.reference}"
