"""What an anthology holds, and how a reading differs from it. Shapes only, no Django."""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from enum import StrEnum

# What is not words: page, position, first and last line, boxes, complete, confidence, source.
Details = tuple[object, ...]


class What(StrEnum):
    """What happens to one quote; a quote of which nothing differs has no difference."""

    NEW = "new"
    TEXT = "text"
    SECTION = "section"
    PULL_QUOTE = "pull_quote"
    SPLIT = "split"
    JOINED = "joined"
    RESTORED = "restored"
    DETAILS = "details"
    GONE = "gone"
    KEPT = "kept"
    STAYS = "stays"


@dataclass(frozen=True, slots=True)
class HeldQuote:
    """A quote as it stands. `earlier` are fingerprints of texts that it had before.

    `corrected`: somebody looked at it or changed it, so no file changes it any more.
    `used`: something downstream refers to it, so it never disappears by itself.
    """

    pk: int
    reference: str
    section: str
    text: str
    fingerprint: str
    page: int | None = None
    position: int = 0
    pull_quote_of: int | None = None
    corrected: bool = False
    used: bool = False
    withdrawn: bool = False
    complete: bool = True
    confidence: float = 1.0
    earlier: frozenset[str] = frozenset()
    details: Details = ()


@dataclass(frozen=True, slots=True)
class Held:
    """All that an anthology holds; `sections` are number → (first page, order)."""

    quotes: tuple[HeldQuote, ...] = ()
    sections: Mapping[str, tuple[int | None, int]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Change:
    """One difference. `read` is an index in the reading, `held` and `others` are keys of quotes.

    `others` go into `held` when two became one; `split_from` is what a new quote was a part of.
    """

    what: What
    read: int | None = None
    held: int | None = None
    section: str = ""
    text: bool = False
    moved: bool = False
    pulled: bool = False
    restored: bool = False
    others: tuple[int, ...] = ()
    split_from: int | None = None


@dataclass(frozen=True, slots=True)
class Plan:
    """What importing a reading would do; `places` says which held quote each read one is."""

    changes: tuple[Change, ...]
    unchanged: int
    places: Mapping[int, int] = field(default_factory=dict)

    def counts(self) -> Counter[str]:
        """How many quotes each kind of difference has."""
        return Counter(change.what.value for change in self.changes)

    def signature(self) -> str:
        """A SHA-256 that is the same for the same differences, and for no others."""
        plain = json.dumps([asdict(change) for change in self.changes], sort_keys=True)
        return hashlib.sha256(plain.encode()).hexdigest()
