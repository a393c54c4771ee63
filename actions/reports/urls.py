from django.urls import path

from actions.reports.views import CoveragePage, TracePage

app_name = "reports"

urlpatterns = [
    path("coverage/", CoveragePage.as_view(), name="coverage"),
    path("trace/<str:reference>/", TracePage.as_view(), name="trace"),
]
