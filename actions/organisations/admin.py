"""People and organisations, kept by the office's administrators."""

from typing import Any

from django.contrib import admin
from django.contrib.auth.admin import UserAdmin as DjangoUserAdmin
from django.contrib.auth.forms import AdminUserCreationForm, UserChangeForm
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from simple_history.admin import SimpleHistoryAdmin

from actions.organisations.models import (
    Absence,
    GroupMembership,
    Membership,
    Organisation,
    OrganisationGroup,
    User,
)


class NewUserForm(AdminUserCreationForm):
    """Somebody new; a password is optional."""

    class Meta:
        model = User
        fields = ("email", "full_name", "role", "language")


class MembershipInline(admin.TabularInline):
    model = Membership
    extra = 0
    autocomplete_fields = ("user", "organisation")


@admin.register(User)
class UserAdmin(DjangoUserAdmin):
    """People become inactive, they are never deleted: what they did keeps their name."""

    add_form = NewUserForm
    form = UserChangeForm
    list_display = ("full_name", "email", "role", "is_active", "is_staff")
    list_filter = ("role", "is_active", "is_staff", "language")
    search_fields = ("full_name", "email")
    ordering = ("full_name", "pk")
    filter_horizontal = ()
    readonly_fields = ("last_login", "date_joined")
    inlines = (MembershipInline,)
    fieldsets = (
        (None, {"fields": ("email", "password")}),
        (_("Person"), {"fields": ("full_name", "language")}),
        (_("Access"), {"fields": ("role", "is_active", "is_staff")}),
        (_("Dates"), {"fields": ("last_login", "date_joined")}),
    )
    add_fieldsets = (
        (None, {"fields": ("email", "full_name", "role", "language", "usable_password",
                           "password1", "password2")}),
    )  # fmt: skip

    def get_inlines(self, request: HttpRequest, obj: User | None) -> Any:
        return self.inlines if obj else ()

    def has_delete_permission(self, request: HttpRequest, obj: User | None = None) -> bool:
        return False


@admin.register(Organisation)
class OrganisationAdmin(SimpleHistoryAdmin):
    list_display = ("name", "abbreviation", "kind", "region", "contact_address")
    list_filter = ("kind",)
    search_fields = ("name", "abbreviation")
    autocomplete_fields = ("parent", "successor", "merged_into", "office_contact")
    inlines = (MembershipInline,)


class GroupMembershipInline(admin.TabularInline):
    model = GroupMembership
    extra = 0
    autocomplete_fields = ("organisation",)


@admin.register(OrganisationGroup)
class OrganisationGroupAdmin(admin.ModelAdmin):
    search_fields = ("name",)
    inlines = (GroupMembershipInline,)


@admin.register(Absence)
class AbsenceAdmin(admin.ModelAdmin):
    list_display = ("user", "starts_on", "ends_on", "deputy")
    autocomplete_fields = ("user", "deputy")
    list_select_related = ("user", "deputy")
