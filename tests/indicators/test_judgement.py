"""What a figure says. Pure rules, no database."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from actions.indicators import judgement as rules
from actions.indicators.judgement import Judgement, Point, add_months, expected_on

TODAY = date(2026, 6, 1)
BASELINE = Point(date(2023, 12, 31), Decimal(40))
END = Point(date(2027, 12, 31), Decimal(80))


def judged(last: Point | None, **fields: Any) -> Judgement:
    given_ = {
        "today": TODAY,
        "direction": "higher",
        "context": False,
        "frequency": "yearly",
        "lag_days": 180,
        "baseline": BASELINE,
        "targets": [END],
        **fields,
    }
    return rules.judge(last=last, **given_)


def test_nothing_measured_is_no_measurement_and_says_nothing_else() -> None:
    assert judged(None) == Judgement(rules.NO_MEASUREMENT)


def test_halfway_only_half_is_expected() -> None:
    found = judged(Point(date(2025, 12, 31), Decimal(61)))
    assert found.state == rules.AS_EXPECTED
    assert round(found.expected or 0) == 60
    assert round(found.deviation or 0) == 1


def test_less_than_expected_is_behind_and_for_lower_is_better_the_other_way_round() -> None:
    low = Point(date(2025, 12, 31), Decimal(50))
    assert judged(low).state == rules.BEHIND
    assert judged(low, direction="lower").state == rules.AS_EXPECTED


def test_a_figure_is_out_of_date_once_the_next_should_have_been_published() -> None:
    last = Point(date(2024, 12, 31), Decimal(61))  # the next ends 31-12-2025, out by 29-6-2026
    assert judged(last, today=date(2026, 6, 29)).state == rules.AS_EXPECTED
    late = judged(last, today=date(2026, 6, 30))
    assert late.state == rules.OUT_OF_DATE
    assert late.old
    assert late.expected is not None


def test_occasional_figures_do_not_go_out_of_date() -> None:
    last = Point(date(2017, 10, 1), Decimal(6250))
    found = judged(last, frequency="occasional", direction="interpret", targets=[], baseline=None)
    assert found.state == rules.NOT_JUDGED


@pytest.mark.parametrize("fields", [{"direction": "interpret"}, {"context": True}])
def test_what_has_no_direction_is_never_judged(fields: dict[str, Any]) -> None:
    found = judged(Point(date(2025, 12, 31), Decimal(1)), **fields)
    assert found.state == rules.NOT_JUDGED
    assert found.expected is None


def test_a_standard_holds_for_its_whole_period() -> None:
    targets = [Point(date(year, 12, 31), Decimal(220), standard=True) for year in (2024, 2025)]
    assert expected_on(date(2025, 6, 30), None, targets) == 220
    found = judged(Point(date(2025, 12, 31), Decimal(187)), targets=targets, baseline=None)
    assert found.state == rules.BEHIND
    assert found.deviation == -33


def test_before_a_first_target_without_baseline_nothing_is_expected() -> None:
    found = judged(Point(date(2025, 12, 31), Decimal(50)), baseline=None)
    assert found.state == rules.NO_TARGET
    assert expected_on(date(2020, 1, 1), BASELINE, [END]) is None


def test_after_the_last_target_it_stays_level() -> None:
    assert expected_on(date(2030, 1, 1), BASELINE, [END]) == 80


def test_months_end_stays_months_end() -> None:
    assert add_months(date(2026, 3, 31), 3) == date(2026, 6, 30)
    assert add_months(date(2026, 6, 30), 6) == date(2026, 12, 31)
    assert add_months(date(2024, 2, 29), 12) == date(2025, 2, 28)
    assert add_months(date(2026, 1, 15), 12) == date(2027, 1, 15)


days = st.dates(date(2000, 1, 1), date(2060, 1, 1))
values = st.decimals(-1_000_000, 1_000_000, places=2)
points = st.builds(Point, days, values, st.booleans())


@given(day=days, baseline=st.none() | points, targets=st.lists(points, max_size=5))
def test_what_is_expected_lies_between_the_points_of_the_path(
    day: date, baseline: Point | None, targets: list[Point]
) -> None:
    found = expected_on(day, baseline, targets)
    known = [one.value for one in [*targets, *([baseline] if baseline else [])]]
    slack = Decimal("0.0001")
    assert found is None or min(known) - slack <= found <= max(known) + slack


@given(last=points, today=days, direction=st.sampled_from(["higher", "lower", "interpret"]))
def test_every_figure_has_exactly_one_state(last: Point, today: date, direction: str) -> None:
    found = judged(last, today=today, direction=direction)
    assert found.old == (found.state == rules.OUT_OF_DATE)
    assert (found.expected is None) == (found.deviation is None)
