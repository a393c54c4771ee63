"""The columns of a page, found from the white space between them.

A gutter is a strip that (nearly) no line of the running text crosses, with text on both sides.
A page too short to tell takes the columns of the pages like it.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from quotes.importing.pdf.measures import Type
from quotes.importing.pdf.running import Numbered
from quotes.importing.pdf.sheets import Row

_MERGE, _NARROW, _COLUMN = 0.45, 0.65, 8.0
_CROSSED, _SUPPORT, _FEW = 0.1, 0.12, 8
_SAME, _CORE = 6.0, 4
# A line leaves a gutter open with so much of its width, or so many points.
_WHITE, _ENOUGH = 0.6, 9.0


@dataclass(frozen=True, slots=True)
class Gutter:
    """A strip of white from `left` to `right`, in points."""

    left: float
    right: float

    @property
    def middle(self) -> float:
        """The line to cut at."""
        return (self.left + self.right) / 2


Gutters = tuple[Gutter, ...]


@dataclass(frozen=True, slots=True)
class Parting:
    """The gutters of a page, and how sure they are."""

    gutters: Gutters
    certainty: float


def find_gutters(pages: Sequence[Numbered], body: Type) -> list[Parting]:
    """Return the gutters of each page."""
    rows = [[row for row in page.rows if body.is_row(row)] for page in pages]
    own = [_gutters(r, page.sheet.width, body.size) for r, page in zip(rows, pages, strict=True)]
    common = _common(pages, own)
    found = []
    for index, page in enumerate(pages):
        parted = own[index]
        likely = _likely(page, common)
        if parted and len(rows[index]) >= _FEW:
            parted = _completed(parted, likely, rows[index])
            found.append(Parting(parted, _clearness(rows[index], parted)))
            continue
        windows = _windowed(rows[index], page.sheet.width, body.size)
        fits = next((g for g in (*likely, *windows) if _fits(rows[index], g, body)), ())
        found.append(Parting(fits, _clearness(rows[index], fits) if fits else 1.0))
    return found


def _clearness(rows: Sequence[Row], gutters: Gutters) -> float:
    """How sure the gutters are: fewer lines that cross them, more certain."""
    crossed = sum(1 for row in rows for gutter in gutters if _crosses(row, gutter))
    return max(0.8, 1.0 - 0.5 * crossed / max(1, len(rows)))


def _gutters(rows: Sequence[Row], width: float, size: float) -> Gutters:
    """Find the strips that hardly any row crosses."""
    if not rows:
        return ()
    points = int(width) + 2
    crossed, both = [0] * (points + 1), [0] * (points + 1)
    starts, ends = [0] * (points + 1), [0] * (points + 1)
    for row in rows:
        spans = _spans(row, _MERGE * size)
        starts[_at(spans[0][0], points)] += 1
        ends[_at(spans[-1][1], points)] += 1
        for x0, x1 in spans:
            crossed[_at(x0, points)] += 1
            crossed[_at(x1, points)] -= 1
        for (_a, x0), (x1, _b) in pairwise(spans):
            both[_at(x0, points)] += 1
            both[_at(x1, points)] -= 1
    return _strips(rows, size, (crossed, both, starts, ends))


def _at(x: float, points: int) -> int:
    return min(points, max(0, round(x)))


def _strips(rows: Sequence[Row], size: float, counts: tuple[list[int], ...]) -> Gutters:
    need, limit = max(3.0, _SUPPORT * len(rows)), _CROSSED * len(rows)
    left, right = min(row.x0 for row in rows), max(row.x1 for row in rows)
    crossed, both, starts, ends = counts
    blocked = gapped = ended = 0
    ahead = len(rows)
    found: list[list[int]] = []
    crossing: list[int] = []
    for x in range(len(crossed)):
        blocked += crossed[x]
        gapped += both[x]
        ahead -= starts[x]
        ended += ends[x]
        crossing.append(blocked)
        white = blocked <= limit and gapped + ahead >= need and gapped + ended >= need
        if white and left < x < right:
            if found and found[-1][1] == x - 1:
                found[-1][1] = x
            else:
                found.append([x, x])
    wide = [_core(a, b, crossing) for a, b in found if b - a >= _NARROW * size]
    kept: list[Gutter] = []
    for gutter in wide:
        start = kept[-1].right if kept else left
        if gutter.left - start >= _COLUMN * size and right - gutter.right >= _COLUMN * size:
            kept.append(gutter)
    return tuple(kept)


def _core(start: int, end: int, crossing: Sequence[int]) -> Gutter:
    """Narrow a strip to its widest part that the fewest lines reach into."""
    for most in range(max(crossing[start : end + 1]) + 1):
        runs: list[list[int]] = []
        for x in range(start, end + 1):
            if crossing[x] <= most:
                if runs and runs[-1][1] == x - 1:
                    runs[-1][1] = x
                else:
                    runs.append([x, x])
        a, b = max(runs, key=lambda run: run[1] - run[0], default=(0, 0))
        if b - a >= _CORE:
            return Gutter(a, b)
    return Gutter(start, end)


def _spans(row: Row, merge: float) -> list[tuple[float, float]]:
    spans = [(row.edges[0], row.edges[1])]
    for index in range(2, len(row.edges), 2):
        x0, x1 = row.edges[index], row.edges[index + 1]
        if x0 - spans[-1][1] < merge:
            spans[-1] = (spans[-1][0], x1)
        else:
            spans.append((x0, x1))
    return spans


def _common(
    pages: Sequence[Numbered], own: Sequence[Gutters]
) -> dict[tuple[int, float], list[Gutters]]:
    """The most common gutters of left-hand and of right-hand pages of each width."""
    counts: dict[tuple[int, float], Counter[tuple[int, ...]]] = defaultdict(Counter)
    kept: dict[tuple[int, float, tuple[int, ...]], Gutters] = {}
    for page, gutters in zip(pages, own, strict=True):
        if gutters:
            side = (page.sheet.number % 2, page.sheet.width)
            key = tuple(round(g.middle / _SAME) for g in gutters)
            counts[side][key] += 1
            kept.setdefault((*side, key), gutters)
    return {
        side: [kept[(*side, key)] for key, _count in found.most_common(3)]
        for side, found in counts.items()
    }


def _likely(page: Numbered, common: Mapping[tuple[int, float], list[Gutters]]) -> list[Gutters]:
    """The gutters of other pages, those of the same side first, then by how common they are."""
    side, width = page.sheet.number % 2, page.sheet.width
    return [*common.get((side, width), ()), *common.get((1 - side, width), ())]


def _completed(parted: Gutters, likely: Sequence[Gutters], rows: Sequence[Row]) -> Gutters:
    """Prefer the gutters of other pages where they fit as well: white may also be chance."""
    for other in likely:
        crossed = sum(1 for row in rows for gutter in other if _crosses(row, gutter))
        if len(other) >= len(parted) and crossed <= _CROSSED * len(rows):
            return other
    return parted


def _windowed(rows: Sequence[Row], width: float, size: float) -> list[Gutters]:
    """Look for gutters in the upper, the middle and the lower half of a page."""
    count = len(rows)
    if count < 2 * _FEW:
        return []
    halves = (rows[: count // 2], rows[count // 2 :], rows[count // 4 : 3 * count // 4])
    return [gutters for half in halves if (gutters := _gutters(half, width, size))]


def _crosses(row: Row, gutter: Gutter) -> bool:
    return any(
        row.edges[i] < gutter.middle < row.edges[i + 1] for i in range(0, len(row.edges), 2)
    ) or (row.x0 < gutter.left and row.x1 > gutter.right and not _open(row, gutter))


def _open(row: Row, gutter: Gutter) -> bool:
    """Tell whether the words of a row leave (most of) the gutter white."""
    white = min(_WHITE * (gutter.right - gutter.left), _ENOUGH)
    return any(
        row.edges[i] <= gutter.middle <= row.edges[i + 1]
        and row.edges[i + 1] - row.edges[i] >= white
        for i in range(1, len(row.edges) - 1, 2)
    )


def _fits(rows: Sequence[Row], gutters: Gutters, body: Type) -> bool:
    """Tell whether a page can be set with these gutters: its lines keep to the columns."""
    if not rows:
        return True
    crossing = sum(1 for row in rows if any(_crosses(row, g) for g in gutters))
    parted = sum(1 for row in rows if any(_open(row, g) for g in gutters))
    return crossing * 3 <= len(rows) or parted >= max(3, len(rows) // 4)


def cut_at(row: Row, gutters: Gutters) -> list[tuple[Row, int, int]]:
    """Cut a row at the gutters; return each part with its first and its last column."""
    cuts = [0]
    for gutter in gutters:
        words = len(row.words)
        place = next((i for i in range(words) if row.edges[2 * i] >= gutter.middle), words)
        if 0 < place < words and not _crosses(row, gutter):
            cuts.append(place)
    cuts.append(len(row.words))
    parts = [row.part(a, b) for a, b in pairwise(cuts) if b > a]
    return [(part, _column(part.x0, gutters), _last(part, gutters)) for part in parts]


def _column(x: float, gutters: Gutters) -> int:
    return sum(1 for gutter in gutters if x >= gutter.middle)


def _last(part: Row, gutters: Gutters) -> int:
    return sum(1 for gutter in gutters if part.x1 > gutter.right - 1)
