"""Signing in and out; with the example loaded also as one of its people."""

from typing import Any

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import login
from django.contrib.auth.views import LoginView
from django.forms import Form
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.crypto import constant_time_compare
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.generic import View

from actions.organisations.forms import SignInForm
from actions.organisations.models import Role, User

BACKEND = "actions.organisations.access.RoleBackend"


class SignIn(LoginView):
    """The sign-in page; in embedded mode it also offers the people of the example."""

    form_class = SignInForm
    redirect_authenticated_user = True

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**kwargs) | {
            "demo_people": demo_people() if settings.SPOOR_EMBEDDED else None,
            "demo_password_required": bool(demo_password()),
        }

    def get_form(self, form_class: Any = None) -> Any:
        """Where the example's people stand above the form, the page opens with them."""
        form = super().get_form(form_class)
        if settings.SPOOR_EMBEDDED:
            form.fields["username"].widget.attrs.pop("autofocus", None)
        return form

    def form_valid(self, form: Form) -> HttpResponse:
        return in_own_language(super().form_valid(form), form.get_user())  # type: ignore[attr-defined]


class DemoSignIn(LoginView):
    """Signs in as one of the example's people, without a password of their own.

    Exists in embedded mode only. Where the address is open to others, the password that was
    printed at the start is asked.
    """

    http_method_names = ["post"]

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not settings.SPOOR_EMBEDDED:
            raise Http404
        return View.dispatch(self, request, *args, **kwargs)

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        asked = demo_password()
        if asked and not constant_time_compare(request.POST.get("password", ""), asked):
            messages.error(request, _("That is not the password that was printed at the start."))
            following = request.POST.get("next", "")
            query = f"?{urlencode({'next': following})}" if following else ""
            return HttpResponseRedirect(reverse("login") + query)
        pk = request.POST.get("user", "")
        user = get_object_or_404(User.objects.without_password(), pk=pk if pk.isdecimal() else None)
        login(request, user, backend=BACKEND)
        return in_own_language(HttpResponseRedirect(self.get_success_url()), user)


def demo_password() -> str:
    """What the sign-in as an example person asks; empty when only this machine can reach us."""
    return getattr(settings, "SPOOR_DEMO_PASSWORD", "")


def demo_people() -> dict[str, Any]:
    """The people of the example as the sign-in page offers them: who is suggested, the others who
    run the programme, and the many of the organisations with their organisation. Two queries."""
    people = User.objects.without_password().prefetch_related("memberships__organisation")
    first = list(getattr(settings, "SPOOR_DEMO_SUGGESTED", ()))
    suggested, others = [], []
    partners: dict[str, list[User]] = {}
    for person in sorted(people, key=lambda one: (one.role != Role.OFFICE, one.full_name)):
        person.where = organisations_of(person)  # type: ignore[attr-defined]
        if person.email in first:
            suggested.append(person)
        elif person.role == Role.PARTNER:
            partners.setdefault(person.where, []).append(person)  # type: ignore[attr-defined]
        else:
            others.append(person)
    return {
        "suggested": sorted(suggested, key=lambda one: first.index(one.email)),
        "others": others,
        "partners": sorted(partners.items()),
        "partner_count": sum(map(len, partners.values())),
    }


def organisations_of(person: User) -> str:
    """The names of the organisations that a person works for, from what was fetched before."""
    names = (one.organisation.name for one in person.memberships.all())
    return ", ".join(sorted(dict.fromkeys(names)))


def in_own_language(response: HttpResponse, user: User) -> HttpResponse:
    """From here on the pages are in the person's own language, until another one is chosen."""
    response.set_cookie(
        settings.LANGUAGE_COOKIE_NAME,
        user.language,
        max_age=settings.LANGUAGE_COOKIE_AGE,
        path=settings.LANGUAGE_COOKIE_PATH,
        domain=settings.LANGUAGE_COOKIE_DOMAIN,
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=settings.LANGUAGE_COOKIE_HTTPONLY,
        samesite="Lax",
    )
    return response
