"""Who may open which page of monitoring: (role, url name, names in the world, method, status).

Roles: anonymous, office, leadership, own (the partner that was asked), other (another partner).
"""

EVERYBODY = ("office", "leadership", "own", "other")


def _rows(name: str, made: dict[str, str], method: str, **statuses: int) -> list[tuple]:
    asked = {"anonymous": 302, **statuses}
    return [(role, f"monitoring:{name}", made, method, status) for role, status in asked.items()]


ROWS: list[tuple[str, str, dict[str, str], str, int]] = [
    *_rows("rounds", {}, "get", office=200, leadership=200, own=403, other=403),
    *_rows("round-new", {}, "get", office=200, leadership=403, own=403, other=403),
    *_rows("round-new", {}, "post", office=200, leadership=403, own=403, other=403),
    *_rows("round", {"pk": "round"}, "get", office=200, leadership=200, own=404, other=404),
    *_rows("round-open", {"pk": "planned"}, "get", office=200, leadership=403, own=404, other=404),
    *_rows("round-open", {"pk": "planned"}, "post", office=302, leadership=403, own=404, other=404),
    *_rows("round-close", {"pk": "round"}, "get", office=200, leadership=403, own=404, other=404),
    *_rows("round-close", {"pk": "round"}, "post", office=409, leadership=403, own=404, other=404),
    *_rows("review", {}, "get", office=200, leadership=403, own=403, other=403),
    *_rows("organisations", {}, "get", **dict.fromkeys(EVERYBODY, 200)),
    *_rows("inbox", {}, "get", **dict.fromkeys(EVERYBODY, 200)),
    *_rows("answer", {"pk": "request"}, "get", office=200, leadership=403, own=200, other=404),
    *_rows("answer", {"pk": "request"}, "post", office=200, leadership=403, own=200, other=404),
    *_rows("extend", {"pk": "request"}, "get", office=200, leadership=403, own=403, other=403),
    *_rows("extend", {"pk": "request"}, "post", office=200, leadership=403, own=403, other=403),
    *_rows("update", {"pk": "update"}, "get", office=200, leadership=404, own=200, other=404),
    *_rows("update", {"pk": "update"}, "post", office=302, leadership=404, own=403, other=404),
    *_rows("update", {"pk": "accepted"}, "get", **dict.fromkeys(EVERYBODY, 200)),
    *_rows("update", {"pk": "accepted"}, "post", office=302, leadership=403, own=403, other=403),
    *_rows("mailbox", {}, "get", **dict.fromkeys(EVERYBODY, 200)),
    *_rows("mailbox-mail", {"pk": "mail"}, "get", **dict.fromkeys(EVERYBODY, 200)),
    *_rows("mailbox-html", {"pk": "mail"}, "get", **dict.fromkeys(EVERYBODY, 200)),
]
