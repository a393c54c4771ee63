"""Who may open the pages of signing in: (role, url name, names in the world, method, status)."""

SIGNED_IN = ("office", "leadership", "partner")

ROWS: list[tuple[str, str, dict[str, str], str, int]] = [
    ("anonymous", "login", {}, "get", 200),
    *[(role, "login", {}, "get", 302) for role in SIGNED_IN],
    ("anonymous", "demo-login", {}, "get", 405),
    ("anonymous", "demo-login", {}, "post", 404),
    # A link that is not right says so, to everybody alike.
    ("anonymous", "welcome", {"uidb64": "MQ", "token": "none"}, "get", 200),
    ("anonymous", "logout", {}, "get", 405),
    *[(role, "logout", {}, "post", 302) for role in SIGNED_IN],
    ("anonymous", "organisations:organisation", {"pk": "organisation"}, "get", 302),
    *[
        (role, "organisations:organisation", {"pk": "organisation"}, "get", 200)
        for role in SIGNED_IN
    ],
    *[(role, "organisations:organisation", {"pk": "nowhere"}, "get", 404) for role in SIGNED_IN],
]
