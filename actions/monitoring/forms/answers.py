"""Answering: for the own organisation, or by the office on behalf of it."""

import datetime
from typing import Any, ClassVar

from django import forms
from django.db import models
from django.utils.translation import gettext_lazy as _

from actions.monitoring.forms.fields import as_answers, text_area
from actions.plan.models import DeliveryState, TrafficLight
from actions.plan.models.intervention import DEVIATING
from tracker.shared.forms import DayField


class Channel(models.TextChoices):
    """How an answer reached the office that enters it for somebody else."""

    PHONE = "phone", _("phone")
    MAIL = "mail", _("e-mail")
    MEETING = "meeting", _("a meeting")
    LETTER = "letter", _("a letter")


class OwedWhenDeviatingField(forms.CharField):
    """Owed only because of another answer: the form decides, the label says no 'optional'."""

    def validate(self, value: str) -> None:
        return None


DELIVERY_HINTS = {
    DeliveryState.STOPPED: _("It ends without result; we ask nothing about it any more"),
}
LIGHT_HINTS = {
    TrafficLight.ON_TRACK: _("Within time, money and quality"),
    TrafficLight.AT_RISK: _("It may go wrong if we do nothing"),
    TrafficLight.OFF_TRACK: _("We will not make it as agreed"),
    TrafficLight.NOT_RATED: _("Too early to say"),
}


class AnswerForm(forms.Form):
    """One answer. What deviates is explained; a day to come has yet to come."""

    use_required_attribute = False
    content_fields: ClassVar[tuple[str, ...]] = (
        "delivery_state", "traffic_light", "cause", "consequence", "adjustment",
        "for_the_report", "expected_finish", "progress", "for_the_office",
    )  # fmt: skip
    explanations: ClassVar[tuple[str, ...]] = ("cause", "consequence", "adjustment")

    delivery_state = forms.ChoiceField(
        label=_("How far is the work?"),
        choices=as_answers(DeliveryState),
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose how far the work is")},
    )
    traffic_light = forms.ChoiceField(
        label=_("Which traffic light fits now?"),
        choices=as_answers(TrafficLight),
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose a traffic light")},
    )
    cause = OwedWhenDeviatingField(
        label=_("Cause"), help_text=_("What brings it about?"), widget=text_area()
    )
    consequence = OwedWhenDeviatingField(
        label=_("Consequence"), help_text=_("What does it mean for the goal?"), widget=text_area()
    )
    adjustment = OwedWhenDeviatingField(
        label=_("Adjustment"),
        help_text=_("What will you do about it, and who?"),
        widget=text_area(),
    )
    for_the_report = forms.CharField(
        label=_("For the report"),
        help_text=_(
            "What happened since last time? This may be printed: parliament, the other "
            "organisations and the press can read it."
        ),
        widget=text_area(4),
        error_messages={"required": _("Write in a few sentences what happened")},
    )
    expected_finish = DayField(
        label=_("When do you expect to be ready?"),
        help_text=_("For example 30-6-2027"),
        required=False,
    )
    progress = forms.IntegerField(
        label=_("Progress in per cent"),
        help_text=_("Your own estimate, from 0 to 100; we never average it"),
        required=False,
        min_value=0,
        max_value=100,
        error_messages={
            "invalid": _("Give a whole number from 0 to 100"),
            "min_value": _("Give a whole number from 0 to 100"),
            "max_value": _("Give a whole number from 0 to 100"),
        },
    )
    for_the_office = forms.CharField(
        label=_("For the office only"),
        help_text=_(
            "Only the programme office and your own organisation read this; never printed."
        ),
        required=False,
        widget=text_area(),
    )

    def __init__(self, *args: Any, today: datetime.date, **extra: Any) -> None:
        super().__init__(*args, **extra)
        self.today = today
        self.fields["delivery_state"].choice_hints = DELIVERY_HINTS  # type: ignore[attr-defined]
        self.fields["traffic_light"].choice_hints = LIGHT_HINTS  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        self._explain_deviation(data)
        finish = data.get("expected_finish")
        ended = data.get("delivery_state") in (DeliveryState.COMPLETED, DeliveryState.STOPPED)
        if finish and not ended and finish <= self.today:
            self.add_error("expected_finish", _("Fill in a day that is yet to come"))
        return data

    def _explain_deviation(self, data: dict[str, Any]) -> None:
        """What is owed at 'at risk' and 'off track'; at the other lights it says nothing."""
        missing = {
            "cause": _("Fill in what causes it"),
            "consequence": _("Fill in what the consequence is"),
            "adjustment": _("Fill in what you will do about it"),
        }
        if data.get("traffic_light") not in DEVIATING:
            data.update(dict.fromkeys(self.explanations, ""))
            return
        for name in self.explanations:
            if not data.get(name):
                self.add_error(name, missing[name])

    def payload(self) -> dict[str, str]:
        """What was typed, as it was typed: a draft keeps faults too."""
        typed = {name: self.data.get(name, "") for name in self.fields}
        return {name: text.replace("\0", "").strip() for name, text in typed.items()}

    def answer(self) -> dict[str, Any]:
        """The checked contents, by the names of the service's Answer."""
        return {name: self.cleaned_data[name] for name in self.content_fields}

    def origin(self) -> dict[str, Any]:
        """Nothing to say: who answers speaks for the own organisation."""
        return {}


class OnBehalfForm(AnswerForm):
    """The office enters what somebody of the organisation told it, and says so."""

    on_behalf_from = forms.CharField(
        label=_("Received from"),
        max_length=150,
        help_text=_("Name and position of the person who gave the answer"),
        error_messages={"required": _("Fill in who gave the answer")},
    )
    on_behalf_channel = forms.ChoiceField(
        label=_("Received by"),
        choices=as_answers(Channel),
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose how you received the answer")},
    )
    on_behalf_on = DayField(
        label=_("Received on"),
        error_messages={"required": _("Fill in when you received the answer")},
    )

    def clean_on_behalf_on(self) -> datetime.date:
        received = self.cleaned_data["on_behalf_on"]
        if received > self.today:
            raise forms.ValidationError(_("This day is yet to come"))
        return received

    def origin(self) -> dict[str, Any]:
        """Who said it, how and when, by the names of the service."""
        names = ("on_behalf_from", "on_behalf_channel", "on_behalf_on")
        return {name: self.cleaned_data[name] for name in names}
