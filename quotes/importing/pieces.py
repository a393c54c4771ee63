"""What a page is made of once it is read: pieces of lines, in paragraphs, in columns."""

from __future__ import annotations

import re
from dataclasses import dataclass

HEADING = re.compile(r"(\d{1,2})\.(\d{1,2})\.?\s+(\S.*)$")
BODY, HEAD, PULL = "B", "H", "P"


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
class Paragraph:
    """Consecutive lines of one column; `gap_before` are the empty rows above it.

    `certainty` tells from 0 to 1 how likely exactly these lines are exactly one paragraph.
    """

    kind: str
    pieces: tuple[Piece, ...]
    gap_before: int
    certainty: float = 1.0


@dataclass(frozen=True, slots=True)
class Columns:
    """A page as read: the paragraphs of each column from top to bottom.

    `streams` holds the columns in reading order; a page without text has none.
    """

    streams: tuple[tuple[Paragraph, ...], ...]

    @property
    def paragraphs(self) -> tuple[Paragraph, ...]:
        """All paragraphs of the page in reading order."""
        return tuple(paragraph for stream in self.streams for paragraph in stream)

    def name_of(self, index: int) -> str:
        """Return 'L' and 'R' for the columns of a page of two, else their number from 1."""
        return "LR"[index] if len(self.streams) == 2 else str(index + 1)
