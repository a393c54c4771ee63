"""The example's plan, cast and rounds hold together: every key exists, every state occurs."""

import json
from collections import Counter, defaultdict
from collections.abc import Iterator

from actions.organisations.models import OrganisationKind
from actions.plan.models.intervention import DEVIATING
from tests.quotes.composer import KEY as KEY_FILE
from tracker.demo.content import FOLDER, Row, interventions, lead_of, read

ROUNDS = ("r1", "r2", "r3", "r4")
OPEN_ON_PURPOSE = {"4.5-06", "4.11-06"}
PLAN = read("plan")
ORGANISATIONS = {row["key"]: row for row in read("organisations")["organisations"]}
GROUPS = {row["key"]: row["members"] for row in read("organisations")["groups"]}
PEOPLE = {row["key"]: row for row in read("people")["people"]}
ROWS = {row["code"]: row for row in interventions()}
LINKS = read("links")["links"]
INDICATORS = read("indicators")["indicators"]


def ambitions() -> set[str]:
    """What the importer will call the ambitions of the example: numbered per section."""
    found, seen = set(), Counter[str]()
    for line in KEY_FILE.read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        if row["section"].startswith("4.") and not row["pull_quote"]:
            seen[row["section"]] += 1
            found.add(f"{row['section']}-{seen[row['section']]:02}")
    return found


def parties(row: Row, *, reporting: bool = False) -> set[str]:
    """The keys of the organisations at an intervention, groups by their members that exist."""
    found = set()
    for part in row["involvements"]:
        if not reporting or part["reports"] or part["role"] == "lead":
            members = GROUPS.get(part.get("group"), [part.get("organisation")])
            found |= {key for key in members if "successor" not in ORGANISATIONS[key]}
    return found


def answers(key: str) -> Iterator[tuple[Row, str, Row]]:
    """Every answer of a round with its intervention and its organisation."""
    for row in ROWS.values():
        for answer in row["answers"].get(key, []):
            yield row, answer.get("organisation") or lead_of(row), answer


def last_answers(key: str) -> dict[str, Row]:
    """What the lead of each intervention said last in a round."""
    return {row["code"]: answer for row, who, answer in answers(key) if who == lead_of(row)}


def asked_rounds(row: Row) -> list[str]:
    """The rounds in which an intervention is asked: from its first one until it ended."""
    ends = {one["from"]: one["day"] for one in PLAN["successions"]}
    asked = []
    for about in read("rounds")["rounds"]:
        if about["key"] < row["since"] or ends.get(row["code"], 0) < about["opens_day"]:
            continue
        asked.append(about["key"])
        said = last_answers(about["key"]).get(row["code"], {})
        if said.get("delivery_state") in ("completed", "stopped") and about["key"] != "r4":
            break
    return asked


# --- how much of everything -----------------------------------------------------------------------


def test_there_is_as_much_of_everything_as_a_programme_in_full_swing_has() -> None:
    assert len(ambitions()) >= 80
    assert len(ROWS) >= 40
    assert len(PLAN["action_lines"]) == 6
    assert len(ORGANISATIONS) >= 30
    assert {row["kind"] for row in ORGANISATIONS.values()} == set(OrganisationKind.values)
    assert len(PEOPLE) >= 40
    assert len(INDICATORS) >= 24
    assert len(read("commitments")["commitments"]) >= 9
    assert len(read("decisions")["decisions"]) >= 8


def test_every_line_has_interventions_of_every_shape() -> None:
    per_line = Counter(row["action_line"] for row in ROWS.values())
    assert set(per_line) == {row["code"] for row in PLAN["action_lines"]}
    assert min(per_line.values()) >= 7
    roles = Counter(part["role"] for row in ROWS.values() for part in row["involvements"])
    assert roles["lead"] == len(ROWS) - 1
    assert roles["co_lead"] >= 10
    assert sum(bool(row["parent"]) for row in ROWS.values()) >= 4
    assert [row["code"] for row in ROWS.values() if not lead_of(row)] == ["I-017"]
    assert any("group" in part for row in ROWS.values() for part in row["involvements"])
    assert {row["kind"] for row in PLAN["successions"]} == {"split", "replaced"}
    leads = {ORGANISATIONS[lead_of(row)]["kind"] for row in ROWS.values() if lead_of(row)}
    assert leads == set(OrganisationKind.values)


# --- every key exists -----------------------------------------------------------------------------


