"""No url without a row that says who may open it."""

import importlib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.urls import URLPattern, URLResolver, get_resolver

TESTS = Path(__file__).resolve().parent
# Django's own, and what answers machines: their access is tested where they are.
ELSEWHERE = {"set_language", "health-live", "health-ready", "security-txt"}


def mounted(patterns: list[Any], prefix: str = "") -> Iterator[str]:
    for pattern in patterns:
        if isinstance(pattern, URLResolver):
            if pattern.namespace != "admin":
                inner = f"{pattern.namespace}:" if pattern.namespace else ""
                yield from mounted(pattern.url_patterns, prefix + inner)
        elif isinstance(pattern, URLPattern):
            yield f"{prefix}{pattern.name}"


def covered() -> set[str]:
    names = set()
    for path in TESTS.glob("*/access_rows.py"):
        rows = importlib.import_module(f"tests.{path.parent.name}.access_rows").ROWS
        names |= {name for _role, name, *_rest in rows}
    return names


def test_every_url_is_in_a_table_of_access() -> None:
    assert set(mounted(get_resolver().url_patterns)) - covered() - ELSEWHERE == set()
