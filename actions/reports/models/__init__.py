"""What it adds up to: an ambition with all that came of it, decisions, and reports."""

from actions.reports.models.ambition import (
    Ambition,
    AmbitionQuerySet,
    CoverageState,
    asked_in_closed_reports,
    reported_interventions,
)
from actions.reports.models.decision import Decision, DecisionState
from actions.reports.models.report import Report, ReportState, published_rounds

__all__ = [
    "Ambition",
    "AmbitionQuerySet",
    "CoverageState",
    "Decision",
    "DecisionState",
    "Report",
    "ReportState",
    "asked_in_closed_reports",
    "published_rounds",
    "reported_interventions",
]
