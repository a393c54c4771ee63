"""Which ambitions are answered, and how far."""

from typing import Any

from actions.reports.coverage import busiest_cell, coverage_of, matrix_of
from actions.reports.filters import AmbitionFilter
from actions.reports.models import Ambition
from actions.reports.tables import AmbitionTable
from tracker.shared.views import ListPage


class CoveragePage(ListPage):
    """The total as a bundle, the sections, the list of ambitions, and the matrix."""

    queryset = Ambition.objects.for_coverage_list().in_reading_order()
    table_class = AmbitionTable
    filterset_class = AmbitionFilter
    template_name = "reports/coverage.html"
    export_name = "coverage"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(**kwargs)
        if self.request.htmx:  # type: ignore[attr-defined]
            return context
        coverage = coverage_of(Ambition.objects.visible_to(self.request.actor))
        matrix = matrix_of(coverage)
        return context | {"coverage": coverage, "matrix": matrix, "most": busiest_cell(matrix)}
