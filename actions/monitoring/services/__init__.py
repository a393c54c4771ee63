"""What monitoring writes. Views, commands and tasks call these and write no rows themselves."""

from actions.monitoring.services.answers import (
    Answer,
    StaleDraft,
    mark_opened,
    review_update,
    save_draft,
    submit_update,
)
from actions.monitoring.services.deadlines import extend_request
from actions.monitoring.services.forecast import Departure, departures, what_leaves_next
from actions.monitoring.services.invitations import invite
from actions.monitoring.services.rounds import (
    DEFAULT_LADDER,
    PreviewRow,
    close_round,
    create_round,
    fill_public_holidays,
    open_round,
    preview_round,
)
from actions.monitoring.services.sweep import SweepResult, sweep

__all__ = [
    "DEFAULT_LADDER",
    "Answer",
    "Departure",
    "PreviewRow",
    "StaleDraft",
    "SweepResult",
    "close_round",
    "create_round",
    "departures",
    "extend_request",
    "fill_public_holidays",
    "invite",
    "mark_opened",
    "open_round",
    "preview_round",
    "review_update",
    "save_draft",
    "submit_update",
    "sweep",
    "what_leaves_next",
]
