"""Writing the record. Call it in the same transaction as the deed."""

from collections.abc import Mapping
from typing import Any

from django.contrib.auth.base_user import AbstractBaseUser
from django.db.models import Model

from tracker.audit.models import AuditEntry


def record(
    *,
    verb: str,
    subject: Model,
    actor: AbstractBaseUser | None = None,
    before: Mapping[str, Any] | None = None,
    after: Mapping[str, Any] | None = None,
    origin: str = "",
) -> AuditEntry:
    """Add one entry about `subject`; without an actor the system itself did it."""
    return AuditEntry.objects.create(
        actor=actor,
        verb=verb,
        object_type=subject._meta.label,
        object_id=str(subject.pk),
        before=dict(before or {}),
        after=dict(after or {}),
        origin=origin,
    )
