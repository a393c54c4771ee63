"""The beam search behind `columns`: every way to cut a line, and the hypotheses that survive.

A page is a grid of rows. A line of text fills one row, in one column or in both; between two
lines there may be rows that are empty in both columns and so have left no trace. A paragraph's
lines follow one another row by row, so a column that lets a row pass has ended its paragraph.
The kept hypotheses form a lattice: `certainty` compares the best way through it with others.
"""

from __future__ import annotations

import heapq
from dataclasses import dataclass, field
from typing import NamedTuple

from quotes.importing.interleaved import scoring
from quotes.importing.interleaved.cuts import Option
from quotes.importing.interleaved.weights import Measures
from quotes.importing.pieces import PULL, Piece
from quotes.importing.text import is_terminal, starts_low

BEAM = 14
# Alternatives so much worse than the best way into the same state are forgotten.
KEPT = 9.0
# Hypotheses so much worse than the best are given up.
HOPELESS = 9.5
HIDDEN_ROWS = 3
LONGEST_GAP = 14
DISORDER_COST = 6.0
# Two columns cannot be set off against each other and share a row, within two paragraphs.
TORN_GRID_COST = 4.0


class Side(NamedTuple):
    """Where one column stands: its last piece, empty rows since, whether its paragraph is open.

    `first` tells whether the last piece is the first line of its paragraph.
    """

    last: Piece | None = None
    gap: int = 0
    open: bool = False
    first: bool = True


class Way(NamedTuple):
    """One way for a column to take its part of a row."""

    score: float
    side: Side
    opens: bool
    # The line before stands two rows above: the columns are set off against each other.
    slid: bool = False


# The last section number of the left column, the first and the last of the right one.
Number = tuple[int, int] | None
Heads = tuple[Number, Number, Number]


class Arc(NamedTuple):
    """A step from one hypothesis to the next, by one line."""

    before: Node
    score: float
    option: Option
    left_opens: bool
    right_opens: bool
    hidden: int


@dataclass(slots=True, eq=False)
class Node:
    """A hypothesis about the page down to some line; `arcs` are the ways that lead to it."""

    score: float
    left: Side
    right: Side
    top: Piece | None = None
    heads: Heads = (None, None, None)
    arcs: list[Arc] = field(default_factory=list)
    # The best score of a whole page that goes through this node.
    through: float = float("-inf")


class _Group(NamedTuple):
    """Options that either all are on the grid of rows or all are not."""

    options: list[Option]
    off_grid: bool


def _by_grid(options: list[Option]) -> list[_Group]:
    on = [option for option in options if not option.off_grid]
    off = [option for option in options if option.off_grid]
    return [_Group(group, group is off) for group in (on, off) if group]


class _Layer:
    """The hypotheses that end in the same line, while they are being made."""

    def __init__(self) -> None:
        self._found: dict[tuple[int, int], Node] = {}
        self._top = float("-inf")

    def grow(
        self,
        node: Node,
        group: _Group,
        hidden: int,
        lefts: list[list[Way]],
        rights: list[list[Way]],
    ) -> None:
        """Add every way in which a hypothesis can take the line."""
        for option, l_ways, r_ways in zip(group.options, lefts, rights, strict=True):
            base, heads = node.score + option.cost, node.heads
            if option.headed:
                heads, disorder = _order(node.heads, option.left, option.right)
                base -= disorder
            shared = option.left is not None and option.right is not None
            for left in l_ways:
                for right in r_ways:
                    total = base + left.score + right.score
                    if shared and left.slid != right.slid and not (left.opens or right.opens):
                        total -= TORN_GRID_COST
                    if total >= self._top - HOPELESS:
                        self._keep(
                            Arc(node, total, option, left.opens, right.opens, hidden),
                            left.side,
                            right.side,
                            heads,
                        )

    def _keep(self, arc: Arc, left: Side, right: Side, heads: Heads) -> None:
        self._top = max(self._top, arc.score)
        state = id(left), id(right)
        known = self._found.get(state)
        if known is None:
            top = arc.before.top or arc.option.right
            self._found[state] = Node(arc.score, left, right, top, heads, [arc])
        elif arc.score > known.score - KEPT:
            known.arcs.append(arc)
            if arc.score > known.score:
                known.score, known.heads = arc.score, heads
                known.top = arc.before.top or arc.option.right

    def best(self) -> list[Node]:
        """The best hypotheses, with the ways that lead to each as far as they matter."""
        kept = heapq.nlargest(BEAM, self._found.values(), key=lambda one: one.score)
        kept = [one for one in kept if one.score > self._top - HOPELESS]
        for one in kept:
            one.arcs = [arc for arc in one.arcs if arc.score > one.score - KEPT]
        return kept


