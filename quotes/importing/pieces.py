"""What a hypothesis gives to a column: a stretch of a line, with its measures taken."""

from __future__ import annotations

import re
from dataclasses import dataclass

from quotes.importing.ruler import Ruler

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


def make_piece(
    text: str, row: int, kind: str, glue: bool | None, soft: bool, ruler: Ruler
) -> Piece:
    """Build a piece with its measures taken."""
    word = ruler.length(text.split(" ", 1)[0])
    return Piece(text, row, kind, glue, soft, ruler.length(text), word)
