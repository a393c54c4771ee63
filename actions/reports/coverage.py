"""Coverage in numbers: per section, in total, and as a matrix of sections and action lines."""

from collections import Counter
from dataclasses import dataclass, field
from typing import Any

from django.db.models import BigIntegerField, Value

from actions.plan.models import ActionLine, Intervention
from actions.reports.models import Ambition, AmbitionQuerySet, CoverageState
from actions.reports.stations import STATES, Tally

WORST = 3


@dataclass
class SectionCoverage:
    """One section with the tally of its ambitions; `key` names it in an address."""

    pk: int
    key: str
    number: str
    title: str
    tally: Tally = field(default_factory=Tally)

    def __str__(self) -> str:
        return f"{self.key} {self.title}"


@dataclass
class Coverage:
    """The coverage of all ambitions: the sections in order, and everything together."""

    sections: list[SectionCoverage]
    total: Tally

    @property
    def worst(self) -> set[int]:
        """The sections with most ambitions still open: what a small screen shows."""
        by_gap = sorted(self.sections, key=lambda section: -section.tally.open)
        return {section.pk for section in by_gap[:WORST]}


def coverage_of(ambitions: AmbitionQuerySet) -> Coverage:
    """Count the ambitions per section, state and extent: one query, whatever their number."""
    rows = (
        ambitions.with_coverage()
        .order_by("anthology__code", "section__order", "section_id")
        .values_list(
            "section_id",
            "anthology__code",
            "anthology__is_primary",
            "section__number",
            "section__title",
            "coverage",
            "extent",
        )
    )
    sections: dict[int, SectionCoverage] = {}
    for pk, code, is_primary, number, title, state, extent in rows:
        key = number if is_primary else f"{code}:{number}"
        section = sections.setdefault(pk, SectionCoverage(pk, key, number, title))
        section.tally.add(state, extent)
    ordered = list(sections.values())
    return Coverage(ordered, Tally.together(section.tally for section in ordered))


@dataclass(frozen=True)
class Cell:
    """How many interventions of one action line."""

    line: str
    count: int


@dataclass
class MatrixRow:
    """A section and how many interventions of each action line answer it."""

    section: SectionCoverage
    cells: list[Cell]

    @property
    def total(self) -> int:
        return sum(cell.count for cell in self.cells)


@dataclass
class Matrix:
    """Sections × action lines: numbers of interventions, each once per cell and per sum below."""

    rows: list[MatrixRow]
    totals: list[Cell]

    @property
    def lines(self) -> list[str]:
        return [cell.line for cell in self.totals]

    @property
    def total(self) -> int:
        return sum(cell.count for cell in self.totals)

    @property
    def most(self) -> int:
        """The largest count, to which the stations are drawn in proportion."""
        return max((cell.count for row in self.rows for cell in row.cells), default=0) or 1


def matrix_of(coverage: Coverage) -> Matrix:
    """Where the answers lie: one query. A line without any still has its (empty) column."""
    lines: dict[int, str] = {}
    counts: Counter[tuple[int, int]] = Counter()
    everywhere: dict[int, set[int]] = {}
    for _order, line, title, intervention, section in _lines_and_answers():
        lines[line] = title
        found = everywhere.setdefault(line, set())
        if intervention is not None:
            counts[section, line] += 1
            found.add(intervention)
    rows = [
        MatrixRow(section, [Cell(title, counts[section.pk, pk]) for pk, title in lines.items()])
        for section in coverage.sections
    ]
    return Matrix(rows, [Cell(title, len(everywhere[pk])) for pk, title in lines.items()])


def _lines_and_answers() -> Any:
    """Every action line, and every (line, intervention, section) in which an ambition is answered:
    order, line, title, intervention or None, section or None."""
    nothing = Value(None, output_field=BigIntegerField())
    lines = ActionLine.objects.order_by().values_list("order", "pk", "title", nothing, nothing)
    answers = (
        Intervention.objects.live()
        .filter(quote_links__quote__in=Ambition.objects.ambitions().once())
        .order_by()
        .values_list(
            "action_line__order",
            "action_line",
            "action_line__title",
            "pk",
            "quote_links__quote__section",
        )
    )
    return lines.union(answers).order_by("order", "pk")


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
            section.key: {"title": section.title, **_counts(section.tally)}
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
