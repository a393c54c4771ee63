"""The words in a quote that made it answer to a search. Pure: text in, pieces of text out."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from difflib import SequenceMatcher

from quotes.searching import LEAST_TO_FIND_INSIDE, Sought, plain, stem

BEFORE = 60  # characters shown before the first hit, where that hit stands far in
IN_SIGHT = 140  # a hit within so many characters is seen anyway
_WORD = re.compile(r"\w+")
_NEAR = 0.8
_LEAST_NEAR = 5  # a mistyped shorter word is like too many others


@dataclass(frozen=True, slots=True)
class Piece:
    """A piece of a text, and whether it is a word that was looked for."""

    text: str
    hit: bool


def pieces(text: str, terms: Sought) -> list[Piece]:
    """Cut a text at the words looked for; the pieces joined are the text.

    A word is a hit when it begins with a sought word (without its ending) or holds it; where none
    does, when it is nearly the same.
    """
    words = [word for term in terms.terms for word in _WORD.findall(term)]
    said = [(match.span(), plain(match.group())) for match in _WORD.finditer(text)]
    for rule in (_is_said, _is_nearly_said):
        hits = [span for span, word in said if _any(word, words, rule)]
        if hits:
            return _cut(text, hits)
    return [Piece(text, False)] if text else []


def from_first_hit(found: list[Piece]) -> list[Piece]:
    """The pieces from shortly before the first hit on, opened by '…' when something is left out."""
    if len(found) < 2 or found[0].hit or len(found[0].text) <= IN_SIGHT:
        return found
    head = found[0].text[-BEFORE:]
    head = head[head.find(" ") + 1 :]
    return [Piece(f"… {head}", False), *found[1:]]


def _any(said: str, words: list[str], rule: Callable[[str, str], bool]) -> bool:
    return any(rule(said, word) for word in words)


def _is_said(said: str, word: str) -> bool:
    if len(word) < LEAST_TO_FIND_INSIDE:
        return said == word
    return said.startswith(stem(word)) or word in said


def _is_nearly_said(said: str, word: str) -> bool:
    if len(word) < _LEAST_NEAR or abs(len(said) - len(word)) > 2:
        return False
    return SequenceMatcher(None, said, word, autojunk=False).ratio() >= _NEAR


def _cut(text: str, spans: list[tuple[int, int]]) -> list[Piece]:
    found, end = [], 0
    for start, stop in spans:
        if start > end:
            found.append(Piece(text[end:start], False))
        found.append(Piece(text[start:stop], True))
        end = stop
    if end < len(text):
        found.append(Piece(text[end:], False))
    return found
