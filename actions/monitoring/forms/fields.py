"""What the forms of monitoring share."""

import datetime

from django import forms
from django.db import models
from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

# A round lies near: a day outside is a slip of the pen.
EARLIEST, FAR_AHEAD = datetime.date(2000, 1, 1), datetime.timedelta(days=5 * 366)


def lies_too_far_away(day: datetime.date) -> bool:
    """Whether a day is a slip of the pen in its year."""
    return not EARLIEST <= day <= timezone.localdate() + FAR_AHEAD


# What is said of such a day.
CHECK_THE_YEAR = _("Check the year: this day lies too far away")


def as_answers(choices: type[models.TextChoices]) -> list[tuple[str, str]]:
    """Choices as whole answers, so with a capital: they stand by themselves in a form."""
    return [(value, capfirst(label)) for value, label in choices.choices]


def text_area(rows: int = 3) -> forms.Textarea:
    """A field that grows with what is written in it."""
    return forms.Textarea(attrs={"rows": rows})
