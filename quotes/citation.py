"""How a quote is cited. Pure but for the language: what is known in, one line out."""

from __future__ import annotations

import datetime
from dataclasses import dataclass

from django.utils.formats import date_format
from django.utils.translation import gettext as _


@dataclass(frozen=True, slots=True)
class Cited:
    """What a citation names; what is not known is empty and left out."""

    title: str
    section_number: str
    section_title: str
    reference: str
    address: str
    page: int | None = None
    publisher: str = ""
    published_on: datetime.date | None = None


def citation(cited: Cited) -> str:
    """Return e.g. 'Title (Publisher, 3 March 2025), section 4.12 “Beds”, p. 51, quote 4.12-07.
    https://…' in the active language."""
    source = [cited.publisher]
    if cited.published_on:
        source.append(date_format(cited.published_on, "j F Y"))
    published = ", ".join(part for part in source if part)
    names = {"number": cited.section_number, "title": cited.section_title}
    if cited.section_title:
        section = _("section %(number)s “%(title)s”") % names
    else:
        section = _("section %(number)s") % names
    parts = [f"{cited.title} ({published})" if published else cited.title, section]
    if cited.page:
        parts.append(_("p. %(page)s") % {"page": cited.page})
    parts.append(_("quote %(reference)s") % {"reference": cited.reference})
    return f"{', '.join(parts)}. {cited.address}"
