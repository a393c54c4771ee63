"""The figures of the example agree, wherever they stand, and with the tables they come from."""

from collections import Counter
from collections.abc import Callable

import pytest
from django.test import Client
from django.utils import timezone

from actions.monitoring.models import (
    MonitoringRound,
    RequestState,
    ReviewVerdict,
    RoundKind,
    RoundState,
    StatusUpdate,
    UpdateRequest,
)
from actions.plan.models import (
    DeliveryState,
    Disposition,
    Intervention,
    Involvement,
    InvolvementRole,
    QuoteLink,
    TrafficLight,
)
from actions.reports.models import Ambition, Decision, DecisionState
from quotes.models import Quote

pytestmark = [pytest.mark.django_db, pytest.mark.xdist_group("example")]


def live() -> dict[int, Intervention]:
    """Interventions that are neither stopped nor succeeded, by walking through the tables."""
    return {
        one.pk: one
        for one in Intervention.objects.prefetch_related("successions")
        if one.delivery_state != DeliveryState.STOPPED and not one.successions.all()
    }


def closed_reports() -> list[MonitoringRound]:
    """The closed report rounds, the newest last."""
    rounds = MonitoringRound.objects.filter(state=RoundState.CLOSED, kind=RoundKind.REPORT)
    return sorted(rounds, key=lambda one: (one.deadline, one.pk))


def leads() -> set[tuple[int, int]]:
    """Pairs of intervention and organisation that answer for it; a group's members too."""
    found = set()
    for one in Involvement.objects.filter(role=InvolvementRole.LEAD).select_related("group"):
        if one.organisation_id:
            found.add((one.intervention_id, one.organisation_id))
        elif one.group:
            found |= {(one.intervention_id, member.pk) for member in one.group.members.all()}
    return found


def lights_in(about: MonitoringRound) -> Counter[str]:
    """How many of the interventions that were asked in a round stood at each light: by the lead's
    accepted word, else the newest; without an accepted word not rated; a stopped one has none."""
    asked = {one.intervention_id for one in asked_in(about)}
    accepted = StatusUpdate.objects.filter(
        request__round=about, review__verdict=ReviewVerdict.ACCEPTED
    ).select_related("request")
    by_lead, said = leads(), {}
    for update in accepted:
        key = update.request.intervention_id, update.request.organisation_id
        rank = (key in by_lead, update.submitted_at, update.pk)
        if key[0] not in said or rank > said[key[0]][0]:
            said[key[0]] = (rank, update)
    found: Counter[str] = Counter()
    for pk in asked:
        update = said[pk][1] if pk in said else None
        if update is None or update.delivery_state != DeliveryState.STOPPED:
            found[update.traffic_light if update else TrafficLight.NOT_RATED] += 1
    return found


def asked_in(about: MonitoringRound) -> list[UpdateRequest]:
    """The requests of a round that were neither taken back nor waived."""
    not_asked = {RequestState.WITHDRAWN, RequestState.WAIVED}
    return [one for one in about.requests.all() if one.state not in not_asked]


def test_leaderships_lights_are_those_of_the_tables(person: Callable[..., Client]) -> None:
    before, last = closed_reports()[-2:]
    context = person("leadership").get("/").context
    now, then = lights_in(last), lights_in(before)
    for figure in context["lights"]:
        assert (figure.light, figure.count) == (figure.light, now[figure.light])
        assert (figure.light, figure.before) == (figure.light, then[figure.light])
    assert sum(figure.count for figure in context["lights"]) == sum(now.values()) > 30


def test_leaderships_response_is_that_of_the_tables(person: Callable[..., Client]) -> None:
    asked = asked_in(closed_reports()[-1])
    answered = [one for one in asked if one.state == RequestState.ACCEPTED]
    text = person("leadership", "en").get("/").text
    assert f">{len(answered)} <small>of {len(asked)}<" in text
    assert len(asked) > len(answered) > 30


def test_leaderships_questions_are_the_proposed_decisions(person: Callable[..., Client]) -> None:
    proposed = Decision.objects.filter(state=DecisionState.PROPOSED)
    page = person("leadership", "en").get("/")
    assert proposed.count() >= 3
    for decision in proposed:
        assert decision.get_absolute_url() in page.text
    listed = person("leadership").get("/decisions/?state=proposed").context["table"]
    assert listed.paginator.count == proposed.count()


def test_the_coverage_is_that_of_the_tables(person: Callable[..., Client]) -> None:
    ambitions = Quote.objects.ambitions().filter(returns_as=None)
    linked = set(QuoteLink.objects.filter(intervention__in=live()).values_list("quote", flat=True))
    settled = set(
        Disposition.objects.filter(confirmed_by__isnull=False).values_list("quote", flat=True)
    )
    open_now = {one.pk for one in ambitions} - linked - settled
    for role, address in (("leadership", "/"), ("office", "/"), ("partner", "/coverage/")):
        total = person(role).get(address).context["coverage"].total
        assert (total.total, total.open) == (ambitions.count(), len(open_now)), address
        assert total.linked == len({one.pk for one in ambitions} & linked - settled), address
    listed = person("office").get("/coverage/?coverage=uncovered").context["table"]
    assert listed.paginator.count == len(open_now)
    covered = Ambition.objects.ambitions().once().with_coverage()
    assert covered.filter(coverage="uncovered").count() == len(open_now)


def test_the_report_counts_as_leaderships_first_page_does(person: Callable[..., Client]) -> None:
    client, last = person("leadership"), closed_reports()[-1]
    home = {one.light: one.count for one in client.get("/").context["lights"]}
    report = client.get(f"/reports/{last.pk}/").context
    assert {one.light: one.count for one in report["lights"]} == home


def test_what_is_late_is_the_same_on_board_list_and_home(person: Callable[..., Client]) -> None:
    office = person("office", "en")
    running = MonitoringRound.objects.get(state=RoundState.OPEN)
    today = timezone.localdate()
    owed = UpdateRequest.objects.owed().filter(round=running)
    late = [one for one in owed if one.due_on < today]
    organisations = {one.organisation_id for one in late}
    assert len(late) > 5
    listed = office.get("/organisations/?debt=late").context["table"]
    assert listed.paginator.count == len(organisations)
    assert str(len(late)) in office.get(f"/rounds/{running.pk}/").text


def test_the_kept_state_of_an_intervention_is_its_last_accepted_answer() -> None:
    by_lead = leads()
    newest: dict[int, StatusUpdate] = {}
    accepted = StatusUpdate.objects.filter(review__verdict=ReviewVerdict.ACCEPTED)
    for update in accepted.select_related("request", "review").order_by("review__reviewed_at"):
        key = update.request.intervention_id, update.request.organisation_id
        if key in by_lead:
            newest[key[0]] = update
    assert len(newest) > 40
    for intervention in Intervention.objects.filter(pk__in=newest):
        update = newest[intervention.pk]
        kept = (intervention.delivery_state, intervention.traffic_light)
        assert kept == (update.delivery_state, update.traffic_light), intervention.code
    unasked = Intervention.objects.exclude(pk__in=newest)
    assert {one.traffic_light for one in unasked} <= {TrafficLight.NOT_RATED}
