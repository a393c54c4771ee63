"""The main menu: each app registers its own entries; the header only draws them."""

from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse


@dataclass(frozen=True)
class Item:
    """One entry: shown to actors who may `permission` (empty: everybody signed in).

    With `more` it stands on the second level, so that the menu stays one line. `also` names other
    beginnings of addresses that belong to it: the trace of an ambition belongs to the coverage.
    """

    label: Any
    url_name: str
    order: int
    permission: str = ""
    more: bool = False
    also: tuple[str, ...] = ()


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
        reached = _reached(request.path, (url, *item.also))
        shown.append({"label": item.label, "url": url, "more": item.more, "reached": reached})
    # Of /coverage/ and /coverage/link/ only the longer one is current.
    nearest = max((entry["reached"] for entry in shown), default=0)
    for entry in shown:
        entry["current"] = 0 < entry["reached"] == nearest
    return shown


def _reached(path: str, beginnings: tuple[str, ...]) -> int:
    """How much of an address belongs to an entry; the first page has only its own address."""
    fitting = [one for one in beginnings if (path == one if one == "/" else path.startswith(one))]
    return max(map(len, fitting), default=0)


def context(request: HttpRequest) -> dict[str, Any]:
    """Context processor: what every page's frame shows."""
    return {"menu_items": entries(request), "spoor_example": settings.SPOOR_EMBEDDED}
