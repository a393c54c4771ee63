"""Who may open which page of quotes: (role, url name, names in the world, method, status)."""

SIGNED_IN = ("office", "leadership", "partner")

ROWS: list[tuple[str, str, dict[str, str], str, int]] = [
    ("anonymous", "quotes:list", {}, "get", 302),
    *[(role, "quotes:list", {}, "get", 200) for role in SIGNED_IN],
    ("anonymous", "quotes:detail", {"reference": "open"}, "get", 302),
    *[(role, "quotes:detail", {"reference": "open"}, "get", 200) for role in SIGNED_IN],
    *[(role, "quotes:detail", {"reference": "unknown"}, "get", 404) for role in SIGNED_IN],
    *[("anonymous", "quotes:imports", {}, method, 302) for method in ("get", "post")],
    *[("office", "quotes:imports", {}, method, 200) for method in ("get", "post")],
    *[
        (role, "quotes:imports", {}, method, 403)
        for role in ("leadership", "partner")
        for method in ("get", "post")
    ],
    ("anonymous", "quotes:import-run", {"pk": "import"}, "get", 302),
    ("office", "quotes:import-run", {"pk": "import"}, "get", 200),
    ("office", "quotes:import-run", {"pk": "import"}, "post", 302),
    ("office", "quotes:import-run", {"pk": "nowhere"}, "get", 404),
    *[
        (role, "quotes:import-run", {"pk": "import"}, method, 403)
        for role in ("leadership", "partner")
        for method in ("get", "post")
    ],
]
