"""Files in, a Reading out: the steps one after another."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from quotes.importing.assembly import quote_of, sections_of, source_of
from quotes.importing.contents import (
    Contents,
    book_title,
    chapter_title,
    is_contents,
    read_contents,
)
from quotes.importing.interleaved.columns import learn_habits, split_columns
from quotes.importing.pages import Page, number_from_name, split_pages, unique_pages
from quotes.importing.pdf.reader import read_pdfs
from quotes.importing.pieces import Columns
from quotes.importing.quotes import (
    Gathered,
    ReadPage,
    confidence_of,
    gather,
    headings_in,
)
from quotes.importing.readers import Document, read_document
from quotes.importing.reading import ImportRefused, Reading, SourceRead
from quotes.importing.sections import (
    Heads,
    place_pages,
    reading_order,
    running_sections,
)
from quotes.importing.tables import read_tables
from quotes.importing.text import is_terminal, starts_low, vocabulary

# What a text of two thousand pages holds at most, generously.
MAX_PAGES, MAX_LINES, MAX_CHARACTERS = 2_000, 200_000, 12_000_000
Progress = Callable[[int, int], None]


def read_files(
    paths: Sequence[str | Path],
    page: int | None = None,
    *,
    progress: Progress | None = None,
    columns: Mapping[str, str] | None = None,
    sheet: str = "",
) -> Reading:
    """Read a whole anthology from its files; `progress` is told (pages done, pages in all).

    `columns` and `sheet` are for tables: which column holds what, and the sheet of a workbook.

    With `page` only that page is read; a file that holds a single page without a number is then
    taken to be it. Raises ImportRefused, in one sentence, when a file cannot be read or placed.
    """
    documents = _distinct([read_document(Path(path)) for path in paths])
    if not documents:
        raise ImportRefused("No file was given; name at least one file.")
    pdfs = [document for document in documents if document.is_pdf]
    if pdfs and len(pdfs) < len(documents):
        raise ImportRefused(
            "PDF and other files cannot be read together; import the PDF alone, or text without it."
        )
    tables = [document for document in documents if document.is_table]
    if tables and len(tables) < len(documents):
        raise ImportRefused("Text and tables cannot be read together; import them one by one.")
    if pdfs:
        reading = read_pdfs(pdfs, page, progress)
    elif tables:
        reading = read_tables(tables, page, columns=columns, sheet=sheet)
    else:
        reading = read_texts(documents, page, progress)
    return replace(reading, only_page=page)


def _distinct(documents: Sequence[Document]) -> list[Document]:
    return list({document.sha256: document for document in documents}.values())


def read_texts(
    documents: Sequence[Document], page: int | None = None, progress: Progress | None = None
) -> Reading:
    """Read the text of pages: find pages, columns, sections and quotes, in that order."""
    _refuse_endless(documents)
    pages = unique_pages(split_pages(documents))
    contents_pages = [p for p in pages if is_contents(p.lines)]
    contents = read_contents(p.lines for p in contents_pages)
    warnings: list[str] = []
    bodies = [p for p in pages if p not in contents_pages]
    split = _split(bodies, contents, progress)
    read = _place(bodies, split, documents, contents, page)
    read = [p for p in read if not _is_list(p, contents, warnings)]
    _refuse_unplaced(read, contents_pages, documents)
    if page is not None:
        read = [p for p in read if p.number == page]
        if not read:
            raise ImportRefused(f"Page {page} stands in none of the files; check the number.")
    words = vocabulary(line.raw for p in pages for line in p.lines)
    found = gather(read, words)
    if not found.drafts:
        names = ", ".join(document.name for document in documents)
        raise ImportRefused(f"{names}: no quote was found in it; offer pages of an anthology.")
    warnings += _warnings(read, found)
    title = next((t for p in contents_pages if (t := book_title(p.lines))), "")
    return Reading(
        title,
        sections_of(found, contents),
        tuple(quote_of(draft, documents, confidence_of(draft)) for draft in found.drafts),
        tuple(_source(i, d, pages, read) for i, d in enumerate(documents)),
        tuple(warnings),
    )


def _refuse_endless(documents: Sequence[Document]) -> None:
    """Refuse what would keep the worker busy for hours."""
    for document in documents:
        lines = document.text.count("\n")
        if lines > MAX_LINES or len(document.text) > MAX_CHARACTERS:
            raise ImportRefused(
                f"{document.name}: the file has more than {MAX_PAGES:,} pages; split it first."
            )


def _split(pages: Sequence[Page], contents: Contents, progress: Progress | None) -> list[Columns]:
    """Split the pages into columns; the title page of a chapter has none."""
    bodies = [page.lines for page in pages if chapter_title(page.lines) is None]
    habits = learn_habits(bodies, contents.titles)
    found = []
    for done, page in enumerate(pages, start=1):
        if chapter_title(page.lines) is not None:
            found.append(Columns(()))
        else:
            found.append(split_columns(page.lines, habits=habits, titles=contents.titles))
        if progress is not None:
            progress(done, len(pages))
    return found


def _place(
    pages: Sequence[Page],
    split: Sequence[Columns],
    documents: Sequence[Document],
    contents: Contents,
    asked: int | None,
) -> list[ReadPage]:
    """Number the pages, put them in order, and find the section in which each begins."""
    held = Counter(page.document for page in pages)
    heads = []
    for page, columns in zip(pages, split, strict=True):
        hint = asked if asked is not None and len(pages) == 1 else None
        if hint is None and held[page.document] == 1:
            hint = number_from_name(documents[page.document].name)
        heads.append(Heads(page.number, headings_in(columns), chapter_title(page.lines), hint))
    numbers = place_pages(heads, contents)
    heads = [replace(head, number=number) for head, number in zip(heads, numbers, strict=True)]
    order = reading_order(heads)
    running = running_sections([heads[index] for index in order], contents)
    return [
        ReadPage(
            pages[index].document, heads[index].number, pages[index].lines, split[index], section
        )
        for index, section in zip(order, running, strict=True)
    ]


def _is_list(page: ReadPage, contents: Contents, warnings: list[str]) -> bool:
    """Tell whether a page behind the chapters, or a bare list of names, holds no quotes."""
    if contents.back_page is not None and page.number and page.number >= contents.back_page:
        return True
    texts = [line.text for line in page.lines]
    if len(texts) < 5 or sum(map(is_terminal, texts)) * 10 > len(texts):
        return False
    if sum(map(starts_low, texts)) * 5 > len(texts):
        return False  # names do not go on in small letters
    warnings.append(f"{_name(page)}: no quotes were read, it looks like a list.")
    return True


def _refuse_unplaced(
    read: Sequence[ReadPage], contents_pages: Sequence[Page], documents: Sequence[Document]
) -> None:
    placed = {p.document for p in read if p.running or p.number or headings_in(p.columns)}
    placed |= {p.document for p in contents_pages}
    known = [p for p in read if p.running or headings_in(p.columns)]
    for index, document in enumerate(documents):
        held = [p for p in read if p.document == index]
        if (held and index not in placed) or not known:
            raise ImportRefused(
                f"{document.name}: no page of it can be placed in a section; import it together "
                "with its table of contents or the pages around it."
            )


def _warnings(read: Sequence[ReadPage], found: Gathered) -> list[str]:
    warnings = []
    for page in read:
        if page.running and page.running.endswith("?"):
            warnings.append(
                f"{_name(page)}: the section is not known; its quotes stand under {page.running}."
            )
        elif page.number is None:
            warnings.append(f"A page without a number was placed by its headings ({_name(page)}).")
    return warnings


def _name(page: ReadPage) -> str:
    if page.number is not None:
        return f"Page {page.number}"
    return f"The page at line {page.lines[0].number}"


def _source(
    index: int, document: Document, pages: Sequence[Page], read: Sequence[ReadPage]
) -> SourceRead:
    numbers = {p.number for p in pages if p.document == index and p.number is not None}
    numbers |= {p.number for p in read if p.document == index and p.number is not None}
    return source_of(document, numbers)
