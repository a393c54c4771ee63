"""An import as somebody follows it on the screen: files in, a preview, and then all or nothing."""

from datetime import datetime, timedelta

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from quotes.models.anthology import Anthology
from tracker.shared.access import ScopedQuerySet
from tracker.shared.models import TimestampedModel


class ImportState(models.TextChoices):
    """UPLOADED → (MAPPING →) READING → READ → WRITING → DONE; or REFUSED, FAILED, DISCARDED."""

    UPLOADED = "uploaded", _("waits for the worker")
    MAPPING = "mapping", _("waits for its columns")
    READING = "reading", _("is being read")
    READ = "read", _("can be looked at")
    WRITING = "writing", _("is being written")
    DONE = "done", _("imported")
    REFUSED = "refused", _("refused")
    FAILED = "failed", _("failed")
    DISCARDED = "discarded", _("discarded")


# A worker says far more often than this that it is at work.
SILENT_FOR = timedelta(seconds=60)


class ImportRunQuerySet(ScopedQuerySet):
    edit_permission = "quotes.import"

    def due(self, now: datetime) -> "ImportRunQuerySet":
        """Runs that wait for a worker, and those whose worker fell silent."""
        waiting = Q(state=ImportState.UPLOADED) | Q(state=ImportState.WRITING, beat_at=None)
        at_work = Q(state__in=[ImportState.READING, ImportState.WRITING])
        return self.filter(waiting | at_work & Q(beat_at__lt=now - SILENT_FOR))

    def for_list(self) -> "ImportRunQuerySet":
        """Each run as a list shows it: without what was read, which may be large."""
        return self.select_related("anthology", "started_by").defer("reading", "preview")


class ImportRun(TimestampedModel):
    """One import. Until DONE nothing of it stands in the anthology; from DONE on all of it does.

    `columns` maps the columns of a table to what they hold; `reading` is what was read, kept so
    that exactly what was previewed is written; `preview` holds counts, warnings and differences.
    """

    anthology = models.ForeignKey(
        Anthology,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="imports",
        verbose_name=_("anthology"),
    )
    code = models.CharField(_("code of a new anthology"), max_length=10, blank=True)
    title = models.CharField(_("title"), max_length=300, blank=True)
    chapter_kinds = models.JSONField(_("kind per chapter"), default=dict, blank=True)
    columns = models.JSONField(_("columns"), default=dict, blank=True)
    state = models.CharField(
        _("state"), max_length=10, choices=ImportState.choices, default=ImportState.UPLOADED
    )
    done = models.PositiveIntegerField(_("steps done"), default=0)
    total = models.PositiveIntegerField(_("steps in all"), default=0)
    # When the worker last said that it is at work; a silent run is taken up again.
    beat_at = models.DateTimeField(_("last sign of life"), null=True, blank=True)
    attempts = models.PositiveSmallIntegerField(_("attempts"), default=0)
    message = models.TextField(_("message"), blank=True)
    reading = models.JSONField(_("reading"), null=True, blank=True)
    preview = models.JSONField(_("preview"), default=dict, blank=True)
    started_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        related_name="+",
        verbose_name=_("started by"),
    )

    objects = ImportRunQuerySet.as_manager()

    class Meta:
        verbose_name = _("import")
        verbose_name_plural = _("imports")
        ordering = ("-pk",)
        indexes = [models.Index(fields=["state", "beat_at"])]

    def __str__(self) -> str:
        return f"{self.pk} {self.state}"

    def get_absolute_url(self) -> str:
        return reverse("quotes:import-run", args=[self.pk])

    @property
    def is_at_work(self) -> bool:
        """Whether the worker has to do something before somebody else can."""
        return self.state in (ImportState.UPLOADED, ImportState.READING, ImportState.WRITING)


class ImportFile(TimestampedModel):
    """A file as it was handed in for an import."""

    run = models.ForeignKey(
        ImportRun, on_delete=models.CASCADE, related_name="files", verbose_name=_("import")
    )
    name = models.CharField(_("name"), max_length=255)
    file = models.FileField(_("file"), upload_to="imports/%Y/")

    class Meta:
        verbose_name = _("import file")
        verbose_name_plural = _("import files")
        ordering = ("pk",)

    def __str__(self) -> str:
        return self.name
