"""What somebody does to a quote at the review desk.

Every function is atomic and locks the anthology first. `seen` is the version of the quote that the
person looked at: when it is another one now, StaleQuote is raised and nothing is written. What a
rule forbids raises ValidationError with a sentence for people. References never change.
"""

from __future__ import annotations

from collections.abc import Mapping

from django.contrib.auth.base_user import AbstractBaseUser
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from quotes.importing.text import is_terminal, normalised, starts_low, tidy
from quotes.models import Anthology, Deed, Quote, QuoteState, Section
from quotes.services.corrections import Correction, held, lock, lock_anthology, must_count

Actor = AbstractBaseUser | None


@transaction.atomic
def accept(*, quote: Quote, actor: Actor, seen: str = "") -> Quote:
    """The quote stands as it was printed. A second time changes nothing."""
    current = lock(quote, seen)
    must_count(current)
    deed = Correction(Deed.ACCEPTED, actor=actor)
    deed.change(current, state=QuoteState.REVIEWED)
    deed.finish(current)
    return current


@transaction.atomic
def accept_page(
    *, anthology: Anthology, page: int | None, seen: Mapping[int, str], actor: Actor
) -> list[Quote]:
    """Accept every quote of a page that still asks for an eye, as far as it is as `seen`.

    `seen` maps the key of a quote to its version. What others changed meanwhile is left to be
    looked at. Returns what was accepted.
    """
    lock_anthology(anthology.pk)
    waiting = Quote.objects.on_page(anthology, page).to_review().values_list("pk", flat=True)
    deed = Correction(Deed.ACCEPTED, actor=actor)
    accepted = [one for one in held(waiting) if seen.get(one.pk) == one.version]
    for one in accepted:
        deed.change(one, state=QuoteState.REVIEWED)
    deed.finish(anthology)
    return accepted


@transaction.atomic
def edit(*, quote: Quote, text: str, actor: Actor, seen: str = "", why: str = "") -> Quote:
    """Give a quote the words that were printed; refused when nothing is left of it."""
    current = lock(quote, seen)
    must_count(current)
    text = tidy(text.replace("\x00", ""))
    if not normalised(text):
        raise ValidationError({"text": _("Write the words of the quote. Is it no quote at all? "
                                         "Then mark it as not a quote.")})  # fmt: skip
    deed = Correction(Deed.EDITED, actor=actor, why=why)
    deed.change(current, text=text, complete=current.complete or is_whole(text))
    deed.change(current, state=QuoteState.REVIEWED)
    deed.finish(current)
    return current


@transaction.atomic
def move(*, quote: Quote, section: Section, actor: Actor, seen: str = "", why: str = "") -> Quote:
    """Put a quote under another heading. Its reference stays, though its beginning then differs."""
    current = lock(quote, seen)
    must_count(current)
    if section.anthology_id != current.anthology_id:
        raise ValidationError({"section": _("Choose a section of the same anthology.")})
    if section.pk == current.section_id:
        raise ValidationError({"section": _("The quote stands in this section already.")})
    deed = Correction(Deed.MOVED, actor=actor, why=why)
    deed.change(current, section=section, state=QuoteState.REVIEWED)
    deed.finish(current)
    return current


@transaction.atomic
def mark_pull_quote(
    *, quote: Quote, actor: Actor, of: Quote | None = None, seen: str = "", why: str = ""
) -> Quote:
    """The quote repeats another one in a box, and counts no longer.

    Without `of` the nearest quote that holds its words is meant; refused when there is none.
    """
    current = lock(quote, seen)
    must_count(current)
    target = _target(current, of)
    if current.pull_quotes.exclude(state=QuoteState.WITHDRAWN).exists():
        raise ValidationError(_("A pull quote points at this quote, so it cannot be one itself."))
    deed = Correction(Deed.PULL_QUOTE, actor=actor, why=why)
    deed.change(current, pull_quote_of=target, state=QuoteState.REVIEWED)
    deed.finish(current)
    return current


def _target(quote: Quote, of: Quote | None) -> Quote:
    """The quote that a pull quote repeats, as it stands now."""
    if of is None:
        of = repeated_by(quote)
        if of is None:
            said = _("No other quote holds these words. Choose the quote that it repeats, or mark "
                     "it as not a quote.")  # fmt: skip
            raise ValidationError({"of": said})
    target = Quote.objects.counted().filter(pk=of.pk, anthology=quote.anthology_id).first()
    if target is None or target.pk == quote.pk:
        raise ValidationError({"of": _("Choose another quote of this anthology that counts.")})
    return target


def repeated_by(quote: Quote) -> Quote | None:
    """The nearest quote that holds the words of this one, or None."""
    words = f" {normalised(quote.text)} "
    others = Quote.objects.counted().filter(anthology=quote.anthology_id).exclude(pk=quote.pk)
    found = [
        (abs((page or 0) - (quote.page or 0)), pk)
        for pk, page, text in others.values_list("pk", "page", "text")
        if words in f" {normalised(text)} "
    ]
    return Quote.objects.get(pk=min(found)[1]) if found else None


@transaction.atomic
def withdraw(*, quote: Quote, actor: Actor, seen: str = "", why: str = "") -> Quote:
    """It is not a quote. It keeps its reference and counts nowhere."""
    current = lock(quote, seen)
    if current.state == QuoteState.WITHDRAWN:
        raise ValidationError(
            _("%(reference)s was withdrawn before.") % {"reference": current.full_reference}
        )
    deed = Correction(Deed.WITHDRAWN, actor=actor, why=why)
    deed.change(current, state=QuoteState.WITHDRAWN)
    deed.finish(current)
    return current


@transaction.atomic
def restore(*, quote: Quote, actor: Actor, seen: str = "", why: str = "") -> Quote:
    """It is a quote after all, and counts again: one that was withdrawn, or a pull quote.

    What was joined into another quote comes back by splitting that one.
    """
    current = lock(quote, seen)
    if current.merged_into:
        raise ValidationError(
            _("%(reference)s was joined into %(other)s: split that one again.")
            % {"reference": current.full_reference, "other": current.merged_into.reference}
        )
    if current.state != QuoteState.WITHDRAWN and not current.pull_quote_of_id:
        raise ValidationError(
            _("%(reference)s counts already.") % {"reference": current.full_reference}
        )
    deed = Correction(Deed.RESTORED, actor=actor, why=why)
    deed.change(current, state=QuoteState.REVIEWED, pull_quote_of=None)
    deed.finish(current)
    return current


def is_whole(text: str) -> bool:
    """Whether a text begins and ends as a quote does."""
    return is_terminal(text) and not starts_low(text)