def test_the_plan_names_only_what_exists() -> None:
    goals = {row["code"] for row in PLAN["goals"]}
    for row in ROWS.values():
        assert row["goal"] in goals
        assert row["parent"] in {"", *ROWS}
        assert row["since"] in ROUNDS
        assert row["starts_day"] <= row["due_day"]
        assert set(row["answers"]) <= set(ROUNDS)
        assert parties(row) <= set(ORGANISATIONS)
        leads = [part for part in row["involvements"] if part["role"] == "lead"]
        assert len(leads) <= 1
    for one in PLAN["successions"]:
        assert {one["from"], *one["to"]} <= set(ROWS)
    assert {row["office_contact"] for row in PLAN["action_lines"]} <= set(PEOPLE)


def test_parents_come_before_their_parts() -> None:
    for rows in (list(ROWS.values()), PLAN["goals"]):
        codes = [row["code"] for row in rows]
        for row in rows:
            assert not row["parent"] or codes.index(row["parent"]) < codes.index(row["code"])
    keys = list(ORGANISATIONS)
    for key, row in ORGANISATIONS.items():
        for other in (row["parent"], row.get("successor", "")):
            assert not other or keys.index(other) < keys.index(key)


def test_the_cast_has_every_role_and_reaches_all_who_are_asked_but_one() -> None:
    roles = Counter(row["role"] for row in PEOPLE.values())
    assert (roles["office"], roles["leadership"]) == (3, 2)
    assert [key for key, row in PEOPLE.items() if row["is_staff"]] == ["sanne.dekker"]
    addresses = [row["email"] for row in PEOPLE.values()]
    assert len(set(addresses)) == len(addresses)
    assert all(address.endswith(".example") for address in addresses)
    asked = {key for row in ROWS.values() for key in parties(row, reporting=True)}
    answering = {
        part["organisation"]
        for row in PEOPLE.values()
        for part in row["memberships"]
        if part["kind"] == "reporter"
    }
    assert asked - answering == {"hogeveld"}
    without_address = {key for key, row in ORGANISATIONS.items() if not row["contact_address"]}
    assert without_address == {"hogeveld"}
    for row in read("people")["absences"]:
        assert {row["person"], row["deputy"]} <= set(PEOPLE)


def test_who_answers_was_asked_and_belongs_to_the_organisation() -> None:
    own = defaultdict(set)
    for key, row in PEOPLE.items():
        for part in row["memberships"]:
            own[part["organisation"]].add(key)
    for key in ROUNDS:
        for row, who, answer in answers(key):
            assert who in parties(row, reporting=True), f"{row['code']} {key} {who}"
            assert key in asked_rounds(row), f"{row['code']} {key}"
            author = answer.get("author")
            if "on_behalf" in answer:
                assert author is None or PEOPLE[author]["role"] == "office"
            else:
                assert author is None or author in own[who], f"{row['code']} {key} {author}"


# --- ambitions ------------------------------------------------------------------------------------


def test_every_ambition_is_answered_but_those_that_show_what_else_can_be() -> None:
    linked = {row["reference"] for row in LINKS}
    beside = {row["reference"]: row for row in PLAN["dispositions"]}
    assert linked | set(beside) <= ambitions()
    assert not linked & set(beside)
    assert ambitions() - linked - set(beside) == OPEN_ON_PURPOSE
    said = Counter((row["verdict"], bool(row["confirmed_by"])) for row in beside.values())
    assert said == {("set_aside", True): 2, ("set_aside", False): 1, ("duplicate", True): 2}
    for row in beside.values():
        assert not row["duplicate_of"] or row["duplicate_of"] in linked


def test_every_link_is_made_once_gives_a_reason_and_names_what_exists() -> None:
    pairs = Counter((row["reference"], row["intervention"]) for row in LINKS)
    assert set(pairs.values()) == {1}
    assert {code for _reference, code in pairs} == set(ROWS)
    assert all(row["rationale"].strip() for row in LINKS)
    assert {row["strength"] for row in LINKS} == {"answers", "contributes"}


def test_judgements_of_both_kinds_lie_over_many_sections() -> None:
    verdicts = PLAN["verdicts"]
    linked = {row["reference"] for row in LINKS}
    assert {row["reference"] for row in verdicts} <= linked
    extents = Counter(row["extent"] for row in verdicts)
    assert min(extents["fully"], extents["partly"]) >= 6
    assert len({row["reference"].split("-")[0] for row in verdicts}) >= 10
    assert all(bool(row["remains_open"]) == (row["extent"] == "partly") for row in verdicts)


# --- rounds ---------------------------------------------------------------------------------------


def test_in_a_closed_round_every_answer_ends_accepted() -> None:
    for key in ROUNDS[:3]:
        told = defaultdict(list)
        for row, who, answer in answers(key):
            told[row["code"], who].append(answer["result"])
        for name, results in told.items():
            assert results[-1] == "accepted", f"{key} {name}"
            assert set(results[:-1]) <= {"returned"}, f"{key} {name}"
        assert any("returned" in results for results in told.values()) or key == "r1"


