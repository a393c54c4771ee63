"""What is known beforehand of a page, and what each signal is worth: docs/decisions/0015."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from quotes.importing.interleaved.ruler import Ruler
from quotes.importing.interleaved.speech import Speech


@dataclass(frozen=True, slots=True)
class Weights:
    """Points for each signal. Costs are positive numbers that are taken off."""

    # How a paragraph ends and the next begins.
    ends_well: float = 2.6
    ends_ill: float = 3.8
    ends_in_hyphen: float = 2.5
    ends_full: float = 0.35
    begins_well: float = 0.5
    begins_low: float = 6.0
    refers_back: float = 1.1
    # How a line goes on in the next.
    goes_on_low: float = 2.0
    goes_on_anew: float = 1.0
    goes_on_odd: float = 0.4
    goes_on_capital: float = 3.2
    hyphen: float = 2.5
    full: float = 0.8
    short: float = 0.6
    words: float = 0.7
    repeats: float = 2.0
    # Blanks that the extractor kept at the end of a line that goes on.
    no_blank_ends: float = 1.2
    no_blank_goes_on: float = 3.0
    blank_ends: float = 0.8
    blank_goes_on: float = 1.0
    # Where a line is cut in two.
    cut: float = 0.6
    narrow_cut: float = 1.4
    torn: float = 0.9
    soft_cut: float = 1.5
    inner: float = 2.5
    too_long: float = 1.0
    # Rows and white space.
    off_grid: float = 3.0
    slip: float = 0.15
    top: float = 0.5
    second_column: float = 3.0
    rhythm: float = 1.3
    emptiness: float = 0.6
    # Lists within a quote.
    bullet_begins: float = 1.5
    bullet_goes_on: float = 2.5
    # A mark that the file sets before every quote.
    mark: float = 2.0
    # Highlighted boxes.
    box_low: float = 2.2
    box_high: float = 4.5
    box_echo: float = 2.0
    after_box: float = 3.0
    box_cut: float = 3.0


@dataclass(frozen=True, slots=True)
class Measures:
    """What is known beforehand: the ruler of the file, and the section titles to expect.

    `rhythm` gives points to a paragraph that begins so many empty rows below the one before;
    `grid` tells from 0 to 1 how surely the lines of both columns stand at the same heights;
    `mark` is what the file sets before every quote, if anything.
    """

    ruler: Ruler
    rows: int
    blanks_tell: bool
    speech: Speech
    echoes: frozenset[int]
    rhythm: tuple[float, ...]
    weights: Weights = field(default_factory=Weights)
    titles: Mapping[str, str] = field(default_factory=dict)
    single: bool = False
    grid: float = 1.0
    mark: str = ""
