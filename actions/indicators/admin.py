"""Indicators are made and changed here; what was measured is only looked at."""

from django.contrib import admin
from django.http import HttpRequest
from simple_history.admin import SimpleHistoryAdmin

from actions.indicators.models import (
    GoalIndicator,
    Indicator,
    InterventionIndicator,
    Measurement,
    Target,
)


class TargetInline(admin.TabularInline):
    model = Target
    extra = 0


class InterventionInline(admin.TabularInline):
    model = InterventionIndicator
    extra = 0
    autocomplete_fields = ("intervention",)


class GoalInline(admin.TabularInline):
    model = GoalIndicator
    extra = 0
    autocomplete_fields = ("goal",)


@admin.register(Indicator)
class IndicatorAdmin(SimpleHistoryAdmin):
    list_display = ("code", "name", "level", "direction", "unit", "frequency")
    list_filter = ("level", "direction", "frequency")
    search_fields = ("code", "name")
    autocomplete_fields = ("supplier", "collector")
    inlines = (TargetInline, InterventionInline, GoalInline)


@admin.register(Measurement)
class MeasurementAdmin(admin.ModelAdmin):
    """Append-only: recorded on the site, never changed."""

    list_display = ("indicator", "period_start", "period_end", "value", "status", "recorded_by")
    list_filter = ("indicator", "status")
    list_select_related = ("indicator", "recorded_by")
    date_hierarchy = "period_end"

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Measurement | None = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Measurement | None = None) -> bool:
        return False
