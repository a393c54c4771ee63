"""What an import did, for people, for JSON and for the audit record."""

from __future__ import annotations

from dataclasses import asdict, dataclass, field
from typing import Any


@dataclass
class ImportReport:
    """What an import did (or, dry, would have done)."""

    anthology: str = ""
    created: int = 0
    unchanged: int = 0
    pull_quotes: int = 0
    sections_created: int = 0
    sections_completed: int = 0
    sources_created: int = 0
    by_section: dict[str, int] = field(default_factory=dict)
    warnings: list[str] = field(default_factory=list)
    dry_run: bool = False

    @property
    def changed(self) -> bool:
        """Whether anything was written."""
        return bool(
            self.created or self.sections_created or self.sections_completed or self.sources_created
        )

    def as_dict(self) -> dict[str, Any]:
        """The report as plain values, for JSON."""
        return asdict(self)
