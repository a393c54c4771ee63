"""The sentences that open a page: counts in, one line of news out. No database."""

import datetime
from typing import Any

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext


def count_answered(answered: int, asked: int) -> str:
    """'31 of the 46 requests are answered'."""
    return ngettext(
        "%(answered)s of %(asked)s request is answered",
        "%(answered)s of the %(asked)s requests are answered",
        asked,
    ) % {"answered": answered, "asked": asked}


def count_late(late: int) -> str:
    """'15 are late'."""
    return ngettext("%(count)s is late", "%(count)s are late", late) % {"count": late}


def rounds_headline(open_rounds: int, waiting: int) -> str:
    """The news of the list of rounds: what is open, and what waits for the office."""
    if not open_rounds:
        return _("No round is open")
    first = ngettext("%(count)s round is open", "%(count)s rounds are open", open_rounds)
    if not waiting:
        return first % {"count": open_rounds}
    second = ngettext("%(count)s answer waits for you", "%(count)s answers wait for you", waiting)
    return f"{first % {'count': open_rounds}}, {second % {'count': waiting}}"


def round_headline(state: str, figures: dict[str, Any]) -> str:
    """The news of one round, from its figures: asked, submitted and late."""
    if state == "planned":
        return _("This round has not been opened yet")
    if not figures["asked"]:
        return _("Nobody was asked in this round")
    news = count_answered(figures["submitted"], figures["asked"])
    if state == "open" and figures["late"]:
        return f"{news}, {count_late(figures['late'])}"
    lapsed = figures["asked"] - figures["submitted"]
    if state == "closed" and lapsed:
        text = ngettext("%(count)s lapsed", "%(count)s lapsed", lapsed)
        return f"{news}, {text % {'count': lapsed}}"
    return news


def inbox_headline(owed: int, late: int, returned: int) -> str:
    """The news of the inbox: how much is owed, and what of it is most urgent."""
    if not owed:
        return _("You owe nothing at the moment")
    news = ngettext("We ask you %(count)s question", "We ask you %(count)s questions", owed) % {
        "count": owed
    }
    if returned:
        came_back = ngettext("%(count)s came back", "%(count)s came back", returned)
        news = f"{news}, {came_back % {'count': returned}}"
    if late:
        news = f"{news}, {count_late(late)}"
    return news


def judge_label(count: int) -> str:
    """The button that brings the office to the answers that wait."""
    return ngettext("Judge %(count)s answer", "Judge %(count)s answers", count) % {"count": count}


def departure_headline(on: datetime.date, mails: int, today: datetime.date) -> str:
    """What leaves next, and when: 'Tomorrow 7 mails leave'."""
    if on == today:
        text = ngettext("Today %(count)s mail leaves", "Today %(count)s mails leave", mails)
    elif on == today + datetime.timedelta(days=1):
        text = ngettext("Tomorrow %(count)s mail leaves", "Tomorrow %(count)s mails leave", mails)
    else:
        text = ngettext(
            "On %(day)s %(count)s mail leaves", "On %(day)s %(count)s mails leave", mails
        )
    return text % {"count": mails, "day": date_format(on, "l j F")}


def mail_window(window: str) -> str:
    """When scheduled mail may leave, from the setting: 'always' or '09:00-16:30'."""
    if window == "always":
        return _("Mail leaves at any hour.")
    opens, closes = window.split("-")
    text = _("Mail only leaves on working days, from %(opens)s to %(closes)s.")
    return text % {"opens": opens, "closes": closes}


def rung_word(rung: str, audience: str) -> str:
    """What a rung is called where its mails are listed."""
    if rung == "opening":
        return _("request")
    if audience == "office":
        return _("overview for the office")
    return _("copy for the contact") if audience == "contact" else _("reminder")
