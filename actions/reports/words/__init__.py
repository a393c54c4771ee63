"""What pages say, by rule: counts and words in, a sentence out. Pure: no database."""

from actions.reports.words.decisions import (
    decided,
    decisions_asked,
    decisions_news,
    take_label,
)
from actions.reports.words.homes import (
    ambitions_waiting,
    chore,
    leadership_lead,
    leadership_news,
    office_news,
    other_deviations,
    show_open,
    silent,
)
from actions.reports.words.lights import (
    change,
    kind_of_change,
    silent_before,
    was,
)
from actions.reports.words.numbers import (
    capital,
    number_word,
)
from actions.reports.words.reports import (
    report_step,
    reports_news,
)

__all__ = [
    "ambitions_waiting",
    "capital",
    "change",
    "chore",
    "decided",
    "decisions_asked",
    "decisions_news",
    "kind_of_change",
    "leadership_lead",
    "leadership_news",
    "number_word",
    "office_news",
    "other_deviations",
    "report_step",
    "reports_news",
    "show_open",
    "silent",
    "silent_before",
    "take_label",
    "was",
]
