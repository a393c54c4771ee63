"""What is said of decisions: how many are asked, taken, waiting."""

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from actions.reports.words.numbers import capital, number_word


def decisions_asked(count: int, *, deviations: bool = False) -> str:
    """'Three deviations ask for your decision', or 'Three decisions are asked of you'."""
    if deviations:
        text = ngettext(
            "%(count)s deviation asks for your decision",
            "%(count)s deviations ask for your decision",
            count,
        )
    else:
        text = ngettext(
            "%(count)s decision is asked of you", "%(count)s decisions are asked of you", count
        )
    return capital(text % {"count": number_word(count)})


def take_label(count: int) -> str:
    """The button that brings leadership to what it is asked."""
    if count == 1:
        return _("Take the decision")
    return _("Take the %(count)s decisions") % {"count": number_word(count)}


def decisions_news(*, waiting: int, taken: int, decides: bool, asks: bool) -> str:
    """The title of the list of decisions, for who decides, who asks, and who carries out."""
    if decides and waiting:
        if not asks:
            return decisions_asked(waiting)
        text = ngettext(
            "%(count)s decision waits for leadership",
            "%(count)s decisions wait for leadership",
            waiting,
        )
        return capital(text % {"count": number_word(waiting)})
    if decides:
        return _("No decision is open")
    if not taken:
        return _("No decision has been taken yet")
    text = ngettext("%(count)s decision was taken", "%(count)s decisions were taken", taken)
    return capital(text % {"count": number_word(taken)})


def decided(waiting: int) -> str:
    """What is said once a decision was laid down, and whether more wait."""
    text = _("The decision is stored.")
    if not waiting:
        return text
    more = ngettext("%(count)s more waits.", "%(count)s more wait.", waiting)
    return f"{text} {capital(more % {'count': number_word(waiting)})}"
