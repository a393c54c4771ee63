"""What every page of monitoring costs: at most six queries, and as many for two as for twelve."""

import datetime
from collections.abc import Callable, Iterator
from dataclasses import dataclass

import pytest
import time_machine
from django.urls import reverse
from django.utils import timezone

from actions.monitoring import services, urls
from actions.monitoring.models import MonitoringRound, StatusUpdate, UpdateRequest
from actions.organisations.models import Absence, MembershipKind, Organisation, User
from tests import factories as make
from tests.monitoring import cast
from tests.monitoring.cast import working_day
from tests.monitoring.test_pages_mailbox import make_mail
from tests.pages import queries, signed_in

pytestmark = pytest.mark.django_db

MOST = 6


@dataclass
class World:
    """One organisation with so many questions, and so many organisations beside it; a closed round
    behind them, an open one with answers in every state, and one that is planned."""

    office: User
    leadership: User
    partner: User
    home: Organisation
    closed: MonitoringRound
    round: MonitoringRound
    planned: MonitoringRound
    states: dict[str, list[UpdateRequest]]
    mail: int


def build(count: int) -> World:
    office = make.make_office(f"Office {count}")
    home, partner = party(f"Home {count}", office)
    titles = [f"Question {number} of {count}" for number in range(6 * count)]
    questions = [(one, partner) for one in cast.ask(home, *titles)]
    for number in range(count):
        other, author = party(f"Other {count}-{number}", office)
        questions += [(one, author) for one in cast.ask(other, f"Theirs {count}-{number}")]
    cast.ask(make.make_organisation(f"Silent {count}"), f"Nobody answers {count}")
    spring = cast.open_round(f"Spring {count}")
    for intervention, author in questions:
        cast.judge(cast.answer(intervention, author), office)
    closed = services.close_round(round=spring, actor=office, now=timezone.now())
    autumn = cast.open_round(f"Autumn {count}")
    own = [cast.request_of(intervention) for intervention, author in questions[: 6 * count]]
    kinds = ("accepted", "returned", "submitted", "draft", "extended", "open")
    states = {kind: own[place::6] for place, kind in enumerate(kinds)}
    bring(states, partner, office)
    return World(
        office=office,
        leadership=make.make_leadership(),
        partner=partner,
        home=home,
        closed=closed,
        round=autumn,
        planned=cast.plan_round(f"Next {count}"),
        states=states,
        mail=[make_mail(100 * count + number).pk for number in range(count)][-1],
    )


def party(name: str, office: User) -> tuple[Organisation, User]:
    """An organisation with who answers (away today), a deputy and a contact."""
    home = make.make_organisation(name, office_contact=office)
    away, deputy = make.make_reporter(home), make.make_reporter(home)
    make.make_membership(make.make_user(), home, MembershipKind.CONTACT)
    today = timezone.localdate()
    Absence.objects.create(
        user=away, deputy=deputy, starts_on=today, ends_on=today + datetime.timedelta(days=9)
    )
    return home, away


def bring(states: dict[str, list[UpdateRequest]], partner: User, office: User) -> None:
    """Each question into its state."""
    now = timezone.now()
    for kind, verdict in (("accepted", ""), ("returned", "More, please")):
        for request in states[kind]:
            cast.judge(cast.answer(request.intervention, partner), office, verdict)
    for request in states["submitted"]:
        cast.answer(request.intervention, partner)
    for request in states["draft"]:
        services.mark_opened(request=request, now=now)
        payload = {"for_the_report": "Half"}
        services.save_draft(request=request, editor=partner, payload=payload, lock_version=0)
    for number, request in enumerate(states["extended"]):
        later = working_day(request.due_on + datetime.timedelta(days=3 + number))
        services.extend_request(request=request, due_on=later, actor=office, now=now)


def newest(request: UpdateRequest) -> StatusUpdate:
    return request.updates.latest("version")


def page(name: str, *names: object, query: str = "") -> str:
    return reverse(f"monitoring:{name}", args=names) + query


Where = Callable[[World], tuple[User, str]]

PAGES: list[tuple[str, Where]] = [
    ("rounds", lambda w: (w.office, page("rounds"))),
    ("round-new", lambda w: (w.office, page("round-new"))),
    ("round", lambda w: (w.office, page("round", w.round.pk))),
    ("round", lambda w: (w.leadership, page("round", w.round.pk))),
    ("round", lambda w: (w.office, page("round", w.round.pk, query="?all=1"))),
    ("round", lambda w: (w.office, page("round", w.round.pk, query=f"?organisation={w.home.pk}"))),
    ("round", lambda w: (w.office, page("round", w.planned.pk))),
    ("round", lambda w: (w.office, page("round", w.closed.pk))),
    ("round-open", lambda w: (w.office, page("round-open", w.planned.pk))),
    ("round-close", lambda w: (w.office, page("round-close", w.round.pk))),
    ("review", lambda w: (w.office, page("review"))),
    ("review", lambda w: (w.office, page("review", query=f"?round={w.round.pk}&light=on_track"))),
    ("organisations", lambda w: (w.office, page("organisations"))),
    ("inbox", lambda w: (w.partner, page("inbox"))),
    ("inbox", lambda w: (w.office, page("inbox"))),
    ("answer", lambda w: (w.partner, page("answer", w.states["open"][0].pk))),
    ("answer", lambda w: (w.partner, page("answer", w.states["draft"][0].pk))),
    ("answer", lambda w: (w.partner, page("answer", w.states["returned"][0].pk))),
    ("answer", lambda w: (w.office, page("answer", w.states["returned"][0].pk))),
    ("extend", lambda w: (w.office, page("extend", w.states["extended"][0].pk))),
    ("update", lambda w: (w.office, page("update", newest(w.states["submitted"][0]).pk))),
    ("update", lambda w: (w.office, page("update", newest(w.states["accepted"][0]).pk))),
    ("update", lambda w: (w.partner, page("update", newest(w.states["returned"][0]).pk))),
    ("update", lambda w: (w.leadership, page("update", newest(w.states["accepted"][0]).pk))),
    ("mailbox", lambda w: (w.office, page("mailbox"))),
    ("mailbox-mail", lambda w: (w.office, page("mailbox-mail", w.mail))),
    ("mailbox-html", lambda w: (w.office, page("mailbox-html", w.mail))),
]


@pytest.fixture(autouse=True)
def monday() -> Iterator[None]:
    with time_machine.travel(cast.MONDAY, tick=False):
        yield


def costs(world: World) -> dict[str, int]:
    """What each page costs its reader."""
    found = {}
    for number, (name, where) in enumerate(PAGES):
        reader, url = where(world)
        found[f"{number} {name}"] = queries(signed_in(reader), url)
    return found


def test_every_page_costs_at_most_six_and_as_much_for_two_as_for_twelve() -> None:
    few = costs(build(2))
    many = costs(build(12))
    assert {name: cost for name, cost in many.items() if cost > MOST} == {}
    assert many == few


def test_the_first_look_at_a_question_costs_no_more_than_six(
    django_assert_max_num_queries,
) -> None:
    world = build(2)
    client = signed_in(world.partner)
    client.get(page("inbox"))
    unseen = world.states["open"][1]
    with django_assert_max_num_queries(2 + MOST):
        assert client.get(page("answer", unseen.pk)).status_code == 200
    unseen.refresh_from_db()
    assert unseen.first_opened_at is not None


def test_no_page_of_monitoring_goes_unmeasured() -> None:
    assert {one.name for one in urls.urlpatterns} == {name for name, _where in PAGES}
