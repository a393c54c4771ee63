"""Compose quotes into the text that a two-column page leaves behind when it is extracted.

As pdf-to-text does: lines of both columns that stand at one height share a text line, words are
hyphenated, headings and boxes stand in the flow, a footer closes each page. Deterministic.
`python -m tests.quotes.composer` writes the key to the example's text from its book.
"""

from __future__ import annotations

import json
import re
import textwrap
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from tracker.demo.book import Book, Part, Statement, example_book

KEY = Path(__file__).parent / "data" / "voorbeeld-key.jsonl"
VOWELS = "aeiouyëïöüéèáàó"
NO_BREAK = ("ch", "sch", "th", "st", "sp", "tr", "dr", "br", "pr", "kr", "gr", "kl", "pl", "bl")
WORD = re.compile(r"^[^\W\d_]+[.,;:!?]?$")
HALF, LINE, PULL_LINE = 1, 2, 3


@dataclass(frozen=True)
class Sheet:
    """The measures of a page: characters per column and lines per column.

    `gap` is the number of empty lines between two statements. Most extractors keep the blank
    behind a line that goes on (`keep_blanks`), some strip it.
    """

    width: int = 62
    pull_width: int = 42
    height: int = 42
    keep_blanks: bool = True
    gap: int = 1


@dataclass(frozen=True)
class Placed:
    """Where a statement ended up: its page, column ('L' or 'R') and section number."""

    page: int
    column: str
    section: str
    statement: Statement


@dataclass(frozen=True)
class Composition:
    """The composed text, and the key to it."""

    text: str
    key: tuple[Placed, ...]


@dataclass
class _Block:
    """Lines that stay together in one column."""

    lines: list[str]
    step: int
    section: str
    opens_section: bool = False
    statement: Statement | None = None


@dataclass
class _Page:
    number: int
    lines: list[tuple[int, str, str]] = field(default_factory=list)


def compose(book: Book, sheet: Sheet | None = None) -> Composition:
    """Set a whole book: title, table of contents, preface and chapters.

    Every chapter opens on a page of its own; a statement is never broken over columns.
    """
    sheet = sheet or Sheet()
    number = book.contents_page + 1
    pages = [_text_page(number, book.preface_title, book.preface, sheet)]
    key: list[Placed] = []
    first: dict[str, int] = {}
    for chapter, title in book.chapters:
        number += 1
        first[str(chapter)] = number
        pages.append(_Page(number, [(0, "L", f"{chapter}  {title}")]))
        parts = [part for part in book.parts if part.chapter == chapter]
        for page, placed, opened in set_columns(parts, number + 1, sheet):
            pages.append(page)
            key.extend(placed)
            for section in opened:
                first.setdefault(section, page.number)
            number = page.number
    contents = "\n".join([*_contents(book, first), f"{book.footer} {book.contents_page}"])
    body = [f"{merge(page.lines)}\n{book.footer} {page.number}" for page in pages]
    text = "\n\n".join(["\n".join(book.title), contents, *body]) + "\n"
    return Composition(text, tuple(key))


