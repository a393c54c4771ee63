"""The ladder of one round: its rungs, and what was climbed of them."""

import datetime
from collections import defaultdict
from dataclasses import dataclass, field
from typing import Self

from actions.monitoring.models import MailState, MonitoringRound, Rung

# Request, rung, the deadline it was counted from, audience: as a reminder is unique.
Key = tuple[int, int, datetime.date, str]


@dataclass
class Ladder:
    """The rungs by id in their order, the reminders that were made, and per rung the mails that
    were sent of it: a mail that holds two rungs is one mail."""

    rungs: dict[int, Rung] = field(default_factory=dict)
    made: set[Key] = field(default_factory=set)
    sent: dict[int, set[int]] = field(default_factory=lambda: defaultdict(set))

    @classmethod
    def of(cls, about_round: MonitoringRound) -> Self:
        """As it stands now; one query, with a row for each reminder and each of its mails."""
        ladder = cls()
        for row in about_round.rungs.with_reminders():
            ladder.rungs.setdefault(row["pk"], _rung(row, about_round))
            if row["request_id"]:
                key = (row["request_id"], row["pk"], row["deadline"], row["reminded"])
                ladder.made.add(key)
            if row["mail_state"] == MailState.SENT:
                ladder.sent[row["pk"]].add(row["mail_id"])
        return ladder


def _rung(row: dict, about_round: MonitoringRound) -> Rung:
    plain = {name: row[name] for name in ("pk", "name", "offset", "audience")}
    return Rung(round=about_round, **plain)
