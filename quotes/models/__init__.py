"""The source: what the field said, where, and in which chapter."""

from quotes.models.anthology import Anthology, Kind, Section, SourceFile
from quotes.models.deed import CORRECTIONS, Deed
from quotes.models.importing import ImportFile, ImportRun, ImportState
from quotes.models.quote import ASKS_FOR_AN_EYE, SURE, Quote, QuoteQuerySet, QuoteState
from quotes.models.returns import ReturnRefusal
from quotes.models.revision import QuoteRevision

__all__ = [
    "ASKS_FOR_AN_EYE",
    "CORRECTIONS",
    "SURE",
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
