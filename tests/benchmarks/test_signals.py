"""What each signal is worth to the reader of interleaved columns: how much is lost without it.

Run by `make bench`; it prints, and judges nothing. docs/decisions tells what was concluded.
"""

from dataclasses import replace
from functools import partial

import pytest

from quotes.importing import engine
from quotes.importing.interleaved.columns import learn_habits
from quotes.importing.interleaved.weights import Weights
from quotes.importing.reading import ImportRefused
from tests.quotes import anthology
from tests.quotes.interleaving import interleaved, read_interleaved, text_verdicts
from tests.quotes.pdfs.layouts import LAYOUTS
from tests.quotes.pdfs.setting import typeset

pytestmark = pytest.mark.benchmark

QUOTES = 80
COMPOSED = ("plain in two columns", "justified, indents only", "cards")
SIGNALS = {
    "how a paragraph ends": "ends_well ends_ill ends_in_hyphen ends_full",
    "how a paragraph begins": "begins_well begins_low refers_back",
    "how a line goes on": "goes_on_low goes_on_anew goes_on_odd goes_on_capital hyphen",
    "how full a line is": "full short too_long",
    "neighbouring words": "words repeats torn inner",
    "blanks at line ends": "no_blank_ends no_blank_goes_on blank_ends blank_goes_on",
    "what a cut costs": "cut narrow_cut soft_cut",
    "white space (rhythm)": "rhythm top",
    "one grid of rows": "off_grid slip",
    "a second column": "second_column",
    "lists": "bullet_begins bullet_goes_on mark",
    "boxes": "box_low box_high box_echo after_box box_cut",
}


@pytest.fixture(scope="module")
def texts():
    layouts = {layout.name: layout for layout in LAYOUTS}
    held = {name: typeset(layouts[name], QUOTES) for name in COMPOSED}
    return {name: (one, interleaved(one, layouts[name])) for name, one in held.items()}


def shares(texts, folder, monkeypatch, weights):
    """The shares that are exactly right with these weights: the real pages, then the composed."""
    monkeypatch.setattr(engine, "learn_habits", partial(learn_habits, weights=weights))
    place = anthology.folder()
    found = [anthology.exact(anthology.read_real(place), anthology.key_rows(place))]
    for held, text in texts.values():
        try:
            found.append(text_verdicts(held, read_interleaved(text, folder))[0])
        except ImportRefused:
            found.append(0.0)
    return found


def test_the_worth_of_each_signal(texts, tmp_path, monkeypatch):
    names = ("real pages", *(name.split(",")[0][:20] for name in COMPOSED))
    print(f"\n{'without':26}" + "".join(f"{name:>22}" for name in names))
    whole = shares(texts, tmp_path, monkeypatch, Weights())
    print(f"{'(nothing: exactly right)':26}" + "".join(f"{share:22.1%}" for share in whole))
    for signal, fields in SIGNALS.items():
        weights = replace(Weights(), **dict.fromkeys(fields.split(), 0.0))
        left = shares(texts, tmp_path, monkeypatch, weights)
        losses = (100 * (now - full) for now, full in zip(left, whole, strict=True))
        print(f"{signal:26}" + "".join(f"{loss:+20.1f} %" for loss in losses), flush=True)


def test_every_weight_belongs_to_a_signal():
    named = [field for fields in SIGNALS.values() for field in fields.split()]
    assert sorted(named) == sorted(Weights.__dataclass_fields__)
