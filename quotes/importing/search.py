"""The beam search behind `columns`: every way to cut a line, and the hypotheses that survive."""

from __future__ import annotations

import heapq
from dataclasses import dataclass, replace
from itertools import product
from typing import NamedTuple

from quotes.importing import scoring
from quotes.importing.scoring import BODY, HEAD, HEADING, PULL, Measures, Piece, make_piece
from quotes.importing.text import is_terminal

BEAM = 60
SPLIT_COST = 0.6
# A line that fits into one column is seldom made of two.
NARROW_SPLIT_COST = 1.4
SLIP_COST = 0.15
# A highlighted box has a line height of its own: it seldom shares a height with other text.
BOX_SPLIT_COST = 3.0
# A page may have a left column only; a right one has to be worth it.
SECOND_COLUMN_COST = 3.0
DISORDER_COST = 6.0


class Side(NamedTuple):
    """Where one column stands: its last piece, rows since, and whether its paragraph is open."""

    last: Piece | None = None
    gap: int = 0
    open: bool = False


# The last section number of the left column, the first and the last of the right one.
Heads = tuple["Number", "Number", "Number"]
Number = tuple[int, int] | None


@dataclass(frozen=True, slots=True)
class Step:
    """A hypothesis about the page down to some line, linked to the one it grew from."""

    score: float
    left: Side
    right: Side
    before: Step | None
    opened: tuple[bool, bool] = (False, False)
    right_top: Piece | None = None
    heads: Heads = (None, None, None)


def cuts(
    raw: str, row: int, measures: Measures, headed: bool
) -> list[tuple[Piece | None, Piece | None]]:
    """Return every way to read a line: as left, as right, or cut in two at a blank.

    `headed` tells that a heading stands so near above that the line may be the rest of it.
    """
    text, ruler = raw.strip(), measures.ruler
    # Where a file keeps no blanks at line ends, their absence says nothing about a broken word.
    glue = not raw.endswith(" ") if measures.blanks_tell else None
    soft = raw.endswith("  ")
    found: list[tuple[Piece | None, Piece | None]] = []
    if measures.single:
        kinds = _kinds(text, measures, headed, row * 2 > measures.rows)
        return [(make_piece(text, row, kind, glue, soft, ruler), None) for kind in kinds]
    low = row * 2 > measures.rows
    for kind in _kinds(text, measures, headed, low):
        piece = make_piece(text, row, kind, glue, soft, ruler)
        found += [(piece, None), (None, piece)]
    for place, char in enumerate(text):
        head, tail = text[:place].rstrip(), text[place + 1 :]
        if char != " " or tail.startswith(" "):
            continue
        if max(ruler.length(head), ruler.length(tail)) > ruler.width + 6:
            continue
        wide = text[:place].endswith(" ") and not HEADING.match(text[: place + 2])
        lefts = [
            make_piece(head, row, kind, None, wide, ruler)
            for kind in _kinds(head, measures, headed, low)
        ]
        rights = [
            make_piece(tail, row, kind, glue, soft, ruler)
            for kind in _kinds(tail, measures, headed, low)
        ]
        found += product(lefts, rights)
    return found


def _kinds(text: str, measures: Measures, headed: bool, low: bool) -> list[str]:
    """Return what a piece can be: text, a heading or the rest of one, a line of a box."""
    length = measures.ruler.length(text)
    if HEADING.match(text):
        return [HEAD, BODY]
    kinds = [BODY]
    if headed and length < measures.ruler.width * 0.9:
        kinds.append(HEAD)
    if low and length <= measures.ruler.width * 0.85:
        kinds.append(PULL)
    return kinds


class Way(NamedTuple):
    """How a column takes a line: the score, where it stands then, whether a paragraph opens."""

    score: float
    side: Side
    opens: bool
    close_by: float = 0.0
    runs: bool = False


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


def _together(left: Way, right: Way) -> float:
    """Add up both columns: beside a running column one sees that there is no empty row."""
    score = left.score + right.score
    if right.runs:
        score += left.close_by
    if left.runs:
        score += right.close_by
    return score


