"""How much dearer our pages are than the barest query for the same rows: ratios, in one run.

Run by `make bench`; it prints, and judges nothing: what is fast enough is decided with a person.
"""

import statistics
import time
from collections.abc import Callable

import pytest
from django.db import connection
from django.test import Client

from actions.plan.models import Intervention, Involvement, QuoteLink
from actions.reports.coverage import coverage_of
from actions.reports.models import Ambition
from quotes.models import Quote
from tests import factories as make

pytestmark = [pytest.mark.benchmark, pytest.mark.django_db]

INTERVENTIONS, AMBITIONS, RUNS = 2000, 400, 9
LIST_FLOOR = """
    SELECT i.code, i.title, l.title, o.name, i.stage, i.due_on, i.traffic_light, i.delivery_state
    FROM plan_intervention i
    JOIN plan_actionline l ON l.id = i.action_line_id
    LEFT JOIN plan_involvement v ON v.intervention_id = i.id AND v.role = 'lead'
    LEFT JOIN organisations_organisation o ON o.id = v.organisation_id
    ORDER BY i.code, i.id LIMIT 50
"""
COVERAGE_FLOOR = """
    SELECT q.section_id, count(DISTINCT q.id), count(k.id)
    FROM quotes_quote q LEFT JOIN plan_quotelink k ON k.quote_id = q.id
    GROUP BY q.section_id
"""


@pytest.fixture
def plan(db: None) -> None:
    """Ambitions with five links each, interventions with a lead each."""
    line, town = make.make_action_line(), make.make_organisation("Town")
    made = Intervention.objects.bulk_create(
        Intervention(code=f"I-{n:05}", title=f"Intervention {n}", action_line=line)
        for n in range(INTERVENTIONS)
    )
    Involvement.objects.bulk_create(
        Involvement(intervention=one, organisation=town, role="lead") for one in made
    )
    section = make.make_section()
    quotes = Quote.objects.bulk_create(
        Quote(
            anthology=section.anthology,
            section=section,
            reference=f"4.12-{n:04}",
            reference_number=n,
            text=f"We want number {n}.",
            fingerprint=f"{n:064}",
        )
        for n in range(AMBITIONS)
    )
    QuoteLink.objects.bulk_create(
        QuoteLink(quote=quote, intervention=made[(n * 5 + step) % INTERVENTIONS], rationale="So.")
        for n, quote in enumerate(quotes)
        for step in range(5)
    )


def milliseconds(what: Callable[[], object]) -> float:
    """The median of several runs, after one to warm up."""
    what()
    times = []
    for _ in range(RUNS):
        start = time.perf_counter()
        what()
        times.append(1000 * (time.perf_counter() - start))
    return statistics.median(times)


def fetch(sql: str) -> list[tuple]:
    with connection.cursor() as cursor:
        cursor.execute(sql)
        return cursor.fetchall()


def test_ratios(plan: None, capsys: pytest.CaptureFixture[str]) -> None:
    client = Client()
    client.force_login(make.make_office())
    list_floor = milliseconds(lambda: fetch(LIST_FLOOR))
    coverage_floor = milliseconds(lambda: fetch(COVERAGE_FLOOR))
    ambitions = Ambition.objects.ambitions()
    rows = [
        ("list page, in the request", lambda: client.get("/interventions/"), list_floor),
        ("its last page", lambda: client.get(f"/interventions/?page={INTERVENTIONS // 50}"), None),
        (
            "coverage, the figures",
            lambda: coverage_of(ambitions),
            coverage_floor,
        ),
    ]
    before = 0.0
    with capsys.disabled():
        print(f"\n{INTERVENTIONS} interventions, {AMBITIONS} ambitions, {connection.vendor}")
        for name, what, floor in rows:
            took = milliseconds(what)
            base = floor or before
            print(f"{name:<28}{took:9.1f} ms{took / base:9.1f} × {base:.1f} ms")
            before = took
