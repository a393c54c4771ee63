"""Linking, judging, setting aside; an intervention and who takes part in it."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.forms import BaseFormSet, formset_factory
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext_lazy as _

from actions.organisations.models import Organisation, OrganisationGroup
from actions.plan.models import (
    DispositionVerdict,
    Extent,
    Intervention,
    Involvement,
    InvolvementRole,
    LinkStrength,
)
from actions.plan.services import Part
from quotes.models import Quote
from tracker.shared.forms import DayField, NumberField

MOST_CHOICES = 20


def text_area(rows: int = 3) -> forms.Textarea:
    return forms.Textarea(attrs={"rows": rows})


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
        free = Intervention.objects.live().exclude(quote_links__quote=quote).with_lead()
        field = self.fields["interventions"]
        field.queryset = free
        found = list(free.containing(words)[: MOST_CHOICES + 1])
        self.more = len(found) > MOST_CHOICES
        shown = {one.pk: one for one in [*self._chosen(free), *found[:MOST_CHOICES]]}
        field.choices = [(pk, str(one)) for pk, one in shown.items()]
        field.choice_hints = {
            str(pk): one.lead_name or _("no lead yet") for pk, one in shown.items()
        }

    def _chosen(self, free: Any) -> list[Intervention]:
        """What was ticked stays in sight, whatever the search finds."""
        given = self.data.getlist("interventions") if self.is_bound else []
        ticked = [pk for pk in given or self.initial.get("interventions", []) if pk.isdecimal()]
        return list(free.filter(pk__in=ticked)) if ticked else []


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
    version = forms.CharField(required=False, widget=forms.HiddenInput)

    class Meta:
        model = Intervention
        fields = (
            "code", "title", "description", "action_line", "goal", "part_of", "stage", "starts_on",
            "due_on", "budget_amount", "budget_source", "budget_year",
        )  # fmt: skip
        widgets = {"description": text_area(5), "stage": forms.RadioSelect}

    def __init__(self, *args: Any, **extra: Any) -> None:
        super().__init__(*args, **extra)
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

    def clean_version(self) -> Any:
        return parse_datetime(self.cleaned_data["version"] or "")


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
