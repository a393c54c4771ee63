"""Who may open which page of reports: (role, url name, names in the world, method, status).

Roles: anonymous, office, leadership, partner.
"""

SIGNED_IN = ("office", "leadership", "partner")
DECIDE = ("office", "leadership")
DEEDS = ("reports:decision-take", "reports:decision-outcome")
ADVANCE = "reports:report-advance"

ROWS: list[tuple[str, str, dict[str, str], str, int]] = [
    ("anonymous", "home", {}, "get", 302),
    ("office", "home", {}, "get", 200),
    ("leadership", "home", {}, "get", 200),
    ("partner", "home", {}, "get", 200),
    ("anonymous", "reports:coverage", {}, "get", 302),
    *[(role, "reports:coverage", {}, "get", 200) for role in SIGNED_IN],
    *[("anonymous", name, {}, "get", 302) for name in ("reports:decisions", "reports:reports")],
    *[(role, "reports:decisions", {}, "get", 200) for role in SIGNED_IN],
    *[(role, "reports:reports", {}, "get", 200) for role in SIGNED_IN],
    *[("anonymous", "reports:decision-new", {}, method, 302) for method in ("get", "post")],
    *[(role, "reports:decision-new", {}, "get", 200) for role in DECIDE],
    *[(role, "reports:decision-new", {}, "post", 200) for role in DECIDE],
    *[("partner", "reports:decision-new", {}, method, 403) for method in ("get", "post")],
    ("anonymous", "reports:decision", {"pk": "proposed"}, "get", 302),
    *[(role, "reports:decision", {"pk": "proposed"}, "get", 200) for role in DECIDE],
    ("partner", "reports:decision", {"pk": "proposed"}, "get", 404),
    *[(role, "reports:decision", {"pk": "taken"}, "get", 200) for role in SIGNED_IN],
    *[("anonymous", name, {"pk": "taken"}, "post", 302) for name in DEEDS],
    *[(role, "reports:decision-take", {"pk": "proposed"}, "get", 302) for role in DECIDE],
    *[(role, "reports:decision-take", {"pk": "proposed"}, "post", 200) for role in DECIDE],
    *[(role, "reports:decision-outcome", {"pk": "taken"}, "get", 302) for role in DECIDE],
    *[(role, "reports:decision-outcome", {"pk": "taken"}, "post", 200) for role in DECIDE],
    *[("partner", name, {"pk": "proposed"}, "post", 404) for name in DEEDS],
    *[("partner", name, {"pk": "taken"}, "get", 403) for name in DEEDS],
    *[("partner", name, {"pk": "taken"}, "post", 403) for name in DEEDS],
    ("anonymous", "reports:report", {"pk": "unsent round"}, "get", 302),
    *[(role, "reports:report", {"pk": "unsent round"}, "get", 200) for role in DECIDE],
    ("partner", "reports:report", {"pk": "unsent round"}, "get", 404),
    *[(role, "reports:report", {"pk": "sent round"}, "get", 200) for role in SIGNED_IN],
    *[(role, "reports:report", {"pk": "planned round"}, "get", 404) for role in SIGNED_IN],
    *[("anonymous", ADVANCE, {"pk": "unsent round"}, method, 302) for method in ("get", "post")],
    *[("office", ADVANCE, {"pk": "unsent round"}, method, 302) for method in ("get", "post")],
    *[("leadership", ADVANCE, {"pk": "unsent round"}, method, 403) for method in ("get", "post")],
    *[("partner", ADVANCE, {"pk": "unsent round"}, method, 404) for method in ("get", "post")],
    *[("partner", ADVANCE, {"pk": "sent round"}, method, 403) for method in ("get", "post")],
    ("anonymous", "reports:goals", {}, "get", 302),
    *[(role, "reports:goals", {}, "get", 200) for role in SIGNED_IN],
    ("anonymous", "reports:trace", {"reference": "ambition"}, "get", 302),
    *[(role, "reports:trace", {"reference": "ambition"}, "get", 200) for role in SIGNED_IN],
    *[(role, "reports:trace", {"reference": "problem"}, "get", 404) for role in SIGNED_IN],
]
