"""Layouts drawn by lot: any measure with any other, within what a designer would do."""

from __future__ import annotations

import random
from typing import Any

from tests.quotes.pdfs.layouts import MONO, ROMAN, SERIF
from tests.quotes.pdfs.setting import Layout


def layout_by_lot(seed: int) -> Layout:
    """Draw a layout; the same seed draws the same."""
    dice = random.Random(seed)
    pick = dice.choice
    columns = pick((1, 2, 2, 2, 3))
    font = pick((SERIF, SERIF, ROMAN, MONO))
    size = pick((8.5, 9.0, 9.5, 10.0)) if columns > 1 else pick((10.0, 11.0, 12.0))
    size -= 1.5 if font == MONO else 0
    justify = font != MONO and pick((True, False))
    separator = pick(("blank", "blank", "indent", "bullet", "dash", "quotes", "cards", "rule"))
    one_level = pick((True, False, False))
    number = pick(("plain", "of", "bar", "dashes", "none"))
    place = pick(("top", "bottom", "flow", "span" if columns > 1 else "flow"))
    paper = pick(("a4", "a4", "us-letter", "a5" if columns < 3 else "a4"))
    # The longest word of a pull quote has to fit in a column.
    narrow = columns == 3 or (columns == 2 and paper == "a5")
    pull_size = size * pick((1.0, 1.25, 1.25 if narrow else 1.4, 1.25 if narrow else 1.6))
    plain_pull = pull_size == size
    full = columns > 1 and not one_level and pick((True, False, False))
    heads: dict[str, Any] = {
        "head": pick(
            ("plain", "coloured", "hanging", "above", "bar", "word" if one_level else "plain")
        ),
        "head_size": size * pick((1.0, 1.2, 1.35, 1.6)),
        "head_bold": True,
        "head_colour": pick((True, False)),
        "head_italic": pick((True, False, False)),
    }
    if heads["head_size"] > size * 1.1:
        heads["head_bold"] = pick((True, False))
    pulls: dict[str, Any] = {
        "pull": pick(
            ("tint", "frame") if plain_pull else ("tint", "rules", "frame", "bar", "none")
        ),
        "pull_place": "flow" if full else place,
        "pull_size": pull_size,
        "pull_colour": pick((True, False)),
        "pull_italic": pick((True, False, False)),
        "pull_bold": pick((True, False, False)) and not plain_pull and not narrow,
        "pull_centre": pick((True, False)),
    }
    return Layout(
        f"by lot {seed}",
        volume={"lists": pick((0, 0, 0.06)), "boxes": justify and pick((True, False))},
        paper=paper,
        flipped=columns == 3,
        margin=pick(({"rest": 56}, {"x": 48, "y": 66}, {"inside": 72, "outside": 44, "y": 60})),
        columns=columns,
        gutter=size * pick((1.4, 1.8, 2.4)),
        font=font,
        size=size,
        leading=pick((0.5, 0.62, 0.75)),
        justify=justify,
        hyphenate=justify or pick((True, False)),
        separator=separator,
        spacing=size * pick((1.0, 1.2, 1.5)),
        break_quotes=pick((True, False)),
        header=pick(("none", "title", "chapter")),
        footer="none" if number == "none" else pick(("bare", "title")),
        number=number,
        number_side=pick(("left", "right", "outer", "centre")),
        roman=pick((True, False)),
        preface=pick((True, False)),
        toc=pick((True, False)),
        leaders=pick((True, False)),
        cover=pick((True, False)),
        one_level=one_level,
        chapter="none" if one_level else pick(("page", "flow") if full else ("page", "parent")),
        chapter_size=size * pick((2.0, 2.6)),
        chapter_numbered=pick((True, True, False)),
        chapter_tint=pick((True, False)),
        full_heads=full,
        **heads,
        **pulls,
    )
