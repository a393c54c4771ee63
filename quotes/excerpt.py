"""The lines of a text source around a quote. Pure: text in, lines out."""

from __future__ import annotations

from dataclasses import dataclass

AROUND = 4  # lines shown before and after the quote


@dataclass(frozen=True, slots=True)
class ExcerptLine:
    """A line with its number in the file (from 1), and whether the quote stands in it."""

    number: int
    text: str
    inside: bool


def excerpt(text: str, first: int, last: int, around: int = AROUND) -> list[ExcerptLine]:
    """The lines from `first` to `last` (both included) with some around; empty outside the text."""
    lines = text.split("\n")
    if not text or first < 1 or last < first or first > len(lines):
        return []
    start, end = max(first - around, 1), min(last + around, len(lines))
    return [
        ExcerptLine(number, lines[number - 1].replace("\f", ""), first <= number <= last)
        for number in range(start, end + 1)
    ]
