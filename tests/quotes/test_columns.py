"""The parts of the reader of interleaved columns, each by itself."""

from __future__ import annotations

from itertools import zip_longest

import pytest

from quotes.importing.interleaved.columns import certainty, echoing, learn_habits, split_columns
from quotes.importing.interleaved.cuts import cuts
from quotes.importing.interleaved.ruler import FACES, Wrap, one_column, refined, ruler_for
from quotes.importing.interleaved.speech import learn
from quotes.importing.interleaved.weights import Measures
from quotes.importing.lines import Line
from quotes.importing.pieces import BODY
from tests.quotes.composer import wrap
from tests.quotes.pdfs.speech import Speech as Speaker

WIDTH = 56
FACE = {face.name: face for face in FACES}


def column(seed: int, quotes: int = 40, gap: int = 1) -> list[str]:
    """A column of quotes with empty lines between them; each line that goes on keeps its blank."""
    lines = []
    for text in Speaker(seed).quotes(quotes):
        *before, last = wrap(text, WIDTH)
        lines += [*(line if line.endswith("-") else f"{line} " for line in before), last]
        lines += [""] * gap
    return lines


def side_by_side(left: list[str], right: list[str]) -> list[str]:
    pairs = zip_longest(left, right, fillvalue="")
    rows = (f"{one.strip()} {other}" if one and other else one or other for one, other in pairs)
    return [row for row in rows if row]


def page(texts: list[str]) -> list[Line]:
    return [Line(number, text) for number, text in enumerate(texts, start=1)]


def bodies(columns) -> list[list[str]]:
    return [
        [" ".join(piece.text for piece in one.pieces) for one in stream if one.kind == BODY]
        for stream in columns.streams
    ]


@pytest.fixture(scope="module")
def merged():
    return side_by_side(column(1), column(2))


@pytest.mark.parametrize("lines", ["merged", "alone"])
def test_the_ruler_finds_the_width_of_a_column(lines, merged):
    texts = merged if lines == "merged" else [line for line in column(1) if line]
    ruler = ruler_for(texts, lines == "alone", learn(texts))
    full = [line.strip() for line in column(1) if line.endswith("-")]
    mean = sum(map(ruler.length, full)) / len(full)
    assert ruler.width == pytest.approx(mean, rel=0.08)


def test_letters_of_print_are_not_equally_wide():
    assert FACE["plain"].length("illi") == FACE["plain"].length("mwmw") == 4
    assert all(face.length("illi") < face.length("mwmw") for face in FACES if face.name != "plain")


@pytest.mark.parametrize("name", ["plain", "serif"])
def test_lines_that_go_on_tell_in_which_face_a_file_is_set(name):
    face, words = FACE[name], " ".join(Speaker(3).quotes(60)).split()
    wraps, line = [], ""
    for word in words:
        if line and face.length(f"{line} {word}") > 50:
            wraps.append(Wrap(line, word, len(wraps) % 4 == 0))
            line = word
        else:
            line = f"{line} {word}".strip()
    found = refined(ruler_for([w.text for w in wraps], True, learn([])), wraps)
    assert found.face.name == name
    assert found.width == pytest.approx(50, abs=2)


def test_two_columns_are_told_from_running_text(merged):
    running = wrap(" ".join(Speaker(4).quotes(40)), 90)
    assert one_column(running)
    assert not one_column(merged)


def test_a_sentence_that_begins_where_none_has_ended_breaks_a_line():
    speech = learn(["de gemeente ziet de wijk", "en de wijk ziet de gemeente"])
    assert speech.breaks("gemeente", "De")
    assert speech.breaks("gemeente.", "ziet")
    assert not speech.breaks("gemeente.", "De")
    assert not speech.breaks("de", "gemeente")


def test_a_hyphen_is_completed_by_a_word_that_the_text_knows():
    speech = learn(["onze ketenpartners helpen", "de zorgverlening"])
    known, begun, unknown = (
        speech.completes(above, below)
        for above, below in (
            ("met keten-", "partners is"),
            ("de zorg-", "verleners zijn"),
            ("de keten-", "lening is"),
        )
    )
    assert known > begun > unknown


def test_a_certain_page_is_certain_and_a_doubtful_one_is_not(merged):
    lines = [line for line in merged if line]
    habits = learn_habits([page(lines)], {})
    clear = page([
        "Wij zien elkaar elke week aan dezelfde tafel in het ",
        "gemeentehuis en dat helpt.",
    ])  # fmt: skip
    doubtful = page([
        "De gemeente ziet de eerste signalen bij de intake nu.",
        "De wijkagent mist een vast aanspreekpunt in de buurt.",
    ])  # fmt: skip

    def least(lines):
        found = split_columns(lines, habits=habits, titles={}).paragraphs
        return min(paragraph.certainty for paragraph in found)

    assert least(clear) > least(doubtful)


def test_certainty_is_even_odds_without_a_margin_and_grows_with_it():
    assert certainty(0) == 0.5
    assert certainty(1) < certainty(3) < certainty(9) <= 1


@pytest.mark.parametrize("gap", [1, 2])
def test_the_white_space_between_quotes_is_learnt(gap):
    lines = side_by_side(column(5, gap=gap), column(6, gap=gap))
    pages = [page(lines[start : start + 40]) for start in range(0, len(lines), 40)]
    rhythm = learn_habits(pages, {}).rhythm
    # Rows that are empty in both columns leave no trace, so one may be taken for two.
    assert max(rhythm) in rhythm[gap:3]
    assert rhythm[0] < -1 < rhythm[gap]


def test_a_row_that_stands_elsewhere_on_the_page_may_be_of_a_box():
    said = "Niemand belt ons ooit terug over een melding."
    texts = [said, "Er is meer tijd nodig in elke wijk.", "Niemand belt ons ooit terug"]
    assert echoing(texts) == {0, 2}


def test_a_line_is_left_right_or_cut_in_two(merged):
    habits = learn_habits([page(merged)], {})
    measures = Measures(
        ruler=habits.ruler,
        rows=1,
        blanks_tell=habits.blanks_tell,
        speech=habits.speech,
        echoes=frozenset(),
        rhythm=habits.rhythm,
    )
    short, long = "Meer tijd.", next(line for line in merged if len(line) > 100)
    assert {(o.left is None, o.right is None) for o in cuts(short, 0, measures, False)} == {
        (False, True),
        (True, False),
        (False, False),
    }
    both = [o for o in cuts(long, 0, measures, False) if o.left and o.right]
    best = max(both, key=lambda option: option.cost)
    assert f"{best.left.text} {best.right.text}" == long.strip()


def test_two_columns_of_quotes_are_taken_apart(merged):
    pages = [page(merged[start : start + 40]) for start in range(0, len(merged), 40)]
    habits = learn_habits(pages, {})
    wanted = [" ".join(line.strip() for line in wrap(t, WIDTH)) for t in Speaker(1).quotes(8)]
    left, _right = bodies(split_columns(pages[0], habits=habits, titles={}))
    assert sum(text in left for text in wanted) >= len(wanted) // 2
