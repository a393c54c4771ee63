"""What was promised to parliament, and by which document it is closed."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from actions.organisations.models import Organisation
from actions.plan.forms.fields import VersionField, offer, text_area
from actions.plan.models import Commitment, CommitmentState, Intervention
from tracker.shared.forms import DayField


class CommitmentForm(forms.ModelForm):
    """A motion, pledge or recommendation and what answers it; `version` notices that somebody
    else changed it meanwhile. It is closed elsewhere, with its document."""

    use_required_attribute = False
    made_on = DayField(
        label=_("Date"),
        help_text=_("When it was made or adopted, for example 12-3-2026"),
        error_messages={"required": _("Give the day on which it was made")},
    )
    due_on = DayField(label=_("Due on"), required=False, help_text=_("For example 30-6-2027"))
    words = forms.CharField(
        label=_("Search an intervention"), required=False, help_text=_("By number, title or text")
    )
    interventions = forms.ModelMultipleChoiceField(
        label=_("Interventions"),
        queryset=Intervention.objects.none(),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        error_messages={
            "invalid_choice": _("One of the chosen interventions was stopped meanwhile")
        },
    )
    version = VersionField()

    class Meta:
        model = Commitment
        fields = (
            "number", "kind", "text", "source", "made_on", "due_on", "owner", "state",
            "interventions",
        )  # fmt: skip
        widgets = {
            "text": text_area(5),
            "kind": forms.RadioSelect,
            "state": forms.RadioSelect,
        }
        help_texts = {
            "number": _("As it is known to parliament, for example 28638-251-T3"),
            "source": _("Where it was said: the letter, debate or report"),
            "owner": _("The organisation that answers for it"),
        }
        error_messages = {
            "number": {
                "required": _("Give the number"),
                "unique": _("There is already a commitment of that number."),
            },
            "kind": {"required": _("Choose what it is")},
            "text": {"required": _("Give the text")},
        }

    def __init__(self, *args: Any, **extra: Any) -> None:
        super().__init__(*args, **extra)
        live = Q(pk__in=Intervention.objects.live().values("pk"))
        self.more = offer(
            self.fields["interventions"],
            choosable=Intervention.objects.filter(live | Q(pk__in=self._linked())),
            ticked=self._ticked(),
            words=str(self["words"].value() or ""),
        )
        owners = Organisation.objects.current(timezone.localdate())
        present = Organisation.objects.filter(pk=self.instance.owner_id)
        self.fields["owner"].queryset = owners | present
        self.fields["owner"].empty_label = _("nobody yet")
        self.fields["kind"].choices = self.fields["kind"].choices[1:]
        self._state_field()
        if self.instance.pk:
            self.initial.setdefault("version", self.instance.changed_at.isoformat())

    def _state_field(self) -> None:
        """Open or running; what is closed stays so."""
        if self.instance.is_closed:
            del self.fields["state"]
            return
        known = CommitmentState
        self.fields["state"].choices = [(one, one.label) for one in (known.OPEN, known.RUNNING)]

    def _linked(self) -> list[int]:
        """What answers it already stays choosable, also when it was stopped meanwhile."""
        links = Commitment.interventions.through.objects.filter(commitment=self.instance.pk)
        return list(links.values_list("intervention", flat=True))

    def _ticked(self) -> list[str]:
        given = self["interventions"].value() or []
        return [str(getattr(one, "pk", one)) for one in given]

    def clean_number(self) -> str:
        number = self.cleaned_data["number"]
        if number.casefold() == "new":
            raise ValidationError(_("‘new’ is the address of this form. Give the real number."))
        return number


class CloseForm(forms.Form):
    """The document by which a commitment is closed, and its date."""

    use_required_attribute = False

    closing_document = forms.CharField(
        label=_("Document number"),
        max_length=50,
        help_text=_("Of the letter that says so, for example 2026Z01234"),
        error_messages={
            "required": _("A commitment is closed by a document: give its number and date.")
        },
    )
    closed_on = DayField(
        label=_("Date of the document"),
        help_text=_("For example 30-6-2027"),
        error_messages={"required": _("Give the date of the document")},
    )