def test_few_stay_silent_in_a_closed_round() -> None:
    """At most one lead per line and round; hardly anybody in the last one."""
    for key in ROUNDS[:3]:
        told = last_answers(key)
        asked = [row for row in ROWS.values() if lead_of(row) and key in asked_rounds(row)]
        silent = Counter(row["action_line"] for row in asked if row["code"] not in told)
        assert max(silent.values(), default=0) <= 1, f"{key} {silent}"
        assert sum(silent.values()) <= (1 if key == "r3" else 4)


def test_the_open_round_shows_every_fate_of_an_answer() -> None:
    results = Counter(answer["result"] for _row, _who, answer in answers("r4"))
    assert set(results) == {"accepted", "submitted", "returned", "draft", "opened"}
    assert min(results.values()) >= 4
    rows = [answer for _row, _who, answer in answers("r4")]
    assert sum("extended_day" in row for row in rows) == 2
    assert all(row["result"] in ("draft", "opened") for row in rows if "extended_day" in row)
    assert all(row["extended_day"] > 0 for row in rows if "extended_day" in row)
    assert all(row["extended_because"] for row in rows if "extended_day" in row)
    assert sum("on_behalf" in row for row in rows) == 1
    assert sum(bool(row.get("unchanged")) for row in rows) >= 5
    assert sum(row.get("author") == "esra.yildiz" and row["day"] >= -3 for row in rows) >= 1
    asked = [row for row in ROWS.values() if lead_of(row) and "r4" in asked_rounds(row)]
    assert sum(row["code"] not in last_answers("r4") for row in asked) >= 3
    assert all(-23 <= row["day"] <= -1 for row in rows if row["result"] != "opened")


def test_what_deviates_is_explained_and_what_is_returned_has_a_reason() -> None:
    for key in ROUNDS:
        for row, who, answer in answers(key):
            name = f"{row['code']} {key} {who}"
            if answer["result"] == "opened":
                continue
            owed = answer["traffic_light"] in DEVIATING and answer["result"] != "draft"
            assert not owed or all(answer[one] for one in ("cause", "consequence", "adjustment"))
            assert answer["result"] != "returned" or answer["reason"], name
            finish = answer.get("expected_finish_day")
            assert finish is None or finish > {"r1": -548, "r2": -366, "r3": -170, "r4": 0}[key]


def test_unchanged_means_that_the_last_answer_says_the_same() -> None:
    said = ("traffic_light", "delivery_state", "for_the_report", "cause", "adjustment")
    for number, key in enumerate(ROUNDS):
        for row, who, answer in answers(key):
            if answer.get("unchanged"):
                before = [
                    earlier
                    for last in ROUNDS[:number]
                    for one, teller, earlier in answers(last)
                    if one is row and teller == who and earlier["result"] == "accepted"
                ]
                assert before, f"{row['code']} {key} {who}"
                for name in said:
                    assert answer.get(name, "") == before[-1].get(name, ""), f"{row['code']} {who}"


def test_the_lights_tell_a_believable_story() -> None:
    """Most is on track; a quarter is at risk, an eighth off track; some improve, some get worse."""
    accepted = {
        key: {
            row["code"]: answer["traffic_light"]
            for row, who, answer in answers(key)
            if answer["result"] == "accepted" and who == lead_of(row)
        }
        for key in ROUNDS
    }
    lights = Counter(accepted["r3"].values())
    total = sum(lights.values())
    assert set(lights) == {"on_track", "at_risk", "off_track", "not_rated"}
    assert lights["on_track"] > total * 0.4
    assert 0.15 < lights["at_risk"] / total < 0.4
    assert 0.08 < lights["off_track"] / total < 0.25
    ranks = ("on_track", "at_risk", "off_track")
    steps = [
        ranks.index(accepted[after][code]) - ranks.index(light)
        for before, after in (("r1", "r2"), ("r2", "r3"), ("r3", "r4"))
        for code, light in accepted[before].items()
        if light in ranks and accepted[after].get(code) in ranks
    ]
    assert min(sum(step < 0 for step in steps), sum(step > 0 for step in steps)) >= 6


def test_some_end_well_and_some_are_stopped() -> None:
    ends = Counter(
        answer["delivery_state"]
        for key in ROUNDS[:3]
        for answer in last_answers(key).values()
        if answer["delivery_state"] in ("completed", "stopped")
    )
    assert ends == {"completed": 4, "stopped": 2}


# --- indicators, commitments, decisions -----------------------------------------------------------


