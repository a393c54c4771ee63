"""Mails in words: subject, text and HTML, in the recipient's language."""

import datetime
import math
from functools import lru_cache
from typing import Any, NamedTuple

from css_inline import CSSInliner
from django.conf import settings
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.formats import date_format

from actions.monitoring.engine.dates import DaysOff
from actions.monitoring.engine.digest import Contents, Item
from actions.monitoring.models import OutgoingMail
from tracker.shared.calendar import local_day, shift_working_days

MINUTES_PER_QUESTION = 2.5
LANGUAGES = frozenset({"nl", "en"})


class Rendered(NamedTuple):
    """One mail, ready to be put in an envelope."""

    subject: str
    text: str
    html: str


def render_digest(*, mail: OutgoingMail, contents: Contents, now: datetime.datetime) -> Rendered:
    """The digest of one address: what it owes and by when, most urgent first."""
    language = mail.language if mail.language in LANGUAGES else settings.LANGUAGE_CODE
    with translation.override(language):
        context = _context(contents, local_day(now))
        context["again"] = mail.uncertain_count > 0
        context["language"] = language
        context["spoor_example"] = settings.SPOOR_EMBEDDED
        return in_letters("digest", context)


def in_letters(name: str, context: dict[str, Any]) -> Rendered:
    """The three templates of a named mail, in the active language."""
    subject = " ".join(render_to_string(f"emails/{name}/subject.txt", context).split())
    # The heading says what; by when and how late stand right below it.
    context = context | {"subject": subject, "headline": subject.split(", ")[0]}
    text = render_to_string(f"emails/{name}/body.txt", context)
    html = render_to_string(f"emails/{name}/body.html", context)
    return Rendered(subject, _tidy(text), _inliner().inline(html))


@lru_cache(maxsize=1)
def _inliner() -> CSSInliner:
    """Mail programs drop style sheets; only what depends on the screen stays in one."""
    return CSSInliner(load_remote_stylesheets=False, keep_at_rules=True)


def _context(contents: Contents, today: datetime.date) -> dict[str, Any]:
    owed = contents.owed
    sections = (owed, contents.copies, contents.escalations, contents.unreachable)
    rounds = {item.request.round for item in owed if item.request.round}
    organisations = sorted({item.request.organisation.name for item in owed})
    several = len({i.request.organisation_id for section in sections for i in section}) > 1
    return {
        "owed": [_line(item, several) for item in owed],
        "copies": [_line(item, several) for item in contents.copies],
        "escalations": [_line(item, True) for item in contents.escalations],
        "unreachable": [_line(item, True) for item in contents.unreachable],
        "tasks": contents.tasks,
        "name": next(iter(contents.names)) if len(contents.names) == 1 else "",
        "stands_in_for": ", ".join(sorted(contents.stands_in_for)),
        "late": max((item.late for item in owed), default=0),
        "due": _words(owed[0].request.due_on) if owed else "",
        "answer_by": _words(_answer_by(contents, today)),
        "minutes": max(3, math.ceil(len(owed) * MINUTES_PER_QUESTION)),
        "round": ", ".join(sorted(one.name for one in rounds)),
        "intro": next((one.intro for one in rounds), "") if len(rounds) == 1 else "",
        "organisations": ", ".join(organisations),
        "next_day": _words(contents.next_day),
        "next_is_copied": contents.next_is_copied,
        "inbox_url": f"{settings.SPOOR_BASE_URL}/inbox/",
        "rounds_url": f"{settings.SPOOR_BASE_URL}/rounds/",
    }


def _line(item: Item, with_organisation: bool) -> dict[str, Any]:
    request = item.request
    subject, last_time = request.subject, ""
    if request.intervention and request.intervention.state_accepted_on:
        last_time = str(request.intervention.get_traffic_light_display())
    return {
        "title": getattr(subject, "title", None) or getattr(subject, "name", ""),
        "code": subject.code,
        "last_time": last_time,
        "organisation": request.organisation.name if with_organisation else "",
        "returned": request.state == "returned",
        "due": _words(request.due_on),
        "late": item.late,
    }


def _answer_by(contents: Contents, today: datetime.date) -> datetime.date | None:
    """The deadline, or once it has passed the working day before the next reminder."""
    if not contents.owed:
        return None
    due_on = contents.owed[0].request.due_on
    if due_on >= today:
        return due_on
    if contents.next_day is None:
        return None
    day = shift_working_days(contents.next_day, -1, DaysOff.load().holidays)
    return day if day > today else contents.next_day


def _words(day: datetime.date | None) -> str:
    return date_format(day, "l j F") if day else ""


def _tidy(text: str) -> str:
    """No more than one empty line in a row."""
    lines: list[str] = []
    for line in (one.rstrip() for one in text.strip().splitlines()):
        if line or (lines and lines[-1]):
            lines.append(line)
    return "\n".join(lines) + "\n"
