"""Coverage in numbers: per section, in total, and as a matrix of sections and action lines."""

from dataclasses import dataclass, field
from typing import Any

from django.db.models import Count

from actions.plan.models import ActionLine, Intervention
from actions.reports.models import Ambition, AmbitionQuerySet, CoverageState
from actions.reports.stations import STATES, Tally
from quotes.models import Quote


@dataclass
class SectionCoverage:
    """One section with the tally of its ambitions."""

    pk: int
    anthology: str
    number: str
    title: str
    tally: Tally = field(default_factory=Tally)


@dataclass
class Coverage:
    """The coverage of all ambitions: the sections in order, and everything together."""

    sections: list[SectionCoverage]
    total: Tally


def coverage_of(ambitions: AmbitionQuerySet) -> Coverage:
    """Count the ambitions per section, state and extent: one query, whatever their number."""
    rows = (
        ambitions.with_coverage()
        .order_by("anthology__code", "section__order", "section_id")
        .values_list(
            "section_id",
            "anthology__code",
            "section__number",
            "section__title",
            "coverage",
            "extent",
        )
    )
    sections: dict[int, SectionCoverage] = {}
    for pk, anthology, number, title, state, extent in rows:
        section = sections.setdefault(pk, SectionCoverage(pk, anthology, number, title))
        section.tally.add(state, extent)
    ordered = list(sections.values())
    return Coverage(ordered, Tally.together(section.tally for section in ordered))


@dataclass
class MatrixRow:
    """A section and how many interventions of each action line answer it."""

    section: SectionCoverage
    counts: list[int]
    total: int


@dataclass
class Matrix:
    """Sections × action lines: numbers of interventions, each counted once per cell and sum."""

    lines: list[str]
    rows: list[MatrixRow]
    totals: list[int]
    total: int


def matrix_of(coverage: Coverage) -> Matrix:
    """Where the answers lie. An action line without any still has its (empty) column."""
    lines = list(ActionLine.objects.values_list("pk", "title"))
    pairs = (
        Intervention.objects.live()
        .filter(quote_links__quote__in=Quote.objects.ambitions())
        .values_list("quote_links__quote__section", "action_line", "pk")
        .distinct()
    )
    cells: dict[tuple[int, int], int] = {}
    everywhere: dict[int, set[int]] = {pk: set() for pk, _title in lines}
    for section, line, intervention in pairs:
        cells[section, line] = cells.get((section, line), 0) + 1
        everywhere[line].add(intervention)
    rows = []
    for section in coverage.sections:
        counts = [cells.get((section.pk, pk), 0) for pk, _title in lines]
        rows.append(MatrixRow(section, counts, sum(counts)))
    totals = [len(everywhere[pk]) for pk, _title in lines]
    return Matrix([title for _pk, title in lines], rows, totals, sum(totals))


def coverage_report() -> dict[str, Any]:
    """What `manage.py coverage --format json` prints: total, states, sections, open references."""
    ambitions = Ambition.objects.ambitions().once()
    coverage = coverage_of(ambitions)
    still_open = (
        ambitions.with_coverage()
        .filter(coverage=CoverageState.UNCOVERED)
        .select_related("anthology")
        .in_reading_order()
    )
    return {
        **_counts(coverage.total),
        "by_section": {
            section.number: {"title": section.title, **_counts(section.tally)}
            for section in coverage.sections
        },
        "open": [ambition.full_reference for ambition in still_open],
    }


def _counts(tally: Tally) -> dict[str, Any]:
    return {
        "total": tally.total,
        **{state: tally.states[state] for state in STATES},
        "answered": dict(tally.extents),
    }


def busiest_cell(matrix: Matrix) -> int:
    """The largest count in the matrix, to which the stations are drawn in proportion."""
    return max((count for row in matrix.rows for count in row.counts), default=0) or 1


def count_by_light() -> dict[str, int]:
    """How many interventions stand at each traffic light, as last accepted."""
    return dict(
        Intervention.objects.live()
        .order_by()
        .values_list("traffic_light")
        .annotate(count=Count("pk"))
    )
