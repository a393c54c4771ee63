"""The glyphs and shapes of a sheet, straight from the drawing instructions.

A device of pdfminer that keeps what the next steps need and nothing else; it counts as it goes,
so that a sheet that draws without end is refused before it fills the memory.
"""

from __future__ import annotations

import math
import re
from typing import Any

from pdfminer.pdfdevice import PDFTextDevice
from pdfminer.pdffont import PDFUnicodeNotDefined

from quotes.importing.pdf.sheets import Glyph, Shape, Style, plain

MAX_GLYPHS = 100_000
MAX_SHAPES = 100_000
MAX_FORMS = 2_000
_KEPT_SHAPES = 400
# Points that an area must be wide and high to hold text.
_LEAST = (30.0, 8.0)
_BOLD = re.compile(r"bold|black|heavy|demi", re.IGNORECASE)
_ITALIC = re.compile(r"ital|obli|slanted", re.IGNORECASE)
_SUBSET = re.compile(r"^[A-Z]{6}\+")
_WEIGHT = re.compile(
    r"[-,]?(bold|black|heavy|semi|demi|ital\w*|obli\w*|regular|roman)", re.IGNORECASE
)
_UPRIGHT = 0.02
_IDENTITY = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)


class TooMuchDrawn(Exception):
    """The sheet draws more than a page of text ever holds."""


class Collector(PDFTextDevice):
    """Collects what one sheet after another draws; `take` hands it over."""

    def __init__(self, manager: Any) -> None:
        super().__init__(manager)
        self._styles: dict[tuple[Any, ...], Style] = {}
        self._texts: dict[tuple[int, int], str | None] = {}
        self._fonts: dict[int, Any] = {}
        self._reset(0.0, 0.0)

    def _reset(self, width: float, height: float) -> None:
        self.width, self.height = width, height
        self.glyphs: list[Glyph] = []
        self.shapes: list[Shape] = []
        self.unread = self._drawn = self._forms = 0

    def begin_page(self, page: Any, ctm: Any) -> None:
        """Start anew with a sheet of the page's size, turned as it is shown."""
        x0, y0, x1, y1 = page.mediabox
        width, height = abs(x1 - x0), abs(y1 - y0)
        self._reset(*((height, width) if page.rotate in {90, 270} else (width, height)))

    def begin_figure(self, name: str, bbox: Any, matrix: Any) -> None:
        """Count the forms: they may hold one another."""
        self._forms += 1
        if self._forms > MAX_FORMS:
            raise TooMuchDrawn

    def render_image(self, name: str, stream: Any) -> None:
        """Note where a picture stands; it is never decoded."""
        a, b, c, d, e, f = self.ctm or _IDENTITY
        xs, ys = (e, e + a + c), (f, f + b + d)
        self._shape(min(xs), min(ys), max(xs), max(ys), None, "picture")

    def paint_path(self, gstate: Any, stroke: bool, fill: bool, evenodd: bool, path: Any) -> None:
        """Note the extent of a filled or stroked path."""
        self._drawn += 1
        if self._drawn > MAX_SHAPES:
            raise TooMuchDrawn
        points = [
            (float(values[i]), float(values[i + 1]))
            for _operator, *values in path[:200]
            for i in range(0, len(values) - 1, 2)
        ]
        if not points or not (stroke or fill):
            return
        a, b, c, d, e, f = self.ctm or _IDENTITY
        xs = [a * x + c * y + e for x, y in points]
        ys = [b * x + d * y + f for x, y in points]
        colour = _colour(gstate.ncolor if fill else gstate.scolor)
        self._shape(min(xs), min(ys), max(xs), max(ys), colour, "fill" if fill else "stroke")

    def _shape(self, x0: float, y0: float, x1: float, y1: float, colour: Any, kind: str) -> None:
        large = x1 - x0 >= _LEAST[0] and y1 - y0 >= _LEAST[1]
        if large and len(self.shapes) < _KEPT_SHAPES:
            self.shapes.append(Shape(x0, self.height - y1, x1, self.height - y0, colour, kind))

    def render_char(
        self,
        matrix: Any,
        font: Any,
        fontsize: float,
        scaling: float,
        rise: float,
        cid: int,
        ncs: Any,
        graphicstate: Any,
    ) -> float:
        """Keep an upright character that stands on the sheet."""
        self._drawn += 1
        if self._drawn > MAX_GLYPHS + MAX_SHAPES or len(self.glyphs) > MAX_GLYPHS:
            raise TooMuchDrawn
        advance = font.char_width(cid) * fontsize * scaling
        a, b, c, d, e, f = matrix
        size = abs(fontsize) * math.hypot(c, d)
        upright = a * fontsize > 0 and abs(b) <= _UPRIGHT * abs(a)
        base = self.height - (f + rise * d)
        if upright and size > 1 and 0 <= base <= self.height and -1 <= e <= self.width:
            text = self._text(font, cid)
            if text is None:
                self.unread += 1
            elif text:
                style = self._style(font, graphicstate.ncolor)
                glyph = Glyph(round(base, 2), e, e + advance * a, text, round(size, 1), style)
                self.glyphs.append(glyph)
        return float(advance)

    def _text(self, font: Any, cid: int) -> str | None:
        key = (id(font), cid)
        if key not in self._texts:
            self._fonts[id(font)] = font
            try:
                text = font.to_unichr(cid)
                self._texts[key] = plain(text) if isinstance(text, str) else None
            except PDFUnicodeNotDefined:
                self._texts[key] = None
        return self._texts[key]

    def _style(self, font: Any, ncolor: Any) -> Style:
        key = (id(font), ncolor if isinstance(ncolor, int | float | tuple) else str(ncolor))
        if key not in self._styles:
            name = _SUBSET.sub("", str(font.fontname))
            weight = font.descriptor.get("FontWeight", 400)
            heavy = isinstance(weight, int | float) and weight >= 600
            style = Style(
                _WEIGHT.sub("", name),
                heavy or bool(_BOLD.search(name)),
                bool(_ITALIC.search(name)),
                _colour(ncolor),
            )
            known = {kept: kept for kept in self._styles.values()}
            self._styles[key] = known.get(style, style)
        return self._styles[key]


def _colour(value: Any) -> tuple[float, ...]:
    """Return a colour as a tuple; grey and RGB of the same shade are the same."""
    parts = value if isinstance(value, tuple | list) else (value,)
    if not all(isinstance(part, int | float) for part in parts):
        return (-1.0,)
    if len(parts) == 1:
        parts = parts * 3
    return tuple(round(float(part), 2) for part in parts)
