"""Where lines and stations stand: the arithmetic behind the drawn components, without Django.

Units are pixels, unless a name says `share` (0 to 1) or `percent` (0 to 100).
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

STATIONS = ("uncovered", "linked", "owned", "measured", "reported")
RAIL_X = (7.0, 33.5, 60.0, 86.5, 113.0)

BUNDLE_FULL = 12.0  # thickness of "all of them"
BUNDLE_LEAST = 1.2  # a line that still carries one of many is never thinner
LADDER_LABEL = 10.0  # percent of the width that a label needs for itself


@dataclass(frozen=True)
class Station:
    """A station at `x`, drawn by its state: passed, here or todo."""

    x: float
    state: str
    radius: float


def rail_stations(state: str) -> list[Station]:
    """The five stations of a quote that has come as far as `state` (one of STATIONS)."""
    here = STATIONS.index(state)
    looks = {-1: ("passed", 4.2), 0: ("here", 5.0), 1: ("todo", 3.6)}
    return [
        Station(x, *looks[(number > here) - (number < here)]) for number, x in enumerate(RAIL_X)
    ]


def thickness(count: int, total: int, full: float = BUNDLE_FULL) -> float:
    """How thick the line is where `count` of `total` come by; 0 when nobody does."""
    if count < 0 or total < 0 or count > total:
        raise ValueError(f"{count} of {total} is not a share")
    if not count:
        return 0.0
    return round(max(BUNDLE_LEAST, full * count / total), 2)


def taper(before: float, after: float, *, x: float, width: float, middle: float) -> str:
    """The path of one stretch of a bundle: `before` thick at its start, `after` at its end.

    The narrowing is the loss between two stations, so that it is seen at every size, and not only
    where two neighbouring rows happen to differ.
    """
    left, right = before / 2, after / 2
    return (
        f"M{x:g} {middle - left:g}L{x + width:g} {middle - right:g}"
        f"V{middle + right:g}L{x:g} {middle + left:g}Z"
    )


def percentage(count: int, total: int) -> int:
    """A whole percentage that says 100 only of all and 0 only of none."""
    if not total:
        return 0
    rounded = round(100 * count / total)
    if rounded == 100 and count < total:
        return 99
    return 1 if rounded == 0 and count else rounded


def ladder_positions(rungs: Sequence[Mapping[str, object]]) -> list[float]:
    """Where each rung stands, in percent: its own `position`, or evenly when one lacks it."""
    given = [rung.get("position") for rung in rungs]
    if rungs and all(isinstance(value, int | float) for value in given):
        return [float(str(value)) for value in given]
    last = max(len(rungs) - 1, 1)
    return [100 * number / last for number in range(len(rungs))]


def stagger(positions: Sequence[float], room: float = LADDER_LABEL) -> list[int]:
    """The level (0, 1, 2 …) of each label, so that two labels on a level never touch."""
    ends: list[float] = []
    levels: list[int] = []
    for position in positions:
        free = (level for level, end in enumerate(ends) if position - end >= room)
        level = next(free, len(ends))
        if level == len(ends):
            ends.append(position)
        ends[level] = position
        levels.append(level)
    return levels


def segments(total: int, counts: Sequence[tuple[str, int]]) -> list[dict[str, Any]]:
    """The stretches of a bundle in a table row, each in a plane of 100 by 44 of its own cell."""
    drawn, came = [], total
    for label, count in counts:
        before, after = thickness(came, total), thickness(count, total)
        path = taper(before, after, x=0, width=100, middle=32) if after else ""
        drawn.append({"label": label, "count": count, "path": path, "came": came})
        came = count
    return drawn


LARGE_X = (9, 309, 600, 900, 1191)


def large_bundle(
    total: int, counts: Sequence[tuple[str, int]]
) -> tuple[list[dict[str, Any]], list[str]]:
    """Stations (label, count, share, x) and stretches of the bundle of a whole anthology."""
    thick = [thickness(count, total, 30) for _label, count in counts]
    stations = [
        {"label": label, "count": count, "share": percentage(count, total), "x": x}
        for (label, count), x in zip(counts, LARGE_X, strict=True)
    ]
    stretches = [
        taper(thick[n], thick[n + 1], x=x, width=LARGE_X[n + 1] - x, middle=24)
        for n, x in enumerate(LARGE_X[:-1])
        if thick[n + 1]
    ]
    return stations, stretches


def dot(count: int, most: int) -> float:
    """The radius of a matrix station: its area grows with the count, up to `most`."""
    if not count:
        return 0.0
    return round(3.5 + 5.5 * (min(count, most) / max(most, 1)) ** 0.5, 1)


def ladder(stations: Sequence[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """The rungs with their place: x in percent, the top of the label, and its anchor."""
    positions = ladder_positions(stations)
    rungs = []
    for rung, x, level in zip(stations, positions, stagger(positions), strict=True):
        if rung["state"] not in ("passed", "here", "todo"):
            raise ValueError(f"{rung['state']!r} is unknown: use passed, here, todo")
        anchor = "start" if x < 4 else "end" if x > 96 else "middle"
        rungs.append({**rung, "x": round(x, 2), "top": 44 + 76 * level, "anchor": anchor})
    return rungs


def steps(n: int, of: int) -> list[dict[str, Any]]:
    """The stations of a form of `of` pages when one is at page `n`: x in percent, and state."""
    if not 1 <= n <= of:
        raise ValueError(f"step {n} of {of} does not exist")
    states = {-1: "passed", 0: "here", 1: "todo"}
    return [
        {
            "x": round(1.5 + 97 * (number - 1) / max(of - 1, 1), 2),
            "state": states[(number > n) - (number < n)],
        }
        for number in range(1, of + 1)
    ]
