"""A registry by which downstream apps add panels to an upstream page.

A quote's page lives in quotes, which knows nothing of interventions; plan registers a panel for
it in `AppConfig.ready` and so shows its part there without an import against the stream.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest

Build = Callable[[HttpRequest, Any], dict[str, Any] | None]


@dataclass(frozen=True)
class Panel:
    """A template and the function that makes its context; None leaves the panel out."""

    page: str
    template: str
    order: int
    build: Build


_panels: dict[str, list[Panel]] = {}


def register(page: str, *, template: str, order: int, build: Build) -> None:
    """Add a panel to the page named e.g. 'quotes.quote'; a repeated call changes nothing."""
    panel = Panel(page, template, order, build)
    known = _panels.setdefault(page, [])
    if panel not in known:
        known.append(panel)
        known.sort(key=lambda one: one.order)


def panels_for(page: str, request: HttpRequest, subject: Any) -> list[dict[str, Any]]:
    """The panels of a page about `subject`, in order: `template` and `context` for each."""
    built = ((panel, panel.build(request, subject)) for panel in _panels.get(page, []))
    return [
        {"template": panel.template, "context": context}
        for panel, context in built
        if context is not None
    ]
