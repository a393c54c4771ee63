"""What this app shows on the pages of others."""

from typing import Any

from django.http import HttpRequest

from actions.reports.models import Ambition
from quotes.models import Quote


def coverage_panel(request: HttpRequest, quote: Quote) -> dict[str, Any] | None:
    """How far an ambition has come, with the way to its trace; nothing for other quotes."""
    ambition = Ambition.objects.visible_to(request.actor).with_coverage().filter(pk=quote.pk)  # type: ignore[attr-defined]
    found = ambition.select_related("anthology").first()
    return {"ambition": found} if found else None
