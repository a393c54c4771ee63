"""The smallest unit of a page: a text line with the number it has in its file."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Box:
    """A place on a page: the sheet of the file (from 1), and the edges as shares of the page."""

    sheet: int
    x0: float
    top: float
    x1: float
    bottom: float


@dataclass(frozen=True, slots=True)
class Line:
    """A text line: its number in the file (from 1), its text as it stands there, and where.

    In a text file nobody knows where on the page a line stood; `box` is then None.
    """

    number: int
    raw: str
    box: Box | None = None

    @property
    def text(self) -> str:
        """The line without the white space around it."""
        return self.raw.strip()
