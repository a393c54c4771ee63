"""Which column of a table holds what: said by somebody, or guessed by the column's name."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from quotes.importing.reading import ImportRefused

# What a column can hold, and the names by which it is known, in Dutch and in English.
FIELDS: dict[str, frozenset[str]] = {
    "text": frozenset("text tekst quote citaat uitspraak statement quotation".split()),
    "section": frozenset(
        "section paragraaf section_number paragraafnummer sectie nummer_paragraaf".split()
    ),
    "chapter": frozenset("chapter hoofdstuk chapter_number hoofdstuknummer".split()),
    "section_title": frozenset(
        "section_title paragraaftitel titel_paragraaf titel title kop heading onderwerp".split()
    ),
    "page": frozenset("page pagina bladzijde blz pag p page_number paginanummer".split()),
    "position": frozenset("position positie volgorde".split()),
    "reference": frozenset("reference referentie kenmerk nummer number nr id".split()),
    "kind": frozenset("kind soort type categorie category".split()),
    "is_pull_quote": frozenset(
        "is_pull_quote pull_quote uitgelicht uitgelicht_citaat streamer".split()
    ),
    "complete": frozenset("complete volledig".split()),
    "confidence": frozenset("confidence zekerheid".split()),
    "state": frozenset("state status".split()),
}
_ODD = re.compile(r"[^a-z0-9]+")
_SAMPLES, _SAMPLE_LENGTH = 3, 80


@dataclass(frozen=True, slots=True)
class Column:
    """A column as it was found: its name, some of what stands in it, what it seems to hold."""

    name: str
    samples: tuple[str, ...]
    guess: str


def plain_name(name: object) -> str:
    """A column's name as it is compared: 'Citaat (tekst)' → 'citaat_tekst'."""
    return _ODD.sub("_", str(name or "").strip().casefold()).strip("_")


def guess(names: Iterable[str]) -> dict[str, str]:
    """Return field → column for the names that are known; the plainest name wins a field."""
    found: dict[str, str] = {}
    listed = list(names)
    for field in FIELDS:  # our own names before all others: what was exported comes back
        own = next((name for name in listed if plain_name(name) == field), None)
        if own is not None:
            found[field] = own
    for name in listed:
        for field, known in FIELDS.items():
            if field not in found and name not in found.values() and plain_name(name) in known:
                found[field] = name
    return found


def columns_of(names: Sequence[str], rows: Iterable[Mapping[str, object]]) -> list[Column]:
    """Describe the columns of a table by some of its rows."""
    fields = {name: field for field, name in guess(names).items()}
    first = [row for row, _number in zip(rows, range(50), strict=False)]
    return [Column(name, _samples(name, first), fields.get(name, "")) for name in names]


def _samples(name: str, rows: Sequence[Mapping[str, object]]) -> tuple[str, ...]:
    values = (str(row.get(name) or "").strip() for row in rows)
    shown = [value for value in values if value][:_SAMPLES]
    return tuple(
        value if len(value) <= _SAMPLE_LENGTH else f"{value[: _SAMPLE_LENGTH - 1]}…"
        for value in shown
    )


def checked(columns: Mapping[str, str], names: Sequence[str], where: str) -> dict[str, str]:
    """Return field → column as somebody gave it, with guesses where nobody said anything.

    Names are matched without regard to case. Raises ImportRefused for a field or column that does
    not exist, and when no column holds the text.
    """
    known = {plain_name(name): name for name in reversed(names)}
    told: dict[str, str] = {}
    for field, name in columns.items():
        if field not in FIELDS:
            raise ImportRefused(
                f"'{field}' is nothing a column can hold; choose one of {', '.join(FIELDS)}."
            )
        if name and plain_name(name) not in known:
            raise ImportRefused(
                f"{where}: there is no column '{name}'; its columns are {', '.join(names)}."
            )
        if name:
            told[field] = known[plain_name(name)]
    found = told or guess(names)
    if "text" not in found:
        raise ImportRefused(
            f"{where}: no column is known to hold the text; its columns are {', '.join(names)}. "
            "Say which it is, for example --column text=Citaat."
        )
    return found
