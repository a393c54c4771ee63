"""The word of every value that is drawn: read aloud, printed, exported, never left to colour."""

from collections.abc import Mapping
from datetime import date

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext, pgettext_lazy

Words = Mapping[str, str | Promise]

LIGHT: Words = {
    "on_track": _("on track"),
    "at_risk": _("at risk"),
    "off_track": _("off track"),
    "not_rated": _("not rated"),
}
DELIVERY: Words = {
    "not_started": _("not started"),
    "running": _("running"),
    "completed": _("completed"),
    "stopped": _("stopped"),
}
COVERAGE: Words = {
    "uncovered": pgettext_lazy("coverage", "open"),
    "linked": pgettext_lazy("coverage", "linked"),
    "owned": pgettext_lazy("coverage", "owned"),
    "measured": pgettext_lazy("coverage", "measured"),
    "reported": pgettext_lazy("coverage", "reported"),
    "set_aside": pgettext_lazy("coverage", "set aside"),
    "duplicate": pgettext_lazy("coverage", "duplicate"),
}


def word(words: Words, value: str) -> str:
    """The word of a value in the current language; an unknown value is our mistake and says so."""
    try:
        return str(words[value])
    except KeyError:
        raise ValueError(f"{value!r} is unknown: use one of {', '.join(words)}") from None


def light_word(value: str | None) -> str:
    """The word of a traffic light; nothing known yet is empty."""
    return word(LIGHT, value) if value else ""


def delivery_word(value: str | None) -> str:
    """The word of a delivery state; nothing known yet is empty."""
    return word(DELIVERY, value) if value else ""


def coverage_word(value: str | None) -> str:
    """The word of a state of coverage; nothing known yet is empty."""
    return word(COVERAGE, value) if value else ""


def short_day(value: date | None) -> str:
    """A day as a table has it, '3 Nov 2026'; months have a capital in English and none in Dutch.
    Of a moment it is the day here, not in UTC."""
    # Translators: a short date in a table (Django's date format).
    shown = pgettext("date format", "j M Y")
    return date_format(timezone.template_localtime(value), shown) if value else ""
