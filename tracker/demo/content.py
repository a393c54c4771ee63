"""Reading the example's files. Pure: no database, no clock."""

import json
from functools import cache
from pathlib import Path
from typing import Any

FOLDER = Path(__file__).parent / "content"
ANTHOLOGY_PDF = "voorbeeld-bloemlezing.pdf"  # made when it is asked for
ANTHOLOGY_TITLE = "Voorbeeldbloemlezing mensenhandel"

Row = dict[str, Any]


def read(name: str) -> Row:
    """One of the example's JSON files, such as `plan` or `lines/AL1`."""
    return json.loads((FOLDER / f"{name}.json").read_text(encoding="utf-8"))


@cache
def interventions() -> tuple[Row, ...]:
    """Every intervention of every action line, each naming its line; a whole before its parts."""
    rows = [
        row | {"action_line": line["code"]}
        for line in read("plan")["action_lines"]
        for row in read(f"lines/{line['code']}")["interventions"]
    ]
    parents = {row["code"]: row["parent"] for row in rows}

    def depth(code: str) -> int:
        return 1 + depth(parents[code]) if code else 0

    return tuple(sorted(rows, key=lambda row: (depth(row["code"]), row["code"])))


def lead_of(row: Row) -> str:
    """The key of the organisation that leads an intervention, or ''."""
    leads = [part for part in row["involvements"] if part["role"] == "lead"]
    return leads[0].get("organisation", "") if leads else ""
