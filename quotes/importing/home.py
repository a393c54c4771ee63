"""Which anthology an import goes to, and what the quotes of its chapters are."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping

from quotes.importing.reading import ImportRefused, Reading
from quotes.models import Anthology, Kind

CODE = re.compile(r"^[A-Z]{2,5}[0-9]{1,3}$", re.IGNORECASE)


def checked_kinds(kinds: Mapping[str, str]) -> dict[str, str]:
    """Return what each chapter holds; raises ImportRefused for what is no chapter or no kind."""
    for chapter, kind in kinds.items():
        if kind not in Kind.values or not chapter.isdecimal():
            raise ImportRefused(
                f"'{chapter}={kind}' does not tell what a chapter holds; write for example "
                f"5=ambition (one of {', '.join(Kind.values)})."
            )
    return {str(int(chapter)): kind for chapter, kind in kinds.items()}


def find_home(
    wanted: str, reading: Reading, *, title: str = "", kinds: Mapping[str, str]
) -> Anthology:
    """Return the anthology that is meant, made where it does not exist, locked for this import.

    `kinds` (chapter → kind) adds to what an anthology says of its chapters; it never overrules
    the kind that a chapter has there already.
    """
    home = meant(wanted, reading, lock=True)
    if home is None:
        home = new_home(wanted, reading, title=title)
        home.chapter_kinds = home.chapter_kinds | dict(kinds)
        home.save()
    elif unknown := {one: kind for one, kind in kinds.items() if one not in home.chapter_kinds}:
        home.chapter_kinds = home.chapter_kinds | unknown
        home.save(update_fields=["chapter_kinds", "changed_at"])
    return home


def meant(wanted: str, reading: Reading, *, lock: bool = False) -> Anthology | None:
    """Return the anthology of this code or title, if it exists; without one, the reading's own
    title decides, else the primary one is meant."""
    wanted = wanted.strip()
    anthologies = Anthology.objects.order_by("pk")
    if lock:
        anthologies = anthologies.select_for_update()
    if wanted:
        by_code = anthologies.filter(code__iexact=wanted).first()
        return by_code or anthologies.filter(title__iexact=wanted).first()
    if reading.anthology_title:
        return anthologies.filter(title__iexact=reading.anthology_title).first()
    return anthologies.filter(is_primary=True).first()


def new_home(wanted: str, reading: Reading, *, title: str = "") -> Anthology:
    """Return an anthology that does not stand in the database yet; the first is the primary one."""
    wanted = wanted.strip()
    is_code = bool(CODE.match(wanted))
    code = wanted.upper() if is_code else free_code()
    named = title or ("" if is_code else wanted) or reading.anthology_title or code
    first = not Anthology.objects.filter(is_primary=True).exists()
    return Anthology(code=code, title=named[:300], is_primary=first)


def free_code(taken: Collection[str] | None = None) -> str:
    """The first code that no anthology has: BL1, BL2, …; `taken` saves asking the database."""
    if taken is None:
        taken = set(Anthology.objects.values_list("code", flat=True))
    return next(code for n in range(1, 1000) if (code := f"BL{n}") not in taken)
