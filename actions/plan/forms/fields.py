"""Fields that several forms of the plan share."""

import datetime
from collections.abc import Collection

from django import forms
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext_lazy as _

from actions.plan.models import InterventionQuerySet

MOST_CHOICES = 20
# What no row was ever changed at: whoever claims to have seen that is told to look again.
NEVER = datetime.datetime.min.replace(tzinfo=datetime.UTC)


class VersionField(forms.CharField):
    """When the edited row was last changed as far as the editor knows; None in a new form."""

    def __init__(self) -> None:
        super().__init__(required=False, widget=forms.HiddenInput)

    def clean(self, value: str) -> datetime.datetime | None:
        given = super().clean(value)
        try:
            return parse_datetime(given) or (NEVER if given else None)
        except ValueError:  # it looks like a moment, but there is none like it
            return NEVER


def text_area(rows: int = 3) -> forms.Textarea:
    return forms.Textarea(attrs={"rows": rows})


def offer(
    field: forms.ModelMultipleChoiceField,
    *,
    choosable: InterventionQuerySet,
    ticked: Collection[str],
    words: str,
) -> bool:
    """Let people choose interventions: accepted is all that is `choosable`; shown are the ticked
    ones, which stay in sight, and those found by `words`, at most twenty. True if more were found.
    """
    choosable = choosable.with_lead()
    found = list(choosable.containing(words)[: MOST_CHOICES + 1])
    known = [pk for pk in ticked if str(pk).isdecimal()]
    kept = list(choosable.filter(pk__in=known)) if known else []
    shown = {one.pk: one for one in [*kept, *found[:MOST_CHOICES]]}
    field.queryset = choosable
    field.choices = [(pk, str(one)) for pk, one in shown.items()]
    field.choice_hints = {  # type: ignore[attr-defined]
        str(pk): one.lead_name or _("no lead yet") for pk, one in shown.items()
    }
    return len(found) > MOST_CHOICES
