"""Why a quote may have been read wrongly, in words. Pure: a text and two figures in, sentences out.

The figures say how sure the reader was; the sentences say what somebody should look for.
"""

from __future__ import annotations

from django.utils.translation import gettext as _

from quotes.importing.text import ends_in_hyphen, is_terminal, starts_low

_LONG = 900  # characters; a statement is rarely longer, two that were glued together often are


def how_sure(confidence: float) -> str:
    """How sure the reader was, in a word or two."""
    if confidence < 0.4:
        return _("very unsure")
    if confidence < 0.75:
        return _("unsure")
    if confidence < 0.9:
        return _("almost sure")
    return _("sure of the words")


def reasons(text: str, confidence: float, complete: bool) -> list[str]:
    """What may be wrong with a quote; never empty, for there was a reason to doubt it."""
    found = []
    if confidence == 0:
        found.append(_("The section could not be read with certainty."))
    if not complete:
        found.append(_("It is cut off at the edge of the page."))
    if starts_low(text):
        found.append(_("It begins in the middle of a sentence: is it the rest of the quote above?"))
    if ends_in_hyphen(text):
        found.append(_("It ends in the middle of a word."))
    elif not is_terminal(text):
        found.append(_("It does not end as a sentence ends: does it go on in the next quote?"))
    if len(text) > _LONG:
        found.append(_("It is very long: are these two quotes?"))
    if not found:
        found.append(_("The lines of this page can be read in more than one way."))
    return found


def break_points(text: str) -> list[int]:
    """Where a quote may fall in two: the places behind a sentence, as offsets in the text."""
    found, at = [], 0
    words = text.split(" ")
    for word in words[:-1]:
        at += len(word) + 1
        if is_terminal(text[: at - 1]) and not starts_low(text[at:]):
            found.append(at)
    return found
