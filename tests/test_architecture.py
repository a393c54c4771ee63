"""The house as the code has it: who imports whom, how large a room may be.

reports → monitoring → indicators → plan → {organisations, quotes} → {audit, shared}. Leftward may
import rightward; tracker.demo, tracker.operations and the project wire everything together.
"""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
ROOMS = ("tracker", "quotes", "actions")
LEVELS = {
    "tracker.shared": 0,
    "tracker.audit": 1,
    "quotes": 2,
    "actions.organisations": 2,
    "actions.plan": 3,
    "actions.indicators": 4,
    "actions.monitoring": 5,
    "actions.reports": 6,
}
# Knows every app and is known by none.
WIRING = ("tracker.demo", "tracker.operations", "tracker")
# Inside an app: views may use services, services may use models; never the other way round.
INNER = {
    "models": {"views", "tasks", "services", "forms", "tables", "filters", "urls", "templatetags"},
    "services": {"views", "tasks", "forms", "tables", "urls"},
    "tables": {"views", "urls", "tasks"},
    "filters": {"views", "urls", "tasks"},
    "forms": {"views", "urls", "tasks"},
    "tasks": {"views", "urls", "forms", "tables"},
}
MODULE_LINES = 300
FUNCTION_LINES = 40
# Modules and functions that are too large today. It stays empty.
TOO_LONG: set[str] = set()


def modules() -> list[Path]:
    return sorted(
        path
        for room in ROOMS
        for path in (ROOT / room).rglob("*.py")
        if "migrations" not in path.parts and "__pycache__" not in path.parts
    )


def name_of(path: Path) -> str:
    parts = path.relative_to(ROOT).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


def room_of(module: str) -> str:
    names = sorted((*LEVELS, *WIRING), key=len, reverse=True)
    return next((name for name in names if f"{module}.".startswith(f"{name}.")), "")


def imports_of(tree: ast.AST) -> Iterator[str]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert not node.level, "imports are absolute"
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def first_party(name: str) -> bool:
    return name.split(".", maxsplit=1)[0] in ROOMS


MODULES = modules()
IDS = [name_of(path) for path in MODULES]


@pytest.mark.parametrize("path", MODULES, ids=IDS)
def test_imports_run_downstream(path: Path) -> None:
    module = name_of(path)
    room = room_of(module)
    for imported in filter(first_party, imports_of(ast.parse(path.read_text()))):
        target = room_of(imported)
        if room in WIRING:
            continue
        assert target in LEVELS, f"{module} imports {imported}: only the project wires"
        if target != room:
            assert LEVELS[target] < LEVELS[room], f"{module} imports {imported}: against the stream"


@pytest.mark.parametrize("path", MODULES, ids=IDS)
def test_rooms_are_tidy_inside(path: Path) -> None:
    module = name_of(path)
    room = room_of(module)
    if room not in LEVELS or room == "tracker.shared":
        return
    part = module.removeprefix(room).lstrip(".").split(".")[0]
    for imported in imports_of(ast.parse(path.read_text())):
        if room_of(imported) == room:
            inner = imported.removeprefix(room).lstrip(".").split(".")[0]
            assert inner not in INNER.get(part, set()), f"{module} imports {imported}"


@pytest.mark.parametrize("path", MODULES, ids=IDS)
def test_no_star_imports_but_between_settings(path: Path) -> None:
    if "settings" in path.parts:
        return
    stars = [name for name in imports_of(ast.parse(path.read_text())) if name.endswith(".*")]
    assert not stars


@pytest.mark.parametrize("path", MODULES, ids=IDS)
def test_no_import_hides_in_a_function(path: Path) -> None:
    """An import in a function dodges a circle. Django's `ready` alone has to import there."""
    for function in functions(ast.parse(path.read_text())):
        if path.name == "apps.py" and function.name == "ready":
            continue
        hidden = [name for name in imports_of(function) if first_party(name)]
        assert not hidden, f"{name_of(path)}.{function.name} imports {hidden}"


def functions(tree: ast.AST) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield node


def test_no_room_is_too_large() -> None:
    found = set()
    for path in MODULES:
        text = path.read_text()
        if len(text.splitlines()) > MODULE_LINES:
            found.add(name_of(path))
        for function in functions(ast.parse(text)):
            length = (function.end_lineno or function.lineno) - function.lineno + 1
            if length > FUNCTION_LINES:
                found.add(f"{name_of(path)}.{function.name}")
    assert found == TOO_LONG


def test_no_app_listens_to_signals_of_ours() -> None:
    """Only Django's own post_migrate is used, to install the triggers."""
    for path in MODULES:
        for name in imports_of(ast.parse(path.read_text())):
            if "signals" in name:
                assert name == "django.db.models.signals.post_migrate", f"{name_of(path)}: {name}"


def test_the_order_would_notice_a_breach() -> None:
    """The rule itself is tried on an import that must not be."""
    assert LEVELS[room_of("actions.reports.coverage")] > LEVELS[room_of("actions.plan.models")]
    assert room_of("tracker.settings.base") == "tracker"
    assert room_of("tracker.shared.access") == "tracker.shared"
