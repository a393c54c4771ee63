"""The example's files agree with one another, and copy nothing."""

import json
import os
import re
from collections import Counter
from pathlib import Path

import pytest

from quotes.importing.engine import read_files
from tests.quotes.composer import KEY as KEY_FILE
from tests.quotes.composer import Sheet, compose, key_rows
from tracker.demo.book import example_book
from tracker.demo.booklet import example_booklet
from tracker.demo.content import ANTHOLOGY_PDF, FOLDER, read

REAL = Path(
    os.environ.get(
        "SPOOR_ANTHOLOGY_DIR", Path(__file__).resolve().parents[3] / "shared" / "anthology"
    )
)
BOOK = example_book()
KEY = [json.loads(line) for line in KEY_FILE.read_text(encoding="utf-8").splitlines()]
FIRST_WORDS = 5


def test_the_key_is_what_the_composer_makes_of_the_book() -> None:
    assert key_rows(compose(BOOK)) == KEY


def test_the_composer_says_the_same_twice_and_loses_no_word() -> None:
    for sheet in (Sheet(), Sheet(width=48, height=30, keep_blanks=False)):
        first, second = compose(BOOK, sheet), compose(BOOK, sheet)
        assert first == second
        given = Counter(s.text for part in BOOK.parts for s in part.statements)
        assert Counter(placed.statement.text for placed in first.key) == given
        assert max(map(len, first.text.splitlines())) <= 2 * sheet.width + 2


def test_the_title_page_says_that_it_is_an_example() -> None:
    assert "voorbeeld" in compose(BOOK).text.splitlines()[0].lower()


def test_the_importer_reads_every_quote_of_the_example_right(tmp_path: Path) -> None:
    """Links, verdicts and decisions of the example name quotes by references, which count."""
    path = tmp_path / ANTHOLOGY_PDF
    path.write_bytes(example_booklet())
    reading = read_files([path])
    want = [(k["section"], k["text"], k["pull_quote"]) for k in KEY]
    got = [(q.section_number, q.text, q.is_pull_quote) for q in reading.quotes]
    assert Counter(got) == Counter(want)
    assert [row for row in got if not row[2]] == [row for row in want if not row[2]]
    for quote in reading.quotes:
        if quote.is_pull_quote:
            assert quote.pull_quote_of is not None
            assert reading.quotes[quote.pull_quote_of].text == quote.text


def test_all_fourteen_ambition_sections_hold_quotes() -> None:
    counted = Counter(row["section"] for row in KEY if not row["pull_quote"])
    assert all(counted[f"4.{number}"] >= 3 for number in range(1, 15))
    per_chapter = Counter(row["section"][0] for row in KEY if not row["pull_quote"])
    assert per_chapter["4"] >= 80
    assert sum(per_chapter[chapter] for chapter in "123") >= 120
    assert all(per_chapter[chapter] >= 30 for chapter in "123")


@pytest.mark.skipif(not REAL.is_dir(), reason="needs the real anthology to compare with")
def test_no_sentence_is_one_of_the_real_anthology() -> None:
    real = " ".join(_plain(path.read_text(encoding="utf-8")) for path in REAL.glob("*.txt"))
    real += " ".join(
        _plain(json.loads(line)["text"])
        for line in (REAL / "hand-read.jsonl").read_text(encoding="utf-8").splitlines()
    )
    said = [row["text"] for row in KEY]
    for path in FOLDER.rglob("*.json"):
        said += _texts(read(str(path.relative_to(FOLDER).with_suffix(""))))
    sentences = {_plain(part) for text in said for part in re.split(r"(?<=[.?!])\s", text)}
    copied = {s for s in sentences if len(s.split()) >= FIRST_WORDS and s in real}
    assert not copied


@pytest.mark.skipif(not REAL.is_dir(), reason="needs the real anthology to compare with")
def test_no_section_is_called_as_in_the_real_anthology() -> None:
    contents = (REAL / "pages-odd.txt").read_text(encoding="utf-8").split("\n\n")[1]
    named = {
        title.strip()
        for title in re.findall(r"^\d+(?:\.\d+)? (.+?)\s+\d+$", contents, re.MULTILINE)
    }
    assert len(named) > 20
    assert named.isdisjoint({part.title for part in BOOK.parts})
    assert named.isdisjoint({title for _number, title in BOOK.chapters})


def _plain(text: str) -> str:
    """Words only, so that line breaks, hyphens and punctuation do not hide a copy."""
    return " ".join(re.findall(r"\w+", text.replace("-\n", "").lower()))


def _texts(value: object) -> list[str]:
    if isinstance(value, dict):
        return [text for inner in value.values() for text in _texts(inner)]
    if isinstance(value, list):
        return [text for inner in value for text in _texts(inner)]
    return [value] if isinstance(value, str) else []
