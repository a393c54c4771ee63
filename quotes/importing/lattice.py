"""The best way through the hypotheses of a page, and how much better it is than any other."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from quotes.importing.pieces import Piece
from quotes.importing.search import BEAM, Arc, Node

FAR = 15.0  # points: no alternative was kept


class Taken(NamedTuple):
    """A text that a line gives to a column, as the start of a paragraph or as its next line."""

    text: str
    kind: str
    opens: bool


@dataclass(slots=True)
class Rivals:
    """What else a line could have been: the best score of a whole page for each set of takings."""

    sets: dict[frozenset[Taken], float] = field(default_factory=dict)
    # The best page in which a piece (row, text) of an earlier line goes on in this one.
    goes_on: dict[tuple[int, str], float] = field(default_factory=dict)
    # Points behind the best down to here from which hypotheses were given up unseen.
    seen: float = FAR

    def without(self, taken: Taken) -> float:
        """The best page in which this line does not do this; minus infinity if there is none."""
        others = (score for deeds, score in self.sets.items() if taken not in deeds)
        return max(others, default=-math.inf)


class Found(NamedTuple):
    """A paragraph of a column: its pieces, the empty rows above, and its margin in points."""

    pieces: tuple[Piece, ...]
    gap: int
    margin: float


def best_way(
    layers: Sequence[Sequence[Node]], finish: Callable[[Node], float]
) -> tuple[list[Arc], list[Rivals], float]:
    """Return the best arcs from the first line to the last, their rivals by line, and the score."""
    for node in layers[-1]:
        node.through = node.score + finish(node)
    end = max(layers[-1], key=lambda node: node.through)
    rivals = [_look_back(layer) for layer in reversed(layers[1:])]
    way: list[Arc] = []
    node = end
    while node.arcs:
        arc = max(node.arcs, key=lambda one: one.score)
        way.append(arc)
        node = arc.before
    way.reverse()
    rivals.reverse()
    return way, rivals, end.through


def _look_back(layer: Sequence[Node]) -> Rivals:
    """Note what a line did on each way, and pass the score of the whole page to the line above."""
    found = Rivals()
    if len(layer) >= BEAM:
        scores = [node.score for node in layer]
        found.seen = max(scores) - min(scores)
    for node in layer:
        rest = node.through - node.score
        if rest == -math.inf:
            continue
        for arc in node.arcs:
            whole = arc.score + rest
            before = arc.before
            before.through = max(before.through, whole)
            deeds = frozenset(taken for taken, _last in _takings(arc))
            if whole > found.sets.get(deeds, -math.inf):
                found.sets[deeds] = whole
            for taken, last in _takings(arc):
                if not taken.opens and last is not None:
                    key = last.row, last.text
                    found.goes_on[key] = max(whole, found.goes_on.get(key, -math.inf))
    return found


def _takings(arc: Arc) -> Iterator[tuple[Taken, Piece | None]]:
    """What the arc's line gives to each column, with the piece that stood last there."""
    left, right = arc.option.left, arc.option.right
    if left is not None:
        yield Taken(left.text, left.kind, arc.left_opens), arc.before.left.last
    if right is not None:
        yield Taken(right.text, right.kind, arc.right_opens), arc.before.right.last


def paragraphs(
    way: Sequence[Arc], rivals: Sequence[Rivals], best: float
) -> tuple[list[Found], list[Found]]:
    """Collect the paragraphs of the left and of the right column."""
    return _column(way, rivals, best, 0), _column(way, rivals, best, 1)


def _column(way: Sequence[Arc], rivals: Sequence[Rivals], best: float, column: int) -> list[Found]:
    found: list[Found] = []
    for arc, seen in zip(way, rivals, strict=True):
        piece = (arc.option.left, arc.option.right)[column]
        if piece is None:
            continue
        opens = (arc.left_opens, arc.right_opens)[column]
        margin = min(seen.seen, best - seen.without(Taken(piece.text, piece.kind, opens)))
        if opens or not found:
            side = (arc.before.left, arc.before.right)[column]
            found.append(Found((piece,), side.gap + arc.hidden, margin))
        else:
            last = found[-1]
            found[-1] = Found((*last.pieces, piece), last.gap, min(margin, last.margin))
    return [_with_its_end(one, rivals, best) for one in found]


def _with_its_end(found: Found, rivals: Sequence[Rivals], best: float) -> Found:
    """Lower the margin to that of the page in which the paragraph goes on behind its last line."""
    last = found.pieces[-1]
    key = last.row, last.text
    on = max(
        (seen.goes_on.get(key, -math.inf) for seen in rivals[last.row + 1 : last.row + 5]),
        default=-math.inf,
    )
    return found._replace(margin=max(0.0, min(FAR, found.margin, best - on)))
