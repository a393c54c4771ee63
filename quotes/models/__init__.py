"""The source: what the field said, where, and in which chapter."""

from quotes.models.anthology import Anthology, Kind, Section, SourceFile
from quotes.models.quote import Quote, QuoteQuerySet, QuoteState

__all__ = [
    "Anthology",
    "Kind",
    "Quote",
    "QuoteQuerySet",
    "QuoteState",
    "Section",
    "SourceFile",
]
