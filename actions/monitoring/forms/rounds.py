"""Making a round, and giving more time."""

import datetime
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from actions.monitoring.forms.fields import (
    CHECK_THE_YEAR,
    as_answers,
    lies_too_far_away,
    text_area,
)
from actions.monitoring.models import MonitoringRound, RoundKind
from tracker.shared.forms import DayField


class RoundForm(forms.Form):
    """A new round. What only the calendar knows (a deadline on a working day) the service says."""

    use_required_attribute = False

    name = forms.CharField(
        label=_("Name"),
        max_length=100,
        help_text=_("Stands in every mail, for example 'Progress round autumn 2026'"),
        error_messages={"required": _("Give the round a name")},
    )
    kind = forms.ChoiceField(
        label=_("What is it for?"),
        choices=as_answers(RoundKind),
        initial=RoundKind.REPORT,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose what the round is for")},
    )
    period_start = DayField(
        label=_("Period from"),
        help_text=_("The first day that the answers are about, for example 1-7-2026"),
        error_messages={"required": _("Give the first day of the period")},
    )
    period_end = DayField(
        label=_("Period until"),
        help_text=_("For example 31-12-2026"),
        error_messages={"required": _("Give the last day of the period")},
    )
    opens_on = DayField(
        label=_("Opens on"),
        help_text=_("For example 1-9-2026"),
        error_messages={"required": _("Give the day on which it opens")},
    )
    deadline = DayField(
        label=_("Deadline"),
        help_text=_("A working day; the reminders are counted from it"),
        error_messages={"required": _("Give the deadline")},
    )
    intro = forms.CharField(
        label=_("Introduction"),
        required=False,
        widget=text_area(),
        help_text=_("A few sentences that stand above the list in the first mail"),
    )

    def clean_name(self) -> str:
        name = self.cleaned_data["name"]
        if MonitoringRound.objects.filter(name__iexact=name).exists():
            raise forms.ValidationError(_("There is already a round with this name"))
        return name

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        first, last = data.get("period_start"), data.get("period_end")
        if first and last and last < first:
            self.add_error("period_end", _("The period ends before it begins"))
        for name in ("period_start", "period_end", "opens_on", "deadline"):
            if data.get(name) and lies_too_far_away(data[name]):
                self.add_error(name, CHECK_THE_YEAR)
        opens, deadline = data.get("opens_on"), data.get("deadline")
        if opens and deadline and deadline < opens:
            self.add_error("deadline", _("The deadline lies before the opening"))
        return data


class ExtendForm(forms.Form):
    """More time for one question. Which days are possible the service says."""

    use_required_attribute = False

    due_on = DayField(
        label=_("New deadline"),
        help_text=_("A working day, for example 30-6-2027"),
        error_messages={"required": _("Give the new deadline")},
    )
    reason = forms.CharField(
        label=_("Reason"),
        help_text=_("Stands with the question on the round's board, for the programme office only"),
        widget=text_area(2),
        error_messages={"required": _("Give the reason")},
    )

    def clean_due_on(self) -> datetime.date:
        day = self.cleaned_data["due_on"]
        if lies_too_far_away(day):
            raise forms.ValidationError(CHECK_THE_YEAR)
        return day
