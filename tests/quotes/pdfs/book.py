"""What an anthology of the generator holds, before anything of its layout is decided."""

from __future__ import annotations

from dataclasses import dataclass, field

from tests.quotes.pdfs.speech import CHAPTERS, TITLES, Speech

BULLET = "•"


@dataclass(frozen=True)
class Said:
    """One quote; `points` are the items of a list in it, `box` the pull quote that cuts into it."""

    id: int
    text: str
    pull: bool = False
    points: tuple[str, ...] = ()
    box: int | None = None

    @property
    def printed(self) -> str:
        """The quote as a reader should return it."""
        return " ".join([self.text, *(f"{BULLET} {point}" for point in self.points)])


@dataclass(frozen=True)
class Passage:
    """A section with its quotes."""

    number: str
    title: str
    said: tuple[Said, ...]


@dataclass(frozen=True)
class Chapter:
    """A chapter with its sections."""

    number: int
    title: str
    passages: tuple[Passage, ...]


@dataclass
class Volume:
    """What to write: how many quotes, of which kinds, in one or two levels.

    `alone`: whether a pull quote may repeat nothing. Such a one that floats to the head or foot of
    a column tells nobody of which section it is, so floating ones always repeat.
    """

    seed: int
    quotes: int = 120
    chapters: int = 3
    per_passage: int = 8
    one_level: bool = False
    pulls: float = 0.06
    lists: float = 0.0
    boxes: bool = False
    alone: bool = True
    written: list[Chapter] = field(default_factory=list)

    def write(self) -> list[Chapter]:
        """Write the chapters; every call returns the same."""
        if not self.written:
            self.written = list(_chapters(self))
        return self.written


def _chapters(volume: Volume) -> list[Chapter]:
    speech = Speech(volume.seed)
    texts = speech.quotes(volume.quotes)
    titles = list(TITLES)
    speech.dice.shuffle(titles)
    share = volume.quotes // volume.chapters
    ids = iter(range(10**6))
    chapters = []
    for chapter in range(1, volume.chapters + 1):
        title = CHAPTERS[(chapter - 1) % len(CHAPTERS)]
        passages, held = [], 0
        while held < share:
            size = share if volume.one_level else speech.dice.randint(3, 2 * volume.per_passage - 3)
            size = min(size, share - held)
            held += size
            here = [text for text, _turn in zip(texts, range(size), strict=False)]
            number = f"{chapter}.{0 if volume.one_level else len(passages) + 1}"
            name = title if volume.one_level else titles[(len(passages) + 5 * chapter) % 20]
            passages.append(Passage(number, name, tuple(_said(here, ids, speech, volume))))
        chapters.append(Chapter(chapter, title, tuple(passages)))
    return chapters


def _said(texts, ids, speech, volume):
    """Some quotes become lists, some are repeated in a box, in or after the quote at hand."""
    said = []
    for text in texts:
        if speech.dice.random() < volume.lists:
            opening, *points = speech.points()
            said.append(Said(next(ids), opening, points=tuple(points)))
            continue
        said.append(Said(next(ids), text))
        fit = [s for s in said if not s.pull and not s.points and 6 <= len(s.text.split()) <= 30]
        if not fit or speech.dice.random() >= volume.pulls * 1.5:
            continue
        repeats = speech.dice.random() < 0.7 or not volume.alone
        told = speech.dice.choice(fit[-4:]).text if repeats else None
        box = Said(next(ids), told or next(speech.quotes(1)), pull=True)
        if len(box.text.split()) < 6:
            continue
        last = said[-1]
        if volume.boxes and not last.pull and len(last.text.split()) > 16:
            said[-1] = Said(last.id, last.text, box=box.id)
        said.append(box)
    return said
