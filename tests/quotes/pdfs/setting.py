"""Setting an anthology in a layout: its PDF, and the truth about it."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

import typst

from tests.quotes.pdfs.book import Chapter, Said, Volume

TEMPLATE = Path(__file__).parent / "anthology.typ"
MADE = 1_767_603_600


@dataclass(frozen=True)
class Layout:
    """The measures of a layout, in points; what `anthology.typ` does with them stands there."""

    name: str
    volume: dict[str, Any] = field(default_factory=dict)
    title: str = "Stemmen uit het veld"
    paper: str = "a4"
    flipped: bool = False
    margin: dict[str, float] = field(default_factory=lambda: {"rest": 62})
    columns: int = 2
    widths: tuple[float, ...] | None = None
    gutter: float = 20
    font: str = "Libertinus Serif"
    size: float = 10
    leading: float = 0.62
    justify: bool = False
    hyphenate: bool = True
    ink: str = "#111111"
    accent: str = "#0b5a6b"
    separator: str = "blank"
    spacing: float = 12
    break_quotes: bool = True
    header: str = "none"
    footer: str = "title"
    foot_size: float = 8
    foot_colour: bool = False
    number: str = "plain"
    number_side: str = "right"
    roman: bool = False
    cover: bool = True
    preface: bool = False
    toc: bool = True
    leaders: bool = False
    head: str = "plain"
    head_size: float = 13
    head_bold: bool = True
    head_italic: bool = False
    head_colour: bool = False
    head_above: float = 20
    head_below: float = 9
    one_level: bool = False
    chapter: str = "page"
    chapter_size: float = 26
    chapter_bold: bool = False
    chapter_numbered: bool = True
    chapter_tint: bool = False
    section_pages: bool = False
    full_heads: bool = False
    pull: str = "tint"
    pull_place: str = "bottom"
    pull_gap: float = 14
    pull_size: float = 13.5
    pull_inset: float = 12
    pull_colour: bool = True
    pull_italic: bool = False
    pull_bold: bool = False
    pull_centre: bool = False


@dataclass(frozen=True)
class Truth:
    """A quote as it was set: its section, its words, the page on which it begins."""

    section: str
    text: str
    page: int
    pull_quote: bool


@dataclass(frozen=True)
class Anthology:
    """A typeset anthology and the truth about it."""

    pdf: bytes
    truth: tuple[Truth, ...]


def typeset(layout: Layout, quotes: int = 120) -> Anthology:
    """Set an anthology of so many quotes in a layout; the same always comes out the same."""
    kinds = {"one_level": layout.one_level, "alone": layout.pull_place == "flow"}
    settings = {"quotes": quotes, **kinds, **layout.volume}
    chapters = Volume(seed=sum(map(ord, layout.name)), **settings).write()
    measures = {key.replace("_", "-"): value for key, value in asdict(layout).items()}
    book = {"title": layout.title, "chapters": [_chapter(chapter) for chapter in chapters]}
    compiler = typst.Compiler(
        str(TEMPLATE),
        ignore_system_fonts=True,
        sys_inputs={"layout": json.dumps(measures), "book": json.dumps(book)},
    )
    pdf = compiler.compile(format="pdf", timestamp=MADE)
    rows = json.loads(compiler.query("<quote>", field="value"))
    pages = {row["id"]: row["sheet"] if layout.number == "none" else row["page"] for row in rows}
    truth = [
        Truth(passage.number, said.printed, pages[said.id], said.pull)
        for chapter in chapters
        for passage in chapter.passages
        for said in passage.said
    ]
    return Anthology(pdf, tuple(truth))


def _chapter(chapter: Chapter) -> dict[str, Any]:
    return {
        "number": chapter.number,
        "title": chapter.title,
        "passages": [
            {"number": p.number, "title": p.title, "said": _all(p.said)} for p in chapter.passages
        ],
    }


def _all(said: tuple[Said, ...]) -> list[dict[str, Any]]:
    """The quotes as the template takes them; a box that cuts into one is handed in with it."""
    rows = {s.id: asdict(s) | {"inside": False} for s in said}
    for one in said:
        if one.box is not None:
            rows[one.box]["inside"] = True
            rows[one.id]["box"] = rows[one.box]
    return list(rows.values())
