"""Who may open which page of indicators: (role, url name, names in the world, method, status)."""

SIGNED_IN = ("office", "leadership", "partner")
CODE = {"code": "indicator"}

ROWS: list[tuple[str, str, dict[str, str], str, int]] = [
    ("anonymous", "indicators:list", {}, "get", 302),
    *[(role, "indicators:list", {}, "get", 200) for role in SIGNED_IN],
    ("anonymous", "indicators:indicator", CODE, "get", 302),
    *[(role, "indicators:indicator", CODE, "get", 200) for role in SIGNED_IN],
    *[(role, "indicators:indicator", {"code": "unknown"}, "get", 404) for role in SIGNED_IN],
    ("anonymous", "indicators:measure", CODE, "get", 302),
    ("office", "indicators:measure", CODE, "get", 200),
    ("office", "indicators:measure", {"code": "unknown"}, "get", 404),
    *[(role, "indicators:measure", CODE, "get", 403) for role in ("leadership", "partner")],
    *[(role, "indicators:measure", CODE, "post", 403) for role in ("leadership", "partner")],
]
