"""The best way through the hypotheses of a page, and how much better it is than any other."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence

from quotes.importing.scoring import Piece
from quotes.importing.search import Arc, Node

Found = tuple[tuple[Piece, ...], int, float]
_FAR = 15.0  # points: no alternative was kept
_SCALE = 1.6  # points that make a difference of e to 1 between right and wrong


def best_way(
    layers: Sequence[Sequence[Node]], finish: Callable[[Node], float]
) -> tuple[list[Arc], list[dict[tuple[int, object], float]]]:
    """Return the best arcs from the first line to the last, and per line what else was possible.

    For each line and column the best score of a whole page is given by what the page then does
    there: `(column, (start and length of its text, opens))`.
    """
    for node in layers[-1]:
        node.through = node.score + finish(node)
    best = max(layers[-1], key=lambda node: node.through)
    options: list[dict[tuple[int, object], float]] = []
    for layer in reversed(layers[1:]):
        seen: dict[tuple[int, object], float] = {}
        for node in layer:
            rest = node.through - node.score
            for arc in node.arcs:
                whole = arc.score + rest
                arc.before.through = max(arc.before.through, whole)
                for column, deed in enumerate(deeds(arc)):
                    key = column, deed
                    if whole > seen.get(key, -math.inf):
                        seen[key] = whole
        options.append(seen)
    options.reverse()
    way: list[Arc] = []
    node = best
    while node.arcs:
        arc = max(node.arcs, key=lambda one: one.score)
        way.append(arc)
        node = arc.before
    way.reverse()
    return way, options


def deeds(arc: Arc) -> tuple[object, object]:
    """What an arc does in either column: nothing (None), or take a text as start or as next."""
    option = arc.option
    left = None if option.left is None else (option.left.text, option.left.kind, arc.left_opens)
    right = (
        None if option.right is None else (option.right.text, option.right.kind, arc.right_opens)
    )
    return left, right


def paragraphs(
    way: Sequence[Arc], options: Sequence[dict[tuple[int, object], float]]
) -> tuple[list[Found], list[Found]]:
    """Collect the paragraphs of both columns: their pieces, empty rows above, and certainty."""
    return _column(way, options, 0), _column(way, options, 1)


def _column(
    way: Sequence[Arc], options: Sequence[dict[tuple[int, object], float]], column: int
) -> list[Found]:
    margins = [_margin(arc, seen, column) for arc, seen in zip(way, options, strict=True)]
    found: list[tuple[list[Piece], int, int, int]] = []  # pieces, gap, first row, last row
    for row, arc in enumerate(way):
        piece = (arc.option.left, arc.option.right)[column]
        if piece is None:
            continue
        if (arc.left_opens, arc.right_opens)[column] or not found:
            side = (arc.before.left, arc.before.right)[column]
            found.append(([piece], side.gap + arc.hidden, row, row))
        else:
            pieces, gap, first, _last = found[-1]
            found[-1] = ([*pieces, piece], gap, first, row)
    out: list[Found] = []
    for index, (pieces, gap, first, last) in enumerate(found):
        behind = found[index + 1][2] if index + 1 < len(found) else len(way) - 1
        margin = min(margins[first : last + 1])
        between = margins[last + 1 : behind + 1]
        out.append((tuple(pieces), gap, _sure(min([margin, *between]))))
    return out


def _margin(arc: Arc, seen: dict[tuple[int, object], float], column: int) -> float:
    """How many points the page loses at least when it does something else here."""
    mine = deeds(arc)[column]
    best = seen.get((column, mine), 0.0)
    others = [score for (side, deed), score in seen.items() if side == column and deed != mine]
    return min(_FAR, best - max(others)) if others else _FAR


def _sure(margin: float) -> float:
    return 1.0 / (1.0 + math.exp(-max(0.0, margin) / _SCALE))
