"""Linking a quote, judging its answer, setting it aside."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from actions.plan.forms.fields import offer, text_area
from actions.plan.models import DispositionVerdict, Extent, Intervention, LinkStrength
from quotes.models import Quote
from tracker.shared.forms import DayField


class LinkForm(forms.Form):
    """Choose what answers a quote. Shown are the interventions found by `words`, at most twenty;
    accepted is every live one that is not linked yet."""

    use_required_attribute = False

    interventions = forms.ModelMultipleChoiceField(
        label=_("Interventions"),
        queryset=Intervention.objects.none(),
        # The list stands beside the rest of the form, next to the search that fills it.
        widget=forms.CheckboxSelectMultiple(attrs={"form": "link-form"}),
        error_messages={
            "required": _("Choose at least one intervention"),
            "invalid_choice": _("One of the chosen interventions was linked or stopped meanwhile"),
        },
    )
    strength = forms.ChoiceField(
        label=_("How strong is the answer?"),
        choices=LinkStrength.choices,
        initial=LinkStrength.ANSWERS,
        widget=forms.RadioSelect,
    )
    rationale = forms.CharField(
        label=_("Why does this fit?"),
        help_text=_("One sentence, for whoever reads the trace later"),
        widget=text_area(),
        error_messages={"required": _("Say in one sentence why this fits")},
    )

    def __init__(self, *args: Any, quote: Quote, words: str = "", **extra: Any) -> None:
        super().__init__(*args, **extra)
        given = self.data.getlist("interventions") if self.is_bound else []
        self.more = offer(
            self.fields["interventions"],
            choosable=Intervention.objects.live().exclude(quote_links__quote=quote),
            ticked=given or self.initial.get("interventions", []),
            words=words,
        )


class VerdictForm(forms.Form):
    """Fully or partly, and then what remains open."""

    use_required_attribute = False

    extent = forms.ChoiceField(
        label=_("Do these interventions answer the ambition?"),
        choices=Extent.choices,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose fully or partly")},
    )
    remains_open = forms.CharField(
        label=_("What remains open?"),
        help_text=_("Only when the ambition is partly answered"),
        required=False,
        widget=text_area(2),
    )

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if data.get("extent") == Extent.PARTLY and not data.get("remains_open"):
            self.add_error("remains_open", _("Say what remains open of the ambition"))
        return data


class DispositionForm(forms.Form):
    """Propose that an ambition gets no intervention of its own."""

    use_required_attribute = False

    verdict = forms.ChoiceField(
        label=_("What do you propose?"),
        choices=[
            (DispositionVerdict.SET_ASIDE, _("Set it aside: no intervention will answer it")),
            (DispositionVerdict.DUPLICATE, _("It is a duplicate of another ambition")),
        ],
        initial=DispositionVerdict.SET_ASIDE,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose what you propose")},
    )
    duplicate_of = forms.CharField(
        label=_("Duplicate of"),
        help_text=_("Only for a duplicate: the number of the other ambition, for example 4.12-07"),
        required=False,
        max_length=20,
    )
    reason = forms.CharField(
        label=_("Reason"),
        help_text=_("Whoever said this may read it"),
        widget=text_area(),
        error_messages={"required": _("Give the reason")},
    )

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        named = (data.get("duplicate_of") or "").strip()
        data["other"] = None
        if data.get("verdict") != DispositionVerdict.DUPLICATE:
            return data
        if not named:
            self.add_error("duplicate_of", _("Name the ambition that this one repeats"))
        else:
            data["other"] = Quote.objects.by_reference(named).first()
            if data["other"] is None:
                self.add_error("duplicate_of", _("There is no quote of that number"))
        return data


class ConfirmForm(forms.Form):
    """The day of the meeting in which leadership agreed."""

    use_required_attribute = False

    on = DayField(
        label=_("Decided on"),
        help_text=_("The day of the meeting, for example 30-6-2027"),
        error_messages={"required": _("Give the day of the decision")},
    )
