"""Every sentence with which the importer refuses or warns, as it stands in the code."""

import ast
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2] / "quotes"
FOR_A_TERMINAL = {"telling.py"}


def sentences() -> set[str]:
    """The sentences with {} where a value comes: texts of four words or more with a full stop."""
    paths = [path for path in (ROOT / "importing").rglob("*.py") if path.name not in FOR_A_TERMINAL]
    found = {text for path in paths for text in _texts(ast.parse(path.read_text()))}
    return {text for text in found if text.endswith(".") and len(text.split()) > 3}


def _texts(tree: ast.AST) -> Iterator[str]:
    for node in ast.iter_child_nodes(tree):
        if isinstance(node, ast.JoinedStr):
            yield "".join(
                str(part.value) if isinstance(part, ast.Constant) else "{}" for part in node.values
            )
        elif isinstance(node, ast.Constant) and isinstance(node.value, str):
            yield node.value
        elif not (isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)):
            yield from _texts(node)
