"""Which words differ between two texts. Pure: texts in, runs of words out."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher


@dataclass(frozen=True, slots=True)
class Run:
    """Words in a row, and whether the other text has others there."""

    text: str
    differs: bool


def word_diff(old: str, new: str) -> tuple[list[Run], list[Run]]:
    """Return both texts in runs; put together with blanks the runs are the words of the text."""
    before, after = old.split(), new.split()
    steps = SequenceMatcher(None, before, after, autojunk=False).get_opcodes()
    left = [(" ".join(before[i0:i1]), deed != "equal") for deed, i0, i1, _j0, _j1 in steps]
    right = [(" ".join(after[j0:j1]), deed != "equal") for deed, _i0, _i1, j0, j1 in steps]
    return list(_runs(left)), list(_runs(right))


def _runs(pieces: list[tuple[str, bool]]) -> Iterator[Run]:
    return (Run(text, differs) for text, differs in pieces if text)
