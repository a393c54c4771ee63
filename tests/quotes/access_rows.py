"""Who may open which page of quotes: (role, url name, names in the world, method, status)."""

SIGNED_IN = ("office", "leadership", "partner")

ROWS: list[tuple[str, str, dict[str, str], str, int]] = [
    ("anonymous", "quotes:list", {}, "get", 302),
    *[(role, "quotes:list", {}, "get", 200) for role in SIGNED_IN],
    ("anonymous", "quotes:detail", {"reference": "open"}, "get", 302),
    *[(role, "quotes:detail", {"reference": "open"}, "get", 200) for role in SIGNED_IN],
    ("anonymous", "quotes:returns", {}, "get", 302),
    ("office", "quotes:returns", {}, "get", 200),
    ("office", "quotes:returns", {}, "post", 302),
    *[(role, "quotes:returns", {}, "get", 403) for role in ("leadership", "partner")],
    *[(role, "quotes:returns", {}, "post", 403) for role in ("leadership", "partner")],
    *[(role, "quotes:detail", {"reference": "unknown"}, "get", 404) for role in SIGNED_IN],
]