class Search:
    """The beam search over one page; remembers what it has scored."""

    def __init__(self, measures: Measures) -> None:
        self.measures = measures
        self._placed: dict[tuple[Side, Piece], list[Way]] = {}
        self._shape: dict[Piece, float] = {}

    def advance(
        self, beam: list[Step], options: list[tuple[Piece | None, Piece | None]]
    ) -> list[Step]:
        """Grow every hypothesis by one line and keep the best, one for each state."""
        best: dict[tuple[Side, Side], Step] = {}
        costed = [(left, right, self._cost(left, right)) for left, right in options]
        for step in beam:
            for left, right, cost in costed:
                heads, disorder = _order(step.heads, left, right)
                score = step.score + cost - disorder
                top = step.right_top or right
                for l_way in self._ways(step.left, left, right):
                    for r_way in self._ways(step.right, right, left):
                        total = score + _together(l_way, r_way)
                        state = l_way.side, r_way.side
                        known = best.get(state)
                        if known is None or known.score < total:
                            opened = l_way.opens, r_way.opens
                            best[state] = Step(total, *state, step, opened, top, heads)
        return heapq.nlargest(BEAM, best.values(), key=lambda s: s.score)

    def finish(self, step: Step) -> Step:
        """Close both columns at the foot of the page; the left may run on into the right."""
        score, foot = step.score, step.left.last
        if step.left.open and foot is not None:
            runs_on = -9.0
            if step.right_top is not None and not is_terminal(foot.text):
                runs_on = scoring.proceed(foot, step.right_top, self.measures)
            score += max(-2.0, runs_on, scoring.close(foot, self.measures))
        if step.right.open:
            score += max(-2.0, scoring.close(step.right.last, self.measures))
        if step.right_top is not None:
            score -= SECOND_COLUMN_COST
        return replace(step, score=score)

    def _cost(self, left: Piece | None, right: Piece | None) -> float:
        cost = 0.0
        if left and right:
            narrow = left.length + right.length < self.measures.ruler.width
            cost = -NARROW_SPLIT_COST if narrow else -SPLIT_COST
        if left and right and PULL in (left.kind, right.kind):
            cost -= BOX_SPLIT_COST
        if left and right:
            cost += 1.5 if left.soft else -0.4 * self._torn(left.text, right.text)
        for piece in (left, right):
            if piece is not None:
                if piece not in self._shape:
                    self._shape[piece] = scoring.shape(piece, self.measures)
                cost += self._shape[piece]
        return cost

    def _torn(self, left: str, right: str) -> float:
        """Tell how much a cut tears apart: a pair of words, or a bracket and its content."""
        bracket = left.rfind("(") > left.rfind(")") and ")" in right.partition("(")[0]
        return max(0.0, self.measures.speech.joint(left, right)) + (3.0 if bracket else 0.0)

    def _ways(self, side: Side, piece: Piece | None, other: Piece | None) -> list[Way]:
        if piece is None:
            return [self._skip(side, other)]
        known = self._placed.get((side, piece))
        if known is None:
            known = self._placed[side, piece] = self._place(side, piece)
        return known

    def _place(self, side: Side, piece: Piece) -> list[Way]:
        """Take the piece as the start of a paragraph and, if one is open, as its next line."""
        fresh = scoring.start(piece, side.gap, side.last, self.measures)
        if side.open:
            fresh += scoring.close(side.last, self.measures)
        after = Side(piece, 0, True)
        close_by = scoring.closeness(side.last, piece, side.gap, self.measures)
        ways = [Way(fresh, after, True, close_by)]
        if side.open and side.last is not None:
            joined = scoring.proceed(side.last, piece, self.measures)
            ways.append(Way(joined, after, False, runs=piece.kind != PULL))
        return ways

    def _skip(self, side: Side, other: Piece | None) -> Way:
        """Pass a row that belongs to the other column; a highlighted box stands off the grid."""
        if side.last is None:
            return Way(0.0, side, False)
        off_grid = other is not None and other.kind == PULL
        if side.open and side.last.kind == PULL and side.gap < 2:
            cost = 2.0 if side.gap and off_grid else SLIP_COST
            return Way(-cost, Side(side.last, side.gap + 1, True), False)
        if side.open and off_grid:
            return Way(-SLIP_COST, side, False)
        score = scoring.close(side.last, self.measures) if side.open else 0.0
        return Way(score, Side(side.last, min(6, side.gap + 1), False), False)
