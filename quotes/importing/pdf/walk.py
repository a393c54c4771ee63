"""Through the book from its first page to its last, collecting its quotes."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from quotes.importing.contents import key_of
from quotes.importing.pdf.breaks import Pair, Separators, bare
from quotes.importing.pdf.display import HEADING, LABEL, NOTE, PULL, TITLE, Block
from quotes.importing.pdf.flow import Stream
from quotes.importing.pdf.joining import join
from quotes.importing.pdf.strips import Face, Strip
from quotes.importing.pieces import BODY
from quotes.importing.pieces import PULL as PULL_KIND
from quotes.importing.quotes import Draft, Gathered
from quotes.importing.text import is_terminal, starts_low

_SPEECH = re.compile(r"[^\W\d_]{2}")


@dataclass(frozen=True, slots=True)
class Leaf:
    """A page as it is walked through: its face, and its columns in reading order."""

    face: Face
    streams: tuple[Stream, ...]


@dataclass
class Printed(Draft):
    """A quote in the making, with the lines that it is printed on and what speaks for it."""

    strips: list[Strip] = field(default_factory=list)
    sheets: dict[int, Face] = field(default_factory=dict)
    doubts: list[float] = field(default_factory=list)

    @property
    def lines(self) -> tuple[int, int]:
        """The first and the last line of the file that hold the quote."""
        numbers = [strip.line for strip in self.strips]
        return min(numbers), max(numbers)


def pairs_of(leaves: Sequence[Leaf]) -> Iterator[Pair]:
    """Return the lines that follow each other, in one column or from one to the next."""
    above: Strip | None = None
    for leaf in leaves:
        for stream in leaf.streams:
            between = True
            for item in stream.items:
                if isinstance(item, Strip):
                    if above is not None:
                        yield Pair(above, item, None if between else item.base - above.base)
                    above, between = item, False
                elif item.kind in {PULL, NOTE}:
                    between = True
                else:
                    above = None


@dataclass
class Walk:
    """Where the walk has come: the section that runs, the quote that is still open."""

    document: int
    separators: Separators
    two_levels: bool
    back_page: int | None = None
    found: Gathered = field(default_factory=Gathered)
    running: str | None = None
    last: Strip | None = None
    open: Printed | None = None
    between: bool = False
    floats: bool = False
    seen: set[int] = field(default_factory=set)
    ended: list[tuple[str, int | None]] = field(default_factory=list)
    notes: set[int | None] = field(default_factory=set)
    waiting: list[Printed] = field(default_factory=list)
    chapters: dict[str, tuple[str, int | None]] = field(default_factory=dict)

    def through(self, leaves: Sequence[Leaf], starts: Sequence[str | None]) -> None:
        """Walk through the pages; `starts` tells what runs where the book is not whole."""
        for leaf, start in zip(leaves, starts, strict=True):
            if self.back_page is not None and (leaf.face.page or 0) >= self.back_page:
                break
            if start is not None:
                self._close()
                self.running = start
            for stream in leaf.streams:
                self.between = True
                for place, item in enumerate(stream.items):
                    self.floats = place in {0, len(stream.items) - 1}
                    if isinstance(item, Block):
                        self._block(item, leaf.face, stream.column)
                    else:
                        self._strip(item, leaf.face, stream.column)
        if self.open is not None and not is_terminal(self.open.strips[-1].text):
            self.open.cut_off = self.open.strips[-1].room < self.open.strips[-1].size * 3
        self._close()
        self.found.drafts = [draft for draft in self.found.drafts if draft.section]
        for section in {draft.section for draft in self.found.drafts} & self.chapters.keys():
            self.found.headings.setdefault(section, self.chapters[section])

    def _close(self) -> None:
        self.open = self.last = None

    def _block(self, block: Block, face: Face, column: int) -> None:
        if id(block) in self.seen:
            self.between = True
            return
        self.seen.add(id(block))
        if block.kind == HEADING:
            self._heading(block, face)
        elif block.kind == TITLE:
            self._title(block, face)
        elif block.kind == PULL:
            self.between = True
            self._pull(block, face, column)
        elif block.kind == LABEL:
            self._close()
        elif block.kind == NOTE:
            self.between = True
            self.notes.add(face.page)

    def _heading(self, block: Block, face: Face) -> None:
        self._close()
        number = block.number if "." in block.number else f"{block.number}.0"
        known = self.running
        if known is not None and key_of(number) <= key_of(known) and number != known:
            self.found.homeless.append(face.page)
        self.running = number
        for draft in self.waiting:
            if draft.section or draft.page == face.page:
                draft.section = number
        self.waiting.clear()
        if "." in block.number or not self.two_levels:
            self.found.headings.setdefault(number, (block.title, face.page))
        else:
            self.chapters[number] = (block.title, face.page)

    def _title(self, block: Block, face: Face) -> None:
        self._close()
        if self.running is not None:
            self.ended.append((block.text, face.page))
        self.running = None

    def _pull(self, block: Block, face: Face, column: int) -> None:
        if not _SPEECH.search(block.text):
            return
        # A box at the head or foot of a column may have floated there from another section.
        certainty = block.certainty if block.certainty == 1.0 else block.certainty - self.floats / 8
        draft = self._draft(face, column, PULL_KIND, block.strips[0], certainty)
        draft.strips = list(block.strips)
        if self.running is None or (self.two_levels and self.running.endswith(".0")):
            self.waiting.append(draft)

    def _strip(self, strip: Strip, face: Face, column: int) -> None:
        if self.running is None:
            self.found.homeless.append(face.page)
            return
        if self.open is None or self.last is None:
            self.open = self._draft(face, column, BODY, strip, 1.0)
        else:
            pitch = None if self.between else (strip.base - self.last.base)
            scaled = None if pitch is None else pitch / self.separators.leading
            verdict = self.separators.judge(Pair(self.last, strip, scaled))
            self.open.doubts.append(verdict.certainty)
            if verdict.parts:
                self.open = self._draft(face, column, BODY, strip, verdict.certainty)
            else:
                self.open.strips.append(strip)
                self.open.sheets[face.sheet] = face
                self.open.doubts.append(face.certainty)
        self.last, self.between = strip, False

    def _draft(self, face: Face, column: int, kind: str, strip: Strip, certainty: float) -> Printed:
        name = "LR"[column] if face.columns == 2 else str(column + 1)
        draft = Printed(
            section=self.running or "",
            page=face.page,
            column=name,
            document=self.document,
            certainty=face.certainty,
            kind=kind,
            pieces=[],
            strips=[strip],
            sheets={face.sheet: face},
            doubts=[certainty],
        )
        self.found.drafts.append(draft)
        return draft


def finish(drafts: Sequence[Draft], words: Counter[str], separators: Separators) -> None:
    """Give every quote its text and its place on the page."""
    place: Counter[int | None] = Counter()
    for draft in drafts:
        if not isinstance(draft, Printed):
            continue
        text, sure = join([strip.text for strip in draft.strips], words)
        draft.text = bare(text, separators) if draft.kind == BODY else text
        draft.doubts.append(sure)
        place[draft.page] += 1
        draft.position = place[draft.page]
    if drafts and isinstance(drafts[0], Printed) and starts_low(drafts[0].text):
        drafts[0].cut_off = True


def confidence_of(draft: Printed) -> float:
    """Estimate from 0 to 1 how sure it is that the quote stands as it was printed."""
    if draft.section.endswith("?"):
        return 0.0
    score = min([draft.certainty, *draft.doubts])
    weak = sum(1 for doubt in draft.doubts if doubt < 0.95)
    return round(max(0.05, score - 0.03 * max(0, weak - 1)), 2)
