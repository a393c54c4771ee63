"""What people fill in about the plan, and how it is checked."""

from actions.plan.forms.answers import ConfirmForm, DispositionForm, LinkForm, VerdictForm
from actions.plan.forms.commitments import CloseForm, CommitmentForm
from actions.plan.forms.interventions import (
    InterventionForm,
    PartFormSet,
    party_choices,
    party_initial,
)

__all__ = [
    "CloseForm",
    "CommitmentForm",
    "ConfirmForm",
    "DispositionForm",
    "InterventionForm",
    "LinkForm",
    "PartFormSet",
    "VerdictForm",
    "party_choices",
    "party_initial",
]