def set_columns(
    parts: Sequence[Part], first_page: int, sheet: Sheet
) -> Iterator[tuple[_Page, list[Placed], list[str]]]:
    """Fill page after page, left column before right; the columns of the last page end alike."""
    columns = fill_columns(list(_kept_together(_blocks(parts, sheet))), sheet.height, sheet.gap)
    tail = columns[(len(columns) - 1) // 2 * 2 :]
    last = [group for column in tail for group in column]
    balanced = next(
        filled
        for height in range(1, sheet.height + 1)
        if len(filled := fill_columns(last, height, sheet.gap)) <= 2
    )
    columns = [*columns[: len(columns) - len(tail)], *balanced]
    for number, start in enumerate(range(0, len(columns), 2), start=first_page):
        page, placed, opened = _Page(number), list[Placed](), list[str]()
        for side, column in zip("LR", columns[start : start + 2], strict=False):
            y = 0
            for block in _boxes_last(column):
                y = _place(page, block, side, y, sheet.gap)
                if block.opens_section:
                    opened.append(block.section)
                if block.statement:
                    placed.append(Placed(number, side, block.section, block.statement))
        yield page, placed, opened


def fill_columns(groups: Sequence[list[_Block]], height: int, gap: int) -> list[list[list[_Block]]]:
    """Distribute groups over columns of `height` lines; a group too high stands alone."""
    columns: list[list[list[_Block]]] = [[]]
    left = height * LINE
    for group in groups:
        depth = sum(len(block.lines) * block.step + gap * LINE for block in group)
        if columns[-1] and depth - gap * LINE > left:
            columns.append([])
            left = height * LINE
        columns[-1].append(group)
        left -= depth
    return columns


def _boxes_last(column: Iterable[list[_Block]]) -> list[_Block]:
    """A highlighted box stands at the foot of its column."""
    blocks = [block for group in column for block in group]
    return sorted(blocks, key=lambda block: block.step == PULL_LINE)


def merge(lines: Iterable[tuple[int, str, str]]) -> str:
    """Read a page as an extractor does: from top to bottom, at one height from left to right."""
    heights: dict[int, list[tuple[str, str]]] = {}
    for y, column, text in lines:
        heights.setdefault(y, []).append((column, text))
    rows = []
    for y in sorted(heights):
        *before, last = (text for _column, text in sorted(heights[y]))
        rows.append(" ".join([*map(str.rstrip, before), last]))
    return "\n".join(rows)


def wrap(text: str, width: int) -> list[str]:
    """Break text into lines of at most `width` characters, hyphenating long words."""
    lines, line = [], ""
    for word in text.split():
        rest = word
        while line and len(line) + 1 + len(rest) > width:
            head, rest = _fitting(rest, width - len(line) - 1)
            lines.append(f"{line} {head}-" if head else line)
            line = ""
        line = f"{line} {rest}" if line else rest
    return [*lines, line] if line else lines


def hyphenate(word: str) -> list[str]:
    """Cut a word at the places where Dutch may break it; short words come back whole."""
    if len(word) < 9 or not WORD.match(word):
        return [word]
    pieces, start = [], 0
    for match in re.finditer(rf"(?<=[{VOWELS}])([^{VOWELS}\W]+)(?=[{VOWELS}])", word):
        cluster = match.group(1)
        keep = 0 if len(cluster) == 1 or cluster in NO_BREAK else 1
        if cluster.startswith("ch") and len(cluster) > 2:
            keep = 3 if cluster.startswith("cht") else 2
        cut = match.start() + keep
        if cut - start >= 3 and len(word) - cut >= 4:
            pieces.append(word[start:cut])
            start = cut
    return [*pieces, word[start:]]


def _fitting(word: str, room: int) -> tuple[str, str]:
    """The longest opening of a word that fits in `room` with its hyphen, and the rest."""
    pieces = hyphenate(word)
    for count in range(len(pieces) - 1, 0, -1):
        head = "".join(pieces[:count])
        if len(head) + 1 <= room:
            return head, "".join(pieces[count:])
    return "", word


def _blocks(parts: Sequence[Part], sheet: Sheet) -> Iterator[_Block]:
    for part in parts:
        heading = textwrap.wrap(f"{part.number} {part.title}", sheet.width - 8)
        yield _Block(heading, LINE, part.number, opens_section=True)
        for statement in part.statements:
            if statement.pull_quote:
                step, lines = PULL_LINE, textwrap.wrap(statement.text, sheet.pull_width)
            else:
                step, lines = LINE, wrap(statement.text, sheet.width)
            if sheet.keep_blanks:
                goes_on = (line if line.endswith("-") else f"{line} " for line in lines[:-1])
                lines = [*goes_on, lines[-1]]
            yield _Block(lines, step, part.number, statement=statement)


def _kept_together(blocks: Iterable[_Block]) -> Iterator[list[_Block]]:
    """A heading never stands alone at the foot of a column."""
    waiting: list[_Block] = []
    for block in blocks:
        waiting.append(block)
        if not block.opens_section:
            yield waiting
            waiting = []


def _place(page: _Page, block: _Block, column: str, y: int, gap: int) -> int:
    """Put a block at a height and return the height after the empty lines below it.

    A highlighted box has its own leading: its lines stand between those of the other column.
    """
    top = y + HALF if block.step == PULL_LINE else y
    for index, line in enumerate(block.lines):
        height = top + index * block.step
        if block.step == PULL_LINE and height % LINE == 0:
            height += HALF
        page.lines.append((height, column, line))
    end = page.lines[-1][0] + LINE
    return end + end % LINE + gap * LINE


def _text_page(number: int, title: str, paragraphs: Sequence[str], sheet: Sheet) -> _Page:
    lines = [title]
    for paragraph in paragraphs:
        lines.extend(wrap(paragraph, sheet.width))
    return _Page(number, [(index * LINE, "L", line) for index, line in enumerate(lines)])


def _contents(book: Book, first: dict[str, int]) -> Iterator[str]:
    for chapter, title in book.chapters:
        yield f"{chapter} {title} {first[str(chapter)]}"
        for part in book.parts:
            if part.chapter == chapter:
                yield f"{part.number} {part.title} {first[part.number]}"


def key_rows(composition: Composition) -> list[dict[str, object]]:
    """The key as the rows of its file."""
    return [
        {
            "page": placed.page,
            "column": placed.column,
            "section": placed.section,
            "text": placed.statement.text,
            "pull_quote": placed.statement.pull_quote,
        }
        for placed in composition.key
    ]


if __name__ == "__main__":
    made = compose(example_book())
    lines = (json.dumps(row, ensure_ascii=False) for row in key_rows(made))
    KEY.write_text("".join(f"{line}\n" for line in lines), encoding="utf-8")
