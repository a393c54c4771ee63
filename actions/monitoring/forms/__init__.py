"""Asking, answering and judging: what a form checks before a service writes."""

from actions.monitoring.forms.answers import AnswerForm, Channel, OnBehalfForm
from actions.monitoring.forms.judging import AcceptForm, ReturnForm
from actions.monitoring.forms.rounds import ExtendForm, RoundForm

__all__ = [
    "AcceptForm",
    "AnswerForm",
    "Channel",
    "ExtendForm",
    "OnBehalfForm",
    "ReturnForm",
    "RoundForm",
]
