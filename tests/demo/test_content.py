"""The example's files agree with one another, and copy nothing."""

import json
import os
import re
from collections import Counter
from datetime import date
from pathlib import Path

import pytest

from actions.organisations.models import OrganisationKind
from quotes.importing.engine import read_files
from tests.quotes.composer import Sheet, book_from, compose
from tracker.demo.content import ANTHOLOGY, FOLDER, month, read

DATA = Path(__file__).resolve().parents[1] / "quotes" / "data"
REAL = Path(
    os.environ.get(
        "SPOOR_ANTHOLOGY_DIR", Path(__file__).resolve().parents[3] / "shared" / "anthology"
    )
)
BOOK = book_from(json.loads((DATA / "voorbeeld-book.json").read_text(encoding="utf-8")))
KEY = [
    json.loads(line)
    for line in (DATA / "voorbeeld-key.jsonl").read_text(encoding="utf-8").splitlines()
]
FIRST_WORDS = 5


def references() -> set[str]:
    """What the importer will call the quotes of the example: numbered per section."""
    found, seen = set(), Counter[str]()
    for row in KEY:
        if not row["pull_quote"]:
            seen[row["section"]] += 1
            found.add(f"{row['section']}-{seen[row['section']]:02}")
    return found


def codes() -> set[str]:
    return {row["code"] for row in read("plan")["interventions"]}


def test_the_anthology_is_what_the_composer_makes_of_the_book() -> None:
    composition = compose(BOOK)
    assert ANTHOLOGY.read_text(encoding="utf-8") == composition.text
    composed = [
        {
            "page": placed.page,
            "column": placed.column,
            "section": placed.section,
            "text": placed.statement.text,
            "pull_quote": placed.statement.pull_quote,
        }
        for placed in composition.key
    ]
    assert composed == KEY


def test_the_composer_says_the_same_twice_and_loses_no_word() -> None:
    for sheet in (Sheet(), Sheet(width=48, height=30, keep_blanks=False)):
        first, second = compose(BOOK, sheet), compose(BOOK, sheet)
        assert first == second
        given = Counter(s.text for part in BOOK.parts for s in part.statements)
        assert Counter(placed.statement.text for placed in first.key) == given
        assert max(map(len, first.text.splitlines())) <= 2 * sheet.width + 2


def test_the_title_page_says_that_it_is_an_example() -> None:
    assert "voorbeeld" in ANTHOLOGY.read_text(encoding="utf-8").splitlines()[0].lower()


def test_the_importer_reads_every_quote_of_the_example_right() -> None:
    reading = read_files([ANTHOLOGY])
    want = [(k["page"], k["section"], k["text"], k["pull_quote"]) for k in KEY]
    got = [(q.page, q.section_number, q.text, q.is_pull_quote) for q in reading.quotes]
    assert Counter(got) == Counter(want)
    assert [row for row in got if not row[3]] == [row for row in want if not row[3]]
    for quote in reading.quotes:
        if quote.is_pull_quote:
            assert quote.pull_quote_of is not None
            assert reading.quotes[quote.pull_quote_of].text == quote.text


def test_all_fourteen_ambition_sections_hold_quotes() -> None:
    counted = Counter(row["section"] for row in KEY if not row["pull_quote"])
    assert all(counted[f"4.{number}"] >= 3 for number in range(1, 15))
    per_chapter = Counter(row["section"][0] for row in KEY if not row["pull_quote"])
    assert per_chapter["4"] >= 45
    assert all(per_chapter[chapter] >= 12 for chapter in "123")


@pytest.mark.skipif(not REAL.is_dir(), reason="needs the real anthology to compare with")
def test_no_sentence_is_one_of_the_real_anthology() -> None:
    real = " ".join(_plain(path.read_text(encoding="utf-8")) for path in REAL.glob("*.txt"))
    real += " ".join(
        _plain(json.loads(line)["text"])
        for line in (REAL / "hand-read.jsonl").read_text(encoding="utf-8").splitlines()
    )
    said = [row["text"] for row in KEY] + list(_texts(read("plan"))) + list(_texts(read("rounds")))
    sentences = {_plain(part) for text in said for part in re.split(r"(?<=[.?!])\s", text)}
    copied = {s for s in sentences if len(s.split()) >= FIRST_WORDS and s in real}
    assert not copied


@pytest.mark.skipif(not REAL.is_dir(), reason="needs the real anthology to compare with")
def test_the_ambition_sections_are_called_as_in_the_table_of_contents() -> None:
    contents = (REAL / "pages-odd.txt").read_text(encoding="utf-8").split("\n\n")[1]
    named = dict(re.findall(r"^(4\.\d+) (.+?)\s+\d+$", contents, re.MULTILINE))
    assert named == {p.number: p.title for p in BOOK.parts if p.chapter == 4}