def test_indicators_carry_figures_with_a_source_or_none_at_all() -> None:
    assert {row["direction"] for row in INDICATORS} == {"higher", "lower", "interpret"}
    goals = {row["code"] for row in PLAN["goals"]}
    for row in INDICATORS:
        assert all(m["source"] and m["value"] for m in row["measurements"])
        assert set(row["interventions"]) <= set(ROWS)
        assert set(row.get("goals", {})) <= goals
        assert not row.get("forecast") or row["direction"] != "interpret"
        invented = "(voorbeeld)" in row["name"]
        assert not (invented and row["measurements"]), "an invented indicator has no figures"
        for target in row["targets"]:
            assert target["source"]
            assert invented == ("(voorbeeld)" in target["source"])
    revised = next(row for row in INDICATORS if row["code"] == "IND-03")["measurements"]
    said = [(row["value"], row["status"]) for row in revised]
    assert said == [("481", "provisional"), ("490", "final")]
    assert any(not row["measurements"] for row in INDICATORS)
    assert any("goals" in row and row["goals"] for row in INDICATORS)


def test_commitments_of_every_kind_and_state() -> None:
    rows = read("commitments")["commitments"]
    assert {row["kind"] for row in rows} == {"motion", "pledge", "recommendation"}
    assert {row["state"] for row in rows} == {"open", "running", "closed"}
    assert len({row["number"] for row in rows}) == len(rows)
    for row in rows:
        assert row["owner"] in ORGANISATIONS
        assert set(row["interventions"]) <= set(ROWS)
        assert (row["state"] == "closed") == ("closing_document" in row)
        real = "made_on" in row
        assert real or row["text"].startswith("Voorbeeld. ")
        assert "oorbeeld" in row["source"]
        assert not row.get("due_day") or row["made_day"] < row["due_day"]
    late = [row for row in rows if row["state"] != "closed" and row.get("due_day", 0) < 0]
    assert len(late) == 1


def test_decisions_of_every_state_about_every_kind_of_subject() -> None:
    rows = read("decisions")["decisions"]
    states = Counter(row["state"] for row in rows)
    assert (states["proposed"], states["postponed"], states["rejected"]) == (3, 1, 1)
    assert states["taken"] >= 4
    known = {
        "intervention": set(ROWS),
        "indicator": {row["code"] for row in INDICATORS},
        "goal": {row["code"] for row in PLAN["goals"]},
        "commitment": {row["number"] for row in read("commitments")["commitments"]},
    }
    kinds = Counter()
    for row in rows:
        ((kind, key),) = row["about"].items()
        kinds[kind] += 1
        assert key in known[kind]
        assert row["asked_by"] in PEOPLE
        assert row["asked_day"] < row.get("decided_day", 0)
        assert row.get("decided_by", "marijke.vanderlaan") in PEOPLE
        assert row.get("carried_out_by", "vng") in ORGANISATIONS
        assert ("outcome" in row) == ("carried_out_day" in row)
    assert set(kinds) == set(known)
    assert kinds["intervention"] > len(rows) / 2
    assert sum("carried_out_day" in row for row in rows) >= 3


def test_what_leadership_is_asked_now_deviated_in_the_last_closed_round() -> None:
    lights = {code: row["traffic_light"] for code, row in last_answers("r3").items()}
    for row in read("decisions")["decisions"]:
        if row["state"] == "proposed":
            assert lights[row["about"]["intervention"]] in DEVIATING


def test_one_meeting_is_on_one_day() -> None:
    days = defaultdict(set)
    for row in read("decisions")["decisions"]:
        if "meeting" in row:
            days[row["meeting"]].add(row["decided_day"])
    assert all(len(on) == 1 for on in days.values())
    assert list(days) == sorted(days, key=lambda name: min(days[name])), "meetings are numbered"


# --- everything invented says so ------------------------------------------------------------------


def test_everything_made_up_is_marked_as_an_example() -> None:
    named = [row["title"] for row in PLAN["goals"] + PLAN["action_lines"]]
    named += [row["name"] for row in ORGANISATIONS.values()]
    named += [row["name"] for row in read("organisations")["groups"]]
    named += [row["name"] for row in read("rounds")["rounds"]]
    named += [row["document"] for row in read("rounds")["rounds"] if "document" in row]
    decisions = read("decisions")["decisions"]
    named += [row["meeting"] for row in decisions if "meeting" in row]
    named += [row["budget_source"] for row in ROWS.values() if row.get("budget_source")]
    assert not [name for name in named if "voorbeeld" not in name]
    told = [row["description"] for row in ROWS.values()]
    told += [row["proposal"] for row in decisions]
    assert all(text.startswith("Voorbeeld. ") for text in told)
    for path in FOLDER.rglob("*.json"):
        note = read(str(path.relative_to(FOLDER).with_suffix("")))["note"]
        assert "oorbeeld" in note, path.name
