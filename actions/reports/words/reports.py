"""What is said of reports and their steps."""

from typing import Any

from django.utils.translation import gettext as _


def reports_news(name: str, state: str) -> str:
    """The title of the list of reports: how far the newest is, by the name of its round."""
    said = {"round": name}
    if not name:
        return _("There is no progress report yet")
    if not state:
        return _("The report of %(round)s was not started yet") % said
    texts = {
        "draft": _("The report of %(round)s is a draft"),
        "in_alignment": _("The report of %(round)s is in alignment"),
        "adopted": _("The report of %(round)s is adopted, not sent yet"),
        "sent": _("The report of %(round)s was sent"),
    }
    return texts[state] % said


def report_step(state: str, name: str) -> dict[str, Any]:
    """What a step of a report does, for the page that asks before it."""
    said = {"round": name}
    steps = {
        "draft": (
            _("Back to draft"),
            [_("The report of %(round)s is worked on again.") % said],
            _("It can go into alignment again."),
        ),
        "in_alignment": (
            _("Send it round for alignment"),
            [_("Leadership reads the report of %(round)s with the office.") % said],
            _("It can go back to draft."),
        ),
        "adopted": (
            _("Adopt the report"),
            [
                _("The report of %(round)s is adopted as it stands.") % said,
                _("Partner organisations read it once it is sent."),
            ],
            _("An adopted report cannot go back."),
        ),
        "sent": (
            _("Record that it was sent"),
            [
                _("From now on every partner organisation reads the report of %(round)s.") % said,
                _("It stands under this document number."),
            ],
            _("A report that was sent stays sent."),
        ),
    }
    label, what, undo = steps[state]
    return {"title": label, "what": what, "undo": undo, "action_label": label}
