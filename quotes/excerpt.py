"""The lines of a text source around quotes. Pure: text in, lines out."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from quotes.importing.text import normalised

AROUND = 4  # lines shown before and after the quote
MOST_LINES = 220  # of a page; the longest printed pages have about a hundred
_TOKEN = re.compile(r"\S+")


@dataclass(frozen=True, slots=True)
class ExcerptLine:
    """A line with its number in the file (from 1)."""

    number: int
    text: str


@dataclass(frozen=True, slots=True)
class Claim:
    """A quote that says where it stands in a source; `key` is how the page knows it."""

    key: int
    text: str
    first: int
    last: int


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of a line, and the key of the quote whose words these are (None: of none)."""

    text: str
    key: int | None


@dataclass(frozen=True, slots=True)
class PageLine:
    """A line with its number in the file (from 1), in the pieces that make it up."""

    number: int
    pieces: tuple[Piece, ...]


def excerpt(text: str, first: int, last: int, around: int = AROUND) -> list[ExcerptLine]:
    """The lines from `first` to `last` (both included) with some around; empty outside the text."""
    lines = text.split("\n")
    if not text or first < 1 or last < first or first > len(lines):
        return []
    start, end = max(first - around, 1), min(last + around, len(lines))
    return [
        ExcerptLine(number, lines[number - 1].replace("\f", "")) for number in range(start, end + 1)
    ]


def page_lines(text: str, claims: Sequence[Claim]) -> list[PageLine]:
    """The lines that these quotes stand in, from the first to the last, with some around.

    In columns a line holds words of more than one quote: each word goes to the quote that has it.
    """
    if not claims:
        return []
    first, last = min(one.first for one in claims), max(one.last for one in claims)
    lines = excerpt(text, first, min(last, first + MOST_LINES))
    known = [(one, f" {normalised(one.text)} ") for one in claims]
    return [
        PageLine(
            line.number,
            _pieces(line.text, [c for c in known if c[0].first <= line.number <= c[0].last]),
        )
        for line in lines
    ]


def _pieces(line: str, claims: Iterable[tuple[Claim, str]]) -> tuple[Piece, ...]:
    """Give each claim the longest run of free words of the line that stands in its text."""
    tokens = [(match.start(), match.end()) for match in _TOKEN.finditer(line)]
    owner: list[int | None] = [None] * len(tokens)
    words = [normalised(line[start:end]) for start, end in tokens]
    for claim, text in claims:
        start, end = _run(words, owner, text)
        owner[start:end] = [claim.key] * (end - start)
    pieces: list[Piece] = []
    at = index = 0
    while index < len(tokens):
        key, start = owner[index], tokens[index][0]
        while index + 1 < len(tokens) and owner[index + 1] == key:
            index += 1
        end = tokens[index][1]
        if start > at:
            pieces.append(Piece(line[at:start], None))
        pieces.append(Piece(line[start:end], key))
        at, index = end, index + 1
    if line[at:]:
        pieces.append(Piece(line[at:], None))
    return tuple(pieces)


def _run(words: Sequence[str], owner: Sequence[int | None], text: str) -> tuple[int, int]:
    """The longest run of words without an owner that stands in a text (which a blank surrounds).

    The first and the last word may be halves of words that the end of a line broke, the first one
    only with others behind it: a short word stands inside many.
    """
    best = (0, 0)
    for start in range(len(words)):
        said = ""
        for end in range(start, len(words)):
            if owner[end] is not None:
                break
            said = f"{said} {words[end]}".strip() if words[end] else said
            length = end + 1 - start
            if said and said not in text:
                break
            whole = f" {said}" in text or length > 1
            if words[end] and whole and length > best[1] - best[0]:
                best = (start, end + 1)
    return best
