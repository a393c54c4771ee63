"""An answer beside another one: last time's, or a colleague's draft. Pure: no queries."""

import datetime
from collections.abc import Mapping
from typing import Any

from django.utils.formats import date_format

from actions.monitoring.forms import AnswerForm
from actions.monitoring.models import StatusUpdate


def as_initial(payload: Mapping[str, Any]) -> dict[str, Any]:
    """A draft as the form's first values; a day that was kept as ISO text becomes a day again."""
    found = dict(payload)
    for name in ("expected_finish", "on_behalf_on"):
        try:
            found[name] = datetime.date.fromisoformat(found.get(name) or "")
        except ValueError:
            continue
    return found


def contents_of(update: StatusUpdate) -> dict[str, Any]:
    """An answer's own words, by the names of the form's fields."""
    return {name: getattr(update, name) for name in AnswerForm.content_fields}


def as_words(update: StatusUpdate) -> dict[str, str]:
    """What was answered, field by field, as it is read; the light stays its value, to be drawn."""
    finish, progress = update.expected_finish, update.progress
    return {
        "delivery_state": update.get_delivery_state_display(),
        "traffic_light": update.traffic_light,
        "cause": update.cause,
        "consequence": update.consequence,
        "adjustment": update.adjustment,
        "for_the_report": update.for_the_report,
        "for_the_office": update.for_the_office,
        "expected_finish": date_format(finish, "j-n-Y") if finish else "",
        "progress": f"{progress}%" if progress is not None else "",
    }


def fill_up(
    typed: Mapping[str, str], previous: StatusUpdate | None, today: datetime.date
) -> dict[str, str]:
    """What was typed, and where nothing was typed what was answered last time.

    A day that has passed is not taken over: it was an expectation.
    """
    if previous is None:
        return dict(typed)
    filled = {}
    for name, text in typed.items():
        old = getattr(previous, name, "") if name in AnswerForm.content_fields else ""
        if isinstance(old, datetime.date):
            old = f"{old:%d-%m-%Y}" if old > today else ""
        filled[name] = text or ("" if old is None else str(old))
    return filled


def is_same(contents: Mapping[str, Any], previous: StatusUpdate | None) -> bool:
    """Whether an answer says exactly what was said last time."""
    if previous is None:
        return False
    return contents_of(previous) == dict(contents)


def differences(form: AnswerForm, payload: Mapping[str, Any]) -> list[dict[str, Any]]:
    """The fields in which a draft differs from what the form holds, with the draft's words."""
    found = []
    for name in form.content_fields:
        theirs = str(payload.get(name) or "")
        if theirs == str(form.initial.get(name) or ""):
            continue
        field = form.fields[name]
        words = {str(key): str(label) for key, label in getattr(field, "choices", ())}
        found.append({"label": field.label, "theirs": words.get(theirs, theirs)})
    return found
