from django.urls import path

from actions.reports.views import CoveragePage, GoalsPage, TracePage, decisions, reports

app_name = "reports"

urlpatterns = [
    path("coverage/", CoveragePage.as_view(), name="coverage"),
    path("decisions/", decisions.DecisionList.as_view(), name="decisions"),
    path("decisions/new/", decisions.ProposeDecision.as_view(), name="decision-new"),
    path("decisions/<int:pk>/", decisions.DecisionPage.as_view(), name="decision"),
    path("decisions/<int:pk>/take/", decisions.TakeDecision.as_view(), name="decision-take"),
    path("decisions/<int:pk>/outcome/", decisions.TellOutcome.as_view(), name="decision-outcome"),
    path("reports/", reports.ReportList.as_view(), name="reports"),
    path("reports/<int:pk>/", reports.ReportPage.as_view(), name="report"),
    path("reports/<int:pk>/advance/", reports.AdvanceReport.as_view(), name="report-advance"),
    path("goals/", GoalsPage.as_view(), name="goals"),
    path("trace/<str:reference>/", TracePage.as_view(), name="trace"),
]
