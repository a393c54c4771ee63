"""A person who signs in. The e-mail address is the login."""

from typing import Any, Self

from django.contrib.auth import get_backends
from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.auth.hashers import UNUSABLE_PASSWORD_PREFIX
from django.db import models
from django.db.models import OuterRef
from django.db.models.functions import Lower
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from tracker.shared.access import Actor
from tracker.shared.parts import Parts


class Role(models.TextChoices):
    OFFICE = "office", _("programme office")
    PARTNER = "partner", _("partner organisation")
    LEADERSHIP = "leadership", _("leadership")


class UserQuerySet(models.QuerySet):
    def visible_to(self, actor: Actor) -> Self:
        """The office sees everybody, others only themselves."""
        if actor.may("organisations.edit"):
            return self
        return self.filter(pk=actor.user.pk) if actor.user else self.none()

    def active(self) -> Self:
        return self.filter(is_active=True)

    def with_organisation_ids(self) -> Self:
        """Annotates the ids of the organisations that somebody answers for."""
        memberships = self.model._meta.get_field("memberships").related_model.objects
        mine = memberships.filter(user=OuterRef("pk")).order_by()
        return self.annotate(known_memberships=Parts(mine, organisation="organisation_id"))

    def without_password(self) -> Self:
        """Active people who cannot sign in by password: all people of the example are such."""
        return self.active().filter(password__startswith=UNUSABLE_PASSWORD_PREFIX)


class UserManager(BaseUserManager.from_queryset(UserQuerySet)):  # type: ignore[misc]
    def create_user(self, email: str, password: str | None = None, **fields: Any) -> "User":
        """A person with a login; without a password signing in by password is impossible."""
        user = self.model(email=email.strip(), **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def create_superuser(self, email: str, password: str | None = None, **fields: Any) -> "User":
        """An administrator: somebody of the programme office who may also use the admin."""
        fields.update(role=Role.OFFICE, is_staff=True)
        return self.create_user(email, password, **fields)

    def get_by_natural_key(self, email: str | None) -> "User":
        return self.get(email__iexact=email)


class User(AbstractBaseUser):
    """People are never deleted; leaving makes them inactive, later anonymised in this row."""

    email = models.EmailField(_("e-mail address"), unique=True)
    full_name = models.CharField(_("full name"), max_length=150)
    language = models.CharField(
        _("language"),
        max_length=5,
        choices=[("nl", _("Dutch")), ("en", _("English"))],
        default="nl",
    )
    role = models.CharField(_("role"), max_length=12, choices=Role.choices, default=Role.PARTNER)
    is_active = models.BooleanField(_("active"), default=True)
    is_staff = models.BooleanField(_("administrator"), default=False)
    date_joined = models.DateTimeField(_("joined"), default=timezone.now)

    USERNAME_FIELD = "email"
    REQUIRED_FIELDS = ["full_name"]

    objects = UserManager()

    class Meta:
        verbose_name = _("person")
        verbose_name_plural = _("people")
        ordering = ("full_name", "pk")
        constraints = [
            models.UniqueConstraint(
                Lower("email"),
                name="email_once_whatever_the_case",
                violation_error_message=_("Somebody already uses this e-mail address."),
            ),
        ]

    def __str__(self) -> str:
        return self.full_name

    def get_full_name(self) -> str:
        return self.full_name

    def get_short_name(self) -> str:
        return self.full_name

    def has_perm(self, permission: str, obj: Any = None) -> bool:
        """Whether a backend grants the permission; the role decides (organisations.access)."""
        return self.is_active and any(
            backend.has_perm(self, permission, obj)
            for backend in get_backends()
            if hasattr(backend, "has_perm")
        )

    def has_module_perms(self, app_label: str) -> bool:
        """Whether the admin shows the app: to administrators only."""
        return self.is_active and self.is_staff and self.role == Role.OFFICE
