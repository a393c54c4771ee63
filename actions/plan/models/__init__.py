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
from actions.plan.models.commitment import Commitment, CommitmentKind, CommitmentState
from actions.plan.models.goal import ActionLine, Goal, GoalLevel
from actions.plan.models.intervention import (
    DeliveryState,
    Intervention,
    Stage,
    Succession,
    SuccessionKind,
    TrafficLight,
)
from actions.plan.models.involvement import Involvement, InvolvementRole

__all__ = [
    "ActionLine",
    "AnswerVerdict",
    "Commitment",
    "CommitmentKind",
    "CommitmentState",
    "DeliveryState",
    "Disposition",
    "DispositionVerdict",
    "Extent",
    "Goal",
    "GoalLevel",
    "Intervention",
    "Involvement",
    "InvolvementRole",
    "LinkStrength",
    "QuoteLink",
    "Stage",
    "Succession",
    "SuccessionKind",
    "TrafficLight",
    "with_answer",
]
