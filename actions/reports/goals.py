"""The objective tree with all that hangs on it: what is done, and whether it helps.

Building the tree is plain arithmetic over rows that were fetched before; `goal_tree` fetches them,
by one queryset each.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from actions.indicators.judgement import (
    AS_EXPECTED,
    BEHIND,
    NO_MEASUREMENT,
    NO_TARGET,
    NOT_JUDGED,
    OUT_OF_DATE,
    Judgement,
)
from actions.indicators.models import Indicator
from actions.indicators.wording import state_word, summary
from actions.plan.models import Goal, Intervention, QuoteLink, TrafficLight
from actions.reports.models import Ambition
from tracker.shared.access import Actor

# Deviations are news, so they come first.
LIGHTS = (
    TrafficLight.OFF_TRACK,
    TrafficLight.AT_RISK,
    TrafficLight.ON_TRACK,
    TrafficLight.NOT_RATED,
)
STATES = (BEHIND, AS_EXPECTED, NO_TARGET, NOT_JUDGED, OUT_OF_DATE, NO_MEASUREMENT)


@dataclass
class GoalNode:
    """A goal with its own interventions and indicators; the totals include the nodes below."""

    goal: Any
    interventions: list[Any] = field(default_factory=list)
    indicators: list[dict[str, Any]] = field(default_factory=list)
    children: list["GoalNode"] = field(default_factory=list)
    lights: Counter[str] = field(default_factory=Counter)
    ambitions: set[int] = field(default_factory=set)

    @property
    def total(self) -> int:
        """How many interventions work on it or on what lies below."""
        return self.lights.total()

    @property
    def counts(self) -> list[tuple[TrafficLight, int]]:
        """The lights that occur, the worst first, each with its number of interventions."""
        return [(light, self.lights[light]) for light in LIGHTS if self.lights[light]]


@dataclass
class GoalTree:
    """The roots in order, and the interventions that serve no goal yet."""

    roots: list[GoalNode]
    loose: list[Any]

    def nodes(self) -> Iterable[GoalNode]:
        """Every node, each before what lies below it."""
        waiting = list(reversed(self.roots))
        while waiting:
            node = waiting.pop()
            yield node
            waiting += reversed(node.children)

    @property
    def lights(self) -> Counter[str]:
        """How many interventions stand at each light, those without a goal included."""
        with_goal = sum((root.lights for root in self.roots), Counter[str]())
        return with_goal + Counter(one.traffic_light for one in self.loose)

    @property
    def idle(self) -> list[GoalNode]:
        """The ends of the tree on which nobody works yet."""
        return [node for node in self.nodes() if not node.children and not node.total]

    @property
    def verdicts(self) -> Counter[str]:
        """How many different indicators of goals are in each state."""
        states = {
            row["indicator"].pk: row["judgement"]
            for node in self.nodes()
            for row in node.indicators
        }
        return Counter(states.values())

    @property
    def indicator_count(self) -> int:
        """How many different indicators tell about the goals."""
        return self.verdicts.total()

    @property
    def said(self) -> list[tuple[int, str]]:
        """How many indicators of goals say what, in words; what stays behind comes first."""
        counts = self.verdicts
        return [(counts[one], state_word(Judgement(one))) for one in STATES if counts[one]]


def build_tree(
    *,
    goals: Iterable[Any],
    interventions: Iterable[Any],
    indicators: Mapping[int, list[dict[str, Any]]],
    answered: Mapping[int, set[int]],
) -> GoalTree:
    """Hang everything on the goals (parents by id, in order) and add up from the ends.

    `indicators` holds the rows of each goal id, `answered` the ambition ids of each intervention
    id. Nothing is counted twice: an ambition is one, however many interventions answer it.
    """
    nodes = {goal.pk: GoalNode(goal, indicators=indicators.get(goal.pk, [])) for goal in goals}
    tree = GoalTree([], [])
    for node in nodes.values():
        above = nodes.get(node.goal.parent_id)
        (above.children if above else tree.roots).append(node)
    for intervention in interventions:
        node = nodes.get(intervention.goal_id)
        if node is None:
            tree.loose.append(intervention)
            continue
        node.interventions.append(intervention)
        node.lights[intervention.traffic_light] += 1
        node.ambitions |= answered.get(intervention.pk, set())
    for node in reversed(list(tree.nodes())):  # what lies below was added up before
        for child in node.children:
            node.lights += child.lights
            node.ambitions |= child.ambitions
    return tree


def goal_tree(actor: Actor, today: date) -> GoalTree:
    """The tree as this actor may see it: five queries, whatever its size."""
    return build_tree(
        goals=Goal.objects.visible_to(actor),
        interventions=Intervention.objects.visible_to(actor).live().with_lead(),
        indicators=_indicators(actor, today),
        answered=_answered(actor),
    )


def _indicators(actor: Actor, today: date) -> dict[int, list[dict[str, Any]]]:
    """The indicators of each goal, in the order of their codes."""
    visible = Indicator.objects.visible_to(actor).of_goals().with_latest()
    rows: dict[int, list[dict[str, Any]]] = defaultdict(list)
    for one in visible.prefetch_related("targets").order_by("code", "pk"):
        rows[one.goal_id].append(summary(one, today) | {"contribution": one.contribution})
    return rows


def _answered(actor: Actor) -> dict[int, set[int]]:
    """The ambitions that each intervention answers; a confirmed verdict outranks a link."""
    counting = Ambition.objects.visible_to(actor).exclude(disposition__confirmed_by__isnull=False)
    links = QuoteLink.objects.filter(quote__in=counting.order_by().values("pk"))
    found: dict[int, set[int]] = defaultdict(set)
    for intervention, quote in links.order_by().values_list("intervention", "quote"):
        found[intervention].add(quote)
    return found
