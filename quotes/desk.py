"""A page of the source at the review desk: its quotes in order, and the source beside them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import groupby
from typing import Any

from quotes.doubt import how_sure, reasons
from quotes.excerpt import Claim, PageLine, page_lines
from quotes.models import SURE, Quote, QuoteState, SourceFile
from quotes.sources import PDF, text_of

_MOST_SHEETS = 4  # a quote may run over to the next sheet, not over a whole book


@dataclass
class Row:
    """A quote at the desk: whether and why to doubt it, what follows, the form that is open."""

    quote: Quote
    following: Quote | None = None
    doubtful: bool = False
    counts: bool = True
    current: bool = False
    open: str = ""
    form: Any = None

    @property
    def sure(self) -> str:
        return how_sure(self.quote.confidence)

    @property
    def reasons(self) -> list[str]:
        return reasons(self.quote.text, self.quote.confidence, self.quote.complete)


@dataclass
class Box:
    """Where a quote stands on a sheet, in thousandths of the sheet."""

    key: int
    x: int
    y: int
    width: int
    height: int


@dataclass
class Sheet:
    """A sheet of a PDF with the boxes of the quotes on it."""

    number: int
    boxes: list[Box] = field(default_factory=list)


@dataclass
class Shown:
    """What can be shown of one source file: its lines, or sheets of it; both may be empty."""

    source: SourceFile
    lines: list[PageLine] = field(default_factory=list)
    sheets: list[Sheet] = field(default_factory=list)


def rows(quotes: Sequence[Quote], after: Quote | None, *, in_order: bool = True) -> list[Row]:
    """The quotes of a page as rows; `after` is what follows the last one that counts.

    What is only a choice of quotes is not `in_order`: then nothing is said to follow.
    """
    found = [Row(quote) for quote in quotes]
    following = after
    for row in reversed(found):
        row.counts = counts(row.quote)
        row.doubtful = asks_for_an_eye(row.quote)
        row.following = following if row.counts and in_order else None
        following = row.quote if row.counts else following
    return found


def counts(quote: Quote) -> bool:
    return quote.pull_quote_of_id is None and quote.state != QuoteState.WITHDRAWN


def asks_for_an_eye(quote: Quote) -> bool:
    """The same as `to_review`, for a quote that was fetched already."""
    unsure = quote.confidence < SURE or not quote.complete
    return counts(quote) and quote.state == QuoteState.IMPORTED and unsure


def shown_sources(quotes: Sequence[Quote]) -> list[Shown]:
    """The sources that these quotes were read from, each with the part that holds them."""
    having = [quote for quote in quotes if quote.source_file]
    having.sort(key=lambda quote: quote.source_file_id or 0)
    found = []
    for _pk, group in groupby(having, key=lambda quote: quote.source_file_id):
        mine = list(group)
        source = mine[0].source_file
        assert source is not None  # noqa: S101 - for the type checker: `having` says so
        if source.media_type == PDF:
            found.append(Shown(source, sheets=sheets(mine)))
        else:
            found.append(Shown(source, lines=_lines(source, mine)))
    return found


def _lines(source: SourceFile, quotes: Sequence[Quote]) -> list[PageLine]:
    claims = [
        Claim(one.pk, one.text, one.line_start, one.line_end or one.line_start)
        for one in quotes
        if one.line_start is not None and not one.merged_into_id
    ]
    return page_lines(text_of(source), claims) if claims else []


def sheets(quotes: Sequence[Quote]) -> list[Sheet]:
    """The sheets that hold these quotes, in the order of the file, with a box for every place."""
    found: dict[int, Sheet] = {}
    for quote in quotes:
        if quote.merged_into_id:
            continue
        for place in quote.box if isinstance(quote.box, list) else ():
            if not _is_place(place):
                continue
            number, x0, top, x1, bottom = place
            left, upper = round(x0 * 1000), round(top * 1000)
            box = Box(quote.pk, left, upper, round(x1 * 1000) - left, round(bottom * 1000) - upper)
            found.setdefault(number, Sheet(number)).boxes.append(box)
    return [found[number] for number in sorted(found)][:_MOST_SHEETS]


def _is_place(place: object) -> bool:
    """Whether this is a sheet and four shares of it, as the reader of PDFs stores them."""
    whole = isinstance(place, list) and len(place) == 5
    return whole and all(isinstance(one, int | float) for one in place)  # type: ignore[attr-defined]
