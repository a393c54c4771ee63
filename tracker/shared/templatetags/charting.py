"""The line chart of an indicator: figures in, coordinates and words out, without Django."""

import itertools
import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any

Number = int | float | Decimal
LABEL_ROOM = 14.0
LABEL_WIDTH = 40.0
CHARACTER, CAPITAL = 7.6, 10.0  # how wide a character of a label is, and how high
MARKER, STROKE = 8.0, 3.0  # the room that a marker and a line keep to themselves
LEAST_SPAN = 1e-9  # values that lie nearer together are one value


@dataclass(frozen=True)
class Frame:
    """The size of a drawing and the margins around its plane."""

    name: str
    width: int
    height: int
    left: int
    right: int
    labels: int
    words: bool = True  # a phone has room for the figure only; the legend names the marker
    top: int = 16
    bottom: int = 30

    @property
    def floor(self) -> int:
        return self.height - self.bottom

    @property
    def edge(self) -> int:
        return self.width - self.right


WIDE = Frame("wide", 560, 240, left=48, right=124, labels=7)
NARROW = Frame("narrow", 320, 224, left=40, right=60, labels=3, words=False)
FRAMES = (WIDE, NARROW)


@dataclass
class Drawing:
    """One chart at one size: everything that the template has to write down."""

    frame: Frame
    ticks: list[dict[str, Any]] = field(default_factory=list)
    times: list[dict[str, Any]] = field(default_factory=list)
    line: str = ""
    points: list[dict[str, Any]] = field(default_factory=list)
    targets: list[dict[str, Any]] = field(default_factory=list)
    path: str = ""
    band: str = ""
    forecast: str = ""
    labels: list[dict[str, Any]] = field(default_factory=list)


def nice_ticks(low: float, high: float, count: int = 4, least: float = 0) -> list[float]:
    """Round values that span low to high, zero included when it is near: 0, 20, 40, 60.

    The steps are whole numbers of `least`: persons are not counted by quarters.
    """
    if low > 0 and low < high * 0.6:
        low = 0.0
    if high - low < LEAST_SPAN:  # one value: seen from zero
        low, high = min(low, 0.0), max(high, 0.0)
    if high - low < LEAST_SPAN:
        high = low + 1
    rough = max((high - low) / count, least)
    magnitude = 10.0 ** math.floor(math.log10(rough))
    steps = (magnitude * unit for unit in (1, 2, 2.5, 5, 10))
    step = next(
        one
        for one in steps
        if one >= rough * 0.999 and (not least or math.isclose(one / least, round(one / least)))
    )
    first = math.floor(low / step + 1e-9)
    last = math.ceil(high / step - 1e-9)
    return [round(number * step, 10) for number in range(first, last + 1)]


class Scale:
    """From a date and a value to a place on the drawing."""

    def __init__(
        self, frame: Frame, days: Sequence[date], values: Sequence[float], decimals: int = 0
    ) -> None:
        self.frame = frame
        self.first, self.last = min(days), max(days)
        self.ticks = nice_ticks(min(values), max(values), least=10.0**-decimals)

    def x(self, on: date) -> float:
        span = (self.last - self.first).days or 1
        room = self.frame.edge - self.frame.left
        return round(self.frame.left + room * (on - self.first).days / span, 1)

    def y(self, value: Number) -> float:
        low, high = self.ticks[0], self.ticks[-1]
        room = self.frame.floor - self.frame.top
        return round(self.frame.floor - room * (float(value) - low) / (high - low), 1)


def thin(items: Sequence[dict[str, Any]], most: int, room: float = 0) -> list[dict[str, Any]]:
    """At most `most` of the items, in even steps; the last is always among them.

    With `room` (pixels) items that stand closer to the next one kept are left out as well.
    """
    step = max(1, math.ceil((len(items) - 1) / max(most - 1, 1)))
    kept: list[dict[str, Any]] = []
    for item in items[::-step]:
        if not kept or kept[-1]["x"] - item["x"] >= room:
            kept.append(item)
    return kept[::-1]


def broken_line(scale: Scale, points: Sequence[dict[str, Any]]) -> str:
    """A path through the points that lifts the pen wherever a value is missing."""
    parts, pen = [], "M"
    for point in points:
        if point["value"] is None:
            pen = "M"
            continue
        parts.append(f"{pen}{scale.x(point['on'])} {scale.y(point['value'])}")
        pen = "L"
    return "".join(parts)


