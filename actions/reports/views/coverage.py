"""Which ambitions are answered, and how far."""

from typing import Any

from django.utils.functional import cached_property

from actions.reports.coverage import Coverage, coverage_of, matrix_of
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

    @cached_property
    def coverage(self) -> Coverage:
        return coverage_of(Ambition.objects.visible_to(self.request.actor))

    def get_filterset_kwargs(self, filterset_class: Any) -> dict[str, Any]:
        return super().get_filterset_kwargs(filterset_class) | {"coverage": self.coverage}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        matrix = matrix_of(self.coverage)
        return super().get_context_data(coverage=self.coverage, matrix=matrix, **kwargs)
