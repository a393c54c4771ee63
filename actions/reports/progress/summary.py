"""The sentences of the report, by rule: counts in, a sentence out. Pure: no database."""

from collections.abc import Mapping, Sequence

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

GOODNESS = {"off_track": 1, "at_risk": 2, "on_track": 3}


def direction(before: str, now: str) -> str:
    """'better' or 'worse' between two rated lights, else ''. Not rated is neither good nor bad."""
    first, second = GOODNESS.get(before), GOODNESS.get(now)
    if first is None or second is None or first == second:
        return ""
    return "better" if second > first else "worse"


def joined(parts: Sequence[str]) -> str:
    """'a, b and c'."""
    if len(parts) < 2:
        return "".join(parts)
    return _("%(first)s and %(last)s") % {"first": ", ".join(parts[:-1]), "last": parts[-1]}


def standing(live: int, lights: Mapping[str, int], words: Mapping[str, str]) -> str:
    """'8 interventions: 5 on track, 2 at risk and 1 not rated.'"""
    if not live:
        return _("No intervention was asked.")
    parts = [f"{count} {words[light]}" for light, count in lights.items() if count]
    text = ngettext("%(count)s intervention: %(lights)s.", "%(count)s interventions: %(lights)s.",
                    live)  # fmt: skip
    return text % {"count": live, "lights": joined(parts)}


def changes(kinds: Mapping[str, Sequence[str]], *, first: bool) -> str:
    """What changed since the round before; `kinds` holds the codes of what became better, worse,
    new, completed, stopped."""
    if first:
        return _("This is the first round.")
    words = {
        "better": _("better"),
        "worse": _("worse"),
        "new": _("new"),
        "completed": _("completed"),
        "stopped": _("stopped"),
    }
    parts = [f"{words[kind]} ({', '.join(kinds[kind])})" for kind in words if kinds.get(kind)]
    if not parts:
        return _("Nothing changed since the round before.")
    return _("Since the round before: %(changes)s.") % {"changes": joined(parts)}


def effect(states: Mapping[str, int]) -> str:
    """What the indicators say, from how many have which state (actions.indicators.judgement)."""
    judged = states.get("as_expected", 0) + states.get("behind", 0)
    parts = []
    if judged:
        text = ngettext(
            "%(behind)s of the %(judged)s indicators that can be judged stays behind",
            "%(behind)s of the %(judged)s indicators that can be judged stay behind",
            states.get("behind", 0),
        )
        parts.append(text % {"behind": states.get("behind", 0), "judged": judged})
    for state, text in (
        ("out_of_date", _("out of date: %(count)s")),
        ("no_measurement", _("without a measurement: %(count)s")),
        ("no_target", _("without a target for this date: %(count)s")),
        ("not_judged", _("to be interpreted, without a standard: %(count)s")),
    ):
        if states.get(state):
            parts.append(text % {"count": states[state]})
    if not parts:
        return _("No indicator tells yet what this brings.")
    if judged:
        return f"{'; '.join(parts)}."
    return _("Indicators %(states)s.") % {"states": "; ".join(parts)}


def news(*, live: int, deviating: int, open_round: bool) -> str:
    """The title of the report: how much of it goes as it should."""
    if not live:
        return _("Nobody was asked in this round")
    said = {"live": live, "deviating": deviating}
    if open_round and not deviating:
        text = _("So far no intervention deviates")
    elif not deviating:
        text = ngettext(
            "%(live)s intervention, no deviation", "%(live)s interventions, no deviation", live
        )
    elif open_round:
        text = ngettext(
            "So far %(deviating)s of the %(live)s interventions deviates",
            "So far %(deviating)s of the %(live)s interventions deviate",
            deviating,
        )
    else:
        text = ngettext(
            "%(deviating)s of the %(live)s interventions deviates",
            "%(deviating)s of the %(live)s interventions deviate",
            deviating,
        )
    return text % said
