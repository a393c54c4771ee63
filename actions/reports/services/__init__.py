"""What reports writes: questions to leadership, what it decided, and the way of a report."""

from actions.reports.services.decisions import propose_decision, report_outcome, take_decision
from actions.reports.services.reports import advance_report, start_report

__all__ = [
    "advance_report",
    "propose_decision",
    "report_outcome",
    "start_report",
    "take_decision",
]
