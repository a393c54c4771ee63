"""Signing in, and choosing a password."""

from typing import Any

from django.contrib.auth.forms import AuthenticationForm, SetPasswordForm
from django.utils.translation import gettext_lazy as _


class SignInForm(AuthenticationForm):
    """E-mail address and password; the refusal does not tell which of the two was wrong."""

    use_required_attribute = False
    error_messages = {
        "invalid_login": _("This e-mail address and password do not belong together."),
        "inactive": _("This e-mail address and password do not belong together."),
    }

    def __init__(self, *args: Any, **extra: Any) -> None:
        super().__init__(*args, **extra)
        self.fields["username"].label = _("E-mail address")
        self.fields["username"].widget.input_type = "email"
        self.fields["username"].error_messages["required"] = _("Give your e-mail address")
        self.fields["password"].error_messages["required"] = _("Give your password")


class NewPasswordForm(SetPasswordForm):
    """A password, twice; what it must be like is said before it is refused."""

    use_required_attribute = False

    def __init__(self, *args: Any, **extra: Any) -> None:
        super().__init__(*args, **extra)
        first, second = self.fields["new_password1"], self.fields["new_password2"]
        first.label, second.label = _("Password"), _("The password once more")
        first.help_text = _("At least 12 characters; a sentence of your own is easy to remember.")
        second.help_text = ""
        first.error_messages["required"] = _("Choose a password")
        second.error_messages["required"] = _("Type the password once more")
