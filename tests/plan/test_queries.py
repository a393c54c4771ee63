"""What every page of the plan costs: at most six queries, and as many for two rows as for twelve.

The pages show panels of apps downstream: what these ask counts here.
"""

from typing import Any

import pytest
from django.urls import reverse
from django.utils import timezone

from actions.monitoring import services
from actions.monitoring.models import UpdateRequest
from actions.organisations.models import Organisation
from actions.plan import urls
from actions.plan.models import (
    Disposition,
    Intervention,
    Involvement,
    InvolvementRole,
    Succession,
    SuccessionKind,
)
from quotes.models import Quote
from tests import factories as make
from tests.pages import queries, signed_in

pytestmark = pytest.mark.django_db

MOST = 6
# Url name: what its address needs. POST-only deeds have no page of their own.
PAGES: dict[str, str] = {
    "interventions": "",
    "intervention": "code",
    "intervention-new": "",
    "intervention-edit": "code",
    "link": "reference",
    "set-aside": "reference",
    "commitments": "",
    "commitment": "number",
    "commitment-new": "",
    "commitment-edit": "number",
    "commitment-close": "number",
}
DEEDS = {"verdict", "unlink", "relink", "confirm-disposition", "withdraw-disposition"}


class World:
    """One intervention, one quote and one commitment that everything hangs on."""

    def __init__(self) -> None:
        self.office = make.make_office("Noor Office")
        self.town: Organisation = make.make_organisation("Town")
        self.partner = make.make_reporter(self.town)
        self.intervention: Intervention = make.make_intervention("Beds", lead=self.town)
        self.quote: Quote = make.make_quote()
        self.aside: Quote = make.make_quote()
        Disposition.objects.create(
            quote=self.aside, verdict="set_aside", reason="Is the law.", proposed_by=self.office
        )
        self.commitment = make.make_commitment("T-100", self.intervention, owner=self.town)

    def grow(self, times: int) -> None:
        """Every list on every page gets so many rows more."""
        for _number in range(times):
            self.one_more()

    def one_more(self) -> None:
        beds = self.intervention
        self.reported()
        part = make.make_intervention(lead=make.make_organisation(), parent=beds)
        make.make_link(make.make_quote(), beds)
        make.make_link(self.quote, part)
        make.make_involvement(beds, make.make_organisation(), "involved", responsibility="Helps.")
        group = make.make_group(f"Group {part.code}")
        Involvement.objects.create(
            intervention=beds, group=group, role=InvolvementRole.INVOLVED, reports=True
        )
        for ends in (
            {"from_intervention": beds, "to_intervention": make.make_intervention()},
            {"from_intervention": make.make_intervention(), "to_intervention": beds},
        ):
            on = timezone.localdate()
            Succession.objects.create(kind=SuccessionKind.SPLIT, on=on, reason="Larger.", **ends)
        indicator = make.make_indicator()
        make.measure(beds, indicator)
        make.make_measurement(indicator)
        make.make_target(indicator)
        make.make_target(indicator, year=2029)
        make.make_commitment("", beds)
        self.commitment.interventions.add(part)

    def reported(self) -> None:
        """An accepted answer, and a question that is still open."""
        about = {"intervention": self.intervention, "organisation": self.town}
        today = timezone.localdate()
        answered = UpdateRequest.objects.create(due_on=today, **about)
        said = services.Answer("running", "on_track", for_the_report="Eleven of fourteen.")
        update = services.submit_update(
            request=answered, answer=said, author=self.partner, now=timezone.now()
        )
        services.review_update(
            update=update, reviewer=self.office, verdict="accepted", now=timezone.now()
        )
        UpdateRequest.objects.create(due_on=today, **about)

    def address(self, name: str, needs: str, quote: Quote) -> str:
        found: dict[str, Any] = {
            "": {},
            "code": {"code": self.intervention.code},
            "reference": {"reference": quote.full_reference},
            "number": {"number": self.commitment.number},
        }
        return reverse(f"plan:{name}", kwargs=found[needs])

    def costs(self) -> dict[str, int]:
        """What each page costs: the office, and the partner that leads where it may read too."""
        office, partner = signed_in(self.office), signed_in(self.partner)
        found = {}
        for name, needs in PAGES.items():
            for quote in (self.quote, self.aside) if needs == "reference" else (self.quote,):
                url = self.address(name, needs, quote)
                found[f"{name} {quote.reference}"] = queries(office, url)
                if partner.get(url).status_code == 200:
                    found[f"{name} {quote.reference}, partner"] = queries(partner, url)
        return found


def test_every_page_costs_at_most_six_and_as_much_for_two_as_for_twelve() -> None:
    world = World()
    world.grow(2)
    few = world.costs()
    world.grow(10)
    many = world.costs()
    assert {name: cost for name, cost in many.items() if cost > MOST} == {}
    assert many == few


def test_no_page_of_the_plan_goes_unmeasured() -> None:
    assert {one.name for one in urls.urlpatterns} == {*PAGES, *DEEDS}
