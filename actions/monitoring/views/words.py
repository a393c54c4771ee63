"""The sentences that open a page: counts in, one line of news out. No database."""

import datetime
from typing import Any

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from actions.monitoring.models import RequestState, UpdateRequest
from actions.monitoring.models.request import OWED
from actions.monitoring.views.standing import StandIn, Standing


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


def organisations_headline(
    total: int, taking_part: int, late: int | None = None, owing: int | None = None
) -> str:
    """The news of the list of organisations; `late` and `owing` only for who may know them."""
    if late:
        return ngettext(
            "%(count)s organisation is late", "%(count)s organisations are late", late
        ) % {"count": late}
    if owing:
        return ngettext(
            "%(count)s organisation still owes an answer, none is late",
            "%(count)s organisations still owe an answer, none is late",
            owing,
        ) % {"count": owing}
    if taking_part:
        return ngettext(
            "%(count)s organisation takes part", "%(count)s organisations take part", taking_part
        ) % {"count": taking_part}
    if total:
        return _("No organisation takes part yet")
    return _("There are no organisations yet")


def judge_label(count: int) -> str:
    """The button that brings the office to the answers that wait."""
    return ngettext("Judge %(count)s answer", "Judge %(count)s answers", count) % {"count": count}


def review_headline(waiting: int) -> str:
    """The news of the queue: '7 answers wait for your judgement'."""
    if not waiting:
        return _("Everything has been judged")
    text = ngettext(
        "%(count)s answer waits for your judgement",
        "%(count)s answers wait for your judgement",
        waiting,
    )
    return text % {"count": waiting}


def still_to_go(others: int) -> str:
    """How many wait besides this one: '6 to go after this one'."""
    if not others:
        return _("this is the last one")
    text = ngettext("%(count)s to go after this one", "%(count)s to go after this one", others)
    return text % {"count": others}


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


def standing_notes(row: Standing) -> list[str]:
    """What the figures of an organisation on the board do not tell, line by line: what became of
    its questions, and who stands in for whom."""
    counts = []
    if row.returned:
        text = ngettext("%(count)s returned", "%(count)s returned", row.returned)
        counts.append(text % {"count": row.returned})
    if row.drafts:
        text = ngettext("%(count)s draft", "%(count)s drafts", row.drafts)
        counts.append(text % {"count": row.drafts})
    if row.unchanged:
        text = ngettext("%(count)s unchanged", "%(count)s unchanged", row.unchanged)
        counts.append(text % {"count": row.unchanged})
    if row.extended_until:
        text = ngettext(
            "%(count)s with more time, until %(day)s",
            "%(count)s with more time, until %(day)s",
            row.extended,
        )
        counts.append(text % {"count": row.extended, "day": short(row.extended_until)})
    deputies = sorted(row.stand_ins, key=lambda one: (one.until, one.name))
    lines = [" · ".join(counts), *map(_stands_in, deputies)]
    return [line for line in lines if line]


def _stands_in(one: StandIn) -> str:
    text = _("%(deputy)s answers for %(away)s until %(day)s")
    return text % {"deputy": one.name, "away": one.away, "day": short(one.until)}


def question_states(request: UpdateRequest, today: datetime.date, deadline: datetime.date) -> str:
    """How one question stands, as `for_board` gives it: 'opened, a draft waits, late'."""
    words = [request.get_state_display()]
    if request.state == RequestState.OPEN:
        words = [_("opened") if request.first_opened_at else _("not opened")]
    if request.state in OWED:
        if request.has_draft:  # type: ignore[attr-defined]
            words.append(_("a draft waits"))
        if request.due_on > deadline:
            words.append(_("more time until %(day)s") % {"day": short(request.due_on)})
        if request.is_late(today):
            words.append(_("late"))
    elif request.last_unchanged:  # type: ignore[attr-defined]
        words.append(_("unchanged"))
    return ", ".join(str(word) for word in words)


def next_mail(rung: str, audience: str, on: datetime.date) -> str:
    """'reminder 3 November'; the first mail of a round is no reminder."""
    return f"{rung_word(rung, audience)} {short(on)}"


def short(day: datetime.date) -> str:
    """A day of this round: the year goes without saying."""
    return date_format(day, "j F")
