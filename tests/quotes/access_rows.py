"""Who may open which page of quotes: (role, url name, names in the world, method, status)."""

SIGNED_IN = ("office", "leadership", "partner")

ROWS: list[tuple[str, str, dict[str, str], str, int]] = [
    ("anonymous", "quotes:list", {}, "get", 302),
    *[(role, "quotes:list", {}, "get", 200) for role in SIGNED_IN],
    ("anonymous", "quotes:detail", {"reference": "open"}, "get", 302),
    *[(role, "quotes:detail", {"reference": "open"}, "get", 200) for role in SIGNED_IN],
    *[(role, "quotes:detail", {"reference": "unknown"}, "get", 404) for role in SIGNED_IN],
]
