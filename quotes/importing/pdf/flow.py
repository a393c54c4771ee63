"""The reading order of a page: its columns from top to bottom, in bands between full-width lines.

A heading over all columns closes the columns above it. A pull quote does not: the text reads on
underneath, so it stands in every column that it covers and only interrupts.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from quotes.importing.pdf.display import NOTE, PULL, Block
from quotes.importing.pdf.strips import Face, Strip

Item = Strip | Block


@dataclass(frozen=True, slots=True)
class Stream:
    """What one column of a band holds, from top to bottom."""

    column: int
    items: tuple[Item, ...]


def streams_of(face: Face, blocks: Sequence[Block]) -> list[Stream]:
    """Put the lines and blocks of a page in reading order."""
    taken = {id(strip) for block in blocks for strip in block.strips}
    items: list[Item] = [block for block in blocks if block.kind != "taken"]
    items += [strip for strip in face.strips if id(strip) not in taken]
    spanning = sorted((i for i in items if _parts(i)), key=_base)
    edges = [_base(item) for item in spanning]
    bands: list[list[Item]] = [[] for _edge in range(len(edges) + 1)]
    for item in items:
        if not _parts(item):
            bands[sum(1 for edge in edges if edge < _base(item))].append(item)
    streams: list[Stream] = []
    for place, band in enumerate(bands):
        if place:
            _add_spanning(streams, spanning[place - 1])
        for column in range(face.columns):
            held = [item for item in band if _first(item) <= column <= _last(item)]
            if held:
                streams.append(Stream(column, tuple(sorted(held, key=_base))))
    return streams


def _add_spanning(streams: list[Stream], item: Item) -> None:
    """Lines over all columns that follow each other are one stream."""
    if streams and streams[-1].items and _parts(streams[-1].items[-1]):
        streams[-1] = Stream(streams[-1].column, (*streams[-1].items, item))
    else:
        streams.append(Stream(_first(item), (item,)))


def _parts(item: Item) -> bool:
    """Tell whether an item parts the columns above it from those below."""
    interrupts = isinstance(item, Block) and item.kind in {PULL, NOTE}
    return _last(item) > _first(item) and not interrupts


def _head(item: Item) -> Strip:
    return item.strips[0] if isinstance(item, Block) else item


def _base(item: Item) -> float:
    return _head(item).base


def _first(item: Item) -> int:
    return _head(item).column


def _last(item: Item) -> int:
    return max(s.last for s in item.strips) if isinstance(item, Block) else item.last
