"""An intervention and who takes part in it."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.forms import BaseFormSet, formset_factory
from django.utils.translation import gettext_lazy as _

from actions.organisations.models import Organisation, OrganisationGroup
from actions.plan.forms.fields import VersionField, text_area
from actions.plan.models import Intervention, Involvement, InvolvementRole
from actions.plan.services import Part
from tracker.shared.forms import DayField, NumberField


class InterventionForm(forms.ModelForm):
    """What is done and when; `version` notices that somebody else changed it meanwhile."""

    use_required_attribute = False

    starts_on = DayField(label=_("Starts on"), required=False, help_text=_("For example 1-9-2026"))
    due_on = DayField(label=_("Finish by"), required=False, help_text=_("For example 30-6-2027"))
    budget_amount = NumberField(
        label=_("Budget in euros"), required=False, max_digits=14, decimal_places=2
    )
    part_of = forms.CharField(
        label=_("Part of"),
        required=False,
        help_text=_("The number of a larger intervention, for example I-012"),
    )
    version = VersionField()

    class Meta:
        model = Intervention
        fields = (
            "code", "title", "description", "action_line", "goal", "part_of", "stage", "starts_on",
            "due_on", "budget_amount", "budget_source", "budget_year",
        )  # fmt: skip
        labels = {"code": _("Number")}
        widgets = {"description": text_area(5), "stage": forms.RadioSelect}

    def __init__(self, *args: Any, **extra: Any) -> None:
        super().__init__(*args, **extra)
        self.fields["action_line"].empty_label = _("Choose an action line")
        self.fields["goal"].empty_label = _("no goal yet")
        if self.instance.pk:
            self.initial["version"] = self.instance.changed_at.isoformat()
            self.initial["part_of"] = self.instance.parent.code if self.instance.parent else ""

    def clean_part_of(self) -> str:
        """The larger intervention, which must exist and not be a part of this one."""
        code = self.cleaned_data["part_of"].strip()
        parent = Intervention.objects.filter(code__iexact=code).first() if code else None
        if code and parent is None:
            raise ValidationError(_("There is no intervention of that number"))
        above = parent
        while above is not None:
            if above.pk == self.instance.pk:
                raise ValidationError(_("An intervention cannot be part of itself"))
            above = above.parent
        self.instance.parent = parent
        return code


class PartForm(forms.Form):
    """One party: an organisation or a group of them, its role and what it does."""

    use_required_attribute = False

    party = forms.ChoiceField(label=_("Organisation or group"), required=False)
    role = forms.ChoiceField(
        label=_("Role"), choices=InvolvementRole.choices, initial=InvolvementRole.INVOLVED
    )
    responsibility = forms.CharField(label=_("Responsibility"), required=False, max_length=300)
    reports = forms.BooleanField(label=_("Gets its own request"), required=False)

    def __init__(self, *args: Any, parties: list[Any], **extra: Any) -> None:
        super().__init__(*args, **extra)
        self.fields["party"].choices = parties

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if data.get("responsibility") and not data.get("party") and "party" not in self.errors:
            self.add_error("party", _("Choose who has this responsibility"))
        return data

    def part(self) -> Part | None:
        """What was filled in; None for a row that was left or made empty."""
        party = self.cleaned_data.get("party")
        if not party:
            return None
        kind, _colon, pk = party.partition(":")
        return Part(
            organisation_id=int(pk) if kind == "organisation" else None,
            group_id=int(pk) if kind == "group" else None,
            role=self.cleaned_data["role"],
            reports=self.cleaned_data["reports"],
            responsibility=self.cleaned_data["responsibility"].strip(),
        )


class BasePartFormSet(BaseFormSet):
    """All parties of an intervention; an emptied row leaves. One lead, each party once."""

    def clean(self) -> None:
        if any(self.errors):
            return
        seen: set[Any] = set()
        for form in self.forms:
            part = form.part()
            if part is None:
                continue
            if part.role == InvolvementRole.LEAD and "lead" in seen:
                form.add_error("role", _("This intervention already has a lead"))
            if part.party in seen:
                form.add_error("party", _("This party is named twice"))
            seen |= {part.party, "lead"} if part.role == InvolvementRole.LEAD else {part.party}

    def parts(self) -> list[Part]:
        return [part for form in self.forms if (part := form.part())]


PartFormSet = formset_factory(PartForm, formset=BasePartFormSet, extra=2, max_num=60)


def party_choices() -> list[Any]:
    """Every organisation and group once, for all rows of a form set; two queries."""
    organisations = Organisation.objects.filter(merged_into=None).values_list("pk", "name")
    groups = OrganisationGroup.objects.values_list("pk", "name")
    return [
        ("", "–"),
        (_("Organisations"), [(f"organisation:{pk}", name) for pk, name in organisations]),
        (_("Groups"), [(f"group:{pk}", name) for pk, name in groups]),
    ]


def party_initial(intervention: Intervention | None) -> list[dict[str, Any]]:
    """The parties as they are, for the rows of the form set."""
    if intervention is None:
        return []
    return [
        {
            "party": _party_value(row),
            "role": row.role,
            "reports": row.reports,
            "responsibility": row.responsibility,
        }
        for row in intervention.involvements.in_order()
    ]


def _party_value(row: Involvement) -> str:
    return f"group:{row.group_id}" if row.group_id else f"organisation:{row.organisation_id}"
