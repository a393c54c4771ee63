"""How well a piece of a line fits where a hypothesis puts it. Pure arithmetic, no search.

All scores are log-like points: 0 says nothing, +1 speaks for, -3 is hard to believe. Weights
were set by reading pages by hand; `tests/quotes` measures what they are worth.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from quotes.importing.ruler import Ruler
from quotes.importing.speech import Speech
from quotes.importing.text import BULLET, ends_in_hyphen, is_terminal, starts_low

HEADING = re.compile(r"(\d{1,2})\.(\d{1,2})\.?\s+(\S.*)$")
_TAIL = re.compile(r"[.?!] [^\s.?!]+(?: [^\s.?!]+)?$")
_INNER_HEADING = re.compile(r"\s\d{1,2}\.\d{1,2}\s+[A-Z]")
BODY, HEAD, PULL = "B", "H", "P"
# The first line of a quote is set in by so much, and estimates of length err by as much.
INDENT = 2.5


@dataclass(frozen=True, slots=True, eq=False)
class Piece:
    """A stretch of a text line that a hypothesis gives to one column; compared by identity.

    `glue` tells whether the source has no blank behind it (None: another piece follows);
    `soft` that it has two or more, which is how a forced line break comes out.
    """

    text: str
    row: int
    kind: str
    glue: bool | None
    soft: bool = False
    length: float = 0.0
    first_word: float = 0.0


@dataclass(frozen=True, slots=True)
class Measures:
    """What is known beforehand: the ruler of the file, and the section titles to expect."""

    ruler: Ruler
    rows: int
    blanks_tell: bool
    speech: Speech
    echoes: frozenset[int]
    titles: Mapping[str, str] = field(default_factory=dict)
    single: bool = False


def close(piece: Piece | None, measures: Measures) -> float:
    """Score the end of a paragraph after this piece."""
    if piece is None:
        return 0.0
    text = piece.text
    if piece.kind == HEAD:
        return _title_fit(text, measures)
    score = 1.0 if is_terminal(text) else -3.2
    if score < 0 and (text.endswith((":", ",")) or _TAIL.search(text)):
        score -= 1.0
    if ends_in_hyphen(text) and piece.glue is not False:
        score -= 2.5
    elif text.endswith(("”", "’", ")", BULLET)) and score < 0:
        score += 1.0
    if text.count("(") > text.count(")") and not is_terminal(text):
        score -= 1.0
    if measures.blanks_tell and piece.glue is not None:
        score += 1.2 if piece.glue and not ends_in_hyphen(text) else -0.5
    return score


def _title_fit(text: str, measures: Measures) -> float:
    found = HEADING.match(text)
    title = measures.titles.get(f"{found[1]}.{found[2]}") if found else None
    if title is None or found is None:
        return 0.0
    wanted, got = title.replace(" ", ""), found[3].replace(" ", "")
    return 3.0 if wanted == got else -2.0


def start(piece: Piece, gap: int, before: Piece | None, measures: Measures) -> float:
    """Score a new paragraph that begins with this piece, `gap` rows below the one before."""
    if piece.kind == HEAD:
        near = before is not None and before.kind != HEAD and gap == 0
        return (2.2 if near else 3.0) if HEADING.match(piece.text) else -9.0
    low = starts_low(piece.text)
    if before is None:
        score = -1.2 if low else 0.4
        score -= min(5.0, 0.5 * max(0, piece.row - 2))
    else:
        score = -3.5 if low else 0.5
        score += _gap_score(piece, gap, before, measures)
    if piece.text.startswith(BULLET):
        score -= 1.5
    score -= 0.8 * measures.speech.refers_back(piece.text)
    if piece.kind == PULL:
        score -= 2.2 if piece.row > measures.rows * 0.5 else 4.5
    elif before is not None and before.kind == PULL:
        score -= 3.0
    return score


def _gap_score(piece: Piece, gap: int, before: Piece, measures: Measures) -> float:
    if gap == 0:
        if piece.kind == PULL:
            return -1.2
        return 0.3 if measures.single else -0.4
    if gap <= 2:
        return 0.6
    return 0.4 - 0.4 * (gap - 2)


def closeness(before: Piece | None, piece: Piece, gap: int, measures: Measures) -> float:
    """Score that a paragraph follows the one before without white space, when that is certain.

    It is certain where the other column runs on beside it; where both columns begin anew, the
    empty row between has left no trace.
    """
    if before is None or gap or before.kind == HEAD or piece.kind == HEAD:
        return 0.0
    return -0.3 if _room(before, piece, measures) > INDENT else -1.6


def _room(before: Piece, piece: Piece, measures: Measures) -> float:
    """How much of the line was left over after the next word; negative if it did not fit."""
    return measures.ruler.width - (before.length + 0.5 + piece.first_word)


def proceed(before: Piece, piece: Piece, measures: Measures) -> float:
    """Score the piece as the next line of the same paragraph."""
    if before.kind != piece.kind:
        return -9.0
    if piece.kind == HEAD:
        return _proceed_heading(before, piece, measures)
    score = _grammar(before, piece, measures.speech) + measures.speech.joint(
        before.text, piece.text
    )
    if measures.blanks_tell and before.glue is not None:
        bound = ends_in_hyphen(before.text) or before.text.endswith(("/", ")"))
        score += -3.0 if before.glue and not bound else 0.3
    if piece.kind == PULL:
        return score + 0.3
    if piece.text.startswith(BULLET):
        listed = before.text.startswith(BULLET) or before.text.endswith((":", ";"))
        return score + (2.5 if listed else 0.5)
    return score + _fullness(before, piece, measures)


def _fullness(before: Piece, piece: Piece, measures: Measures) -> float:
    """Score a line that goes on by its length: the printer fills it before he breaks it."""
    room = _room(before, piece, measures)
    short = measures.ruler.width - before.length
    if room <= INDENT:
        score = 0.6 if short < 6 else 0.6 - 0.12 * (short - 6)
    else:
        score = -0.5 - 0.4 * (room - INDENT)
    return max(-5.0, score) * (0.4 if before.soft and score < 0 else 1.0)


def _grammar(before: Piece, piece: Piece, speech: Speech) -> float:
    low = starts_low(piece.text) or piece.text[:1].isdigit() or piece.text[:1] == "("
    if ends_in_hyphen(before.text):
        return (2.5 + speech.completes(before.text, piece.text)) if low else -1.5
    if is_terminal(before.text):
        if starts_low(piece.text) and not before.text.endswith(")"):
            return -2.5
        return -0.2 + 0.5 * speech.refers_back(piece.text)
    if low:
        return 1.5
    return 1.0 if before.text.endswith(("/", "(", "-")) else -0.7


def _proceed_heading(before: Piece, piece: Piece, measures: Measures) -> float:
    found = HEADING.match(before.text)
    title = measures.titles.get(f"{found[1]}.{found[2]}") if found else None
    if title is not None and found is not None:
        rest = title.replace(" ", "").removeprefix(found[3].replace(" ", ""))
        return 5.0 if rest and rest == piece.text.replace(" ", "") else -6.0
    if is_terminal(piece.text) or not starts_low(piece.text) or found is None:
        return -4.0
    return 1.5 if before.length > measures.ruler.width * 0.4 else -1.0


def number_of(piece: Piece | None) -> tuple[int, int] | None:
    """Return (4, 12) for a piece that opens with the heading 4.12, else None."""
    found = HEADING.match(piece.text) if piece is not None and piece.kind == HEAD else None
    return (int(found[1]), int(found[2])) if found else None


def shape(piece: Piece, measures: Measures) -> float:
    """Score the piece by itself: its length against the column, headings swallowed in it."""
    limit = measures.ruler.width * (0.82 if piece.kind == PULL else 1.0) + 1.5
    score = -0.8 * max(0.0, piece.length - limit)
    if _INNER_HEADING.search(piece.text):
        score -= 5.0
    if piece.kind == PULL and piece.row in measures.echoes:
        score += 2.0
    if piece.kind == BODY and HEADING.match(piece.text):
        score -= 4.0
    return score


def make_piece(
    text: str, row: int, kind: str, glue: bool | None, soft: bool, ruler: Ruler
) -> Piece:
    """Build a piece with its measures taken."""
    word = ruler.length(text.split(" ", 1)[0])
    return Piece(text, row, kind, glue, soft, ruler.length(text), word)
