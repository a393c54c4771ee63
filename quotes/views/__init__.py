"""The pages of the source: the anthology, one quote, and how quotes get in and are checked."""

from quotes.views.anthology import QuoteList, QuotePage
from quotes.views.importing import ImportList, ImportRunPage
from quotes.views.returns import ReturnsPage
from quotes.views.review import ReviewDesk, ReviewQueue
from quotes.views.sheet import SheetPicture

__all__ = [
    "ImportList",
    "ImportRunPage",
    "QuoteList",
    "QuotePage",
    "ReturnsPage",
    "ReviewDesk",
    "ReviewQueue",
    "SheetPicture",
]
