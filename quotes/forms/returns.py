"""What the office does with quotes, as forms."""

from typing import Any

from django import forms
from django.db import models
from django.utils.translation import gettext_lazy as _

from quotes.models import Quote


class ReturnDeed(models.TextChoices):
    """What can be done with two quotes that seem to be the same, or with all of them."""

    CONFIRM = "confirm"
    REFUSE = "refuse"
    WITHDRAW = "withdraw"
    FORGET = "forget"
    IDENTICAL = "identical"


class ReturnForm(forms.Form):
    """One deed about one pair, or about all pairs of the very same words."""

    deed = forms.ChoiceField(choices=ReturnDeed.choices)
    quote = forms.ModelChoiceField(queryset=Quote.objects.none(), required=False)
    earlier = forms.ModelChoiceField(queryset=Quote.objects.none(), required=False)

    def __init__(self, *args: Any, **extra: Any) -> None:
        super().__init__(*args, **extra)
        for name in ("quote", "earlier"):
            self.fields[name].queryset = Quote.objects.with_section()

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        alone = data.get("deed") == ReturnDeed.IDENTICAL
        if not alone and not (data.get("quote") and data.get("earlier")):
            raise forms.ValidationError(_("This pair of quotes is not known."))
        return data
