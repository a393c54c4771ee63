"""The lines of a quote into its text, and how sure every word is that a hyphen had broken."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence

from quotes.importing.text import join_hyphen, tidy, vocabulary

_HYPHEN = re.compile(r"(?<=\S)-$")
_WORD = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")
# First parts that often keep their hyphen; without the word elsewhere nobody can know.
_KEEPERS = frozenset("niet non ex oud semi anti pro co bijna vice quasi post pre e auto ad".split())


def words_of(texts: Iterable[str]) -> Counter[str]:
    """Count the words that stand whole in these lines."""
    whole, broken = [], False
    for text in texts:
        words = text.split(" ")
        ends = _breaks(text)
        whole.append(" ".join(words[1 if broken else 0 : -1 if ends else None]))
        broken = ends
    return vocabulary(whole)


def _breaks(text: str) -> bool:
    return bool(_HYPHEN.search(text))


def join(lines: Sequence[str], words: Counter[str]) -> tuple[str, float]:
    """Return the text of these lines and how sure its words are."""
    text, certainty = "", 1.0
    for line in lines:
        if not text:
            text = line
        elif _HYPHEN.search(text):
            certainty = min(certainty, _sure(text, line, words))
            text = join_hyphen(f"{text[:-1]}-", line, words)
        elif _glued(text, line):
            text += line
        else:
            text = f"{text} {line}"
    return tidy(text), certainty


def _glued(text: str, line: str) -> bool:
    slash = text.endswith("/") and not text.endswith(" /")
    span = text.endswith("–") and text[-2:-1].isdigit() and line[:1].isdigit()
    return slash or span


def _sure(text: str, line: str, words: Counter[str]) -> float:
    """Return how sure it is whether the hyphen belongs to the word."""
    left = re.split(r"[\s/(]", text[:-1])[-1]
    found = _WORD.match(line)
    right = found[0] if found else ""
    whole, hyphened = f"{left}{right}".casefold(), f"{left}-{right}".casefold()
    if words[whole] and words[hyphened]:
        return 0.85
    if words[whole] or words[hyphened]:
        return 1.0
    if left.casefold() in _KEEPERS:
        return 0.8
    return 0.97