def test_every_kind_of_organisation_owns_an_intervention() -> None:
    organisations = {row["key"]: row for row in read("organisations")["organisations"]}
    assert len(organisations) >= 14
    leads = {
        organisations[part["organisation"]]["kind"]
        for row in read("plan")["interventions"]
        for part in row["involvements"]
        if part["role"] == "lead"
    }
    assert leads == set(OrganisationKind.values)


def test_the_cast_has_every_role_and_all_of_it_is_reachable() -> None:
    people = read("people")["people"]
    roles = Counter(row["role"] for row in people)
    assert roles["office"] == 2
    assert roles["leadership"] == 1
    assert roles["partner"] >= 8
    assert [row["role"] for row in people if row["is_staff"]] == ["office"]
    addresses = [row["email"] for row in people]
    assert len(set(addresses)) == len(addresses)
    assert all(address.endswith(".example") for address in addresses)
    keys = {row["key"] for row in people}
    asked = {
        part["organisation"]
        for row in read("plan")["interventions"]
        for part in row["involvements"]
        if part["role"] == "lead" or part["reports"]
    }
    answering = {
        membership["organisation"]
        for row in people
        for membership in row["memberships"]
        if membership["kind"] == "reporter"
    }
    assert asked <= answering
    for row in read("people")["absences"]:
        assert {row["person"], row["deputy"]} <= keys


def test_the_plan_shows_every_way_in_which_an_ambition_can_stand() -> None:
    plan = read("plan")
    interventions = plan["interventions"]
    assert len(interventions) >= 14
    assert len(plan["action_lines"]) >= 5
    links = [link["reference"] for row in interventions for link in row["links"]]
    beside = [row["reference"] for row in plan["dispositions"]]
    ambitions = {name for name in references() if name.startswith("4.")}
    assert set(links) | set(beside) <= ambitions
    assert not set(links) & set(beside)
    assert len(ambitions - set(links) - set(beside)) >= 5
    assert {row["reference"] for row in plan["verdicts"]} <= set(links)
    leaderless = [r for r in interventions if all(p["role"] != "lead" for p in r["involvements"])]
    assert [bool(row["links"]) for row in leaderless] == [True]
    measured = {code for row in read("indicators")["indicators"] for code in row["interventions"]}
    assert measured < codes()
    said = [(row["verdict"], bool(row["confirmed_by"])) for row in plan["dispositions"]]
    assert set(said) == {("set_aside", True), ("set_aside", False), ("duplicate", True)}


def test_indicators_carry_figures_with_a_source_or_none_at_all() -> None:
    indicators = read("indicators")["indicators"]
    assert len(indicators) >= 10
    assert {row["direction"] for row in indicators} == {"higher", "lower", "interpret"}
    assert any(not row["measurements"] for row in indicators)
    for row in indicators:
        assert all(m["source"] and m["value"] for m in row["measurements"])
        assert set(row["interventions"]) <= codes()
    with_targets = [row["code"] for row in indicators if row["targets"]]
    assert with_targets == ["IND-07"], "only the standard of the Veiligheidsagenda is published"
    revised = next(row for row in indicators if row["code"] == "IND-03")["measurements"]
    said = [(row["value"], row["status"]) for row in revised]
    assert said == [("481", "provisional"), ("490", "final")]


def test_the_rounds_show_every_light_and_every_fate_of_an_answer() -> None:
    rounds = read("rounds")
    closed, opened = rounds["closed"]["answers"], rounds["open"]["answers"]
    assert {row["traffic_light"] for row in closed} == {
        "on_track", "at_risk", "off_track", "not_rated",
    }  # fmt: skip
    assert {row["result"] for row in opened} == {"submitted", "accepted", "returned", "draft"}
    for row in [*closed, *opened]:
        deviates = row["traffic_light"] in ("at_risk", "off_track")
        owed = deviates and row["result"] != "draft"
        assert not owed or all(row[name] for name in ("cause", "consequence", "adjustment"))


def test_everything_made_up_is_marked_as_an_example() -> None:
    plan = read("plan")
    titles = [row["title"] for row in plan["goals"] + plan["action_lines"]]
    titles += [row["name"] for row in read("organisations")["organisations"]]
    titles += [read("rounds")[name]["name"] for name in ("closed", "open")]
    assert all("(voorbeeld)" in title for title in titles)
    assert all(row["description"].startswith("Voorbeeld. ") for row in plan["interventions"])
    assert all("oorbeeld" in read(path.stem)["note"] for path in FOLDER.glob("*.json"))


def test_a_round_is_named_after_its_month() -> None:
    assert month(date(2026, 3, 1)) == "maart 2026"


def _plain(text: str) -> str:
    """Words only, so that line breaks, hyphens and punctuation do not hide a copy."""
    return " ".join(re.findall(r"\w+", text.replace("-\n", "").lower()))


def _texts(value: object) -> list[str]:
    if isinstance(value, dict):
        return [text for inner in value.values() for text in _texts(inner)]
    if isinstance(value, list):
        return [text for inner in value for text in _texts(inner)]
    return [value] if isinstance(value, str) else []
