"""Who may open which page of quotes: (role, url name, names in the world, method, status)."""

SIGNED_IN = ("office", "leadership", "partner")
DESK = {"code": "anthology", "page": "page"}

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
    ("anonymous", "quotes:review", {}, "get", 302),
    ("office", "quotes:review", {}, "get", 200),
    *[(role, "quotes:review", {}, "get", 403) for role in ("leadership", "partner")],
    ("anonymous", "quotes:desk", DESK, "get", 302),
    ("anonymous", "quotes:desk", DESK, "post", 302),
    ("office", "quotes:desk", DESK, "get", 200),
    ("office", "quotes:desk", {**DESK, "page": "nowhere"}, "get", 200),
    ("office", "quotes:desk", {**DESK, "page": "unread page"}, "get", 404),
    ("office", "quotes:desk", {**DESK, "code": "BL9"}, "get", 404),
    ("office", "quotes:desk", DESK, "post", 404),
    *[
        (role, "quotes:desk", DESK, method, 403)
        for role in ("leadership", "partner")
        for method in ("get", "post")
    ],
    ("anonymous", "quotes:sheet", {"pk": "pdf", "sheet": "sheet"}, "get", 302),
    *[(role, "quotes:sheet", {"pk": "pdf", "sheet": "sheet"}, "get", 200) for role in SIGNED_IN],
    ("office", "quotes:sheet", {"pk": "pdf", "sheet": "unread page"}, "get", 404),
    ("office", "quotes:sheet", {"pk": "nowhere", "sheet": "sheet"}, "get", 404),
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
