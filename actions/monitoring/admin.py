"""The office's back room: what is append-only, and the outbox, can only be looked at."""

from django.contrib import admin
from django.db.models import Model
from django.http import HttpRequest

from actions.monitoring.models import (
    EngineState,
    Holiday,
    MonitoringRound,
    OfficeTask,
    OutgoingMail,
    Reminder,
    Review,
    RoundState,
    Rung,
    StatusUpdate,
    UpdateDraft,
    UpdateRequest,
)


class ReadOnlyAdmin(admin.ModelAdmin):
    """Written by services alone."""

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return False


class RungInline(admin.TabularInline):
    model = Rung
    extra = 0


@admin.register(MonitoringRound)
class MonitoringRoundAdmin(admin.ModelAdmin):
    """The ladder is set here; opening and closing is done on the round's page."""

    list_display = ("name", "kind", "opens_on", "deadline", "state")
    list_filter = ("state", "kind")
    readonly_fields = ("state", "opened_at", "closed_at")
    inlines = (RungInline,)

    def get_readonly_fields(
        self, request: HttpRequest, obj: MonitoringRound | None = None
    ) -> tuple[str, ...]:
        """Once people are asked, reminders are counted from these: a service moves them."""
        if obj is None or obj.state == RoundState.PLANNED:
            return self.readonly_fields
        return (*self.readonly_fields, "opens_on", "deadline")

    def has_delete_permission(
        self, request: HttpRequest, obj: MonitoringRound | None = None
    ) -> bool:
        return False


@admin.register(Holiday)
class HolidayAdmin(admin.ModelAdmin):
    list_display = ("name", "kind", "starts_on", "ends_on")
    list_filter = ("kind",)
    date_hierarchy = "starts_on"


@admin.register(UpdateRequest)
class UpdateRequestAdmin(ReadOnlyAdmin):
    list_display = ("intervention", "indicator", "organisation", "round", "due_on", "state")
    list_filter = ("state", "round")
    list_select_related = ("intervention", "indicator", "organisation", "round")
    search_fields = ("intervention__code", "intervention__title", "organisation__name")


@admin.register(UpdateDraft)
class UpdateDraftAdmin(ReadOnlyAdmin):
    list_display = ("request", "last_editor", "changed_at")


@admin.register(StatusUpdate)
class StatusUpdateAdmin(ReadOnlyAdmin):
    list_display = ("request", "version", "delivery_state", "traffic_light", "submitted_at")
    list_filter = ("traffic_light", "delivery_state")
    date_hierarchy = "submitted_at"


@admin.register(Review)
class ReviewAdmin(ReadOnlyAdmin):
    list_display = ("update", "verdict", "reviewer", "reviewed_at")
    list_filter = ("verdict",)


@admin.register(Reminder)
class ReminderAdmin(ReadOnlyAdmin):
    list_display = ("request", "rung", "audience", "due_on", "state")
    list_filter = ("state", "audience")
    date_hierarchy = "due_on"


@admin.register(OutgoingMail)
class OutgoingMailAdmin(ReadOnlyAdmin):
    list_display = ("recipient", "subject", "state", "attempts", "uncertain_count", "sent_at")
    list_filter = ("state", "kind", "mail_class")
    search_fields = ("recipient", "subject", "dedup_key")


@admin.register(OfficeTask)
class OfficeTaskAdmin(admin.ModelAdmin):
    list_display = ("summary", "kind", "due_on", "assignee", "closed_at")
    list_filter = ("kind", ("closed_at", admin.EmptyFieldListFilter))
    readonly_fields = ("notified_at",)


@admin.register(EngineState)
class EngineStateAdmin(admin.ModelAdmin):
    """Pausing stops the mail; what is due meanwhile leaves afterwards, as one digest each."""

    list_display = ("name", "heartbeat_at", "paused")
    readonly_fields = ("name", "heartbeat_at")

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: EngineState | None = None) -> bool:
        return False
