"""A light, or the count of it, against the round before."""

from django.utils.translation import gettext as _
from django.utils.translation import pgettext


def change(count: int, before: int | None) -> str:
    """The change of a count in words, as an arrow would look like the triangle."""
    if before is None:
        return _("first round")
    if count == before:
        return _("as before")
    said = {"number": abs(count - before), "before": before}
    if count > before:
        return _("%(number)s more · was %(before)s") % said
    return _("%(number)s fewer · was %(before)s") % said


def was(now: str, before: str, word: str) -> str:
    """One intervention's light against the round before; `word` is the light it had then."""
    if not before:
        return pgettext("light", "new")
    return _("unchanged") if now == before else _("was %(light)s") % {"light": word}


def silent_before() -> str:
    """An intervention of which nothing was accepted in the round before."""
    return _("not reported then")


def kind_of_change(kind: str) -> str:
    """What changed about some interventions, as a head above them."""
    texts = {
        "worse": _("Worse than in the round before"),
        "better": _("Better than in the round before"),
        "new": _("New in this round"),
        "completed": _("Completed"),
        "stopped": _("Stopped"),
    }
    return texts[kind]
