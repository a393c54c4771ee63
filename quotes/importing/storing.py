"""A reading as plain values and back, so that exactly what was shown can be written later."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict
from typing import Any

from quotes.importing.lines import Box
from quotes.importing.reading import QuoteRead, Reading, SectionRead, SourceRead


def to_plain(reading: Reading) -> dict[str, Any]:
    """The reading as values that JSON knows; of its files only what they are called."""
    plain = asdict(reading)
    for source in plain["sources"]:
        del source["data"]
    for quote in plain["quotes"]:
        quote["boxes"] = [list(box.values()) for box in quote["boxes"]]
    return plain


def from_plain(plain: Mapping[str, Any], files: Mapping[str, bytes]) -> Reading:
    """The reading of `to_plain`; `files` are the bytes of its sources by SHA-256."""
    return Reading(
        anthology_title=plain["anthology_title"],
        sections=tuple(SectionRead(**section) for section in plain["sections"]),
        quotes=tuple(
            QuoteRead(**{**quote, "boxes": tuple(Box(*box) for box in quote["boxes"])})
            for quote in plain["quotes"]
        ),
        sources=tuple(
            SourceRead(**{**source, "pages": tuple(source["pages"])}, data=files[source["sha256"]])
            for source in plain["sources"]
        ),
        warnings=tuple(plain["warnings"]),
        only_page=plain["only_page"],
    )
