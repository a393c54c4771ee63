"""Third step: the lines of a page back into its left and right column.

An extractor writes what stands at one height on one line, so a text line is a line of the left
column, of the right one, or of both. The page is read as a whole: a beam search walks down the
lines, tries every way to cut each, and keeps the cuts under which both columns read best.
`search` does that, `scoring` says what 'best' is; `split_columns` is all that the other steps know.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise

from quotes.importing.interleaved.cuts import cuts
from quotes.importing.interleaved.lattice import best_way, paragraphs
from quotes.importing.interleaved.ruler import Ruler, Wrap, one_column, refined, ruler_for
from quotes.importing.interleaved.search import Search
from quotes.importing.interleaved.speech import Speech, learn
from quotes.importing.interleaved.weights import Measures, Weights
from quotes.importing.lines import Line
from quotes.importing.pieces import BODY, HEADING, Columns, Paragraph
from quotes.importing.text import MARKS, ends_in_hyphen, normalised

# Points for 0, 1, 2 … empty rows between paragraphs, before anything is known of the file.
RHYTHM = (-0.6, 0.3, 0.5, 0.0, -0.4, -0.8, -1.2)
# Points that make the odds of right to wrong e times as high; measured by make bench.
CERTAINTY_SCALE = 1.6
# Points for no white space at all under which a file is one that sets paragraphs apart by it.
SPACED = -0.9
UNDIVIDED = 0.8
SURE = 0.8
MARKED = 7  # quotes are seldom longer than so many lines
SAMPLE = 8  # pages from which the rhythm of a file is learnt


@dataclass(frozen=True, slots=True)
class Habits:
    """What the lines of a whole file tell about any page of it."""

    ruler: Ruler
    blanks_tell: bool
    speech: Speech
    shared: float
    single: bool
    mark: str = ""
    rhythm: tuple[float, ...] = RHYTHM
    weights: Weights = field(default_factory=Weights)


def learn_habits(
    pages: Sequence[Sequence[Line]], titles: Mapping[str, str], weights: Weights | None = None
) -> Habits:
    """Take the measures of a file: its columns' width, its blanks at line ends, its words.

    The white space that it sets between paragraphs is learnt by reading some of its pages.
    """
    lines = [line.raw for page in pages for line in page]
    kept = sum(1 for line in lines if line.endswith(" "))
    single = one_column(lines)
    speech = learn(lines)
    ruler = ruler_for(lines, single, speech)
    habits = Habits(
        ruler,
        kept * 5 >= len(lines),
        speech,
        _shared(lines, ruler),
        single,
        _mark(lines),
        weights=weights or Weights(),
    )
    if single:
        return habits
    step = max(1, len(pages) // SAMPLE)
    sample = [page for page in pages if len(page) > 5][::step][:SAMPLE]
    read = [split_columns(page, habits=habits, titles=titles) for page in sample]
    ruler = refined(ruler, [wrap for columns in read for wrap in _wraps(columns)])
    return replace(habits, ruler=ruler, rhythm=_rhythm(read))


def _wraps(columns: Columns) -> Iterator[Wrap]:
    """The lines of a page that surely go on in the next one."""
    for paragraph in columns.paragraphs:
        if paragraph.kind != BODY or paragraph.certainty < SURE:
            continue
        for place, (above, below) in enumerate(pairwise(paragraph.pieces)):
            if not above.soft and not ends_in_hyphen(above.text):
                yield Wrap(above.text, below.text.split(" ", 1)[0], place == 0)


def _rhythm(read: Sequence[Columns]) -> tuple[float, ...]:
    """Turn the white space seen between paragraphs into points for each height of it."""
    seen: Counter[int] = Counter()
    for columns in read:
        for stream in columns.streams:
            for above, here in pairwise(stream):
                if above.kind == here.kind == BODY:
                    seen[min(here.gap_before, len(RHYTHM) - 1)] += 1
    total = sum(seen.values())
    if total < 12:
        return RHYTHM
    shares = [(seen[gap] + 1.0) / (total + len(RHYTHM)) for gap in range(len(RHYTHM))]
    top = max(shares)
    return tuple(max(-2.0, 0.6 + 0.8 * math.log(share / top)) for share in shares)


def split_columns(lines: Sequence[Line], *, habits: Habits, titles: Mapping[str, str]) -> Columns:
    """Return the columns of a page under the best hypothesis the search has found."""
    if not lines:
        return Columns(())
    measures = Measures(
        ruler=habits.ruler,
        rows=len(lines),
        blanks_tell=habits.blanks_tell,
        speech=habits.speech,
        echoes=echoing([line.text for line in lines]),
        rhythm=habits.rhythm,
        weights=habits.weights,
        titles=titles,
        single=habits.single,
        grid=_grid(lines, habits),
        mark=habits.mark,
    )
    search = Search(measures)
    layers = [[search.top()]]
    for row, line in enumerate(lines):
        headed = any(HEADING.search(above.raw) for above in lines[max(0, row - 3) : row])
        layers.append(search.advance(layers[-1], cuts(line.raw, row, measures, headed)))
    way, rivals, best = best_way(layers, search.finish)
    streams = tuple(
        tuple(
            Paragraph(found.pieces[0].kind, found.pieces, found.gap, certainty(found.margin))
            for found in column
        )
        for column in paragraphs(way, rivals, best)
    )
    spaced = not habits.single and habits.rhythm[0] <= SPACED
    return Columns(tuple(map(_doubtful_breaks, streams)) if spaced else streams)


def _doubtful_breaks(stream: Sequence[Paragraph]) -> tuple[Paragraph, ...]:
    """Doubt what no white space divides, where a file sets its paragraphs apart by white space.

    A sentence on a line of its own within a quote looks like that; so do two quotes between
    which the white space was forgotten. No reader can tell for certain.
    """
    doubted = list(stream)
    for place, (above, here) in enumerate(pairwise(stream)):
        if above.kind == here.kind == BODY and not here.gap_before:
            for index in (place, place + 1):
                sure = min(doubted[index].certainty, UNDIVIDED)
                doubted[index] = replace(doubted[index], certainty=sure)
    return tuple(doubted)


def certainty(margin: float) -> float:
    """Turn points by which a reading beats the next best into a likelihood that it is right."""
    return 1.0 / (1.0 + math.exp(-margin / CERTAINTY_SCALE))


def _mark(lines: Sequence[str]) -> str:
    """The bullet or quotation mark that so many lines hold that it must open every quote."""
    held = {mark: sum(f" {mark}" in f" {line}" for line in lines) for mark in MARKS}
    mark = max(held, key=lambda one: held[one])
    return mark if held[mark] * MARKED > len(lines) else ""


def _shared(lines: Sequence[str], ruler: Ruler) -> float:
    """The share of the lines that are too long for one column."""
    return sum(ruler.length(line.strip()) > ruler.width * 1.1 for line in lines) / max(
        1, len(lines)
    )


def _grid(lines: Sequence[Line], habits: Habits) -> float:
    """How surely the columns share their heights: on a page that does, many lines hold both."""
    here = _shared([line.raw for line in lines], habits.ruler)
    shared = (here * len(lines) + habits.shared * 20) / (len(lines) + 20)
    return max(0.0, min(1.0, (shared - 0.12) / 0.15))


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
