"""The progress report over one round, live: what parliament gets, read from the answers."""

from actions.reports.progress.report import Progress, progress_report

__all__ = ["Progress", "progress_report"]
