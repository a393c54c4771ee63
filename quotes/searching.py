"""What somebody typed into the search box, taken apart. Pure: nothing typed is an error.

`"care coordinator"` is a phrase, `-police` must not occur, `4.12-07` is a reference; everything
else is a word that must occur, whatever its case, accents or ending.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, field

from quotes.references import CODE

MOST_TERMS = 20  # more only makes the query longer than a database takes
LONGEST_TERM = 100
LEAST_TO_FIND_INSIDE = 3  # shorter parts of words stand in nearly every quote
_TYPED = re.compile(r'(-?)"([^"]*)"|(\S+)')
_REFERENCE = re.compile(
    rf"(?:(?P<code>{CODE}):)?(?P<bare>\d{{1,2}}\.(?:\d{{1,2}}|x)?(?:-\d{{0,4}})?)",
    re.ASCII | re.IGNORECASE,
)
_WHOLE = re.compile(r".*-\d{2,4}", re.ASCII)
_ACCENT = re.compile("[\u0300-\u036f]")
_EDGES = re.compile(r"^[\W_]+|[\W_]+$")
_ENDINGS = ("en", "s", "e", "n")
_LEAST_STEM = 4


@dataclass(frozen=True, slots=True)
class SoughtReference:
    """A reference or its beginning; `code` is empty when no anthology was named."""

    code: str
    bare: str

    @property
    def whole(self) -> bool:
        """Whether one quote is meant, not all that begin like this."""
        return bool(_WHOLE.fullmatch(self.bare))


@dataclass(frozen=True, slots=True)
class Sought:
    """What must occur (words, phrases, references) and what must not (excluded), all plain."""

    words: list[str] = field(default_factory=list)
    phrases: list[str] = field(default_factory=list)
    excluded: list[str] = field(default_factory=list)
    references: list[SoughtReference] = field(default_factory=list)

    def __bool__(self) -> bool:
        return bool(self.words or self.phrases or self.excluded or self.references)

    @property
    def terms(self) -> list[str]:
        """Words and phrases: what a text must say."""
        return self.words + self.phrases

    @property
    def inside(self) -> list[str]:
        """The terms long enough to be looked for inside longer words; all when none is."""
        return [term for term in self.terms if len(term) >= LEAST_TO_FIND_INSIDE] or self.terms


def plain(text: str) -> str:
    """Return the text without accents and capitals; the database's `quotes_plain` says the same."""
    return _ACCENT.sub("", unicodedata.normalize("NFKD", text)).lower()


def stem(word: str) -> str:
    """Return a plain word without its commonest Dutch ending: 'slachtoffers' → 'slachtoffer'."""
    for ending in _ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= _LEAST_STEM:
            return word.removesuffix(ending)
    return word


def sought(typed: str) -> Sought:
    """Take apart what was typed; of more than twenty terms only the first twenty count."""
    found = Sought()
    # Neither NUL nor half a character can be stored, so neither can be found.
    text = typed.encode("utf-8", "ignore").decode().replace("\0", " ")
    for number, match in enumerate(_TYPED.finditer(text)):
        if number >= MOST_TERMS:
            break
        minus, phrase, word = match.groups()
        if word is None:
            _add(found.excluded if minus else found.phrases, phrase)
        elif reference := _REFERENCE.fullmatch(word):
            code = (reference["code"] or "").upper()
            found.references.append(SoughtReference(code, reference["bare"].lower()))
        elif word.startswith("-"):
            _add(found.excluded, word)
        else:
            _add(found.words, word)
    return found


def _add(terms: list[str], typed: str) -> None:
    """Add a term without the marks around it; of marks alone only what is no ASCII is a term."""
    said = " ".join(plain(typed).split())
    term = _EDGES.sub("", said) or ("" if said.isascii() else said)
    if term:
        terms.append(term[:LONGEST_TERM].rstrip())
