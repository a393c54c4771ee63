"""Where the same words also stand, in words. Pure but for the language."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext as _

MOST = 3


@dataclass(frozen=True, order=True, slots=True)
class Place:
    """A page (0 when it is not known) and the number of a section."""

    page: int
    section: str

    def __str__(self) -> str:
        if not self.page:
            return _("in %(section)s") % {"section": self.section}
        return _("on page %(page)s, in %(section)s") % {"page": self.page, "section": self.section}


def also_stands(places: list[Place]) -> str:
    """'also on page 33, in 2.10'; of many the first three are named; '' without any."""
    if not places:
        return ""
    named = [str(place) for place in sorted(set(places))]
    text = "; ".join(named[:MOST])
    if len(named) > MOST:
        more = len(named) - MOST
        return _("also %(places)s; and %(count)s more") % {"places": text, "count": more}
    return _("also %(places)s") % {"places": text}
