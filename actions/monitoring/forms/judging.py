"""What the office says of an answer."""

from django import forms
from django.utils.translation import gettext_lazy as _

from actions.monitoring.forms.fields import text_area


class AcceptForm(forms.Form):
    """Accepting needs one button; the office may add what it thinks itself."""

    use_required_attribute = False
    prefix = "accept"

    office_judgement = forms.CharField(
        label=_("The office's own judgement"),
        help_text=_("Read by the office and leadership, not by the organisation."),
        required=False,
        widget=text_area(),
    )


class ReturnForm(forms.Form):
    """Returning needs a reason: the organisation reads it above its answer."""

    use_required_attribute = False
    prefix = "return"

    reason = forms.CharField(
        label=_("What should be different?"),
        help_text=_("The organisation reads this in its inbox."),
        widget=text_area(),
        error_messages={"required": _("Say what should be different")},
    )