def spread(labels: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """The labels at the right, pushed apart until none overlaps the one above it."""
    placed: list[dict[str, Any]] = []
    for label in sorted(labels, key=lambda one: one["y"]):
        least = placed[-1]["y"] + LABEL_ROOM if placed else label["y"]
        placed.append({**label, "y": max(label["y"], least)})
    return placed


def draw(chart: Mapping[str, Any], frame: Frame, word: Callable[[Number], str]) -> Drawing | None:
    """Lay out one chart; None when there is no measured point to draw.

    `chart` has points (on, label, value or None, provisional), and may have targets
    (on, label, value), a baseline (on, value), and a forecast (on, value, low, high).
    `word` writes a value with its unit.
    """
    known = [point for point in chart["points"] if point["value"] is not None]
    if not known:
        return None
    targets = chart.get("targets") or []
    baseline, forecast = chart.get("baseline"), chart.get("forecast")
    extra = [one for one in (baseline, forecast) if one]
    everything = [*known, *targets, *extra]
    values = [float(one["value"]) for one in everything]
    if forecast:
        values += [float(forecast["low"]), float(forecast["high"])]
    days = [one["on"] for one in [*chart["points"], *everything]]
    scale = Scale(frame, days, values, chart.get("decimals", 0))
    drawing = Drawing(frame)
    _axes(drawing, scale, [*chart["points"], *targets], word)
    drawing.line = broken_line(scale, chart["points"])
    drawing.points = [_place(scale, point) for point in known]
    drawing.targets = [_place(scale, target) for target in targets]
    _beside(drawing, scale, chart, known, word)
    return drawing


def _place(scale: Scale, one: dict[str, Any]) -> dict[str, Any]:
    return {
        "x": scale.x(one["on"]),
        "y": scale.y(one["value"]),
        "provisional": one.get("provisional", False),
    }


def _axes(
    drawing: Drawing, scale: Scale, dated: list[dict[str, Any]], word: Callable[[Number], str]
) -> None:
    drawing.ticks = [
        {"y": scale.y(tick), "text_y": scale.y(tick) + 4, "word": word(tick)}
        for tick in scale.ticks
    ]
    by_day = {one["on"]: one["label"] for one in dated}
    times = [{"x": scale.x(day), "label": by_day[day]} for day in sorted(by_day)]
    drawing.times = thin(times, drawing.frame.labels, LABEL_WIDTH)


def _beside(
    drawing: Drawing,
    scale: Scale,
    chart: Mapping[str, Any],
    known: list[dict[str, Any]],
    word: Callable[[Number], str],
) -> None:
    """The path to the target, the forecast, and the words at the end of each line."""
    last, baseline, forecast = known[-1], chart.get("baseline"), chart.get("forecast")
    targets = chart.get("targets") or []
    if baseline and targets:
        stops = [baseline, *sorted(targets, key=lambda one: one["on"])]
        drawing.path = broken_line(scale, stops)
    taken = _taken(scale, chart)
    labels = [_label(scale, last, word(last["value"]), "value", taken)]
    labels += [_label(scale, one, word(one["value"]), "target", taken) for one in targets[-1:]]
    if baseline:
        below = scale.y(baseline["value"]) + 22
        place = {"x": scale.frame.left + 4, "y": min(below, scale.frame.floor - 4)}
        labels.append(
            {**place, "word": word(baseline["value"]), "kind": "baseline", "anchor": "start"}
        )
    if forecast:
        x, end = scale.x(last["on"]), scale.x(forecast["on"])
        y = scale.y(last["value"])
        drawing.forecast = f"M{x} {y}L{end} {scale.y(forecast['value'])}"
        drawing.band = f"M{x} {y}L{end} {scale.y(forecast['high'])}V{scale.y(forecast['low'])}Z"
        labels.append(_label(scale, forecast, word(forecast["value"]), "forecast", taken))
    edge = scale.frame.edge
    at_edge = [one for one in labels if one["x"] >= edge - 40]
    drawing.labels = [one for one in labels if one["x"] < edge - 40] + spread(at_edge)


Place = tuple[float, float, float]  # x, y and the room around it


def _taken(scale: Scale, chart: Mapping[str, Any]) -> list[Place]:
    """What a label would cover: every marker, and places along the lines between them."""
    measured = [one for one in chart["points"] if one["value"] is not None]
    targets = sorted(chart.get("targets") or [], key=lambda one: one["on"])
    path = [one for one in (chart.get("baseline"), *targets) if one]
    places: list[Place] = []
    for line in (measured, path):
        spots = [(scale.x(one["on"]), scale.y(one["value"])) for one in line]
        places += [(x, y, MARKER) for x, y in spots]
        for (x, y), (right, end) in itertools.pairwise(spots):
            steps = max(1, round(math.hypot(right - x, end - y) / 4))
            shares = [number / steps for number in range(steps)]
            places += [(x + (right - x) * n, y + (end - y) * n, STROKE) for n in shares]
    return places


def _label(
    scale: Scale,
    one: dict[str, Any],
    word: str,
    kind: str,
    taken: Sequence[Place],
) -> dict[str, Any]:
    """A label beside the edge, or around its point where it covers nothing: above, below, right
    or left of it; above where it is crowded everywhere."""
    x, y = scale.x(one["on"]), scale.y(one["value"])
    if x >= scale.frame.edge - 40:
        places = [(scale.frame.edge + 11.0, y + 4, "start")]
    else:
        places = [
            (x, y - 12, "middle"),
            (x, y + 22, "middle"),
            (x + 13, y + 4, "start"),
            (x - 13, y + 4, "end"),
        ]
        inside = [one for one in places if scale.frame.top + 4 < one[1] < scale.frame.floor - 4]
        places = [one for one in inside if _is_free(one, word, taken)] or inside or places
    left, top, anchor = places[0]
    return {"x": left, "y": top, "word": word, "kind": kind, "anchor": anchor}


def _is_free(place: tuple[float, float, str], word: str, taken: Sequence[Place]) -> bool:
    """Whether a label there keeps clear of every marker and line."""
    x, y, anchor = place
    width = CHARACTER * len(word)
    left = {"start": x, "middle": x - width / 2, "end": x - width}[anchor]
    return not any(
        left - room < spot < left + width + room and y - CAPITAL - room < level < y + room
        for spot, level, room in taken
    )


def table(chart: Mapping[str, Any], word: Callable[[Number], str]) -> dict[str, Any]:
    """The rows of the table beneath: figures and targets with their words, and the baseline."""
    unit = chart.get("unit", "")
    behind = f" {unit}" if unit and unit != "%" else ""

    def worded(one: Mapping[str, Any]) -> dict[str, Any]:
        known = one["value"] is not None
        return {**one, "word": word(one["value"]) + behind if known else ""}

    baseline = chart.get("baseline")
    return {
        "figures": [worded(point) for point in chart["points"]],
        "targets": [worded(target) for target in chart.get("targets") or []],
        "baseline": worded(baseline) if baseline else None,
    }
