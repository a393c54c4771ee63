"""The table of contents and the title pages: which sections there are, and where they begin."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from quotes.importing.lines import Line
from quotes.importing.text import tidy

_ENTRY = re.compile(
    r"^(?:(?P<number>\d{1,2}(?:\.\d{1,2})?)\.?\s+)?(?P<title>[^\W\d_].*?)[\s.…]*\s(?P<page>\d{1,4})$"
)
_CHAPTER = re.compile(r"^(\d{1,2})\.?\s+([^\W\d_].*)$")
_MIN_ENTRIES = 4
_TITLE_PAGE_LINES = 4


def key_of(number: str) -> tuple[int, int]:
    """Turn '4.12' into (4, 12), which sorts as people count; '4.?' sorts last in its chapter."""
    chapter, _dot, section = number.partition(".")
    return int(chapter), int(section) if section.isdigit() else 10_000


@dataclass(frozen=True, slots=True)
class Contents:
    """Sections and chapters by number, as far as a table of contents names them."""

    titles: Mapping[str, str] = field(default_factory=dict)
    first_pages: Mapping[str, int] = field(default_factory=dict)
    chapter_pages: Mapping[int, int] = field(default_factory=dict)
    back_page: int | None = None

    def in_force(self, page: int) -> str | None:
        """Return the section that is still running when the page begins, if the table tells."""
        chapters = [c for c, first in self.chapter_pages.items() if first <= page]
        if not chapters:
            return None
        running = [
            number
            for number, first in self.first_pages.items()
            if first < page and key_of(number)[0] == max(chapters)
        ]
        return max(running, key=key_of, default=None)


def entries(lines: Sequence[Line]) -> list[tuple[str, str, int]]:
    """Return (number, title, page) of the lines that are entries of a table of contents."""
    found = []
    for line in lines:
        match = _ENTRY.match(line.text)
        if match:
            found.append((match["number"] or "", tidy(match["title"]), int(match["page"])))
    return found


def is_contents(lines: Sequence[Line]) -> bool:
    """Tell whether a page is (mostly) a table of contents."""
    rows = [row for row in entries(lines) if row[0]]
    rising = all(a[2] <= b[2] for a, b in pairwise(rows))
    return len(rows) >= _MIN_ENTRIES and len(rows) * 2 >= len(lines) and rising


def read_contents(pages: Iterable[Sequence[Line]]) -> Contents:
    """Gather the tables of contents of these pages into one."""
    titles: dict[str, str] = {}
    first: dict[str, int] = {}
    chapters: dict[int, int] = {}
    back: int | None = None
    for lines in pages:
        for number, title, page in entries(lines):
            if "." in number:
                titles.setdefault(number, title)
                first.setdefault(number, page)
            elif number:
                chapters.setdefault(int(number), page)
            elif first and page >= max(first.values()):
                back = min(back or page, page)
    return Contents(titles, first, chapters, back)


def chapter_title(lines: Sequence[Line]) -> int | None:
    """Return the chapter's number when the page is a chapter's title page."""
    if len(lines) > _TITLE_PAGE_LINES:
        return None
    found = _CHAPTER.match(lines[0].text) if lines else None
    return int(found[1]) if found else None


def book_title(lines: Sequence[Line]) -> str:
    """Return the title that stands above the table of contents, or an empty text."""
    heads: list[str] = []
    for line in lines:
        if _ENTRY.match(line.text):
            break
        heads.append(line.text)
    return tidy(" ".join(heads))[:300]
