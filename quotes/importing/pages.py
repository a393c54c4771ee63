"""Second step: a file's lines into pages, each with its number where it can be known.

A page closes with its footer (the same words on every page, mostly with the page's number) or
with a form feed. Pages whose footer lost its number are placed by what else is known.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from quotes.importing.lines import Line
from quotes.importing.readers import Document
from quotes.importing.text import is_terminal, normalised

_NUMBERED = re.compile(
    r"^(?P<form>\D.*?)\s+(?P<number>\d{1,4})$|^(?P<front>\d{1,4})\s+(?P<rest>\D.*)$"
)
_BARE = re.compile(r"^\d{1,4}$")
_NAMED = re.compile(r"(?:^|[^a-z])(?:page|pagina|pag|blz|p)[-_ .]?(\d{1,4})(?:\D|$)", re.IGNORECASE)
_SAME_PAGE = 0.9
# Numbers may begin anew behind the front pages; a number that low elsewhere is none of a page.
FRONT_PAGES = 3


@dataclass(frozen=True, slots=True)
class Page:
    """The lines of a page without its footer; `number` is None as long as nobody knows it."""

    document: int
    number: int | None
    lines: tuple[Line, ...]
    footed: bool

    @property
    def words(self) -> Counter[str]:
        """The words of the page, to compare pages by."""
        return Counter(normalised(" ".join(line.raw for line in self.lines)).split())


def split_pages(documents: Sequence[Document]) -> list[Page]:
    """Cut the texts of all documents into pages; footers are learnt from all of them together."""
    texts = [document.text.split("\n") for document in documents]
    forms = _footer_forms(texts)
    pages: list[Page] = []
    for index, lines in enumerate(texts):
        pages += _counted(_cut(index, lines, forms))
    return pages


def _counted(pages: list[Page]) -> list[Page]:
    """Fill in the numbers that counting gives: in a gap of one page, or in a book without any."""
    numbers = [page.number for page in pages]
    if len(pages) > 1 and not any(numbers):
        return [replace(page, number=place) for place, page in enumerate(pages, start=1)]
    for place in range(1, len(pages) - 1):
        before, behind = numbers[place - 1], numbers[place + 1]
        if numbers[place] is None and before and behind == before + 2:
            numbers[place] = before + 1
    return [replace(page, number=number) for page, number in zip(pages, numbers, strict=True)]


def _footer_forms(texts: Sequence[Sequence[str]]) -> frozenset[str]:
    """Find the words that close a page: they recur before a blank line or the end of a file."""
    seen: Counter[str] = Counter()
    for lines in texts:
        last = max((i for i, line in enumerate(lines) if line.strip()), default=0)
        for place, line in enumerate(lines):
            ends = place >= last or not lines[place + 1].strip() or "\f" in line + lines[place + 1]
            form, number = _parts(line)
            if not ends or not form or is_terminal(line):
                continue
            seen[form] += 2 if number is not None and place >= last else 1
            if place >= last and number is None and " - " in line:
                seen[form] += 2
    return frozenset(form for form, count in seen.items() if count >= 2)


def _parts(line: str) -> tuple[str, int | None]:
    """Split a possible footer into its words and its number."""
    text = line.replace("\f", " ").strip()
    if _BARE.match(text):
        return "#", int(text)
    found = _NUMBERED.match(text)
    if found is None:
        return normalised(text), None
    number = found["number"] or found["front"]
    return normalised(found["form"] or found["rest"]), int(number)


def _cut(index: int, lines: Sequence[str], forms: frozenset[str]) -> list[Page]:
    pages: list[Page] = []
    held: list[Line] = []
    before = 0
    for number, raw in enumerate(lines, start=1):
        form, page = _parts(raw)
        begins_anew = page is not None and page <= FRONT_PAGES
        if form in forms and (page is None or page > before or begins_anew):
            before = page or before
            pages.append(Page(index, page, tuple(held), True))
            held = []
            continue
        for turn, part in enumerate(raw.split("\f")):
            if turn and held:
                pages.append(Page(index, None, tuple(held), True))
                held = []
            if part.strip():
                held.append(Line(number, part))
    if held:
        pages.append(Page(index, None, tuple(held), False))
    return [page for page in pages if page.lines]


def number_from_name(name: str) -> int | None:
    """Read a page number from a file name such as `page-28.txt`; None if it holds none."""
    stem = name.rsplit(".", 1)[0]
    found = _NAMED.findall(stem)
    return int(found[0]) if len(found) == 1 else None


def unique_pages(pages: Iterable[Page]) -> list[Page]:
    """Keep every page once: the same number or (nearly) the same words is the same page.

    A copy without a number learns nothing; a kept page without one learns it from its copy.
    """
    kept: list[Page] = []
    for page in pages:
        place = _known(page, kept)
        if place is None:
            kept.append(page)
        elif kept[place].number is None and page.number is not None:
            kept[place] = replace(kept[place], number=page.number)
    return kept


def _known(page: Page, kept: Sequence[Page]) -> int | None:
    words = page.words
    for place, other in enumerate(kept):
        if page.number is not None and page.number == other.number:
            return place
        if page.number is not None and other.number is not None:
            continue
        shared, theirs = (words & other.words).total(), other.words.total()
        if shared >= _SAME_PAGE * max(words.total(), theirs, 1):
            return place
    return None
