"""What an import is said to be and to change, in words for its page."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from quotes.importing.differences import What
from quotes.models import ImportRun, ImportState

# Name and explanation of each group of differences; first what somebody has to think about.
GROUPS: dict[str, tuple[Any, Any]] = {
    What.STAYS: (
        gettext_lazy("No longer in the file, but in use"),
        gettext_lazy(
            "Something refers to these quotes, so they stay. They come into the review, where "
            "you decide."
        ),
    ),
    What.GONE: (
        gettext_lazy("No longer in the file"),
        gettext_lazy(
            "Nobody corrected these quotes and nothing refers to them. They are withdrawn; their "
            "references are not given again."
        ),
    ),
    What.KEPT: (
        gettext_lazy("Kept as corrected"),
        gettext_lazy(
            "The file differs from what somebody corrected or accepted. The correction stays."
        ),
    ),
    What.TEXT: (
        gettext_lazy("Other words"),
        gettext_lazy("The file has other words. Reference and links stay."),
    ),
    What.SPLIT: (
        gettext_lazy("Became two"),
        gettext_lazy("The larger part keeps the reference; the other is new."),
    ),
    What.JOINED: (
        gettext_lazy("Became one"),
        gettext_lazy("The first keeps the reference; the others go into it."),
    ),
    What.SECTION: (
        gettext_lazy("Other section"),
        gettext_lazy("The quote moves to another section. Its reference stays."),
    ),
    What.PULL_QUOTE: (
        gettext_lazy("Pull quotes"),
        gettext_lazy("The quote turns out to repeat another one, or not to."),
    ),
    What.RESTORED: (
        gettext_lazy("Back again"),
        gettext_lazy("An earlier import withdrew these quotes; this file has them."),
    ),
    What.NEW: (gettext_lazy("New"), gettext_lazy("These quotes get a reference.")),
}


def groups_of(differences: Sequence[Mapping[str, Any]], chosen: str) -> list[dict[str, Any]]:
    """The groups that have differences, each with its count; one of them is chosen."""
    counts = Counter(one["what"] for one in differences)
    present = [what for what in GROUPS if counts[what]]
    if chosen not in present and present:
        chosen = present[0]
    return [
        {
            "what": what.value,  # type: ignore[attr-defined]
            "name": GROUPS[what][0],
            "explain": GROUPS[what][1],
            "count": counts[what],
            "chosen": what == chosen,
        }
        for what in present
    ]


def headline(run: ImportRun) -> str:
    """The news about an import, as the heading of its page."""
    fixed = {
        ImportState.UPLOADED: _("The files wait to be read"),
        ImportState.MAPPING: _("Say what the columns of the table hold"),
        ImportState.WRITING: _("The quotes are being written"),
        ImportState.REFUSED: _("This cannot be imported"),
        ImportState.FAILED: _("The import broke off"),
        ImportState.DISCARDED: _("This import was discarded"),
    }
    if run.state == ImportState.READING:
        if not run.total:
            return _("The files are being read")
        return _("Page %(done)s of %(total)s is being read") % {
            "done": run.done,
            "total": run.total,
        }
    if run.state == ImportState.READ:
        return _of_preview(run.preview)
    if run.state == ImportState.DONE:
        return _of_outcome(run.preview)
    return fixed[ImportState(run.state)]


def _of_preview(preview: Mapping[str, Any]) -> str:
    new, changes = preview.get("created", 0), preview.get("changes", 0)
    if not changes and preview.get("places_updated"):
        return _("The anthology has these words already; this file shows better where they stand")
    if not changes:
        return _("The anthology holds all of this already")
    if new == changes:
        return ngettext(
            "%(count)s new quote can be imported", "%(count)s new quotes can be imported", new
        ) % {"count": new}
    return ngettext(
        "%(count)s quote would change or be new", "%(count)s quotes would change or be new", changes
    ) % {"count": changes}


OUTCOME = {
    "created": gettext_lazy("New"),
    "text_changed": gettext_lazy("Other words"),
    "section_changed": gettext_lazy("Other section or role"),
    "joined": gettext_lazy("Became one"),
    "split": gettext_lazy("Became two"),
    "restored": gettext_lazy("Back again"),
    "gone": gettext_lazy("Withdrawn"),
    "kept": gettext_lazy("Kept as corrected"),
    "stays": gettext_lazy("No longer in the file, but in use"),
    "unchanged": gettext_lazy("Unchanged"),
}


def outcome(run: ImportRun) -> list[dict[str, Any]]:
    """What an import did, each thing with its count; what did not occur is left out."""
    counts = run.preview.get("counts", {})
    return [{"name": OUTCOME[one], "count": counts[one]} for one in OUTCOME if counts.get(one)]


def _of_outcome(preview: Mapping[str, Any]) -> str:
    new, changes = preview.get("created", 0), preview.get("changes", 0)
    if not changes:
        return _("The words stayed as they were")
    if new == changes:
        return ngettext("%(count)s quote was imported", "%(count)s quotes were imported", new) % {
            "count": new
        }
    return ngettext(
        "%(count)s quote is new or changed", "%(count)s quotes are new or changed", changes
    ) % {"count": changes}
