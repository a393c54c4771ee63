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
from quotes.models import Quote
from tests import factories as make


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
    round_: MonitoringRound, intervention: Intervention, state: str = RequestState.LAPSED
) -> UpdateRequest:
    lead = intervention.involvements.get(role="lead").organisation
    return UpdateRequest.objects.create(
        round=round_,
        intervention=intervention,
        organisation=lead,
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
) -> StatusUpdate:
    """The lead was asked, answered, and the office accepted it."""
    request = asked(round_, intervention, RequestState.ACCEPTED)
    moment = timezone.now()
    explained = dict.fromkeys(("cause", "consequence", "adjustment"), "Said.")
    update = StatusUpdate.objects.create(
        request=request,
        version=1,
        delivery_state=DeliveryState.RUNNING,
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
    return update


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
