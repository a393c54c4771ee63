"""How well anthologies are read from PDF, layout by layout, how far confidence is to be trusted.

Run by `make bench`; it prints, and judges nothing: tests/quotes/test_reading_pdf.py holds the bars.
"""

import time
from collections import Counter
from itertools import pairwise

import pytest

from quotes.importing.engine import read_files
from tests.quotes.pdfs.chance import layout_by_lot
from tests.quotes.pdfs.layouts import LAYOUTS
from tests.quotes.pdfs.scores import read_anthology, score
from tests.quotes.pdfs.setting import Layout, typeset
from tests.quotes.pdfs.unseen import UNSEEN

pytestmark = pytest.mark.benchmark

QUOTES, BY_LOT, FIRST_LOT = 300, 40, 200
BANDS = (0.0, 0.5, 0.7, 0.8, 0.9, 0.95, 0.98, 1.01)
PAGES = 64


def test_layouts_and_confidence(tmp_path):
    lots = [layout_by_lot(seed) for seed in range(FIRST_LOT, FIRST_LOT + BY_LOT)]
    verdicts: list[tuple[float, bool]] = []
    exact = []
    print(f"\n{'layout':42}{'quotes':>7}{'exact':>8}{'words':>8}{'≥0.9':>7}{'right':>8}")
    for layout in (*LAYOUTS, *UNSEEN, *lots):
        found = score(held := typeset(layout, QUOTES), read_anthology(held, tmp_path))
        verdicts += found.verdicts
        exact.append(found.exact)
        print(
            f"{layout.name:42}{found.quotes:7}{found.exact:8.2%}{found.words:8.2%}"
            f"{found.sure:7.1%}{found.sure_right:8.2%}"
        )
    for name, part in (
        ("known layouts", exact[: len(LAYOUTS)]),
        ("set aside", exact[len(LAYOUTS) : -BY_LOT]),
        ("by lot", exact[-BY_LOT:]),
    ):
        print(f"{name}: mean {sum(part) / len(part):.2%}, least {min(part):.2%}")
    print_calibration(verdicts)


def print_calibration(verdicts):
    """Of the quotes in a band of confidence: how many there are, and how many are exactly right."""
    print(f"\n{'confidence':14}{'quotes':>8}{'right':>9}")
    for low, high in pairwise(BANDS):
        band = [right for confidence, right in verdicts if low <= confidence < high]
        if band:
            share = sum(band) / len(band)
            print(f"{low:.2f} – {min(high, 1):.2f}   {len(band):8}{share:9.2%}")
    counts = Counter(right for confidence, right in verdicts if confidence >= 0.9)
    print(f"0.9 and more: {counts[True] / counts.total():.2%} right of {counts.total()}")


@pytest.mark.parametrize("justify", [False, True], ids=["ragged", "justified"])
def test_seconds_for_a_book_of_64_pages(tmp_path, justify):
    layout = Layout("a large book", justify=justify, chapter="flow", toc=False)
    path = tmp_path / "large.pdf"
    path.write_bytes(typeset(layout, 2_000).pdf)
    told: list[int] = []
    began, spent = time.perf_counter(), time.process_time()
    reading = read_files([path], progress=lambda _done, pages: told.append(pages))
    wall, used = time.perf_counter() - began, time.process_time() - spent
    read = (
        f"{told[0]} pages, {len(reading.quotes)} quotes: {wall:.1f} s ({used:.1f} s of processor)"
    )
    print(f"\n{read}; {PAGES} pages {wall * PAGES / told[0]:.1f} s")
