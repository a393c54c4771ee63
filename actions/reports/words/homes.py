"""What the homes say: titles, leads, and what waits."""

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from actions.reports.words.decisions import decisions_asked
from actions.reports.words.numbers import capital, number_word

DEVIATING = ("at_risk", "off_track")


def leadership_news(lights: list[str], off_track: int, open_ambitions: int) -> str:
    """The title of leadership's home: `lights` are those of what a decision is asked about."""
    asked = len(lights)
    if asked:
        return decisions_asked(asked, deviations=all(light in DEVIATING for light in lights))
    if off_track:
        text = ngettext(
            "%(count)s intervention is off track, no decision is asked of you",
            "%(count)s interventions are off track, no decision is asked of you",
            off_track,
        )
        return capital(text % {"count": number_word(off_track)})
    if open_ambitions:
        return ambitions_waiting(open_ambitions)
    return _("No decision is asked of you")


def leadership_lead(
    *, reported: int, live: int, on_track: int, before: int | None, behind: int, judged: int
) -> str:
    """How much was reported, whether more is on track, whether effect keeps up: no more than the
    figures say. `judged` indicators of effect are shown, of which `behind` stay behind."""
    first = ngettext(
        "%(reported)s of the %(live)s interventions was reported.",
        "%(reported)s of the %(live)s interventions were reported.",
        reported,
    ) % {"reported": reported, "live": live}
    course, effect = _course(on_track, before), _effect(behind, judged)
    if not (course and effect):
        rest = capital(course or effect)
        return f"{first} {rest}." if rest else first
    agree = (on_track >= (before or 0)) == (behind == 0)
    both = _("%(course)s, and %(effect)s.") if agree else _("%(course)s, but %(effect)s.")
    return f"{first} {both % {'course': course, 'effect': effect}}"


def _course(on_track: int, before: int | None) -> str:
    if before is None:
        return ""
    if on_track == before:
        return _("As many are on track as in the round before")
    if on_track > before:
        return _("More are on track than in the round before")
    return _("Fewer are on track than in the round before")


def _effect(behind: int, judged: int) -> str:
    if not judged:
        return ""
    if not behind:
        return _("the effect is as expected")
    if behind == judged:
        return _("the effect stays behind what was expected")
    return _("the effect stays behind at %(behind)s of the %(judged)s indicators shown") % {
        "behind": behind,
        "judged": judged,
    }


def other_deviations(total: int, asked: int) -> str:
    """What of the deviations is not asked about: their leads adjust, as each answer says."""
    others = total - asked
    if not total:
        return _("No intervention deviates.")
    if others <= 0:
        return _("Every deviation asks for a decision.")
    if not asked:
        text = ngettext(
            "%(count)s deviation is adjusted by its lead.",
            "%(count)s deviations are adjusted by their leads.",
            others,
        )
    else:
        text = ngettext(
            "The other deviation is adjusted by its lead.",
            "The other %(count)s deviations are adjusted by their leads.",
            others,
        )
    return capital(text % {"count": number_word(others)})


def silent(count: int, before: int | None) -> str:
    """How many organisations did not answer, and how many in the round before."""
    if not count:
        text = _("every organisation answered")
    else:
        text = ngettext(
            "%(count)s organisation did not answer",
            "%(count)s organisations did not answer",
            count,
        ) % {"count": count}
    if before is None or before == count:
        return text
    return f"{text} · {_('was %(before)s') % {'before': before}}"


def office_news(*, to_judge: int, late: int, open_ambitions: int, owed: int) -> str:
    """The title of the office's home: what waits for a deed of the reader comes first."""
    if to_judge:
        return ngettext(
            "%(count)s answer waits for your judgement",
            "%(count)s answers wait for your judgement",
            to_judge,
        ) % {"count": to_judge}
    if late:
        text = ngettext("%(count)s answer is late", "%(count)s answers are late", late)
        return text % {"count": late}
    if open_ambitions:
        return ambitions_waiting(open_ambitions)
    if owed:
        return ngettext(
            "%(count)s answer is still to come", "%(count)s answers are still to come", owed
        ) % {"count": owed}
    return _("Every ambition has an answer")


def chore(name: str, count: int) -> str:
    """What waits for the office, behind its number: '3 answers to judge'."""
    texts = {
        "judge": ngettext("answer to judge", "answers to judge", count),
        "late": ngettext("answer is late", "answers are late", count),
        "ambition": ngettext("ambition without answer", "ambitions without answer", count),
        "carry_out": ngettext("decision to carry out", "decisions to carry out", count),
        "check": ngettext("effect to check", "effects to check", count),
        "commitment_late": ngettext("commitment is late", "commitments are late", count),
        "commitment": ngettext(
            "commitment due within 30 days", "commitments due within 30 days", count
        ),
        "quote": ngettext("quote to review", "quotes to review", count),
    }
    return texts[name]


def show_open(count: int) -> str:
    """The button that brings the office to the ambitions without an answer."""
    text = ngettext("Show the open ambition", "Show the %(open)s open ambitions", count)
    return text % {"open": count}


def ambitions_waiting(count: int) -> str:
    """'2 ambitions still wait for an answer'."""
    return ngettext(
        "%(count)s ambition still waits for an answer",
        "%(count)s ambitions still wait for an answer",
        count,
    ) % {"count": count}
