"""Reading the example's files, and turning its days into dates. Pure: no database, no clock."""

import json
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Any

from tracker.shared.calendar import AMSTERDAM

FOLDER = Path(__file__).parent / "content"
ANTHOLOGY = FOLDER / "voorbeeld-bloemlezing.txt"
ANTHOLOGY_TITLE = "Voorbeeldbloemlezing mensenhandel"
MONTHS = (
    "januari februari maart april mei juni juli augustus september oktober november december"
).split()


def read(name: str) -> dict[str, Any]:
    """One of the example's JSON files, such as `plan` or `rounds`."""
    return json.loads((FOLDER / f"{name}.json").read_text(encoding="utf-8"))


def day(today: date, offset: int) -> date:
    """The date that lies `offset` days after today."""
    return today + timedelta(days=offset)


def moment(today: date, offset: int) -> datetime:
    """Ten in the morning, Amsterdam time, of the day that lies `offset` days after today."""
    return datetime.combine(day(today, offset), time(10), AMSTERDAM)


def month(of: date) -> str:
    """A month as a round is named after it: 'mei 2026'."""
    return f"{MONTHS[of.month - 1]} {of.year}"
