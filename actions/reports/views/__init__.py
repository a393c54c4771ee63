"""Pages over the whole chain."""

from actions.reports.views.coverage import CoveragePage
from actions.reports.views.goals import GoalsPage
from actions.reports.views.home import HomePage
from actions.reports.views.trace import TracePage

__all__ = ["CoveragePage", "GoalsPage", "HomePage", "TracePage"]
