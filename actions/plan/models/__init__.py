"""What is done and by whom: the plan, and how it answers the quotes."""

from actions.plan.models.answer import (
    AnswerVerdict,
    Disposition,
    DispositionVerdict,
    Extent,
    LinkStrength,
    QuoteLink,
    with_answer,
)
from actions.plan.models.commitment import (
    Commitment,
    CommitmentKind,
    CommitmentQuerySet,
    CommitmentState,
)
from actions.plan.models.goal import ActionLine, Goal, GoalLevel
from actions.plan.models.intervention import (
    DeliveryState,
    Intervention,
    InterventionQuerySet,
    Stage,
    Succession,
    SuccessionKind,
    TrafficLight,
)
from actions.plan.models.involvement import Involvement, InvolvementRole, with_roles

__all__ = [
    "ActionLine",
    "AnswerVerdict",
    "Commitment",
    "CommitmentKind",
    "CommitmentQuerySet",
    "CommitmentState",
    "DeliveryState",
    "Disposition",
    "DispositionVerdict",
    "Extent",
    "Goal",
    "GoalLevel",
    "Intervention",
    "InterventionQuerySet",
    "Involvement",
    "InvolvementRole",
    "LinkStrength",
    "QuoteLink",
    "Stage",
    "Succession",
    "SuccessionKind",
    "TrafficLight",
    "with_answer",
    "with_roles",
]
