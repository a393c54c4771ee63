"""A small world in which an ambition can be at every station."""

import datetime
from collections.abc import Iterable

from django.utils import timezone

from actions.monitoring.models import (
    MonitoringRound,
    RequestState,
    Review,
    ReviewVerdict,
    RoundKind,
    RoundState,
    StatusUpdate,
    UpdateRequest,
)
from actions.organisations.models import Organisation, User
from actions.plan.models import (
    AnswerVerdict,
    DeliveryState,
    Disposition,
    DispositionVerdict,
    Extent,
    Intervention,
    TrafficLight,
)
from actions.plan.services import record_accepted_state
from actions.reports.models import Decision, Report
from actions.reports.services import (
    advance_report,
    propose_decision,
    start_report,
    take_decision,
)
from quotes.models import Quote
from tests import factories as make

ASKED = datetime.date(2026, 5, 10)


def closed_round(
    name: str = "Spring", deadline: datetime.date = datetime.date(2026, 5, 1), **fields: str
) -> MonitoringRound:
    return MonitoringRound.objects.create(
        name=name,
        period_start=deadline - datetime.timedelta(days=180),
        period_end=deadline - datetime.timedelta(days=1),
        opens_on=deadline - datetime.timedelta(days=20),
        deadline=deadline,
        **{"kind": RoundKind.REPORT, "state": RoundState.CLOSED, **fields},
    )


def asked(
    round_: MonitoringRound,
    intervention: Intervention,
    state: str = RequestState.LAPSED,
    organisation: Organisation | None = None,
) -> UpdateRequest:
    return UpdateRequest.objects.create(
        round=round_,
        intervention=intervention,
        organisation=organisation or intervention.involvements.get(role="lead").organisation,
        due_on=round_.deadline,
        state=state,
    )


def accepted(
    round_: MonitoringRound,
    intervention: Intervention,
    *,
    reviewer: User,
    light: str = TrafficLight.ON_TRACK,
    text: str = "Eight of ten take part.",
    secret: str = "",
    organisation: Organisation | None = None,
    state: str = DeliveryState.RUNNING,
) -> StatusUpdate:
    """An organisation (the lead) was asked, answered, and the office accepted it."""
    request = asked(round_, intervention, RequestState.ACCEPTED, organisation)
    moment = timezone.now()
    explained = dict.fromkeys(("cause", "consequence", "adjustment"), "Said.")
    update = StatusUpdate.objects.create(
        request=request,
        version=1,
        delivery_state=state,
        traffic_light=light,
        for_the_report=text,
        for_the_office=secret,
        author=reviewer,
        submitted_at=moment,
        **explained,
    )
    Review.objects.create(
        update=update, verdict=ReviewVerdict.ACCEPTED, reviewer=reviewer, reviewed_at=moment
    )
    if organisation is None:
        record_accepted_state(
            intervention=intervention, delivery_state=state, traffic_light=light, on=moment.date()
        )
    return update


def submitted(
    round_: MonitoringRound, intervention: Intervention, *, author: User, text: str = "Not yet."
) -> StatusUpdate:
    """The lead answered, and nobody judged it yet."""
    return StatusUpdate.objects.create(
        request=asked(round_, intervention, RequestState.SUBMITTED),
        version=1,
        delivery_state=DeliveryState.RUNNING,
        traffic_light=TrafficLight.ON_TRACK,
        for_the_report=text,
        author=author,
        submitted_at=timezone.now(),
    )


def measured_intervention(lead: Organisation, title: str = "") -> Intervention:
    intervention = make.make_intervention(title, lead=lead)
    indicator = make.make_indicator()
    make.make_target(indicator)
    make.measure(intervention, indicator)
    return intervention


def link(quote: Quote, interventions: Iterable[Intervention]) -> Quote:
    for intervention in interventions:
        make.make_link(quote, intervention)
    return quote


def set_aside(quote: Quote, *, by: User, confirmed: bool = True) -> Disposition:
    return Disposition.objects.create(
        quote=quote,
        verdict=DispositionVerdict.SET_ASIDE,
        reason="Another programme does this.",
        proposed_by=by,
        confirmed_by=by if confirmed else None,
        confirmed_on=datetime.date(2026, 6, 1) if confirmed else None,
    )


def judge(quote: Quote, extent: str = Extent.PARTLY) -> AnswerVerdict:
    return AnswerVerdict.objects.create(quote=quote, extent=extent, remains_open="The rest.")


def proposed(
    subject: Intervention, question: str = "Pay for twelve beds?", *, by: User
) -> Decision:
    """Leadership was asked."""
    return propose_decision(
        subject=subject,
        question=question,
        options="Pay twelve beds\nWait",
        proposal="Pay twelve beds.",
        actor=by,
        on=ASKED,
    )


def taken(decision: Decision, *, by: User, **fields: object) -> Decision:
    """Leadership decided, in words that say so."""
    given = {"ruling": "Twelve beds it is.", "meeting": "Steering group", "on": ASKED, **fields}
    return take_decision(decision=decision, state="taken", decided_by=by, actor=by, **given)


def sent_report(round_: MonitoringRound, *, by: User, number: str = "28638-260") -> Report:
    """The report of a round, sent to parliament."""
    report = start_report(round=round_, actor=by)
    for state in ("in_alignment", "adopted", "sent"):
        report = advance_report(
            report=report, state=state, on=ASKED, document_number=number, actor=by
        )
    return report
