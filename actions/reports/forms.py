"""Asking for a decision, taking it, telling what came of it; and the steps of a report."""

import datetime
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Model
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from actions.indicators.models import Indicator
from actions.organisations.models import Organisation, Role, User
from actions.plan.models import Commitment, Goal, Intervention
from actions.reports.models import DecisionState, ReportState
from actions.reports.services.decisions import Subject
from tracker.shared.forms import DayField

# Where a number is looked up, in this order.
NUMBERED: tuple[tuple[type[Model], str], ...] = (
    (Intervention, "code"),
    (Indicator, "code"),
    (Goal, "code"),
    (Commitment, "number"),
)
DAY_LABELS = {ReportState.ADOPTED: _("Adopted on"), ReportState.SENT: _("Sent on")}
IF_TAKEN = ("carried_out_by", "carry_out_by", "effect_check_on")


def text_area(rows: int = 3) -> forms.Textarea:
    return forms.Textarea(attrs={"rows": rows})


def not_to_come(day: datetime.date) -> datetime.date:
    """The day of a deed that cannot be taken back; a slip of the pen would lock what follows."""
    if day > timezone.localdate():
        raise ValidationError(_("This day is still to come."))
    return day


def find_subject(number: str) -> Subject | None:
    """What carries this number: an intervention, an indicator, a goal or a commitment."""
    number = number.replace("\0", "").strip()
    for model, field in NUMBERED if number else ():
        found = model._default_manager.filter(**{f"{field}__iexact": number}).first()
        if found is not None:
            return found  # type: ignore[return-value]
    return None


class ProposeForm(forms.Form):
    """The question, the options and the proposal."""

    use_required_attribute = False

    subject = forms.CharField(
        label=_("About"),
        max_length=30,
        help_text=_("The number of an intervention, goal, indicator or commitment, such as I-012"),
        error_messages={"required": _("Say what the decision is about")},
    )
    question = forms.CharField(
        label=_("Question"),
        max_length=300,
        help_text=_("What leadership must decide, in one sentence"),
        error_messages={"required": _("Write the question")},
    )
    options = forms.CharField(
        label=_("Options"),
        help_text=_("One on each line, with what it costs and what it brings"),
        widget=text_area(4),
        error_messages={"required": _("Name at least one option")},
    )
    proposal = forms.CharField(
        label=_("Proposal"),
        help_text=_("What the programme office advises, and why"),
        required=False,
        widget=text_area(),
    )

    def clean_subject(self) -> Subject:
        """What the decision is about."""
        found = find_subject(self.cleaned_data["subject"])
        if found is None:
            raise ValidationError(_("Nothing carries this number."))
        return found


class TakeForm(forms.Form):
    """What was decided; `on_behalf` asks by whom, where the office writes it down."""

    use_required_attribute = False

    state = forms.ChoiceField(
        label=_("What was decided?"),
        choices=[
            (DecisionState.TAKEN, _("Taken")),
            (DecisionState.POSTPONED, _("Postponed")),
            (DecisionState.REJECTED, _("Rejected")),
        ],
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose taken, postponed or rejected")},
    )
    ruling = forms.CharField(
        label=_("The decision in words"),
        help_text=_("Owed when it is taken or rejected; others read this"),
        required=False,
        widget=text_area(),
    )
    decided_by = forms.ModelChoiceField(
        label=_("Decided by"),
        queryset=User.objects.none(),
        empty_label="–",
        error_messages={"required": _("Say who decided")},
    )
    meeting = forms.CharField(
        label=_("Meeting"),
        required=False,
        max_length=150,
        help_text=_("For example: steering group of June"),
    )
    on = DayField(
        label=_("Decided on"), error_messages={"required": _("Give the day of the decision")}
    )
    carried_out_by = forms.ModelChoiceField(
        label=_("To be carried out by"),
        queryset=Organisation.objects.none(),
        required=False,
        empty_label="–",
    )
    carry_out_by = DayField(
        label=_("To be carried out before"), required=False, help_text=_("For example 30-6-2027")
    )
    effect_check_on = DayField(
        label=_("Effect is checked on"), required=False, help_text=_("For example 31-12-2027")
    )

    def __init__(self, *args: Any, actor: User, on_behalf: bool, **extra: Any) -> None:
        super().__init__(*args, **extra)
        self.actor = actor
        today = timezone.localdate()
        self.fields["carried_out_by"].queryset = Organisation.objects.current(today)
        self.initial.setdefault("on", today)
        if on_behalf:
            leaders = User.objects.active().filter(role=Role.LEADERSHIP)
            self.fields["decided_by"].queryset = leaders.order_by("full_name", "pk")
        else:
            del self.fields["decided_by"]
        choices = {
            DecisionState.TAKEN: _("It is carried out as written below."),
            DecisionState.POSTPONED: _("It stays on the list and is asked again."),
            DecisionState.REJECTED: _("Nothing changes; the reason stands below."),
        }
        self.fields["state"].choice_hints = choices

    def clean_on(self) -> datetime.date:
        return not_to_come(self.cleaned_data["on"])

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        data.setdefault("decided_by", self.actor)
        return data

    @property
    def if_taken(self) -> list[Any]:
        """What only a decision that is taken asks for."""
        return [self[name] for name in IF_TAKEN]

    @property
    def always(self) -> list[Any]:
        """What every decision asks for."""
        return [one for one in self if one.name not in IF_TAKEN]


class OutcomeForm(forms.Form):
    """When it was carried out, and what came of it."""

    use_required_attribute = False

    carried_out_on = DayField(
        label=_("Carried out on"), error_messages={"required": _("Give the day")}
    )
    outcome = forms.CharField(
        label=_("What came of it?"),
        required=False,
        help_text=_("May wait until the effect is checked; others read this"),
        widget=text_area(),
    )

    def clean_carried_out_on(self) -> datetime.date:
        return not_to_come(self.cleaned_data["carried_out_on"])


class AdvanceForm(forms.Form):
    """The day of a step of a report, and for what was sent its number."""

    use_required_attribute = False

    state = forms.CharField(widget=forms.HiddenInput)
    document_number = forms.CharField(
        label=_("Document number"),
        max_length=50,
        required=False,
        help_text=_("Under which parliament knows it, for example 28638-260"),
    )
    on = DayField(error_messages={"required": _("Give the day")})

    def __init__(self, *args: Any, step: str, **extra: Any) -> None:
        super().__init__(*args, **extra)
        self.initial.setdefault("on", timezone.localdate())
        self.fields["on"].label = DAY_LABELS.get(step, _("On"))
        if step != ReportState.SENT:
            del self.fields["document_number"]

    def clean_on(self) -> datetime.date:
        return not_to_come(self.cleaned_data["on"])
