"""The office's home: what waits for it first."""

import datetime
from collections import Counter
from dataclasses import dataclass
from typing import Any

from django.db.models import Case, Count, OuterRef, Q, QuerySet, Subquery, Value, When
from django.urls import reverse
from django.utils.translation import gettext as _

from actions.monitoring.models import StatusUpdate
from actions.monitoring.views.words import judge_label
from actions.plan.models import Commitment, CommitmentState, Intervention, TrafficLight
from actions.plan.models.intervention import DEVIATING
from actions.reports import words
from actions.reports.coverage import coverage_of
from actions.reports.effects import effects
from actions.reports.models import Ambition, Decision
from actions.reports.standing import (
    Rounds,
    current_rounds,
    figures_of,
)
from quotes.models import Quote
from tracker.shared.access import Actor

DEVIATIONS_SHOWN = 3
OPEN_AMBITIONS = "{}?coverage=uncovered#list-title"
SOON = datetime.timedelta(days=30)  # a commitment that falls due within these days is due soon


@dataclass(frozen=True)
class Chore:
    """Something that waits for the office: how much, what, and where it is done."""

    count: int
    text: str
    url: str


def office_home(actor: Actor, today: datetime.date) -> dict[str, Any]:
    """What waits for the office first, then where the last closed round stands."""
    rounds = current_rounds(today)
    coverage = coverage_of(Ambition.objects.visible_to(actor))
    figures = figures_of(rounds)
    return {
        "rounds": rounds,
        "figures": figures,
        "lights": figures.lights if figures else [],
        "deed": deed(rounds, coverage.total.open),
        "chores": chores(rounds, coverage.total.open, today),
        "deviations": deviations(),
        "coverage": coverage,
        "effects": effects(today).charts,
        "headline": words.office_news(
            to_judge=rounds.waiting("to_judge"),
            late=rounds.waiting("late"),
            open_ambitions=coverage.total.open,
            owed=rounds.waiting("owed"),
        ),
    }


@dataclass(frozen=True)
class Deed:
    """The one thing that the title asks of the office, as its button; `is_round` when that is the
    board itself."""

    label: str
    url: str
    is_round: bool = False


def deed(rounds: Rounds, open_ambitions: int) -> Deed:
    """What belongs to the title, in the same order as `words.office_news` tells it."""
    if to_judge := rounds.waiting("to_judge"):
        return Deed(judge_label(to_judge), reverse("monitoring:review"))
    board = rounds.behind or (None if open_ambitions else rounds.running)
    if board:
        return Deed(_("Go to the round"), board.get_absolute_url(), is_round=True)
    if open_ambitions:
        return Deed(words.show_open(open_ambitions), OPEN_AMBITIONS.format(_coverage()))
    return Deed(_("Plan a round"), reverse("monitoring:round-new"), is_round=True)


def _coverage() -> str:
    return reverse("reports:coverage")


def chores(rounds: Rounds, open_ambitions: int, today: datetime.date) -> list[Chore]:
    """What waits, the most pressing first, without what does not wait: one query."""
    waits = _waiting(today)
    waits["ambition"] = open_ambitions
    waits["judge"], waits["late"] = rounds.waiting("to_judge"), rounds.waiting("late")
    board = rounds.behind.get_absolute_url() if rounds.behind else ""
    decisions = reverse("reports:decisions")
    places = {
        "judge": reverse("monitoring:review"),
        "late": f"{board}#organisations",
        "ambition": OPEN_AMBITIONS.format(_coverage()),
        "carry_out": f"{decisions}?step=carry_out",
        "check": f"{decisions}?step=check",
        "commitment_late": f"{reverse('plan:commitments')}?due=late",
        "commitment": reverse("plan:commitments"),
        "quote": reverse("quotes:review"),
    }
    return [
        Chore(waits[name], words.chore(name, waits[name]), url)
        for name, url in places.items()
        if waits[name]
    ]


def _waiting(today: datetime.date) -> Counter[str]:
    """How many decisions are to be carried out or checked, commitments are late or due soon, and
    quotes were read without certainty."""
    to_do = Q(pk__in=Decision.objects.to_carry_out().values("pk"))
    step = Case(When(to_do, then=Value("carry_out")), default=Value("check"))
    to_check = Q(pk__in=Decision.objects.to_check(today).values("pk"))
    decisions = (
        Decision.objects.filter(to_do | to_check)
        .order_by()
        .values(what=step)
        .annotate(count=Count("pk"))
    )
    overdue = When(due_on__lt=today, then=Value("commitment_late"))
    commitments = (
        Commitment.objects.exclude(state=CommitmentState.CLOSED)
        .filter(due_on__lte=today + SOON)
        .order_by()
        .values(what=Case(overdue, default=Value("commitment")))
        .annotate(count=Count("pk"))
    )
    quotes = Quote.objects.to_review().order_by().values(what=Value("quote"))
    kinds = (decisions, commitments, quotes.annotate(count=Count("pk")))
    first, *others = (kind.values_list("what", "count") for kind in kinds)
    return Counter(dict(first.union(*others)))


def deviations(limit: int = DEVIATIONS_SHOWN) -> QuerySet[StatusUpdate]:
    """The accepted answers behind the worst lights, off track before at risk: one query.

    The kept state chooses the interventions, so that only their answers are looked up.
    """
    off_track_first = Case(When(traffic_light=TrafficLight.OFF_TRACK, then=0), default=1)
    word = StatusUpdate.objects.accepted().filter(request__intervention=OuterRef("pk"))
    worst = (
        Intervention.objects.live()
        .filter(traffic_light__in=DEVIATING)
        .order_by(off_track_first, "-state_accepted_on", "code")
        .annotate(word=Subquery(word.the_leads_word_first().values("pk")[:1]))
    )
    return (
        StatusUpdate.objects.filter(pk__in=worst.values("word")[:limit])
        .select_related("request__intervention", "request__organisation")
        .defer("for_the_office")
        .order_by(off_track_first, "-submitted_at", "pk")
    )
