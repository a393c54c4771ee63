"""How well interleaved columns are read from text, and how far confidence is to be trusted.

Run by `make bench`; it prints, and judges nothing. Composed text is a typeset anthology as
pdf-to-text leaves it; real text is the real anthology, held against what was read by hand.
"""

import time
from itertools import pairwise

import pytest

from quotes.importing.reading import ImportRefused
from tests.quotes import anthology
from tests.quotes.interleaving import interleaved, read_interleaved, text_verdicts
from tests.quotes.pdfs.layouts import LAYOUTS
from tests.quotes.pdfs.scores import score
from tests.quotes.pdfs.setting import typeset
from tests.quotes.pdfs.unseen import UNSEEN

pytestmark = pytest.mark.benchmark

QUOTES = 125
SURE = 0.9
BANDS = (0.0, 0.5, 0.7, 0.8, SURE, 0.95, 0.98, 1.01)
# A text tells no chapters apart that have no numbered sections.
TWO_COLUMNS = [one for one in (*LAYOUTS, *UNSEEN) if one.columns == 2 and not one.one_level]
HEAD = f"{'layout':42}{'blanks':>9}{'quotes':>7}{'exact':>8}{'words':>8}{'≥0.9':>7}{'right':>8}"


@pytest.fixture(scope="module")
def verdicts():
    """Confidence and whether it was right, of all quotes read in the tests of this module."""
    return {"real": [], "composed": []}


def row(name, blanks, quotes, exact, words, found):
    """A row of the table; `found` are pairs of a confidence and whether the quote is right."""
    sure = [right for confidence, right in found if confidence >= SURE]
    share = f"{sum(sure) / len(sure):8.2%}" if sure else f"{'–':>8}"
    print(
        f"{name:42}{blanks:>9}{quotes:7}{exact:8.2%}{words:8.2%}"
        f"{len(sure) / max(1, len(found)):7.1%}{share}"
    )


def test_two_columns_of_composed_text(tmp_path, verdicts):
    print(f"\n{HEAD}")
    shares: dict[str, list[float]] = {"kept": [], "stripped": []}
    for layout in TWO_COLUMNS:
        held = typeset(layout, QUOTES)
        for blanks, exact in shares.items():
            text = interleaved(held, layout, keep_blanks=blanks == "kept")
            try:
                reading = read_interleaved(text, tmp_path)
            except ImportRefused as refusal:
                print(f"{layout.name:42}{blanks:>9}  refused: {refusal}")
                exact.append(0.0)
                continue
            share, found = text_verdicts(held, reading)
            exact.append(share)
            verdicts["composed"] += found
            words = score(held, reading).words
            row(layout.name, blanks, len(held.truth), share, words, found)
    for blanks, exact in shares.items():
        print(f"blanks {blanks}: mean {sum(exact) / len(exact):.2%}, least {min(exact):.2%}")


def test_the_real_anthology(verdicts):
    place = anthology.folder()
    key = anthology.key_rows(place)
    began, spent = time.perf_counter(), time.process_time()
    reading = anthology.read_real(place)
    wall, used = time.perf_counter() - began, time.process_time() - spent
    found = anthology.verdicts(reading, key)
    verdicts["real"] += found
    exact, words = anthology.exact(reading, key), anthology.well_placed(reading, key)
    print(f"\n{HEAD}")
    row("the real anthology, pages read by hand", "kept", len(key), exact, words, found)
    print(f"{len(reading.quotes)} quotes of all files: {wall:.1f} s ({used:.1f} s of processor)")


def test_confidence_against_truth(verdicts):
    """Runs last: prints what the tests above have gathered."""
    print("\nconfidence    " + "".join(f"{name:>10}{'right':>9}" for name in verdicts))
    for low, high in [*pairwise(BANDS), (SURE, 1.01)]:
        cells = []
        for found in verdicts.values():
            band = [right for confidence, right in found if low <= confidence < high]
            share = f"{sum(band) / len(band):9.2%}" if band else f"{'–':>9}"
            cells.append(f"{len(band):10}{share}")
        print(f"{low:.2f} – {min(high, 1):.2f}   " + "".join(cells))
