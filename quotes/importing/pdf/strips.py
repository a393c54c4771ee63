"""The lines of a page as they stand in its columns, each with its place, type and box."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from quotes.importing.lines import Box
from quotes.importing.pdf.gutters import Parting, cut_at
from quotes.importing.pdf.measures import Type, mode
from quotes.importing.pdf.running import Numbered
from quotes.importing.pdf.sheets import Row, Shape, Sheet, Style

_PAPER = 0.97
_LARGEST_BOX, _LEAST_WIDTH, _LEAST_HEIGHT = 0.5, 5.0, 1.3
_ASCENT, _DESCENT = 0.75, 0.25
_SMALL = 0.88
_FLUSH, _JUSTIFIED = 1.0, 0.5
_ENOUGH = 6


@dataclass(slots=True, eq=False)
class Strip:
    """A line of one column; `last` is another column when it runs over more than one.

    `first` is the width of its first word, `left` and `right` are the edges of its column, `box`
    is the index of the tinted or framed area that it stands in.
    """

    sheet: int
    page: int | None
    line: int
    base: float
    x0: float
    x1: float
    size: float
    style: Style
    text: str
    first: float
    column: int
    last: int
    box: int | None
    body: bool
    left: float = 0.0
    right: float = 0.0
    justified: bool = False

    @property
    def top(self) -> float:
        """The upper edge of its letters."""
        return self.base - _ASCENT * self.size

    @property
    def room(self) -> float:
        """The white between its end and the edge of its column."""
        return self.right - self.x1

    def small(self, body: Type) -> bool:
        """Tell whether it is a note: type smaller than that of the text."""
        return self.size < _SMALL * body.size


@dataclass(slots=True)
class Face:
    """A page with the strips of its columns; `certainty` is that of the columns."""

    sheet: int
    page: int | None
    width: float
    height: float
    columns: int
    certainty: float
    strips: list[Strip]
    boxes: list[Shape] = field(default_factory=list)
    pictures: list[Shape] = field(default_factory=list)


def box_of(strip: Strip, face: Face) -> Box:
    """Return the place of a strip as shares of its page."""
    bottom = strip.base + _DESCENT * strip.size
    return Box(
        strip.sheet,
        round(max(0.0, strip.x0 / face.width), 4),
        round(max(0.0, strip.top / face.height), 4),
        round(min(1.0, strip.x1 / face.width), 4),
        round(min(1.0, bottom / face.height), 4),
    )


def faces_of(
    pages: Sequence[Numbered], partings: Sequence[Parting], body: Type, line: int = 0
) -> list[Face]:
    """Cut the rows of every page into strips and give each the edges of its column."""
    faces = []
    for page, parting in zip(pages, partings, strict=True):
        boxes = _boxes(page.sheet, body.size)
        strips: list[Strip] = []
        for row in page.rows:
            line += 1
            for part, box in _cut_at_boxes(row, boxes):
                for piece, first, last in cut_at(part, parting.gutters):
                    strips.append(_strip(piece, page, line, body, (first, last), box))
        faces.append(
            Face(
                page.sheet.number,
                page.number,
                page.sheet.width,
                page.sheet.height,
                len(parting.gutters) + 1,
                parting.certainty,
                [strip for strip in strips if any(c.isalnum() for c in strip.text)],
                boxes,
                [shape for shape in page.sheet.shapes if shape.kind == "picture"],
            )
        )
    _give_edges(faces, partings)
    return faces


def _strip(
    row: Row,
    page: Numbered,
    line: int,
    body: Type,
    columns: tuple[int, int],
    box: int | None,
) -> Strip:
    size, style = row.main()
    return Strip(
        page.sheet.number,
        page.number,
        line,
        row.base,
        row.x0,
        row.x1,
        size,
        style,
        row.text,
        row.edges[1] - row.edges[0],
        columns[0],
        columns[1],
        box,
        body.is_body(size, style),
    )


def _boxes(sheet: Sheet, size: float) -> list[Shape]:
    """The tinted and framed areas that can hold some lines; not a page's ground."""
    area = sheet.width * sheet.height
    return [
        shape
        for shape in sheet.shapes
        if shape.kind != "picture"
        and shape.x1 - shape.x0 >= _LEAST_WIDTH * size
        and shape.bottom - shape.top >= _LEAST_HEIGHT * size
        and (shape.x1 - shape.x0) * (shape.bottom - shape.top) <= _LARGEST_BOX * area
        and (shape.kind == "stroke" or min(shape.colour or (1.0,)) < _PAPER)
    ]


def _cut_at_boxes(row: Row, boxes: Sequence[Shape]) -> list[tuple[Row, int | None]]:
    """Cut a row where it enters or leaves a box."""
    if not boxes:
        return [(row, None)]
    middle = row.base - row.sizes[0] / 4
    near = [(i, box) for i, box in enumerate(boxes) if box.top < middle < box.bottom]
    if not near:
        return [(row, None)]
    holders = []
    for word in range(len(row.words)):
        x = (row.edges[2 * word] + row.edges[2 * word + 1]) / 2
        inside = [(box.x1 - box.x0, i) for i, box in near if box.x0 < x < box.x1]
        holders.append(min(inside)[1] if inside else None)
    parts, start = [], 0
    for word in range(1, len(holders) + 1):
        if word == len(holders) or holders[word] != holders[start]:
            parts.append((row.part(start, word), holders[start]))
            start = word
    return parts


def _give_edges(faces: Sequence[Face], partings: Sequence[Parting]) -> None:
    """Find the edges of each column: from the page where it holds enough, else from its like."""
    groups: dict[tuple[object, ...], list[Strip]] = defaultdict(list)
    keys = []
    for face, parting in zip(faces, partings, strict=True):
        key = (face.sheet % 2, *(round(g.middle / 6) for g in parting.gutters))
        keys.append(key)
        for strip in _plain(face.strips):
            groups[(*key, "column", strip.column)].append(strip)
    known = {key: _edges(strips) for key, strips in groups.items()}
    for face, key in zip(faces, keys, strict=True):
        for column in range(face.columns):
            own = [s for s in face.strips if s.column == column]
            edges = known.get((*key, "column", column)) or (
                _edges(own) if own else (0.0, 0.0, False)
            )
            for strip in own:
                strip.left, strip.right, strip.justified = edges
                if strip.last > column:
                    strip.right = max(strip.right, strip.x1)


def _plain(strips: Iterable[Strip]) -> list[Strip]:
    return [s for s in strips if s.body and s.box is None and s.column == s.last]


def _edges(strips: Sequence[Strip]) -> tuple[float, float, bool]:
    """Return the left edge, the right edge and whether lines are set out to it."""
    if not strips:
        return 0.0, 0.0, False
    left = mode((s.x0 for s in strips), 1.0, strips[0].x0)
    flush = min(
        (x for x in {round(s.x0) for s in strips} if _often(x, strips) and x <= left),
        default=left,
    )
    common = mode((s.x1 for s in strips), 1.0, strips[0].x1)
    at_edge = sum(1 for s in strips if abs(s.x1 - common) <= _FLUSH)
    far = max(s.x1 for s in strips)
    justified = len(strips) >= _ENOUGH and at_edge >= _JUSTIFIED * len(strips) and far < common + 12
    return float(flush), common if justified else far, justified


def _often(x: float, strips: Sequence[Strip]) -> bool:
    return sum(1 for s in strips if abs(s.x0 - x) <= _FLUSH) * 12 >= len(strips)
