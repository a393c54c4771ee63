"""What plan writes: everything that touches more than one row, or keeps a promise."""

from actions.plan.services.answer import (
    judge_answer,
    link_quote,
    restore_link,
    unlink_quote,
)
from actions.plan.services.commitment import close_commitment, save_commitment
from actions.plan.services.disposition import (
    confirm_disposition,
    propose_disposition,
    withdraw_disposition,
)
from actions.plan.services.intervention import Part, save_intervention
from actions.plan.services.state import record_accepted_state
from actions.plan.services.succession import succeed

__all__ = [
    "Part",
    "close_commitment",
    "confirm_disposition",
    "judge_answer",
    "link_quote",
    "propose_disposition",
    "record_accepted_state",
    "restore_link",
    "save_commitment",
    "save_intervention",
    "succeed",
    "unlink_quote",
    "withdraw_disposition",
]
