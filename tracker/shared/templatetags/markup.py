"""Small components as ready HTML, for the cells of a table: each is rendered once per language."""

from collections.abc import Callable
from functools import cache
from typing import Any

from django.template.loader import render_to_string
from django.utils.safestring import SafeString
from django.utils.translation import get_language

from tracker.shared.templatetags import spoor


def light_html(value: str | None) -> SafeString:
    """A traffic light, as {% light %} draws it."""
    return _rendered("light", value or "", get_language() or "")


def delivery_html(value: str | None) -> SafeString:
    """A delivery state, as {% delivery %} draws it."""
    return _rendered("delivery", value or "", get_language() or "")


def rail_html(value: str) -> SafeString:
    """The rail of one ambition, as {% rail %} draws it."""
    return _rendered("rail", value, get_language() or "")


@cache
def _rendered(name: str, value: str, language: str) -> SafeString:
    """`language` is part of the key only: the words follow the active one by themselves."""
    contexts: dict[str, Callable[[str], dict[str, Any]]] = {
        "light": spoor.light,
        "delivery": spoor.delivery,
        "rail": spoor.rail,
    }
    context = contexts[name](value)
    return render_to_string(f"components/{name}.html", context)
