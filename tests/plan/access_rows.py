"""Who may open which page of plan: (role, url name, names in the world, method, status)."""

SIGNED_IN = ("office", "leadership", "partner")
CODE = {"code": "intervention"}
NUMBER = {"number": "commitment"}


def _rows(name: str, made: dict[str, str], method: str, **statuses: int) -> list[tuple]:
    asked = {"anonymous": 302, **statuses}
    return [(role, f"plan:{name}", made, method, status) for role, status in asked.items()]


def _office(name: str, made: dict[str, str], method: str, status: int) -> list[tuple]:
    """Only the office may; the others see that it exists."""
    return _rows(name, made, method, office=status, leadership=403, partner=403)


def _committing(name: str, made: dict[str, str], method: str, status: int) -> list[tuple]:
    """Office and leadership write commitments; a partner sees that they exist."""
    return _rows(name, made, method, office=status, leadership=status, partner=403)


ROWS: list[tuple[str, str, dict[str, str], str, int]] = [
    *_rows("interventions", {}, "get", office=200, leadership=200, partner=200),
    *_rows("intervention", CODE, "get", office=200, leadership=200, partner=200),
    *_rows("intervention", {"code": "unknown"}, "get", office=404, leadership=404, partner=404),
    *_office("intervention-new", {}, "get", 200),
    *_office("intervention-new", {}, "post", 200),
    *_office("intervention-edit", CODE, "get", 200),
    *_office("intervention-edit", CODE, "post", 200),
    ("office", "plan:intervention-edit", {"code": "unknown"}, "get", 404),
    *_rows("commitments", {}, "get", office=200, leadership=200, partner=200),
    *_rows("commitment", NUMBER, "get", office=200, leadership=200, partner=200),
    *_rows("commitment", {"number": "unknown"}, "get", office=404, leadership=404, partner=404),
    *_committing("commitment-new", {}, "get", 200),
    *_committing("commitment-new", {}, "post", 200),
    *_committing("commitment-edit", NUMBER, "get", 200),
    *_committing("commitment-edit", NUMBER, "post", 200),
    ("office", "plan:commitment-edit", {"number": "unknown"}, "get", 404),
    *_committing("commitment-close", NUMBER, "get", 200),
    *_committing("commitment-close", NUMBER, "post", 200),
    ("office", "plan:commitment-close", {"number": "unknown"}, "get", 404),
    *_office("link", {"reference": "open"}, "get", 200),
    *_office("link", {"reference": "open"}, "post", 200),
    ("office", "plan:link", {"reference": "unknown"}, "get", 404),
    *_office("verdict", {"reference": "linked"}, "post", 200),
    *_office("unlink", {"reference": "linked", "pk": "link"}, "post", 302),
    *_office("relink", {"reference": "linked", "history": "link"}, "post", 302),
    *_rows("set-aside", {"reference": "open"}, "get", office=200, leadership=200, partner=403),
    *_office("set-aside", {"reference": "open"}, "post", 200),
    *_rows(
        "confirm-disposition", {"reference": "aside"}, "post",
        office=200, leadership=200, partner=403,
    ),
    *_rows(
        "withdraw-disposition", {"reference": "aside"}, "post",
        office=302, leadership=302, partner=403,
    ),
]  # fmt: skip
