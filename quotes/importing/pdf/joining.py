"""The lines of a quote into its text, and how sure every word is that a hyphen had broken."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence

from quotes.importing.text import join_hyphen, tidy, vocabulary

_HYPHEN = re.compile(r"(?<=\S)-$")
_WORD = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")
_HANGING = re.compile(r"[^\W\d_]+-(?= (?:en|of) )")
_LINKS = frozenset({"en", "of"})
# First parts that often keep their hyphen; without the word elsewhere nobody can know.
_KEEPERS = frozenset("niet non ex oud semi anti pro co bijna vice quasi post pre e auto ad".split())


def words_of(texts: Iterable[str]) -> Counter[str]:
    """Count the words that stand whole in these lines, and the first parts as in `zorg- en`."""
    whole, broken = [], False
    for text in texts:
        words = text.split(" ")
        ends = _breaks(text)
        whole.append(" ".join(words[1 if broken else 0 : -1 if ends else None]))
        broken = ends
    counted = vocabulary(whole)
    counted.update(found.casefold() for text in whole for found in _HANGING.findall(text))
    return counted


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
            text = _mended(text, line, words)
        elif _glued(text, line):
            text += line
        else:
            text = f"{text} {line}"
    return tidy(text), certainty


def _glued(text: str, line: str) -> bool:
    slash = text.endswith("/") and not text.endswith(" /")
    span = text.endswith("–") and text[-2:-1].isdigit() and line[:1].isdigit()
    return slash or span


def _mended(text: str, line: str, words: Counter[str]) -> str:
    """Join a line that ends in a hyphen with the next one."""
    left, right = _halves(text, line)
    # 'partij-' and 'en' may be 'partijen' as well as 'partij- en': the book itself tells.
    if right in _LINKS and words[f"{left}{right}"] > words[f"{left}-"]:
        return text[:-1] + line
    return join_hyphen(text, line, words)


def _halves(text: str, line: str) -> tuple[str, str]:
    found = _WORD.match(line)
    return re.split(r"[\s/(‘“'\"]", text[:-1])[-1].casefold(), found[0].casefold() if found else ""


def _sure(text: str, line: str, words: Counter[str]) -> float:
    """Return how sure it is whether the hyphen belongs to the word."""
    left, right = _halves(text, line)
    whole, hyphened = words[f"{left}{right}"], words[f"{left}-{right}"]
    if right in _LINKS:
        return 1.0 if bool(whole) != bool(words[f"{left}-"]) else 0.85
    if whole and hyphened:
        return 0.85
    if whole or hyphened:
        return 1.0
    return 0.8 if left in _KEEPERS else 0.97
