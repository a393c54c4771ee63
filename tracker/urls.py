"""Mounts the apps' urls."""

from django.contrib import admin
from django.urls import include, path

urlpatterns = [
    path("", include("actions.reports.urls")),
    path("", include("actions.organisations.urls")),
    path("", include("actions.plan.urls")),
    path("", include("actions.monitoring.urls")),
    path("anthology/", include("quotes.urls")),
    path("indicators/", include("actions.indicators.urls")),
    path("i18n/", include("django.conf.urls.i18n")),
    path("admin/", admin.site.urls),
]
