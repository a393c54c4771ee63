"""The pages of the source: the anthology, one quote, and how quotes get in and are checked."""

from quotes.views.anthology import QuoteList, QuotePage
from quotes.views.returns import ReturnsPage

__all__ = ["QuoteList", "QuotePage", "ReturnsPage"]
