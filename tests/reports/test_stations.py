"""The rule of the stations, without a database."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from actions.reports.stations import STATIONS, Tally, station

COUNTS = st.integers(min_value=0, max_value=4)


@pytest.mark.parametrize(
    ("counts", "expected"),
    [
        ({"live": 0, "owned": 0, "measured": 0, "reported": 0, "silent": 0}, "uncovered"),
        ({"live": 2, "owned": 1, "measured": 2, "reported": 2, "silent": 0}, "linked"),
        ({"live": 2, "owned": 2, "measured": 0, "reported": 2, "silent": 0}, "owned"),
        ({"live": 2, "owned": 2, "measured": 1, "reported": 1, "silent": 1}, "measured"),
        ({"live": 2, "owned": 2, "measured": 1, "reported": 1, "silent": 0}, "reported"),
        ({"live": 1, "owned": 1, "measured": 1, "reported": 0, "silent": 0}, "measured"),
    ],
)
def test_the_state_is_the_last_station_without_a_gap(counts: dict[str, int], expected: str) -> None:
    assert station(**counts) == expected


@given(live=COUNTS, owned=COUNTS, measured=COUNTS, reported=COUNTS, silent=COUNTS)
def test_one_more_lead_never_takes_an_ambition_back(
    live: int, owned: int, measured: int, reported: int, silent: int
) -> None:
    owned = min(owned, live)
    before = station(live=live, owned=owned, measured=measured, reported=reported, silent=silent)
    more = min(owned + 1, live)
    after = station(live=live, owned=more, measured=measured, reported=reported, silent=silent)
    assert STATIONS.index(after) >= STATIONS.index(before)


@given(st.lists(st.tuples(st.sampled_from(STATIONS), st.sampled_from(["", "fully", "partly"]))))
def test_a_bundle_only_ever_thins(rows: list[tuple[str, str]]) -> None:
    tally = Tally()
    for state, extent in rows:
        tally.add(state, extent)
    line = [tally.total, tally.linked, tally.owned, tally.measured, tally.reported]
    assert line == sorted(line, reverse=True)
    assert tally.open + tally.linked == tally.total
    assert sum(tally.extents.values()) == tally.linked


def test_a_partial_answer_never_counts_as_a_full_one() -> None:
    tally = Tally()
    tally.add("reported", "partly")
    tally.add("reported", "fully")
    tally.add("linked", "")
    assert tally.extents == {"fully": 1, "partly": 1, "not_judged": 1}
