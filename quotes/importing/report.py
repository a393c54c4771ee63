"""What an import did, for people, for JSON and for the audit record."""

from __future__ import annotations

from dataclasses import asdict, dataclass, field
from typing import Any


@dataclass
class ImportReport:
    """What an import did (or, dry, would have done).

    `kept` differ from the file because somebody corrected them; `stays` are no longer in the file
    but something refers to them. `differences` tell each change of words or place in plain values.
    `unknown_chapters` (with a section of each) are those of which nobody said what they hold.
    """

    anthology: str = ""
    created: int = 0
    unchanged: int = 0
    pull_quotes: int = 0
    text_changed: int = 0
    section_changed: int = 0
    joined: int = 0
    split: int = 0
    restored: int = 0
    gone: int = 0
    kept: int = 0
    stays: int = 0
    places_updated: int = 0
    written: int = 0
    sections_created: int = 0
    sections_completed: int = 0
    sources_created: int = 0
    by_section: dict[str, int] = field(default_factory=dict)
    warnings: list[str] = field(default_factory=list)
    differences: list[dict[str, Any]] = field(default_factory=list)
    signature: str = ""
    unknown_chapters: dict[str, str] = field(default_factory=dict)
    dry_run: bool = False

    @property
    def changed(self) -> bool:
        """Whether anything was written."""
        made = self.sections_created or self.sections_completed or self.sources_created
        return bool(self.written or made)

    @property
    def changes(self) -> int:
        """How many quotes get other words or another place in the anthology, or are new.

        What is kept or stays is only shown; where a quote stands in its file is no change of it.
        """
        told = self.created + self.text_changed + self.section_changed + self.joined + self.split
        return told + self.restored + self.gone

    def as_dict(self) -> dict[str, Any]:
        """The report as plain values, for JSON."""
        return asdict(self)

    def counts(self) -> dict[str, Any]:
        """What stays on record: how much, not which."""
        long = {"warnings", "differences", "signature", "unknown_chapters"}
        return {key: value for key, value in self.as_dict().items() if key not in long}
