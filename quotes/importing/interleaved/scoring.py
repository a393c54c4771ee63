"""How well a piece of a line fits where a hypothesis puts it. Pure arithmetic, no search.

All scores are points like the logarithm of odds: 0 says nothing, +1 speaks for, -3 is hard to
believe. `weights` says what each signal is worth.
"""

from __future__ import annotations

import re
from itertools import pairwise

from quotes.importing.interleaved.weights import Measures
from quotes.importing.pieces import BODY, HEAD, HEADING, PULL, Piece
from quotes.importing.text import BULLETS, ends_in_hyphen, is_terminal, starts_low

_TAIL = re.compile(r"[.?!] [^\s.?!]+(?: [^\s.?!]+)?$")
_INNER_HEADING = re.compile(r"\s\d{1,2}\.\d{1,2}\s+[A-Z]")


def close(piece: Piece | None, measures: Measures) -> float:
    """Score the end of a paragraph after this piece."""
    if piece is None:
        return 0.0
    text, weights = piece.text, measures.weights
    if piece.kind == HEAD:
        return _title_fit(text, measures)
    score = weights.ends_well if is_terminal(text) else -weights.ends_ill
    if piece.length > 0.9 * measures.ruler.width and piece.kind == BODY:
        score -= weights.ends_full
    if score < 0 and (text.endswith((":", ",")) or _TAIL.search(text)):
        score -= 1.0
    if ends_in_hyphen(text) and piece.glue is not False:
        score -= weights.ends_in_hyphen
    elif text.endswith(("”", "’", ")", *BULLETS)) and score < 0:
        score += 1.0
    if text.count("(") > text.count(")") and not is_terminal(text):
        score -= 1.0
    if measures.blanks_tell and piece.glue is not None:
        plain = piece.glue and not ends_in_hyphen(text)
        score += weights.no_blank_ends if plain else -weights.blank_ends
    return score


def _title_fit(text: str, measures: Measures) -> float:
    found = HEADING.match(text)
    title = measures.titles.get(f"{found[1]}.{found[2]}") if found else None
    if title is None or found is None:
        return 0.0
    wanted, got = title.replace(" ", ""), found[3].replace(" ", "")
    return 3.0 if wanted == got else -2.0


def opening(piece: Piece, measures: Measures) -> float:
    """Score the piece by itself as the first line of a paragraph."""
    weights = measures.weights
    if piece.kind == HEAD:
        return _heading(piece, measures)
    score = -weights.begins_low if starts_low(piece.text) else weights.begins_well
    if piece.kind == BODY:
        ruler = measures.ruler
        room = ruler.width * (1 - ruler.indent) + ruler.slack
        score -= weights.too_long * max(0.0, piece.length - room)
    if measures.mark:
        score += weights.mark if piece.text.startswith(measures.mark) else -weights.mark
    elif piece.text.startswith(BULLETS):
        score -= weights.bullet_begins
    score -= weights.refers_back * measures.speech.refers_back(piece.text)
    if piece.kind == PULL:
        score -= weights.box_low if piece.row > measures.rows * 0.5 else weights.box_high
    return score


def _heading(piece: Piece, measures: Measures) -> float:
    """Score the piece as a section's heading: a number and a title, and no sentence."""
    found = HEADING.match(piece.text)
    if found is None:
        return -9.0
    chapter, section = int(found[1]), int(found[2])
    known = [number for number in measures.titles if number.startswith(f"{chapter}.")]
    unknown = bool(known) and f"{chapter}.{section}" not in known
    return 3.0 - 6.0 * unknown - 4.0 * is_terminal(piece.text) - 3.0 * found[3][:1].islower()


def spacing(piece: Piece, gap: int, before: Piece | None, measures: Measures) -> float:
    """Score `gap` empty rows between the paragraph before and one that begins with this piece."""
    weights = measures.weights
    if piece.kind == HEAD:
        return -0.8 if before is not None and before.kind != HEAD and gap == 0 else 0.0
    if before is None:
        # A page may begin in the middle of a quote, but it begins at its top.
        torn = weights.begins_low - 1.2 if starts_low(piece.text) else 0.0
        return torn - min(5.0, weights.top * max(0, gap - 2))
    if measures.single:
        return 0.3
    # A column is seldom left empty for long while the other one is filled.
    empty = -weights.emptiness * max(0, gap - 4)
    if before.kind == PULL:
        return empty - weights.after_box
    if piece.kind == PULL:
        return empty - (1.2 if gap == 0 else 0.0)
    if before.kind == HEAD:
        return empty + (0.2 if gap else 0.0)
    rhythm = measures.rhythm
    return empty + weights.rhythm * rhythm[min(gap, len(rhythm) - 1)]


def room_after(before: Piece, piece: Piece, measures: Measures) -> float:
    """How much of the line was left over after the next word; negative if it did not fit."""
    return measures.ruler.width - (before.length + 0.5 + piece.first_word)


