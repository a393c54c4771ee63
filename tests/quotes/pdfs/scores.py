"""How well an anthology was read: what was read held against the truth."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from pathlib import Path

from quotes.importing.engine import read_files
from quotes.importing.reading import Reading
from tests.quotes.pdfs.setting import Anthology


@dataclass(frozen=True)
class Score:
    """Shares from 0 to 1; `verdicts` are (confidence, right) of each quote that was read."""

    quotes: int
    exact: float
    words: float
    paged: float
    verdicts: tuple[tuple[float, bool], ...]
    missed: tuple[tuple[str, str, bool], ...]
    wrong: tuple[tuple[str, str, bool], ...]

    @property
    def sure(self) -> float:
        """The share of the quotes with a confidence of 0.9 or more."""
        return sum(1 for c, _right in self.verdicts if c >= 0.9) / max(1, len(self.verdicts))

    @property
    def sure_right(self) -> float:
        """The share of those that is exactly right."""
        sure = [right for c, right in self.verdicts if c >= 0.9]
        return sum(sure) / max(1, len(sure))


def read_anthology(anthology: Anthology, folder: Path) -> Reading:
    """Read a typeset anthology as the importer does."""
    path = folder / "anthology.pdf"
    path.write_bytes(anthology.pdf)
    return read_files([path])


def score(anthology: Anthology, reading: Reading) -> Score:
    """Compare: text after white space is normalised, section, and whether it is a pull quote."""
    wanted = Counter((t.section, " ".join(t.text.split()), t.pull_quote) for t in anthology.truth)
    left, paged = Counter(wanted), Counter((t.page, t.text) for t in anthology.truth)
    verdicts, wrong, on_page = [], [], 0
    for quote in reading.quotes:
        key = (quote.section_number, quote.text, quote.is_pull_quote)
        right = left[key] > 0
        left[key] -= right
        verdicts.append((quote.confidence, right))
        on_page += paged[quote.page, quote.text] > 0
        if not right:
            wrong.append(key)
    words = Counter((t.section, word) for t in anthology.truth for word in t.text.split())
    got = Counter((q.section_number, word) for q in reading.quotes for word in q.text.split())
    return Score(
        quotes=wanted.total(),
        exact=1 - (left := +left).total() / wanted.total(),
        words=(words & got).total() / words.total(),
        paged=on_page / wanted.total(),
        verdicts=tuple(verdicts),
        missed=tuple(left.elements()),
        wrong=tuple(wrong),
    )
