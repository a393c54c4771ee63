"""A published anthology, the files it was read from, and its sections."""

from django.conf import settings
from django.core.validators import RegexValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from tracker.shared.access import ScopedQuerySet
from tracker.shared.models import TimestampedModel


class Kind(models.TextChoices):
    """What a quote speaks of; its chapter tells it."""

    TREND = "trend", _("trend")
    PROBLEM = "problem", _("problem")
    STRENGTH = "strength", _("strength")
    AMBITION = "ambition", _("ambition")


def default_chapter_kinds() -> dict[str, str]:
    """Chapter number → kind, as in the anthology of 'Samen tegen mensenhandel'."""
    return {"1": Kind.TREND, "2": Kind.PROBLEM, "3": Kind.STRENGTH, "4": Kind.AMBITION}


class AnthologyQuerySet(ScopedQuerySet):
    edit_permission = "quotes.import"

    def primary(self) -> "Anthology | None":
        """The anthology that a bare reference means."""
        return self.filter(is_primary=True).first()


class Anthology(TimestampedModel):
    """The published collection of quotes. A second edition is another anthology."""

    code = models.CharField(
        _("code"),
        max_length=10,
        unique=True,
        validators=[RegexValidator(r"^[A-Z]{2,5}[0-9]{1,3}$", _("Use letters and a number: BL1."))],
    )
    title = models.CharField(_("title"), max_length=300)
    publisher = models.CharField(_("publisher"), max_length=200, blank=True)
    published_on = models.DateField(_("published on"), null=True, blank=True)
    language = models.CharField(_("language"), max_length=5, default="nl")
    is_primary = models.BooleanField(_("primary"), default=False)
    chapter_kinds = models.JSONField(_("kind per chapter"), default=default_chapter_kinds)

    objects = AnthologyQuerySet.as_manager()

    class Meta:
        verbose_name = _("anthology")
        verbose_name_plural = _("anthologies")
        ordering = ("code",)
        constraints = [
            models.UniqueConstraint(
                fields=["is_primary"],
                condition=Q(is_primary=True),
                name="one_primary_anthology",
                violation_error_message=_("Another anthology is the primary one."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.title}"

    def follows(self, other: "Anthology") -> bool:
        """Whether this is the later edition: by its date, without dates by when it was read."""
        mine, theirs = self.published_on, other.published_on
        if mine and theirs and mine != theirs:
            return mine > theirs
        return self.pk > other.pk


class SourceFile(TimestampedModel):
    """A file that was read, kept so that a quote can be shown beside its source."""

    anthology = models.ForeignKey(
        Anthology, on_delete=models.PROTECT, related_name="sources", verbose_name=_("anthology")
    )
    name = models.CharField(_("name"), max_length=255)
    sha256 = models.CharField("SHA-256", max_length=64)
    media_type = models.CharField(_("media type"), max_length=100)
    pages = models.JSONField(_("pages"), default=list)
    file = models.FileField(_("file"), upload_to="sources/%Y/")
    imported_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("imported by"),
    )

    class Meta:
        verbose_name = _("source file")
        verbose_name_plural = _("source files")
        ordering = ("anthology", "name", "pk")
        constraints = [
            models.UniqueConstraint(
                fields=["anthology", "sha256"],
                name="one_source_per_content",
                violation_error_message=_("This very file was imported before."),
            ),
        ]

    def __str__(self) -> str:
        return self.name


class SectionQuerySet(ScopedQuerySet):
    edit_permission = "quotes.import"

    def ambitions(self) -> "SectionQuerySet":
        return self.filter(kind=Kind.AMBITION)


class Section(TimestampedModel):
    """A numbered section such as 4.12; '4.?' holds what cannot be placed within chapter 4."""

    anthology = models.ForeignKey(
        Anthology, on_delete=models.PROTECT, related_name="sections", verbose_name=_("anthology")
    )
    number = models.CharField(_("number"), max_length=10)
    title = models.CharField(_("title"), max_length=200)
    kind = models.CharField(_("kind"), max_length=10, choices=Kind.choices)
    first_page = models.PositiveIntegerField(_("first page"), null=True, blank=True)
    order = models.PositiveIntegerField(_("order"))

    objects = SectionQuerySet.as_manager()

    class Meta:
        verbose_name = _("section")
        verbose_name_plural = _("sections")
        ordering = ("anthology", "order", "pk")
        constraints = [
            models.UniqueConstraint(
                fields=["anthology", "number"],
                name="section_number_once_per_anthology",
                violation_error_message=_("This anthology already has a section of that number."),
            ),
        ]
        indexes = [models.Index(fields=["kind", "order"])]

    def __str__(self) -> str:
        return f"{self.number} {self.title}"
