"""Recording a measurement."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from actions.indicators.models import Indicator, Measurement, MeasurementStatus
from tracker.shared.forms import DayField, NumberField


class MeasurementForm(forms.Form):
    """A new figure, or with `revised` the one that replaces an earlier one of the same period."""

    use_required_attribute = False

    period_start = DayField(
        label=_("Period from"),
        help_text=_("For example 1-1-2026"),
        error_messages={"required": _("Give the first day of the period")},
    )
    period_end = DayField(
        label=_("Period until"),
        help_text=_("For example 31-12-2026"),
        error_messages={"required": _("Give the last day of the period")},
    )
    value = NumberField(
        label=_("Value"),
        max_digits=18,
        decimal_places=6,
        error_messages={"required": _("Give the value")},
    )
    status = forms.ChoiceField(
        label=_("Status"),
        choices=MeasurementStatus.choices,
        initial=MeasurementStatus.FINAL,
        widget=forms.RadioSelect,
    )
    source = forms.CharField(
        label=_("Source"),
        max_length=300,
        help_text=_("Where the figure was published, or who supplied it"),
        error_messages={"required": _("Give the source")},
    )
    note = forms.CharField(
        label=_("Note"), required=False, widget=forms.Textarea(attrs={"rows": 2})
    )

    def __init__(
        self, *args: Any, indicator: Indicator, revised: Measurement | None, **extra: Any
    ) -> None:
        super().__init__(*args, **extra)
        self.fields["value"].help_text = _("In %(unit)s") % {"unit": indicator.unit}
        if revised is not None:
            for name in ("period_start", "period_end"):
                self.fields[name].disabled = True
                self.fields[name].help_text = ""
                self.initial[name] = getattr(revised, name)
        else:
            self.initial.setdefault("source", indicator.source)

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        start, end = data.get("period_start"), data.get("period_end")
        if start and end and end < start:
            self.add_error("period_end", _("The period ends before it begins"))
        return data
