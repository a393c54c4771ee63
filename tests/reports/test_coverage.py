"""Coverage over the whole chain, on the database."""

import datetime
import json
import random
from io import StringIO

import pytest
from django.core.management import call_command

from actions.monitoring.models import MonitoringRound, RequestState, RoundState, UpdateRequest
from actions.organisations.models import Organisation, User
from actions.plan.models import DeliveryState, Intervention, Succession, SuccessionKind
from actions.reports.coverage import coverage_of, coverage_report, matrix_of
from actions.reports.models import Ambition
from actions.reports.stations import station
from quotes.models import Kind, Quote, QuoteState
from tests import factories as make
from tests.reports import world

pytestmark = pytest.mark.django_db


@pytest.fixture
def office() -> User:
    return make.make_office()


@pytest.fixture
def town() -> Organisation:
    return make.make_organisation("Town")


def state_of(quote: Quote) -> str:
    return Ambition.objects.with_coverage().get(pk=quote.pk).coverage


def test_an_ambition_walks_through_all_stations(office: User, town: Organisation) -> None:
    quote = make.make_quote()
    assert state_of(quote) == "uncovered"
    intervention = make.make_intervention()
    make.make_link(quote, intervention)
    assert state_of(quote) == "linked"
    make.make_involvement(intervention, town, "lead")
    assert state_of(quote) == "owned"
    indicator = make.make_indicator()
    make.measure(intervention, indicator)
    assert state_of(quote) == "owned", "an indicator without a target cannot tell"
    make.make_target(indicator)
    assert state_of(quote) == "measured"
    world.accepted(world.closed_round(), intervention, reviewer=office)
    assert state_of(quote) == "reported"


def test_an_indicator_to_interpret_needs_no_target(town: Organisation) -> None:
    intervention = make.make_intervention(lead=town)
    make.measure(intervention, make.make_indicator(direction="interpret"))
    assert state_of(world.link(make.make_quote(), [intervention])) == "measured"


def test_a_stopped_or_succeeded_intervention_answers_nothing(town: Organisation) -> None:
    stopped = make.make_intervention(lead=town, delivery_state=DeliveryState.STOPPED)
    old, new = make.make_intervention(lead=town), make.make_intervention(lead=town)
    Succession.objects.create(
        from_intervention=old,
        to_intervention=new,
        kind=SuccessionKind.REPLACED,
        on=datetime.date(2026, 1, 1),
        reason="Taken over.",
    )
    assert state_of(world.link(make.make_quote(), [stopped, old])) == "uncovered"


def test_the_weakest_link_decides(office: User, town: Organisation) -> None:
    told, silent = world.measured_intervention(town), world.measured_intervention(town)
    quote = world.link(make.make_quote(), [told, silent])
    round_ = world.closed_round()
    world.accepted(round_, told, reviewer=office)
    world.asked(round_, silent)
    row = Ambition.objects.with_coverage().get(pk=quote.pk)
    assert (row.coverage, row.reported_links, row.live_links) == ("measured", 1, 2)


def test_who_was_asked_and_never_answered_keeps_the_ambition_back(
    office: User, town: Organisation
) -> None:
    told, mute = world.measured_intervention(town), world.measured_intervention(town)
    Intervention.objects.filter(pk=mute.pk).update(delivery_state=DeliveryState.NOT_STARTED)
    quote = world.link(make.make_quote(), [told, mute])
    round_ = world.closed_round()
    world.accepted(round_, told, reviewer=office)
    assert state_of(quote) == "reported", "what has not started and was not asked owes nothing"
    world.asked(round_, mute)
    assert state_of(quote) == "measured"


def test_only_the_last_closed_report_round_counts(office: User, town: Organisation) -> None:
    intervention = world.measured_intervention(town)
    quote = world.link(make.make_quote(), [intervention])
    world.accepted(world.closed_round(), intervention, reviewer=office)
    interim = world.closed_round("Interim", datetime.date(2026, 7, 1), kind="interim")
    running = world.closed_round("Running", datetime.date(2026, 9, 1), state=RoundState.OPEN)
    for other in (interim, running):
        world.asked(other, intervention, RequestState.OPEN)
    assert state_of(quote) == "reported"
    autumn = world.closed_round("Autumn", datetime.date(2026, 10, 1))
    world.asked(autumn, intervention)
    assert state_of(quote) == "measured"


def test_a_completed_intervention_counts_for_ever(office: User, town: Organisation) -> None:
    intervention = world.measured_intervention(town)
    quote = world.link(make.make_quote(), [intervention])
    world.accepted(world.closed_round(), intervention, reviewer=office)
    Intervention.objects.filter(pk=intervention.pk).update(delivery_state=DeliveryState.COMPLETED)
    world.asked(world.closed_round("Autumn", datetime.date(2026, 10, 1)), intervention)
    assert state_of(quote) == "reported"


def test_setting_aside_counts_once_it_is_confirmed(office: User) -> None:
    quote = make.make_quote()
    disposition = world.set_aside(quote, by=office, confirmed=False)
    row = Ambition.objects.with_coverage().get(pk=quote.pk)
    assert (row.coverage, row.proposed_aside) == ("uncovered", True)
    disposition.confirmed_by, disposition.confirmed_on = office, datetime.date(2026, 6, 1)
    disposition.save()
    assert state_of(quote) == "set_aside"


