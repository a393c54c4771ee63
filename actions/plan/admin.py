"""The office's back door to the plan; the history of every row is one click away."""

from django.contrib import admin
from simple_history.admin import SimpleHistoryAdmin

from actions.plan.models import (
    ActionLine,
    AnswerVerdict,
    Commitment,
    Disposition,
    Goal,
    Intervention,
    Involvement,
    QuoteLink,
    Succession,
)


@admin.register(Goal)
class GoalAdmin(SimpleHistoryAdmin):
    list_display = ("code", "title", "level", "parent")
    list_filter = ("level",)
    search_fields = ("code", "title")
    list_select_related = ("parent",)


@admin.register(ActionLine)
class ActionLineAdmin(admin.ModelAdmin):
    list_display = ("code", "title", "office_contact")
    search_fields = ("code", "title")
    list_select_related = ("office_contact",)


class InvolvementInline(admin.TabularInline):
    model = Involvement
    extra = 0
    autocomplete_fields = ("organisation",)


@admin.register(Intervention)
class InterventionAdmin(SimpleHistoryAdmin):
    """The accepted state is shown, never typed: it follows from accepted answers."""

    list_display = ("code", "title", "action_line", "stage", "delivery_state", "traffic_light")
    list_filter = ("action_line", "stage", "delivery_state", "traffic_light")
    search_fields = ("code", "title")
    list_select_related = ("action_line",)
    autocomplete_fields = ("parent", "goal")
    readonly_fields = ("delivery_state", "traffic_light", "state_accepted_on")
    inlines = (InvolvementInline,)


@admin.register(Succession)
class SuccessionAdmin(admin.ModelAdmin):
    list_display = ("from_intervention", "to_intervention", "kind", "on")
    list_filter = ("kind",)
    autocomplete_fields = ("from_intervention", "to_intervention")
    list_select_related = ("from_intervention", "to_intervention")


@admin.register(Commitment)
class CommitmentAdmin(admin.ModelAdmin):
    list_display = ("number", "kind", "made_on", "owner", "state", "due_on")
    list_filter = ("kind", "state")
    search_fields = ("number", "text", "source")
    list_select_related = ("owner",)
    autocomplete_fields = ("owner", "interventions")
    date_hierarchy = "made_on"


class ReadOnlyHistoryAdmin(SimpleHistoryAdmin):
    """Looked at here, written on the site: there the rules between tables are held."""

    def has_add_permission(self, request, obj=None):  # type: ignore[no-untyped-def]
        return False

    def has_change_permission(self, request, obj=None):  # type: ignore[no-untyped-def]
        return False

    def has_delete_permission(self, request, obj=None):  # type: ignore[no-untyped-def]
        return False


@admin.register(QuoteLink)
class QuoteLinkAdmin(ReadOnlyHistoryAdmin):
    list_display = ("quote", "intervention", "strength", "linked_by", "linked_at")
    list_filter = ("strength",)
    search_fields = ("quote__reference", "intervention__code")
    list_select_related = ("quote", "intervention", "linked_by")


@admin.register(AnswerVerdict)
class AnswerVerdictAdmin(ReadOnlyHistoryAdmin):
    list_display = ("quote", "extent", "judged_by", "judged_at")
    list_filter = ("extent",)
    search_fields = ("quote__reference",)
    list_select_related = ("quote", "judged_by")


@admin.register(Disposition)
class DispositionAdmin(ReadOnlyHistoryAdmin):
    list_display = ("quote", "verdict", "duplicate_of", "proposed_by", "confirmed_by")
    list_filter = ("verdict",)
    search_fields = ("quote__reference",)
    list_select_related = ("quote", "duplicate_of", "proposed_by", "confirmed_by")
