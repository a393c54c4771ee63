"""A reading as plain values and back, so that exactly what was shown can be written later."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, fields
from typing import Any

from quotes.importing.lines import Box
from quotes.importing.reading import QuoteRead, Reading, SectionRead, SourceRead

_FIELDS = [one.name for one in fields(QuoteRead)]


def to_plain(reading: Reading) -> dict[str, Any]:
    """The reading as values that JSON knows; of its files only what they are called.

    A quote is a list: a name before each of its values would make most of a large book of names.
    """
    sources = [asdict(source) for source in reading.sources]
    for source in sources:
        del source["data"]
    return {
        "anthology_title": reading.anthology_title,
        "sections": [asdict(section) for section in reading.sections],
        "fields": _FIELDS,
        "quotes": [[_plain(quote, name) for name in _FIELDS] for quote in reading.quotes],
        "sources": sources,
        "warnings": list(reading.warnings),
        "only_page": reading.only_page,
    }


def _plain(quote: QuoteRead, name: str) -> Any:
    value = getattr(quote, name)
    if name == "boxes":
        return [[box.sheet, box.x0, box.top, box.x1, box.bottom] for box in value]
    return value


def _quote(told: dict[str, Any]) -> QuoteRead:
    return QuoteRead(**{**told, "boxes": tuple(Box(*box) for box in told["boxes"])})


def from_plain(plain: Mapping[str, Any], files: Mapping[str, bytes]) -> Reading:
    """The reading of `to_plain`; `files` are the bytes of its sources by SHA-256."""
    return Reading(
        anthology_title=plain["anthology_title"],
        sections=tuple(SectionRead(**section) for section in plain["sections"]),
        quotes=tuple(
            _quote(dict(zip(plain["fields"], row, strict=True))) for row in plain["quotes"]
        ),
        sources=tuple(
            SourceRead(**{**source, "pages": tuple(source["pages"])}, data=files[source["sha256"]])
            for source in plain["sources"]
        ),
        warnings=tuple(plain["warnings"]),
        only_page=plain["only_page"],
    )
