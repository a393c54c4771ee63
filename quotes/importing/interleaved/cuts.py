"""Every way to read a line: as one of the left column, as one of the right, or cut in two."""

from __future__ import annotations

from typing import NamedTuple

from quotes.importing.interleaved import scoring
from quotes.importing.interleaved.ruler import Ruler
from quotes.importing.interleaved.weights import Measures
from quotes.importing.pieces import BODY, HEAD, HEADING, PULL, Piece

# Ways to cut a line that are so much worse than its best one are not tried.
FAR_OFF = 8.0


class Option(NamedTuple):
    """One way to read a line: what it gives to the left column and what to the right."""

    left: Piece | None
    right: Piece | None
    cost: float
    # A box has a line height of its own: a row of it alone does not count for the other column.
    off_grid: bool
    headed: bool = False


def cuts(raw: str, row: int, measures: Measures, headed: bool) -> list[Option]:
    """Return every way to read a line: as left, as right, or cut in two at a blank.

    `headed` tells that a heading stands so near above that the line may be the rest of it.
    """
    text, ruler = raw.strip(), measures.ruler
    # Where a file keeps no blanks at line ends, their absence says nothing about a broken word.
    glue = not raw.endswith(" ") if measures.blanks_tell else None
    soft = raw.endswith("  ")
    found: list[Option] = []
    for kind in _kinds(text, measures, headed):
        piece = make_piece(text, row, kind, glue, soft, ruler)
        cost, alone = scoring.shape(piece, measures), kind == PULL
        found.append(Option(piece, None, cost, alone, kind == HEAD))
        if not measures.single:
            found.append(Option(None, piece, cost, alone, kind == HEAD))
    if measures.single:
        return found
    for place, char in enumerate(text):
        head, tail = text[:place].rstrip(), text[place + 1 :]
        if char != " " or tail.startswith(" "):
            continue
        if max(ruler.length(head), ruler.length(tail)) > ruler.width + 4:
            continue
        found += _cut(head, tail, row, measures, headed, glue, soft, text[:place] != head)
    best = max(option.cost for option in found)
    return [option for option in found if option.cost > best - FAR_OFF]


def _cut(
    head: str,
    tail: str,
    row: int,
    measures: Measures,
    headed: bool,
    glue: bool | None,
    soft: bool,
    wide: bool,
) -> list[Option]:
    found = []
    for left_kind in _kinds(head, measures, headed, cut=True):
        left = make_piece(head, row, left_kind, None, wide, measures.ruler)
        for right_kind in _kinds(tail, measures, headed, cut=True):
            right = make_piece(tail, row, right_kind, glue, soft, measures.ruler)
            cost = scoring.cutting(left, right, measures)
            cost += scoring.shape(left, measures) + scoring.shape(right, measures)
            found.append(Option(left, right, cost, False, HEAD in (left_kind, right_kind)))
    return found


def _kinds(text: str, measures: Measures, headed: bool, cut: bool = False) -> list[str]:
    kinds = [BODY]
    if HEADING.match(text) or headed:
        kinds.append(HEAD)
    if measures.ruler.length(text) <= measures.ruler.width * 0.85 and not cut:
        kinds.append(PULL)
    return kinds


def make_piece(
    text: str, row: int, kind: str, glue: bool | None, soft: bool, ruler: Ruler
) -> Piece:
    """Build a piece with its measures taken."""
    word = ruler.length(text.split(" ", 1)[0])
    return Piece(text, row, kind, glue, soft, ruler.length(text), word)
