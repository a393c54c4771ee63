"""Abstract bases. Nothing concrete lives on the ground floor."""

from typing import Any, ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _


class TimestampedModel(models.Model):
    """Knows when it was made and last changed (UTC)."""

    created_at = models.DateTimeField(_("created"), auto_now_add=True)
    changed_at = models.DateTimeField(_("changed"), auto_now=True)

    class Meta:
        abstract = True


class AppendOnlyError(TypeError):
    """Somebody tried to change or delete a row that may only be added."""


class AppendOnlyModel(models.Model):
    """Rows are added, never changed or deleted.

    Database triggers (tracker.shared.immutable) hold this against every writer; `save` and
    `delete` only say it sooner and in words. `erasable_fields` names text columns that may be
    emptied later, nothing else: for data that privacy rules let us keep for a time only.
    """

    erasable_fields: ClassVar[tuple[str, ...]] = ()

    class Meta:
        abstract = True

    def save(self, *args: Any, **kwargs: Any) -> None:
        if not self._state.adding:
            raise AppendOnlyError(f"{self._meta.verbose_name}: rows are added, never changed.")
        super().save(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> tuple[int, dict[str, int]]:
        raise AppendOnlyError(f"{self._meta.verbose_name}: rows are added, never deleted.")
