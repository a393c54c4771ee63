"""Third step: the lines of a page back into its left and right column.

An extractor writes what stands at one height on one line, so a text line is a line of the left
column, of the right one, or of both. The page is read as a whole: a beam search walks down the
lines, tries every way to cut each, and keeps the cuts under which both columns read best.
`search` does that, `scoring` says what 'best' is; `split_columns` is all that the other steps know.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from quotes.importing.lines import Line
from quotes.importing.ruler import Ruler, ruler_for
from quotes.importing.scoring import HEADING, Measures, Piece
from quotes.importing.search import Search, Side, Step, cuts
from quotes.importing.speech import Speech, learn
from quotes.importing.text import normalised


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Consecutive lines of one column; `gap_before` are the empty rows above it."""

    kind: str
    pieces: tuple[Piece, ...]
    gap_before: int


@dataclass(frozen=True, slots=True)
class Columns:
    """A page as read: the paragraphs of each column from top to bottom, and how sure that is.

    `streams` holds the columns in reading order; a page without text has none.
    """

    streams: tuple[tuple[Paragraph, ...], ...]
    certainty: float

    @property
    def paragraphs(self) -> tuple[Paragraph, ...]:
        """All paragraphs of the page in reading order."""
        return tuple(paragraph for stream in self.streams for paragraph in stream)

    def name_of(self, index: int) -> str:
        """Return 'L' and 'R' for the columns of a page of two, else their number from 1."""
        return "LR"[index] if len(self.streams) == 2 else str(index + 1)


@dataclass(frozen=True, slots=True)
class Habits:
    """What the lines of a whole file tell about any page of it."""

    ruler: Ruler
    blanks_tell: bool
    speech: Speech


def learn_habits(lines: Sequence[str]) -> Habits:
    """Take the measures of a file: its columns' width, its blanks at line ends, its words."""
    kept = sum(1 for line in lines if line.endswith(" "))
    return Habits(ruler_for(lines), kept * 5 >= len(lines), learn(lines))


def split_columns(lines: Sequence[Line], *, habits: Habits, titles: Mapping[str, str]) -> Columns:
    """Return the columns of a page under the best hypothesis the search has found."""
    ruler = habits.ruler
    measures = Measures(
        ruler=ruler,
        rows=len(lines),
        blanks_tell=habits.blanks_tell,
        speech=habits.speech,
        echoes=echoing([line.text for line in lines]),
        titles=titles,
        single=all(ruler.length(line.text) <= ruler.width + 3 for line in lines),
    )
    search = Search(measures)
    beam = [Step(0.0, Side(), Side(), None)]
    for row, line in enumerate(lines):
        headed = any(HEADING.search(above.raw) for above in lines[max(0, row - 3) : row])
        beam = search.advance(beam, cuts(line.raw, row, measures, headed))
    ends = sorted((search.finish(step) for step in beam), key=lambda s: -s.score)
    margin = ends[0].score - ends[1].score if len(ends) > 1 else 5.0
    return Columns(_unwind(ends[0]), min(1.0, 0.7 + margin / 10))


def echoing(texts: Sequence[str]) -> frozenset[int]:
    """Return the rows whose words stand elsewhere on the page too: boxes repeat a quote."""
    triples = [
        [tuple(words[i : i + 3]) for i in range(len(words) - 2)]
        for words in (normalised(text).split() for text in texts)
    ]
    seen = Counter(triple for row in triples for triple in set(row))
    return frozenset(
        number
        for number, row in enumerate(triples)
        if len(row) > 1 and 2 * sum(seen[triple] > 1 for triple in row) >= len(row)
    )


def _unwind(step: Step) -> tuple[tuple[Paragraph, ...], ...]:
    """Follow a hypothesis back to the top of the page and collect its paragraphs."""
    chain: list[Step] = []
    here: Step | None = step
    while here is not None and here.before is not None:
        chain.append(here)
        here = here.before
    chain.reverse()
    return (
        _paragraphs(chain, lambda s: s.left, 0),
        _paragraphs(chain, lambda s: s.right, 1),
    )


def _paragraphs(
    chain: Sequence[Step], side_of: Callable[[Step], Side], index: int
) -> tuple[Paragraph, ...]:
    found: list[tuple[int, list[Piece]]] = []
    for row, step in enumerate(chain):
        piece = side_of(step).last
        if piece is None or piece.row != row:
            continue
        if step.opened[index] or not found:
            gap = side_of(step.before).gap if step.before else 0
            found.append((gap, [piece]))
        else:
            found[-1][1].append(piece)
    return tuple(Paragraph(pieces[0].kind, tuple(pieces), gap) for gap, pieces in found)
