"""Who may open which page of reports: (role, url name, names in the world, method, status).

Roles: anonymous, office, leadership, partner.
"""

SIGNED_IN = ("office", "leadership", "partner")

ROWS: list[tuple[str, str, dict[str, str], str, int]] = [
    ("anonymous", "home", {}, "get", 302),
    ("office", "home", {}, "get", 200),
    ("leadership", "home", {}, "get", 200),
    ("partner", "home", {}, "get", 302),
    ("anonymous", "reports:coverage", {}, "get", 302),
    *[(role, "reports:coverage", {}, "get", 200) for role in SIGNED_IN],
    ("anonymous", "reports:trace", {"reference": "ambition"}, "get", 302),
    *[(role, "reports:trace", {"reference": "ambition"}, "get", 200) for role in SIGNED_IN],
    *[(role, "reports:trace", {"reference": "problem"}, "get", 404) for role in SIGNED_IN],
]
