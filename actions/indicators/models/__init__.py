"""How we know: indicators, their targets, and what was measured."""

from actions.indicators.models.indicator import (
    Aggregation,
    Direction,
    Frequency,
    GoalIndicator,
    Indicator,
    InterventionIndicator,
    Level,
    Target,
    TargetKind,
)
from actions.indicators.models.measurement import Measurement, MeasurementStatus

__all__ = [
    "Aggregation",
    "Direction",
    "Frequency",
    "GoalIndicator",
    "Indicator",
    "InterventionIndicator",
    "Level",
    "Measurement",
    "MeasurementStatus",
    "Target",
    "TargetKind",
]
