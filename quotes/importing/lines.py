"""The smallest unit of a page: a text line with the number it has in its file."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Line:
    """A text line: its number in the file (from 1), and its text as it stands there."""

    number: int
    raw: str

    @property
    def text(self) -> str:
        """The line without the white space around it."""
        return self.raw.strip()
