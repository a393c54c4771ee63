"""The pages of the source: the anthology, one quote, and how quotes get in and are checked."""

from quotes.views.anthology import QuoteList, QuotePage
from quotes.views.importing import ImportList, ImportRunPage

__all__ = ["ImportList", "ImportRunPage", "QuoteList", "QuotePage"]
