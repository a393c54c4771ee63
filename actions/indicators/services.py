"""Recording what was measured."""

import datetime
from decimal import Decimal

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from actions.indicators.models import Indicator, Measurement
from actions.organisations.models import User
from tracker.audit.services import record


@transaction.atomic
def record_measurement(
    *,
    indicator: Indicator,
    period_start: datetime.date,
    period_end: datetime.date,
    value: Decimal,
    status: str,
    source: str,
    note: str = "",
    recorded_by: User | None,
    supersedes: Measurement | None = None,
) -> Measurement:
    """Add a figure, in the indicator's unit. A revision names the current figure it replaces.

    Raises ValidationError with a sentence: for a period that was measured before, for a revision of
    another period or indicator, and for a figure that somebody else revised meanwhile.
    """
    if supersedes is not None:
        _check_revision(indicator, supersedes, period_start, period_end)
    measurement = Measurement(
        indicator=indicator,
        period_start=period_start,
        period_end=period_end,
        value=value,
        status=status,
        source=source.strip(),
        note=note.strip(),
        recorded_by=recorded_by,
        supersedes=supersedes,
    )
    _store(measurement)
    record(
        verb="indicators.measure",
        subject=measurement,
        actor=recorded_by,
        before={"value": str(supersedes.value)} if supersedes else {},
        after={"indicator": indicator.code, "until": period_end, "value": str(value)},
    )
    return measurement


def _store(measurement: Measurement) -> None:
    measurement.full_clean(exclude=["recorded_by"])
    try:
        with transaction.atomic():
            measurement.save()
    except IntegrityError as clash:
        raise ValidationError(
            _("Somebody else just recorded this period. Look at the figures and try again.")
        ) from clash


def _check_revision(
    indicator: Indicator, old: Measurement, start: datetime.date, end: datetime.date
) -> None:
    if old.indicator_id != indicator.pk or (old.period_start, old.period_end) != (start, end):
        raise ValidationError(_("A revision is about the same indicator and the same period."))
    if Measurement.objects.filter(supersedes=old).exists():
        raise ValidationError(
            _("Somebody revised this figure meanwhile. Look at the new figure first.")
        )
