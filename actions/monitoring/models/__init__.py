"""When we ask, who was reminded of what, and what was answered."""

from actions.monitoring.models.answer import Review, ReviewVerdict, StatusUpdate, UpdateDraft
from actions.monitoring.models.engine import EngineState, OfficeTask
from actions.monitoring.models.intervention import asked_and_accepted
from actions.monitoring.models.organisation import owed_and_answered, with_debts
from actions.monitoring.models.outbox import MailClass, MailState, OutgoingMail
from actions.monitoring.models.reminder import Reminder, ReminderState
from actions.monitoring.models.request import RequestState, UpdateRequest
from actions.monitoring.models.round import (
    Audience,
    Holiday,
    HolidayKind,
    MonitoringRound,
    RoundKind,
    RoundState,
    Rung,
)

__all__ = [
    "Audience",
    "EngineState",
    "Holiday",
    "HolidayKind",
    "MailClass",
    "MailState",
    "MonitoringRound",
    "OfficeTask",
    "OutgoingMail",
    "Reminder",
    "ReminderState",
    "RequestState",
    "Review",
    "ReviewVerdict",
    "RoundKind",
    "RoundState",
    "Rung",
    "StatusUpdate",
    "UpdateDraft",
    "UpdateRequest",
    "asked_and_accepted",
    "owed_and_answered",
    "with_debts",
]