class Search:
    """The beam search over one page; remembers what it has scored."""

    def __init__(self, measures: Measures) -> None:
        self.measures = measures
        self._closings: dict[Piece, float] = {}
        self._openings: dict[Piece, float] = {}
        self._sides: dict[tuple[Piece | None, int, bool, bool], Side] = {}

    def top(self) -> Node:
        """The one hypothesis above the first line."""
        side = self._side(None, 0, False)
        return Node(0.0, side, side)

    def advance(self, beam: list[Node], options: list[Option]) -> list[Node]:
        """Grow every hypothesis by one line and keep the best, one for each state."""
        grown = _Layer()
        lefts: dict[tuple[int, int, bool], list[list[Way]]] = {}
        rights: dict[tuple[int, int, bool], list[list[Way]]] = {}
        for node in beam:
            begun = node.left.last is not None or node.right.last is not None
            for hidden in range(HIDDEN_ROWS + 1 if begun else 1):
                for group in _by_grid(options):
                    left = self._table(lefts, node.left, hidden, group, 0)
                    right = self._table(rights, node.right, hidden, group, 1)
                    grown.grow(node, group, hidden, left, right)
        return grown.best()

    def _table(
        self,
        known: dict[tuple[int, int, bool], list[list[Way]]],
        side: Side,
        hidden: int,
        group: _Group,
        column: int,
    ) -> list[list[Way]]:
        """The ways of one side to take each option of a group; computed once a line."""
        key = id(side), hidden, group.off_grid
        found = known.get(key)
        if found is None:
            by_piece: dict[Piece | None, list[Way]] = {}
            for option in group.options:
                piece = option.right if column else option.left
                if piece not in by_piece:
                    by_piece[piece] = (
                        self._skip(side, hidden, group.off_grid)
                        if piece is None
                        else self._place(side, piece, hidden)
                    )
            found = known[key] = [
                by_piece[option.right if column else option.left] for option in group.options
            ]
        return found

    def _side(self, last: Piece | None, gap: int, is_open: bool, first: bool = True) -> Side:
        """One object for each state of a column, so that states compare by identity."""
        key = last, min(gap, LONGEST_GAP), is_open, first
        known = self._sides.get(key)
        if known is None:
            known = self._sides[key] = Side(*key)
        return known

    def _close(self, piece: Piece | None) -> float:
        if piece is None:
            return 0.0
        known = self._closings.get(piece)
        if known is None:
            known = self._closings[piece] = scoring.close(piece, self.measures)
        return known

    def _place(self, side: Side, piece: Piece, hidden: int) -> list[Way]:
        """Take the piece as the start of a paragraph and, if one is open, as its next line."""
        measures = self.measures
        score = self._openings.get(piece)
        if score is None:
            score = self._openings[piece] = scoring.opening(piece, measures)
        score += scoring.spacing(piece, side.gap + hidden, side.last, measures)
        if side.open:
            score += self._close(side.last)
        after = self._side(piece, 0, True)
        ways = [Way(score, after, True)]
        if side.open and side.last is not None and not hidden:
            joined = scoring.proceed(side.last, piece, side.first, measures)
            ways.append(Way(joined, self._side(piece, 0, True, False), False, side.gap > 0))
        return ways

    def _skip(self, side: Side, hidden: int, off_grid: bool) -> list[Way]:
        """Let a row pass that belongs to the other column."""
        weights = self.measures.weights
        gap = side.gap + hidden + 1
        if side.last is None:
            return [Way(0.0, self._side(None, gap, False), False)]
        closing = self._close(side.last) if side.open else 0.0
        ways = [Way(closing, self._side(side.last, gap, False), False)]
        if not side.open or hidden:
            return ways
        if side.last.kind == PULL:
            if side.gap < 2:
                after = self._side(side.last, side.gap + 1, True, side.first)
                ways.append(Way(-weights.slip, after, False))
        elif off_grid:
            ways.append(Way(-weights.slip, side, False))
        elif not side.gap:
            cost = weights.slip + weights.off_grid * self.measures.grid
            ways.append(Way(-cost, self._side(side.last, 1, True, side.first), False))
        return ways

    def finish(self, node: Node) -> float:
        """Score the end of the page; the left column may run on into the right."""
        score, foot = 0.0, node.left.last
        measures = self.measures
        if node.left.open and foot is not None:
            runs_on = -9.0
            if node.top is not None and not is_terminal(foot.text) and starts_low(node.top.text):
                runs_on = scoring.proceed(foot, node.top, node.left.first, measures)
            score += max(-2.0, runs_on, scoring.close(foot, measures))
        if node.right.open:
            score += max(-2.0, scoring.close(node.right.last, measures))
        if node.top is not None:
            score -= measures.weights.second_column
        return score


def _order(heads: Heads, left: Piece | None, right: Piece | None) -> tuple[Heads, float]:
    """Note the headings of a line; section numbers must rise, the left column before the right."""
    last_left, first_right, last_right = heads
    cost = 0.0
    number = scoring.number_of(left)
    if number is not None:
        cost += DISORDER_COST * bool(
            (last_left and number <= last_left) or (first_right and number >= first_right)
        )
        last_left = number
    number = scoring.number_of(right)
    if number is not None:
        cost += DISORDER_COST * bool(
            (last_left and number <= last_left) or (last_right and number <= last_right)
        )
        first_right, last_right = first_right or number, number
    return (last_left, first_right, last_right), cost
