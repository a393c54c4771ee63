"""The source: what the field said, where, and in which chapter."""

from quotes.models.anthology import Anthology, Kind, Section, SourceFile
from quotes.models.deed import CORRECTIONS, Deed
from quotes.models.importing import ImportFile, ImportRun, ImportState
from quotes.models.quote import SURE, Quote, QuoteQuerySet, QuoteState
from quotes.models.revision import QuoteRevision

__all__ = [
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
    "Section",
    "SourceFile",
]
