"""Work for a human hand at the office, once per kind and object."""

import datetime

from django.conf import settings
from django.db.models import Model
from django.utils import translation
from django.utils.functional import Promise

from actions.monitoring.models import OfficeTask


def ask_office(*, kind: str, about: Model, summary: str | Promise, today: datetime.date) -> None:
    """Leave a task unless the same one is open already. `summary` may be a lazy translation: it
    is kept in the house's language."""
    with translation.override(settings.LANGUAGE_CODE):
        text = str(summary)[:300]
    task = OfficeTask(
        kind=kind,
        object_type=about._meta.label,
        object_id=str(about.pk),
        summary=text,
        due_on=today,
    )
    OfficeTask.objects.bulk_create([task], ignore_conflicts=True)
