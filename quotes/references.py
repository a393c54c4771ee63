"""How people write down a quote: `4.12-07` in the primary anthology, `BL2:4.12-07` in another.

A quote whose section is not known has an `x` for the section's number: `4.x-01`.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

CODE = r"[A-Z]{2,5}[0-9]{1,3}"
BARE = r"[0-9]{1,2}\.(?:[0-9]{1,2}|x)-[0-9]{2,4}"
PATTERN = rf"(?:{CODE}:)?{BARE}"
_EXACT = re.compile(rf"(?:(?P<code>{CODE}):)?(?P<bare>{BARE})", re.ASCII)
# A reference stands free: never inside a word, a figure, a path or an address.
_IN_TEXT = re.compile(rf"(?<![^\s(\[‘“\"']){PATTERN}(?=$|[\s)\]’”\"'?!]|[.,;:](?:\s|$))", re.ASCII)


@dataclass(frozen=True, slots=True)
class Reference:
    """A parsed reference; `code` is empty when the primary anthology is meant."""

    code: str
    section: str
    number: int

    @property
    def bare(self) -> str:
        """The reference within its anthology, as it is stored."""
        return reference_for(self.section, self.number)

    def __str__(self) -> str:
        return f"{self.code}:{self.bare}" if self.code else self.bare


def reference_for(section: str, number: int) -> str:
    """Return the reference of the quote with this running number in a section ('4.?' → '4.x')."""
    return f"{section.replace('?', 'x')}-{number:02d}"


def parse(text: str) -> Reference | None:
    """Read a text that is a reference and nothing else; None if it is not one."""
    found = _EXACT.fullmatch(text)
    if found is None:
        return None
    section, _dash, number = found["bare"].partition("-")
    return Reference(found["code"] or "", section.replace("x", "?"), int(number))


def find_all(text: str) -> list[Reference]:
    """Return the references that stand in a running text, in order; those in addresses do not."""
    found = (parse(match.group()) for match in _IN_TEXT.finditer(text))
    return [reference for reference in found if reference is not None]
