"""The way of a progress report: draft → in alignment → adopted → sent, a step at a time.

Every function is atomic, writes an audit entry, and raises ValidationError with a sentence for
people when a rule forbids the deed.
"""

import datetime

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from actions.monitoring.models import MonitoringRound, RoundKind, RoundState
from actions.organisations.models import User
from actions.reports.models import Report, ReportState
from tracker.audit.services import record

# Where a report may go from where it is.
STEPS: dict[str, tuple[str, ...]] = {
    ReportState.DRAFT: (ReportState.IN_ALIGNMENT,),
    ReportState.IN_ALIGNMENT: (ReportState.ADOPTED, ReportState.DRAFT),
    ReportState.ADOPTED: (ReportState.SENT,),
    ReportState.SENT: (),
}


@transaction.atomic
def start_report(*, round: MonitoringRound, actor: User) -> Report:
    """The draft report of a report round that was opened; each round has one at most."""
    about_round = MonitoringRound.objects.select_for_update().get(pk=round.pk)
    if about_round.kind != RoundKind.REPORT:
        raise ValidationError(_("An interim round has no progress report."))
    if about_round.state == RoundState.PLANNED:
        raise ValidationError(_("Open the round first: nobody has been asked yet."))
    if Report.objects.filter(round=about_round).exists():
        raise ValidationError(_("The report of this round was started before."))
    report = Report.objects.create(round=about_round)
    after = {"round": about_round.name, "state": report.state}
    record(verb="report.started", subject=report, actor=actor, after=after)
    return report


@transaction.atomic
def advance_report(
    *, report: Report, state: str, on: datetime.date, document_number: str = "", actor: User
) -> Report:
    """Take a report one step further on a day, or back from alignment to draft.

    It is adopted only when its round is closed, as until then its figures move; it is sent under
    the document number, not before the day of its adoption. What was sent stays sent.
    """
    report = Report.objects.select_for_update(of=("self",)).select_related("round").get(
        pk=report.pk
    )  # fmt: skip
    _check_step(report, state)
    before = {"state": report.state}
    report.state = state
    if state == ReportState.ADOPTED:
        report.adopted_on = on
    if state == ReportState.SENT:
        _check_sending(report, on, document_number)
        report.sent_on = on
        report.document_number = document_number.strip()
    report.full_clean()
    report.save()
    after = {"state": state, "on": on, "document_number": report.document_number}
    record(verb=f"report.{state}", subject=report, actor=actor, before=before, after=after)
    return report


def _check_step(report: Report, state: str) -> None:
    allowed = STEPS[report.state]
    if state not in ReportState.values:
        raise ValidationError(_("A report has no such state."))
    if not allowed:
        raise ValidationError(_("This report was sent: it stays as it is."))
    if state not in allowed:
        words = {
            "now": report.get_state_display(),
            "wanted": ReportState(state).label,
            "next": ReportState(allowed[0]).label,
        }
        raise ValidationError(
            _("This report is %(now)s. It cannot become %(wanted)s now: the next step is "
              "%(next)s."),
            params=words,
        )  # fmt: skip
    if state == ReportState.ADOPTED and report.round.state != RoundState.CLOSED:
        raise ValidationError(_("Close the round first: until then the figures still move."))


def _check_sending(report: Report, on: datetime.date, document_number: str) -> None:
    if not document_number.strip():
        raise ValidationError(
            {"document_number": _("Give the number of the document that was sent.")}
        )
    if report.adopted_on and on < report.adopted_on:
        raise ValidationError({"on": _("It cannot be sent before it was adopted.")})
