"""The source: what the field said, where, and in which chapter."""

from quotes.models.anthology import Anthology, Kind, Section, SourceFile
from quotes.models.importing import ImportFile, ImportRun, ImportState
from quotes.models.quote import Quote, QuoteQuerySet, QuoteState
from quotes.models.returns import ReturnRefusal
from quotes.models.revision import Deed, QuoteRevision

__all__ = [
    "Anthology",
    "Deed",
    "ImportFile",
    "ImportRun",
    "ImportState",
    "Kind",
    "Quote",
    "QuoteQuerySet",
    "QuoteRevision",
    "QuoteState",
    "ReturnRefusal",
    "Section",
    "SourceFile",
]
