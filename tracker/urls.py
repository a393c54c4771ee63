"""Mounts the apps' urls."""

from django.contrib import admin
from django.urls import include, path

from actions.reports.views import HomePage
from tracker.operations.security import SecurityTxt

urlpatterns = [
    path("", HomePage.as_view(), name="home"),
    path("", include("actions.reports.urls")),
    path("", include("actions.organisations.urls")),
    path("", include("actions.plan.urls")),
    path("", include("actions.monitoring.urls")),
    path("anthology/", include("quotes.urls")),
    path("indicators/", include("actions.indicators.urls")),
    path(".well-known/security.txt", SecurityTxt.as_view(), name="security-txt"),
    path("health/", include("tracker.operations.urls")),
    path("i18n/", include("django.conf.urls.i18n")),
    path("admin/", admin.site.urls),
]
