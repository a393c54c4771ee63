"""Choosing a first password by the link of an invitation."""

from django.contrib.auth.views import PasswordResetConfirmView
from django.db import transaction
from django.forms import Form
from django.http import HttpResponse
from django.urls import reverse_lazy

from actions.organisations.forms import NewPasswordForm
from actions.organisations.models import User
from actions.organisations.views.sign_in import BACKEND, in_own_language
from tracker.audit.services import record


class Welcome(PasswordResetConfirmView):
    """Opening the link changes nothing, so a mail scanner may follow it; the form does the deed.

    The token moves to the session at once: it stands in no address that could leak.
    """

    form_class = NewPasswordForm
    template_name = "registration/welcome.html"
    success_url = reverse_lazy("home")
    post_reset_login = True
    post_reset_login_backend = BACKEND

    def get_user(self, uidb64: str) -> User | None:
        """Only somebody who still has to come in: this is no way to change a password."""
        person = super().get_user(uidb64)
        return person if person and person.is_active and not person.has_usable_password() else None

    def form_valid(self, form: Form) -> HttpResponse:
        with transaction.atomic():
            response = super().form_valid(form)
            record(verb="person.password_chosen", subject=self.user, actor=self.user)
        return in_own_language(response, self.user)
