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
from actions.indicators.models.target_list import targets_of, with_targets

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
    "targets_of",
    "with_targets",
]