def test_what_does_not_count_counts_nowhere(office: User) -> None:
    counted = make.make_quote()
    make.make_quote(pull_quote_of=counted)
    make.make_quote(state=QuoteState.WITHDRAWN)
    make.make_quote(section=make.make_section("2.3", Kind.PROBLEM))
    second = make.make_section("4.1", anthology=make.make_anthology("BL2"))
    make.make_quote(section=second, returns_from=counted)
    report = coverage_report()
    assert report["total"] == 1
    assert report["open"] == ["BL2:4.1-01"], "a returning quote counts in its latest edition"


def test_an_ambition_that_returns_as_something_else_still_counts(office: User) -> None:
    first, gone, moved = make.make_quote(), make.make_quote(), make.make_quote()
    second = make.make_anthology("BL2")
    ambition = make.make_section("4.1", anthology=second)
    make.make_quote(section=ambition, returns_from=gone, state=QuoteState.WITHDRAWN)
    problem = make.make_section("2.1", Kind.PROBLEM, anthology=second)
    make.make_quote(section=problem, returns_from=moved)
    assert coverage_report()["open"] == [one.reference for one in (first, gone, moved)]


def test_the_command_speaks_json_and_names_what_is_open(office: User, town: Organisation) -> None:
    first, second = make.make_quote(), make.make_quote(section=make.make_section("4.2"))
    world.judge(world.link(first, [make.make_intervention(lead=town)]))
    out = StringIO()
    call_command("coverage", format="json", stdout=out)
    report = json.loads(out.getvalue())
    assert (report["total"], report["owned"], report["uncovered"]) == (2, 1, 1)
    assert report["answered"] == {"fully": 0, "partly": 1, "not_judged": 0}
    assert report["by_section"]["4.2"]["uncovered"] == 1
    assert report["open"] == [second.reference]
    table = StringIO()
    call_command("coverage", stdout=table)
    assert "4.12" in table.getvalue()
    assert second.reference in table.getvalue()


def test_the_matrix_counts_an_intervention_once_a_cell(town: Organisation) -> None:
    line, empty = make.make_action_line("Cooperation"), make.make_action_line("Awareness")
    intervention = make.make_intervention(lead=town, action_line=line)
    for _ in range(3):
        make.make_link(make.make_quote(), intervention)
    matrix = matrix_of(coverage_of(Ambition.objects.ambitions()))
    assert matrix.lines == ["Cooperation", "Awareness"]
    assert [[cell.count for cell in row.cells] for row in matrix.rows] == [[1, 0]]
    assert ([cell.count for cell in matrix.totals], matrix.total) == ([1, 0], 1)
    assert empty.title in matrix.lines


@pytest.mark.parametrize("seed", range(8))
def test_the_database_agrees_with_a_naive_count(seed: int, office: User) -> None:
    """On random plans the annotation equals the pure rule, recomputed row by row."""
    chance = random.Random(seed)
    towns = [make.make_organisation() for _ in range(3)]
    rounds = [world.closed_round(), world.closed_round("Autumn", datetime.date(2026, 10, 1))]
    interventions = [_random_intervention(chance, towns, rounds, office) for _ in range(6)]
    quotes = [
        world.link(make.make_quote(), chance.sample(interventions, chance.randint(0, 4)))
        for _ in range(10)
    ]
    found = dict(Ambition.objects.with_coverage().values_list("pk", "coverage"))
    assert found == {quote.pk: _naive(quote) for quote in quotes}


def _random_intervention(
    chance: random.Random,
    towns: list[Organisation],
    rounds: list[MonitoringRound],
    office: User,
) -> Intervention:
    state = chance.choice(DeliveryState.values)
    lead = chance.choice([None, *towns])
    intervention = make.make_intervention(lead=lead, delivery_state=state)
    if chance.random() < 0.6:
        indicator = make.make_indicator(direction=chance.choice(["higher", "interpret"]))
        make.measure(intervention, indicator)
        if chance.random() < 0.5:
            make.make_target(indicator)
    for round_ in rounds if lead else []:
        if chance.random() < 0.5:
            world.accepted(round_, intervention, reviewer=office)
        elif chance.random() < 0.5:
            world.asked(round_, intervention)
    return intervention


def _naive(quote: Quote) -> str:
    live = [
        link.intervention
        for link in quote.links.all()
        if link.intervention.delivery_state != DeliveryState.STOPPED
    ]
    reported = [one for one in live if _is_reported(one)]
    return station(
        live=len(live),
        owned=sum(one.involvements.filter(role="lead").exists() for one in live),
        measured=sum(_is_measured(one) for one in live),
        reported=len(reported),
        silent=sum(
            (one.delivery_state == DeliveryState.RUNNING or one.requests.exists())
            and one not in reported
            for one in live
        ),
    )


def _is_measured(intervention: Intervention) -> bool:
    return any(
        link.indicator.targets.exists() or link.indicator.direction == "interpret"
        for link in intervention.indicator_links.all()
    )


def _is_reported(intervention: Intervention) -> bool:
    requests = UpdateRequest.objects.filter(intervention=intervention).order_by("round__deadline")
    states = [request.state for request in requests]
    if intervention.delivery_state == DeliveryState.COMPLETED:
        return RequestState.ACCEPTED in states
    return states[-1:] == [RequestState.ACCEPTED]