def proceed(before: Piece, piece: Piece, first: bool, measures: Measures) -> float:
    """Score the piece as the next line of the same paragraph; `before` may be its first line."""
    if before.kind != piece.kind:
        return -9.0
    if piece.kind == HEAD:
        return _proceed_heading(before, piece, measures)
    weights = measures.weights
    score = _grammar(before, piece, measures) + _blank(before, measures)
    if not ends_in_hyphen(before.text):
        score += weights.words * measures.speech.joint(before.text, piece.text)
    if measures.speech.repeats(before.text, piece.text):
        score += weights.repeats
    if piece.kind == PULL:
        return score + 0.3
    if measures.mark and piece.text.startswith(measures.mark):
        return score - 2 * weights.mark
    if piece.text.startswith(BULLETS):
        listed = before.text.startswith(BULLETS) or before.text.endswith((":", ";"))
        return score + (weights.bullet_goes_on if listed else 0.5)
    return score + _fullness(before, piece, first, measures)


def _blank(before: Piece, measures: Measures) -> float:
    """Score a line that goes on by the blank that the extractor kept or did not keep behind it."""
    if not measures.blanks_tell or before.glue is None:
        return 0.0
    if not before.glue:
        return measures.weights.blank_goes_on
    bound = ends_in_hyphen(before.text) or before.text.endswith(("/", ")"))
    return 0.0 if bound else -measures.weights.no_blank_goes_on


def _fullness(before: Piece, piece: Piece, first: bool, measures: Measures) -> float:
    """Score a line that goes on by its length: the printer fills it before he breaks it."""
    weights, ruler = measures.weights, measures.ruler
    room = room_after(before, piece, measures)
    if first:
        room -= ruler.indent * ruler.width
    room -= ruler.slack * 0.5
    if room <= 0:
        score = weights.full
    else:
        score = max(-5.0, weights.full * (1 - room / ruler.slack) - weights.short * room)
    return score * (0.4 if before.soft and score < 0 else 1.0)


def _grammar(before: Piece, piece: Piece, measures: Measures) -> float:
    weights, speech = measures.weights, measures.speech
    low = starts_low(piece.text) or piece.text[:1].isdigit() or piece.text[:1] == "("
    if ends_in_hyphen(before.text):
        return (weights.hyphen + speech.completes(before.text, piece.text)) if low else -1.5
    if is_terminal(before.text):
        if starts_low(piece.text) and not before.text.endswith(")"):
            return -2.5
        return -weights.goes_on_anew + 0.5 * min(1.0, speech.refers_back(piece.text))
    if low:
        return weights.goes_on_low
    if before.text.endswith(("/", "(", "-")):
        return 1.0
    odd = speech.common(piece.text.split(" ", 1)[0])
    return -weights.goes_on_odd - weights.goes_on_capital * odd


def _proceed_heading(before: Piece, piece: Piece, measures: Measures) -> float:
    found = HEADING.match(before.text)
    title = measures.titles.get(f"{found[1]}.{found[2]}") if found else None
    if title is not None and found is not None:
        rest = title.replace(" ", "").removeprefix(found[3].replace(" ", ""))
        return 5.0 if rest and rest == piece.text.replace(" ", "") else -6.0
    if is_terminal(piece.text) or not starts_low(piece.text) or found is None:
        return -4.0
    # A heading is set larger, so it is full well before the edge of the column.
    filled = before.length + piece.first_word > measures.ruler.width * 0.66
    return 1.5 if filled else -2.0


def number_of(piece: Piece | None) -> tuple[int, int] | None:
    """Return (4, 12) for a piece that opens with the heading 4.12, else None."""
    found = HEADING.match(piece.text) if piece is not None and piece.kind == HEAD else None
    return (int(found[1]), int(found[2])) if found else None


def shape(piece: Piece, measures: Measures) -> float:
    """Score the piece by itself: its length against the column, headings swallowed in it."""
    weights = measures.weights
    limit = measures.ruler.width * (0.82 if piece.kind == PULL else 1.0) + measures.ruler.slack
    score = -weights.too_long * max(0.0, piece.length - limit)
    if _INNER_HEADING.search(piece.text):
        score -= 5.0
    if piece.kind == PULL and piece.row in measures.echoes:
        score += weights.box_echo
    if piece.kind == BODY and HEADING.match(piece.text) and _heading(piece, measures) > 0:
        score -= 4.0
    words = piece.text.split(" ")
    speech = measures.speech
    return score - weights.inner * sum(speech.breaks(*pair) for pair in pairwise(words))


def cutting(left: Piece, right: Piece, measures: Measures) -> float:
    """Score a line as two pieces side by side."""
    weights = measures.weights
    narrow = left.length + right.length < measures.ruler.width
    score = -weights.narrow_cut if narrow else -weights.cut
    if PULL in (left.kind, right.kind):
        score -= weights.box_cut
    if left.text.endswith(BULLETS):
        score -= 8.0
    return score + (weights.soft_cut if left.soft else -weights.torn * _torn(left, right, measures))


def _torn(left: Piece, right: Piece, measures: Measures) -> float:
    """Tell how much a cut tears apart: a pair of words, or a bracket and its content."""
    bracket = left.text.rfind("(") > left.text.rfind(")") and ")" in right.text.partition("(")[0]
    joint = measures.speech.joint(left.text, right.text, seen=1)
    return joint + (7.0 if bracket else 0.0)
