"""Fourth step: the columns of the pages into quotes with their sections."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import groupby, pairwise

from quotes.importing.contents import key_of
from quotes.importing.lines import Line
from quotes.importing.pieces import BODY, HEAD, HEADING, PULL, Columns, Paragraph, Piece
from quotes.importing.text import (
    BULLETS,
    MARKS,
    is_terminal,
    join_lines,
    mend_blanks,
    normalised,
    starts_low,
    tidy,
    without_mark,
)

_PULL_LINES = 2
_REPEAT_WORDS = 4
_NARROW = 0.78  # of the widest line


@dataclass
class Draft:
    """A quote in the making: the pieces of its text and where they stand."""

    section: str
    page: int | None
    column: str
    document: int
    certainty: float
    kind: str
    pieces: list[tuple[Piece, int]]
    position: int = 0
    cut_off: bool = False
    text: str = ""
    pull_of: int | None = None

    @property
    def lines(self) -> tuple[int, int]:
        """The first and the last line of the file that hold the quote."""
        numbers = [number for _piece, number in self.pieces]
        return min(numbers), max(numbers)


@dataclass(frozen=True, slots=True)
class ReadPage:
    """A page with everything that this step needs to know of it."""

    document: int
    number: int | None
    lines: tuple[Line, ...]
    columns: Columns
    running: str | None


@dataclass
class Gathered:
    """What the pages hold: quotes in reading order, titles of headings, loose text."""

    drafts: list[Draft] = field(default_factory=list)
    headings: dict[str, tuple[str, int | None]] = field(default_factory=dict)
    homeless: list[int | None] = field(default_factory=list)


def heading_of(paragraph: Paragraph) -> tuple[str, str] | None:
    """Return (number, title) when the paragraph is a section's heading."""
    if paragraph.kind != HEAD:
        return None
    found = HEADING.match(" ".join(piece.text for piece in paragraph.pieces))
    return (f"{int(found[1])}.{int(found[2])}", tidy(found[3])) if found else None


def headings_in(columns: Columns) -> tuple[str, ...]:
    """Return the numbers of the headings on a page, in reading order and only if they rise."""
    numbers: list[str] = []
    for paragraph in columns.paragraphs:
        found = heading_of(paragraph)
        if found and (not numbers or key_of(found[0]) > key_of(numbers[-1])):
            numbers.append(found[0])
    return tuple(numbers)


def gather(pages: Sequence[ReadPage], words: Counter[str]) -> Gathered:
    """Walk through the pages in reading order and collect their quotes."""
    found = Gathered()
    lists_alone = _lists_alone(pages)
    before: ReadPage | None = None
    for page in pages:
        start = len(found.drafts)
        _walk(page, found, words)
        drafts = found.drafts[start:]
        if not lists_alone:
            _join_lists(drafts)
        _join_columns(drafts)
        follows = before is not None and page.number is not None and before.number is not None
        if follows and before is not None and page.number == (before.number or 0) + 1:
            _join_pages(found.drafts[:start], drafts)
        kept = [draft for draft in drafts if draft.pieces]
        _mark_cuts(kept)
        found.drafts[start:] = kept
        for position, draft in enumerate(kept, start=1):
            draft.position = position
        before = page
    for draft in found.drafts:
        draft.text = join_lines([(p.text, _glue(p)) for p, _number in draft.pieces], words)
    _strip_marks(found.drafts)
    mark_pull_quotes(found.drafts)
    return found


def _strip_marks(drafts: Sequence[Draft]) -> None:
    """Leave out a mark that stands before most quotes: it is the printer's, not the speaker's."""
    body = [draft for draft in drafts if draft.kind == BODY]
    opened = Counter(draft.text[:1] for draft in body if draft.text[:1] in MARKS)
    mark, count = max(opened.items(), key=lambda item: item[1], default=("", 0))
    if count * 5 > len(body) * 3:
        for draft in drafts:
            draft.text = without_mark(draft.text, mark)


def _glue(piece: Piece) -> bool | None:
    return False if piece.soft else piece.glue


def _walk(page: ReadPage, found: Gathered, words: Counter[str]) -> None:
    running = page.running
    for index, paragraphs in enumerate(page.columns.streams):
        column = page.columns.name_of(index)
        for paragraph in paragraphs:
            heading = heading_of(paragraph)
            if heading and (running is None or key_of(heading[0]) > _floor(running)):
                running = heading[0]
                found.headings.setdefault(running, (mend_blanks(heading[1], words), page.number))
                continue
            if running is None:
                found.homeless.append(page.number)
                continue
            pieces = [(piece, page.lines[piece.row].number) for piece in paragraph.pieces]
            kind = PULL if paragraph.kind == PULL and len(pieces) >= _PULL_LINES else BODY
            found.drafts.append(
                Draft(
                    running, page.number, column, page.document, paragraph.certainty, kind, pieces
                )
            )


