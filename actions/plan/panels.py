"""What plan shows on the page of a quote."""

from typing import Any

from django.http import HttpRequest

from actions.plan.models import QuoteLink, with_answer
from quotes.models import Kind, Quote


def answer_panel(request: HttpRequest, quote: Quote) -> dict[str, Any] | None:
    """How an ambition is answered, and what the reader may do about it; nothing for others."""
    if quote.section.kind != Kind.AMBITION or quote.pull_quote_of_id:
        return None
    actor = request.actor  # type: ignore[attr-defined]
    return {
        "quote": with_answer(Quote.objects.visible_to(actor)).get(pk=quote.pk),
        "links": QuoteLink.objects.visible_to(actor).for_quote(quote),
        "may_link": actor.may("plan.link") and quote.state != "withdrawn",
        "may_confirm": actor.may("plan.confirm"),
    }
