"""The importer's sentences in the reader's language.

The steps of an import are pure and speak English, as their commands do. Here each sentence is
recognised by its pattern and said again, with the same values, in the language of the page. A test
holds this list against the code.
"""

from __future__ import annotations

import re
from functools import cache

from django.utils.translation import gettext, gettext_noop

SENTENCES = (
    # jobs
    gettext_noop(
        "The import broke off three times, so nothing was imported. Try it again with a smaller "
        "file, or ask whoever runs this installation to look at the worker's log."
    ),
    gettext_noop("The anthology was changed after this was read. Look at the differences again."),
    # files
    gettext_noop("No file was given; name at least one file."),
    gettext_noop("%(file)s: a file '.xls' cannot be read; save it as .xlsx."),
    gettext_noop("%(file)s: a file '%(kind)s' cannot be read; offer %(kinds)s."),
    gettext_noop("%(file)s: a file without an extension cannot be read; offer %(kinds)s."),
    gettext_noop("%(file)s: the file cannot be opened (%(reason)s); check its name and rights."),
    gettext_noop("%(file)s: the file is larger than 50 MB; split it first."),
    gettext_noop("%(file)s: the file is empty; offer a file with text in it."),
    gettext_noop(
        "%(file)s: byte %(byte)s cannot be read as %(encoding)s; save the file as UTF-8 and try "
        "again."
    ),
    gettext_noop("Text and tables cannot be read together; import them one by one."),
    # pages
    gettext_noop("A page without a number was placed by its headings (%(page)s)."),
    gettext_noop("Page %(page)s stands in none of the files; check the number."),
    gettext_noop(
        "%(file)s: no page of it can be placed in a section; import it together with its table of "
        "contents or the pages around it."
    ),
    gettext_noop("%(file)s: no quote was found in it; offer pages of an anthology."),
    gettext_noop("%(file)s: no quotes were read, it looks like a list."),
    gettext_noop("%(page)s: the section is not known; its quotes stand under %(section)s."),
    gettext_noop("%(place)s: no section is known for page %(page)s; fill in the column 'section'."),
    gettext_noop(
        "Section %(section)s: the anthology does not say what kind of quotes chapter %(chapter)s "
        "holds; say so, for example --kind %(same)s=ambition."
    ),
    gettext_noop(
        "'%(chapter)s=%(kind)s' does not tell what a chapter holds; write for example 5=ambition "
        "(one of %(kinds)s)."
    ),
    # tables
    gettext_noop("No quote of page %(page)s was found; check the number."),
    gettext_noop("No quote was found in the files; offer a table with a row per quote."),
    gettext_noop("Page %(page)s: the section is not known; add the column 'section'."),
    gettext_noop("Chapter %(chapter)s: its sections were numbered in the order of the table."),
    gettext_noop(
        "%(file)s: its sections are numbers, so that 4.1 and 4.10 look the same; check the "
        "sections, or store that column as text."
    ),
    gettext_noop("'%(field)s' is nothing a column can hold; choose one of %(fields)s."),
    gettext_noop("%(file)s: there is no column '%(column)s'; its columns are %(columns)s."),
    gettext_noop(
        "%(file)s: no column is known to hold the text; its columns are %(columns)s. Say which it "
        "is, for example --column text=Citaat."
    ),
    gettext_noop("%(file)s: two columns are named '%(column)s'; rename one of them."),
    gettext_noop("%(place)s: there are more cells than columns; put quotation marks around texts."),
    gettext_noop("%(place)s: this is not a CSV row; save it as CSV again."),
    gettext_noop("%(place)s: this is not a JSON object; write one per line."),
    gettext_noop("%(file)s: the table has more than %(rows)s rows; split it first."),
    gettext_noop("%(place)s: '%(column)s' holds more than one value; write a text or a number."),
    gettext_noop("%(place)s: the column 'text' is missing or empty; every row needs it."),
    gettext_noop("%(place)s: neither 'section' nor 'page' is filled in; fill in one of them."),
    gettext_noop("%(place)s: '%(value)s' is not a section; write it as 4.12."),
    gettext_noop("%(place)s: '%(value)s' names no chapter; write its number, as 4."),
    gettext_noop("%(place)s: '%(value)s' is no kind; write trend, problem, strength or ambition."),
    gettext_noop("%(place)s: '%(column)s' is '%(value)s'; write a whole number."),
    gettext_noop("%(place)s: '%(column)s' is '%(value)s'; write true or false."),
    gettext_noop("%(place)s: '%(column)s' is '%(value)s'; write a number from 0 to 1."),
    # workbooks
    gettext_noop("%(file)s: this is not a whole .xlsx file; save it again."),
    gettext_noop(
        "%(file)s: the file is locked with a password or of the old kind; save it as an ordinary "
        ".xlsx file."
    ),
    gettext_noop(
        "%(file)s: unpacked the file is far larger than it seems, so it was not opened; save only "
        "the sheet with the quotes, or save it as .csv."
    ),
    gettext_noop("%(file)s: the file holds definitions that no table needs."),
    gettext_noop("%(file)s: there is no sheet '%(sheet)s'; there are %(sheets)s."),
    gettext_noop("%(file)s: there is nothing in the sheet; offer a table with a head."),
    gettext_noop("%(file)s: below the head there are no rows; offer a row per quote."),
    gettext_noop(
        "%(file)s: the sheet has more than %(rows)s rows or %(columns)s columns; save only the "
        "rows with quotes."
    ),
    gettext_noop("%(place)s: it holds the error %(error)s; fill in what it should say."),
    gettext_noop(
        "%(place)s: it holds a formula that was never worked out; open the file in a spreadsheet "
        "and save it, or fill in what it should say."
    ),
    # PDF
    gettext_noop(
        "PDF and other files cannot be read together; import the PDF alone, or text without it."
    ),
    gettext_noop("%(file)s: this is not a PDF, whatever its name says; export it anew."),
    gettext_noop("%(file)s: the end of the file is missing; download or export it once more."),
    gettext_noop("%(file)s: the file is locked with a password; offer a copy without one."),
    gettext_noop("%(file)s: %(part)s is damaged and cannot be read; export the PDF once more."),
    gettext_noop(
        "%(file)s: a part of the file at byte %(byte)s unpacks into more than %(most)s MB, far "
        "more than text needs; export it anew."
    ),
    gettext_noop("%(file)s: the file has more than %(most)s pages; split it first."),
    gettext_noop(
        "%(file)s: page %(page)s draws more than a page of text can hold; export the PDF without "
        "that drawing."
    ),
    gettext_noop(
        "%(file)s: there is no text on %(part)s, only a picture or nothing; have the scan's text "
        "recognised (OCR) first."
    ),
    gettext_noop(
        "%(file)s: the fonts of the file do not say which letters they show; export the PDF with "
        "text that can be copied."
    ),
    gettext_noop("%(file)s: nothing was read from a picture without text on %(part)s."),
    gettext_noop("%(file)s: some letters could not be read on %(part)s."),
    gettext_noop("%(file)s: what stands under a title without a number was not read: %(titles)s."),
    gettext_noop("%(file)s: small type (notes, captions) was left out on page %(pages)s."),
    gettext_noop(
        "%(file)s: the headings were followed where the contents differ: %(differences)s."
    ),
    gettext_noop(
        "%(file)s: no quote was found under a numbered heading (such as '4.12 Title' or '3 "
        "Title'); offer the pages of an anthology with its headings."
    ),
    gettext_noop("Page %(page)s holds no quote in these files; check the number."),
)
# Values that are words themselves.
PLACES = (
    gettext_noop("the file"),
    gettext_noop("its only page"),
    gettext_noop("its %(count)s pages"),
    gettext_noop("page %(number)s"),
    gettext_noop("sheet %(numbers)s and %(count)s more"),
    gettext_noop("sheet %(numbers)s"),
    gettext_noop("%(section)s is called '%(title)s' and not '%(named)s'"),
    gettext_noop("%(section)s begins on page %(page)s and not %(named)s"),
    gettext_noop("%(section)s has no heading in the text"),
    gettext_noop("%(file)s, line %(number)s"),
    gettext_noop("%(file)s, cell %(cell)s"),
    gettext_noop("Page %(number)s"),
    gettext_noop("The page at line %(number)s"),
)
_PLACEHOLDER = re.compile(r"%\((\w+)\)s")


def localised(sentence: str) -> str:
    """The sentence in the active language; as it is when nobody knows it."""
    return _said(sentence, SENTENCES)


def _said(text: str, templates: tuple[str, ...]) -> str:
    for template, pattern in _patterns(templates):
        found = pattern.fullmatch(text)
        if found:
            values = found.groupdict()
            if templates is SENTENCES:
                values = {name: _value(value) for name, value in values.items()}
            return gettext(template) % values
    return text


def _value(text: str) -> str:
    """A value may be words, or several of them."""
    return "; ".join(_said(one, PLACES) for one in text.split("; "))


@cache
def _patterns(templates: tuple[str, ...]) -> list[tuple[str, re.Pattern[str]]]:
    """Each template with what recognises it; those with the most words of their own first."""
    fixed = sorted(templates, key=lambda one: -len(_PLACEHOLDER.sub("", one)))
    return [(one, re.compile(pattern_of(one), re.DOTALL)) for one in fixed]


def pattern_of(template: str) -> str:
    """The expression that recognises a sentence made from the template."""
    parts = _PLACEHOLDER.split(template)
    return "".join(
        re.escape(part) if place % 2 == 0 else f"(?P<{part}>.+?)"
        for place, part in enumerate(parts)
    )