def _floor(running: str) -> tuple[int, int]:
    return key_of(running) if not running.endswith("?") else (key_of(running)[0], 0)


def _lists_alone(pages: Sequence[ReadPage]) -> bool:
    """Tell whether a bullet opens every quote, rather than a point of a list within one."""
    body = [p for page in pages for p in page.columns.paragraphs if p.kind == BODY]
    bulleted = sum(paragraph.pieces[0].text.startswith(BULLETS) for paragraph in body)
    return bulleted * 4 > len(body)


def _join_lists(drafts: Sequence[Draft]) -> None:
    """Join the points of a list to the quote that announces it or to the point before."""
    last: Draft | None = None
    for draft in drafts:
        begins = draft.pieces[0][0].text
        if last is not None and draft.column == last.column and begins.startswith(BULLETS):
            listed = any(p.text.startswith(BULLETS) for p, _number in last.pieces)
            if listed or last.pieces[-1][0].text.endswith(":"):
                last.pieces.extend(draft.pieces)
                last.certainty = min(last.certainty, draft.certainty)
                draft.pieces = []
                continue
        last = draft if draft.kind == BODY else None


def _join_columns(drafts: Sequence[Draft]) -> None:
    """Join a quote that runs over from the foot of one column to the top of the next."""
    standing = [draft for draft in drafts if draft.pieces]
    streams = [list(group) for _column, group in groupby(standing, lambda draft: draft.column)]
    for here, there in pairwise(streams):
        body = [draft for draft in here if draft.kind == BODY and draft.pieces]
        if body and there[0].kind == BODY:
            _join(body[-1], there[0])


def _join_pages(before: Sequence[Draft], drafts: Sequence[Draft]) -> None:
    """Join a quote that runs over from the page before."""
    tail = [draft for draft in before if draft.kind == BODY and draft.pieces][-1:]
    head = [draft for draft in drafts if draft.pieces][:1]
    if tail and head and head[0].kind == BODY and tail[0].document == head[0].document:
        tail[0].cut_off = tail[0].cut_off and not _join(tail[0], head[0])


def _join(foot: Draft, top: Draft) -> bool:
    ends, begins = foot.pieces[-1][0].text, top.pieces[0][0].text
    if is_terminal(ends) or not starts_low(begins):
        return False
    foot.pieces.extend(top.pieces)
    foot.certainty = min(foot.certainty, top.certainty)
    top.pieces = []
    return True


def _mark_cuts(drafts: Sequence[Draft]) -> None:
    """Mark the quotes that a page's edge cuts off."""
    body = [draft for draft in drafts if draft.kind == BODY]
    if not body:
        return
    if starts_low(body[0].pieces[0][0].text) and body[0].column in {"L", "1"}:
        body[0].cut_off = True
    if not is_terminal(body[-1].pieces[-1][0].text):
        body[-1].cut_off = True


def mark_pull_quotes(drafts: Sequence[Draft]) -> None:
    """Point every highlighted box at the quote it repeats: the nearest one before others.

    It stands where there was room for it, maybe under a later heading: the section is its quote's.
    A box that repeats nothing is a quote itself; a quote is never a repetition of a later box.
    """
    texts = [normalised(draft.text) for draft in drafts]
    widest = max((len(p.text) for d in drafts for p, _number in d.pieces), default=0)
    counts = Counter(texts)
    for draft, text in zip(drafts, texts, strict=True):
        if draft.kind == BODY and counts[text] > 1 and _is_narrow(draft, widest):
            draft.kind = PULL
    regular = [(i, text) for i, text in enumerate(texts) if drafts[i].kind != PULL]
    for index, draft in enumerate(drafts):
        if draft.kind != PULL:
            continue
        text = texts[index]
        long = len(text.split()) >= _REPEAT_WORDS
        same = [i for i, other in regular if other == text or (long and text in other)]
        same.sort(key=lambda i: (drafts[i].section != draft.section, abs(i - index)))
        if same:
            draft.pull_of = same[0]
            draft.section = drafts[same[0]].section


def _is_narrow(draft: Draft, widest: int) -> bool:
    """Tell whether lines are broken as in larger type: well before the edge of the column."""
    lines = [piece.text for piece, _number in draft.pieces]
    return len(lines) >= _PULL_LINES and max(map(len, lines)) <= _NARROW * widest


def confidence_of(draft: Draft) -> float:
    """Estimate from 0 to 1 how sure it is that the quote stands as it was printed."""
    if draft.section.endswith("?"):
        return 0.0
    score = draft.certainty
    if not is_terminal(draft.text):
        score -= 0.2
    if starts_low(draft.text):
        score -= 0.2
    if draft.kind == PULL and draft.pull_of is None:
        score -= 0.1
    return round(max(0.1, min(1.0, score)), 2)
