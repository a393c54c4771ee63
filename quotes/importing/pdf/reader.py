"""PDF files in, a Reading out: the steps one after another."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from quotes.importing.assembly import quote_of, sections_of, source_of
from quotes.importing.contents import Contents
from quotes.importing.pdf.breaks import learn
from quotes.importing.pdf.display import (
    HEADING,
    Block,
    blocks_of,
    classify,
    compact,
    headings,
    tell_speech,
)
from quotes.importing.pdf.flow import streams_of
from quotes.importing.pdf.gutters import find_gutters
from quotes.importing.pdf.joining import words_of
from quotes.importing.pdf.measures import Type, type_of
from quotes.importing.pdf.opening import count_pages, open_pdf, sheets_of
from quotes.importing.pdf.running import Numbered, without_running
from quotes.importing.pdf.sheets import Sheet
from quotes.importing.pdf.spans import widen
from quotes.importing.pdf.strips import Face, box_of, faces_of
from quotes.importing.pdf.table import contradictions, is_table, read_table
from quotes.importing.pdf.walk import Leaf, Printed, Walk, confidence_of, finish, pairs_of
from quotes.importing.quotes import Draft, Gathered, mark_pull_quotes
from quotes.importing.readers import Document
from quotes.importing.reading import ImportRefused, QuoteRead, Reading
from quotes.importing.sections import Heads, running_sections
from quotes.importing.text import tidy

Progress = Callable[[int, int], None]
_COVERS, _UNREADABLE = 0.3, 0.1


@dataclass(frozen=True, slots=True)
class _Book:
    """One file as it was read."""

    document: Document
    numbers: tuple[int, ...]
    found: Gathered
    contents: Contents
    title: str
    warnings: list[str]


def read_pdfs(
    documents: Sequence[Document], page: int | None = None, progress: Progress | None = None
) -> Reading:
    """Read PDF files; `progress` is told (pages done, pages in all).

    With `page` only the quotes that begin on that page are kept. Raises ImportRefused, in one
    sentence, for a file that cannot be read, holds no text or no numbered headings.
    """
    opened = [open_pdf(document.data, document.name) for document in documents]
    counts = [
        count_pages(pdf, document.name) for pdf, document in zip(opened, documents, strict=True)
    ]
    books, done = [], 0
    for index, (pdf, document) in enumerate(zip(opened, documents, strict=True)):
        sheets = []
        for sheet in sheets_of(pdf, document.name):
            sheets.append(sheet)
            done += 1
            if progress is not None:
                progress(done, sum(counts))
        books.append(_read_book(index, document, sheets))
    books.sort(key=_first_page)
    return _reading(books, documents, page)


def _first_page(book: _Book) -> int:
    return min(book.numbers, default=10_000)


def _read_book(index: int, document: Document, sheets: list[Sheet]) -> _Book:
    warnings = _warn_of_unread(sheets, document.name)
    numbered = without_running(sheets)
    tables = [page for page in numbered if is_table(page.rows)]
    pages = [page for page in numbered if page not in tables]
    contents = read_table(tables)
    body = type_of(pages)
    faces = faces_of(pages, find_gutters(pages, body), body)
    cards = _has_cards(faces)
    leaves, blocks = _leaves(faces, body, contents, cards)
    separators = learn(list(pairs_of(leaves)), body.size, cards=cards)
    levels = any("." in block.number for page in blocks for block in headings(page))
    walk = Walk(index, separators, levels, contents.back_page)
    walk.through(leaves, _starts(faces, blocks, contents))
    words = words_of(strip.text for face in faces for strip in face.strips)
    finish(walk.found.drafts, words, separators)
    warnings += contradictions(contents, walk.found.headings, document.name) if tables else []
    warnings += _warn_of_walk(walk, document.name)
    title = _title(numbered, tables)
    numbers = tuple(page.number for page in numbered if page.number)
    return _Book(document, numbers, walk.found, contents, title, warnings)


def _has_cards(faces: Sequence[Face]) -> bool:
    """Tell whether most of the text stands in boxes: then each box holds a quote."""
    letters = [(len(s.text), s.box is not None) for f in faces for s in f.strips if s.body]
    return sum(n for n, boxed in letters if boxed) * 2 > sum(n for n, _boxed in letters)


def _leaves(
    faces: Sequence[Face], body: Type, contents: Contents, cards: bool
) -> tuple[list[Leaf], list[list[Block]]]:
    """Tell headings and pull quotes from the text, and put each page in reading order."""
    blocks = [blocks_of(face, body, cards) for face in faces]
    classify(blocks, body, contents)
    spoken = compact(
        " ".join(
            s.text for face in faces for s in face.strips if s.body and (cards or s.box is None)
        )
    )
    tell_speech((block for page in blocks for block in page), spoken)
    widen(faces, blocks)
    leaves = [
        Leaf(face, tuple(streams_of(face, held))) for face, held in zip(faces, blocks, strict=True)
    ]
    return leaves, blocks


def _spoken(faces: Sequence[Face], cards: bool) -> str:
    """Return the running text of the book, column by column, as it is compared with boxes."""
    texts = (
        strip.text
        for face in faces
        for column in range(face.columns)
        for strip in face.strips
        if strip.column == column and strip.body and (cards or strip.box is None)
    )
    return compact(" ".join(texts))


def _starts(
    faces: Sequence[Face], blocks: Sequence[Sequence[Block]], contents: Contents
) -> list[str | None]:
    """Return what section runs at the start of a part of a book, as far as it can be known."""
    heads = [
        Heads(face.page, tuple(b.number for b in page if b.kind == HEADING and "." in b.number))
        for face, page in zip(faces, blocks, strict=True)
    ]
    opening = [any(block.kind == HEADING for block in page) for page in blocks]
    first = opening.index(True) if True in opening else len(heads)
    starts: list[str | None] = [None] * len(heads)
    for place, start in enumerate(running_sections(heads, contents)[: first + 1]):
        if start is not None and not start.endswith("?"):
            starts[place] = start
            break
    return starts


def _warn_of_unread(sheets: Sequence[Sheet], name: str) -> list[str]:
    """Refuse a scan, and a file whose letters have no meaning; warn of pages that are like that."""
    empty = [sheet.number for sheet in sheets if not sheet.rows]
    if len(empty) == len(sheets):
        pages = f"its {len(sheets)} pages" if len(sheets) > 1 else "its only page"
        raise ImportRefused(
            f"{name}: there is no text on {pages}, only a picture or nothing; have the scan's "
            "text recognised (OCR) first."
        )
    letters = sum(len(row.text) for sheet in sheets for row in sheet.rows)
    unread = sum(sheet.unread for sheet in sheets)
    if unread > _UNREADABLE * (letters + unread):
        raise ImportRefused(
            f"{name}: the fonts of the file do not say which letters they show; export the PDF "
            "with text that can be copied."
        )
    warnings = []
    scanned = [s.number for s in sheets if not s.rows and _is_picture(s)]
    if scanned:
        warnings.append(
            f"{name}: nothing was read from a picture without text on {_sheets(scanned)}."
        )
    odd = [sheet.number for sheet in sheets if sheet.unread]
    if odd:
        warnings.append(f"{name}: some letters could not be read on {_sheets(odd)}.")
    return warnings


def _is_picture(sheet: Sheet) -> bool:
    area = sum((s.x1 - s.x0) * (s.bottom - s.top) for s in sheet.shapes if s.kind == "picture")
    return area > _COVERS * sheet.width * sheet.height


def _sheets(numbers: Sequence[int]) -> str:
    more = f" and {len(numbers) - 8} more" if len(numbers) > 8 else ""
    return f"sheet{'s' * (len(numbers) > 1)} {', '.join(map(str, numbers[:8]))}{more}"


def _warn_of_walk(walk: Walk, name: str) -> list[str]:
    warnings = []
    if walk.ended:
        titles = "; ".join(f"'{text[:60]}' (page {page})" for text, page in walk.ended[:5])
        warnings.append(
            f"{name}: what stands under a title without a number was not read: {titles}."
        )
    if walk.notes:
        pages = ", ".join(str(page) for page in sorted(p for p in walk.notes if p)[:8])
        warnings.append(f"{name}: small type (notes, captions) was left out on page {pages}.")
    return warnings


def _title(pages: Sequence[Numbered], tables: Sequence[Numbered]) -> str:
    """Return the largest words on the first page, if it comes before the contents."""
    first = next((page for page in pages if page.rows), None)
    if first is None or first in tables:
        return ""
    largest = max(row.main()[0] for row in first.rows)
    return tidy(" ".join(row.text for row in first.rows if row.main()[0] == largest))[:300]


def _reading(books: Sequence[_Book], documents: Sequence[Document], page: int | None) -> Reading:
    drafts: list[Draft] = [draft for book in books for draft in book.found.drafts]
    names = ", ".join(document.name for document in documents)
    if not drafts:
        raise ImportRefused(
            f"{names}: no quote was found under a numbered heading (such as '4.12 Title' or "
            "'3 Title'); offer the pages of an anthology with its headings."
        )
    mark_pull_quotes(drafts)
    found = Gathered(drafts)
    titles: dict[str, str] = {}
    first: dict[str, int] = {}
    for book in books:
        for number, heading in book.found.headings.items():
            found.headings.setdefault(number, heading)
    for book in books:
        first |= {n: p for n, p in book.contents.first_pages.items() if n not in found.headings}
        titles |= {n: t for n, t in book.contents.titles.items() if n not in found.headings}
    used = {draft.section for draft in drafts}
    known = Contents({n: t for n, t in titles.items() if n in used}, first)
    quotes = tuple(_quote(draft, documents) for draft in drafts)
    if page is not None:
        quotes = _only(quotes, page)
    return Reading(
        next((book.title for book in books if book.title), ""),
        sections_of(found, known),
        quotes,
        tuple(source_of(book.document, set(book.numbers)) for book in books),
        tuple(warning for book in books for warning in book.warnings),
    )


def _only(quotes: Sequence[QuoteRead], page: int) -> tuple[QuoteRead, ...]:
    """Keep the quotes of one page; what a pull quote points at may stand elsewhere."""
    kept = [index for index, quote in enumerate(quotes) if quote.page == page]
    if not kept:
        raise ImportRefused(f"Page {page} holds no quote in these files; check the number.")
    places = {old: new for new, old in enumerate(kept)}
    return tuple(
        replace(quotes[i], pull_quote_of=places.get(quotes[i].pull_quote_of or -1))
        if quotes[i].pull_quote_of is not None
        else quotes[i]
        for i in kept
    )


def _quote(draft: Draft, documents: Sequence[Document]) -> QuoteRead:
    if not isinstance(draft, Printed):
        raise TypeError(draft)
    boxes = tuple(box_of(strip, draft.sheets[strip.sheet]) for strip in draft.strips)
    return quote_of(draft, documents, confidence_of(draft), boxes)
