"""Headings over all columns, also where their words are too short to reach the second one.

Such a heading stands free: nothing beside it, and below it the columns begin at one height. One
alone may be chance; it is believed where most headings of the book stand so.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from quotes.importing.pdf.display import HEADING, TITLE, Block
from quotes.importing.pdf.strips import Face, Strip

BESIDE, LEVEL, UNEVEN, OPEN = "beside", "level", "uneven", "open"
_LEVEL = 4.0
_FEW, _MOST = 3, 0.6


def widen(faces: Sequence[Face], blocks: Sequence[Sequence[Block]]) -> None:
    """Let the headings that stand over all columns reach over them."""
    free: list[tuple[Face, Block]] = []
    against = level = 0
    for face, held in zip(faces, blocks, strict=True):
        for block in _narrow(face, held):
            if block.strips[0].box is not None:
                _to_box(face, block)
                level += block.strips[0].last > block.strips[0].column
        over: set[int] = set()
        for block in sorted(_narrow(face, held), key=lambda b: -b.strips[0].base):
            stands = _stands_free(face, block, over)
            if stands != BESIDE:
                free.append((face, block))
            if stands == LEVEL:
                over.update(id(strip) for strip in block.strips)
            level += stands == LEVEL
            against += stands in {BESIDE, UNEVEN}
    if level >= _FEW and level >= _MOST * (level + against):
        for face, block in free:
            for strip in block.strips:
                strip.column, strip.last = 0, face.columns - 1


def _narrow(face: Face, blocks: Iterable[Block]) -> Iterable[Block]:
    """The headings that seem to keep to one column."""
    return (
        block
        for block in blocks
        if face.columns > 1
        and block.kind in {HEADING, TITLE}
        and all(strip.column == strip.last for strip in block.strips)
    )


def _to_box(face: Face, block: Block) -> None:
    """A heading reaches as far as the tinted bar behind it."""
    box = face.boxes[block.strips[0].box or 0]
    reached = [s.column for s in face.strips if box.x0 - 5 <= s.left <= box.x1 - 5 * s.size]
    for strip in block.strips:
        strip.column = min([strip.column, *reached])
        strip.last = max([strip.last, *reached])


def _stands_free(face: Face, block: Block, over: set[int]) -> str:
    """Tell whether something stands beside a heading, and whether all begins level below it.

    `over` are the lines of headings that stand over all columns themselves.
    """
    column = block.strips[0].column
    top, foot = block.strips[0].top, block.strips[-1].base
    others = [s for s in face.strips if s.column != column]
    if any(top - _LEVEL < s.base and s.top < foot + _LEVEL for s in others):
        return BESIDE
    own = _first_below(foot, (s for s in face.strips if s.column == column))
    below = _first_below(foot, others)
    if own is None or below is None:
        return OPEN
    if (own.last > own.column or id(own) in over) and below.base >= own.base:
        return LEVEL
    return LEVEL if abs(_top(own, face) - _top(below, face)) <= _LEVEL else UNEVEN


def _top(strip: Strip, face: Face) -> float:
    return strip.top if strip.box is None else face.boxes[strip.box].top


def _first_below(foot: float, strips: Iterable[Strip]) -> Strip | None:
    return min((s for s in strips if s.base > foot + 1), key=lambda s: s.base, default=None)
