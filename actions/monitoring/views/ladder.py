"""A round's ladder laid out to scale in working days. Pure: days and counts in, places out."""

import datetime
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from tracker.shared.calendar import working_days_between


@dataclass(frozen=True)
class Step:
    """One day of the ladder: what goes out, and how many mails did (None: not known yet)."""

    day: datetime.date
    offset: int | None
    audiences: frozenset[str]
    mails: int


def lay_out(
    steps: Sequence[Step],
    *,
    start: datetime.date,
    today: datetime.date,
    ended: datetime.date | None,
    off: Collection[datetime.date],
    expected: Mapping[datetime.date, int],
) -> dict[str, Any]:
    """The stations, the ticks and the place of today, in per cent of the way from `start`.

    A step after the day on which the round `ended` never came: it is left out. `expected` says how
    many mails leave on a day to come, where that is known.
    """
    shown = [step for step in steps if ended is None or step.day <= ended]
    last = max([step.day for step in shown] + [start])
    total = max(working_days_between(start, last, off), 1)

    def place(day: datetime.date) -> float:
        return round(100 * min(max(working_days_between(start, day, off) / total, 0), 1), 2)

    coming = min((step.day for step in shown if step.day >= today and not step.mails), default=None)
    stations = [
        {
            "label": offset_label(step.offset),
            # Translators: how a day is written below the ladder (Django's date format).
            "date": date_format(step.day, pgettext("date format", "D j M")),
            "note": _note(step),
            "detail": _detail(step, today, expected),
            "state": _state(step, coming, ended),
            "position": place(step.day),
        }
        for step in shown
    ]
    within = ended is None and start <= today <= last
    ticks = [round(100 * number / total, 2) for number in range(total + 1)]
    return {"stations": stations, "ticks": ticks, "today": place(today) if within else None}


def _state(step: Step, coming: datetime.date | None, ended: datetime.date | None) -> str:
    if ended is not None or coming is None or step.day < coming:
        return "passed"
    return "here" if step.day == coming else "todo"


def offset_label(offset: int | None) -> str:
    """How far from the deadline: '10 working days before'."""
    if offset is None:
        return _("opening")
    if offset == 0:
        return _("deadline")
    if offset < 0:
        words = ngettext("%(n)s working day before", "%(n)s working days before", -offset)
    else:
        words = ngettext("%(n)s working day after", "%(n)s working days after", offset)
    return words % {"n": abs(offset)}


def _note(step: Step) -> str:
    if step.offset is None:
        return _("Request")
    if step.audiences == {"office"}:
        return _("To the office")
    return _("With the contact") if "contact" in step.audiences else _("Reminder")


def _detail(step: Step, today: datetime.date, expected: Mapping[datetime.date, int]) -> str:
    if step.mails:
        return ngettext("%(n)s mail", "%(n)s mails", step.mails) % {"n": step.mails}
    count = expected.get(step.day) if step.day >= today else None
    if not count:
        return ""
    return ngettext("about %(n)s mail", "about %(n)s mails", count) % {"n": count}
