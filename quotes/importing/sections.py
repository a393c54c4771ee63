"""Which number a page has and which section is running when it begins.

A page without a heading goes on with the section of the page before it. Where that page is
missing, other facts tell: the first heading on the page (before 4.3 stands 4.2), the table of
contents, the page behind it. What stays unknown is said, never guessed.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from quotes.importing.contents import Contents, key_of


@dataclass(frozen=True, slots=True)
class Heads:
    """What a page shows of its place: its number, its headings, the chapter it opens.

    `hint` is a number that somebody or something says it has (a file's name), to be checked.
    """

    number: int | None
    headings: tuple[str, ...] = ()
    chapter: int | None = None
    hint: int | None = None


def place_pages(pages: Sequence[Heads], contents: Contents) -> list[int | None]:
    """Number the pages that have lost their number, as far as their headings or hints allow."""
    numbers = [page.number for page in pages]
    for index, page in enumerate(pages):
        if numbers[index] is not None:
            continue
        taken = {number for number in numbers if number is not None}
        lower, upper = _bounds(page, pages, numbers)
        named = {contents.first_pages[n] for n in page.headings if n in contents.first_pages}
        if len(named) == 1 and not named & taken:
            numbers[index] = named.pop()
        elif page.hint is not None and page.hint not in taken and lower < page.hint < upper:
            numbers[index] = page.hint
        else:
            free = [n for n in range(lower + 1, min(upper, lower + 9)) if n not in taken]
            if page.headings and lower and upper < 10_000 and len(free) == 1:
                numbers[index] = free[0]
    return numbers


def _bounds(page: Heads, pages: Sequence[Heads], numbers: Sequence[int | None]) -> tuple[int, int]:
    """Return the last page that must stand before this one and the first that must follow."""
    if not page.headings:
        return 0, 10_000
    first, last = key_of(page.headings[0]), key_of(page.headings[-1])
    lower, upper = 0, 10_000
    for other, number in zip(pages, numbers, strict=True):
        if number is None or not other.headings:
            continue
        if key_of(other.headings[-1]) < first:
            lower = max(lower, number)
        if key_of(other.headings[0]) > last:
            upper = min(upper, number)
    return lower, upper


def reading_order(pages: Sequence[Heads]) -> list[int]:
    """Return the indexes of the pages in reading order; an unnumbered page by its headings."""
    numbers = [page.number for page in pages]

    def key(index: int) -> tuple[float, int]:
        number = numbers[index]
        if number is not None:
            return float(number), index
        lower, _upper = _bounds(pages[index], pages, numbers)
        return (lower + 0.5 if pages[index].headings else 10_000.0), index

    return sorted(range(len(pages)), key=key)


def running_sections(pages: Sequence[Heads], contents: Contents) -> list[str | None]:
    """Return for every page (in reading order) the section running when it begins.

    '4.?' where only the chapter is known; None where not even that is, as before chapter 1.
    """
    starts: list[str | None] = []
    for index, page in enumerate(pages):
        before = _end(pages, starts, index - 1) if _adjacent(pages, index - 1) else None
        starts.append(_by_heading(page) or before or _by_contents(page, contents))
    for index in range(len(pages) - 2, -1, -1):
        page = pages[index]
        bare = not page.headings and page.chapter is None
        if starts[index] is None and bare and _adjacent(pages, index):
            starts[index] = starts[index + 1]
    chapter: int | None = None
    for index, page in enumerate(pages):
        if starts[index] is None and page.chapter is None and not _opens(pages, index):
            starts[index] = _between(pages, starts, index) or (chapter and f"{chapter}.?") or None
        end = page.headings[-1] if page.headings else starts[index]
        chapter = page.chapter or (key_of(end)[0] if end else chapter)
    return starts


def _adjacent(pages: Sequence[Heads], index: int) -> bool:
    """Tell whether the page at the index and the next one follow each other in the book."""
    if index < 0 or index + 1 >= len(pages):
        return False
    here, there = pages[index].number, pages[index + 1].number
    return here is not None and there is not None and there == here + 1


def _end(pages: Sequence[Heads], starts: Sequence[str | None], index: int) -> str | None:
    if pages[index].chapter is not None:
        return None
    return pages[index].headings[-1] if pages[index].headings else starts[index]


def _by_heading(page: Heads) -> str | None:
    if not page.headings:
        return None
    chapter, section = key_of(page.headings[0])
    return f"{chapter}.{section - 1}" if section > 1 else None


def _by_contents(page: Heads, contents: Contents) -> str | None:
    return contents.in_force(page.number) if page.number is not None else None


def _opens(pages: Sequence[Heads], index: int) -> bool:
    """Tell whether a chapter's first section is still to come on the page itself."""
    headings = pages[index].headings
    return bool(headings) and key_of(headings[0])[1] == 1


def _between(pages: Sequence[Heads], starts: Sequence[str | None], index: int) -> str | None:
    """Return the section that is known both before and behind the page, if it is the same.

    Pages without a number tell nothing: they may stand before this page as well as behind it.
    """
    sure = [i for i, page in enumerate(pages) if page.number is not None]
    ends = (_end(pages, starts, i) for i in reversed(sure) if i < index)
    before = next((end for end in ends if end), None)
    behind = next((starts[i] for i in sure if i > index and starts[i]), None)
    return before if before is not None and before == behind else None
