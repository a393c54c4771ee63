"""The main menu: each app registers its own entries; the header only draws them."""

from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse


@dataclass(frozen=True)
class Item:
    """One entry: shown to actors who may `permission` (empty: everybody signed in)."""

    label: Any
    url_name: str
    order: int
    permission: str = ""


_items: list[Item] = []


def register(item: Item) -> None:
    """Add an entry; called from an app's `ready`, safe to repeat."""
    if item not in _items:
        _items.append(item)
        _items.sort(key=lambda known: known.order)


def entries(request: HttpRequest) -> list[dict[str, Any]]:
    """The entries this actor sees, with the one that the current page belongs to marked."""
    actor = getattr(request, "actor", None)
    if actor is None or actor.scope != "account":
        return []
    shown = []
    for item in _items:
        if item.permission and not actor.may(item.permission):
            continue
        url = reverse(item.url_name)
        here = request.path == url if url == "/" else request.path.startswith(url)
        shown.append({"label": item.label, "url": url, "current": here})
    _keep_the_nearest(shown)
    return shown


def _keep_the_nearest(shown: list[dict[str, Any]]) -> None:
    """Of /coverage/ and /coverage/link/ only the longer one is current."""
    current = [entry for entry in shown if entry["current"]]
    for entry in current:
        entry["current"] = len(entry["url"]) == max(len(other["url"]) for other in current)


def context(request: HttpRequest) -> dict[str, Any]:
    """Context processor: what every page's frame shows."""
    return {"menu_items": entries(request), "spoor_example": settings.SPOOR_EMBEDDED}
