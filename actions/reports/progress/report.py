"""The report over one round as a whole: five queries besides the round itself."""

import datetime
from dataclasses import dataclass, field
from typing import Any

from actions.indicators.models import Target
from actions.monitoring.models import RoundState
from actions.plan.models import DeliveryState, InvolvementRole
from actions.reports import words
from actions.reports.models import CoverageState, Decision, DecisionState
from actions.reports.progress import rows, summary
from actions.reports.progress.parts import (
    Entry,
    Gauge,
    Line,
    Party,
    Reply,
    changes_of,
    count_lights,
)
from actions.reports.standing import LIGHTS, LightFigure
from actions.reports.stations import Tally
from tracker.shared.access import Actor


@dataclass
class Response:
    """What one organisation was asked in the round, and what it answered."""

    name: str
    asked: int = 0
    answered: int = 0
    late: int = 0
    waiting: int = 0
    silent_about: list[str] = field(default_factory=list)


@dataclass
class Progress:
    """All that the report says. `first`: no round came before this one."""

    round: Any
    today: datetime.date
    lines: list[Line] = field(default_factory=list)
    entries: list[Entry] = field(default_factory=list)
    before: list[Entry] = field(default_factory=list)
    gauges: list[Gauge] = field(default_factory=list)
    goals: dict[str, list[Gauge]] = field(default_factory=dict)  # by code and title
    decisions: list[Decision] = field(default_factory=list)
    tally: Tally = field(default_factory=Tally)
    open_ambitions: list[tuple[str, str]] = field(default_factory=list)
    leaderless: list[tuple[str, str]] = field(default_factory=list)
    indicated: set[int] = field(default_factory=set)

    @property
    def first(self) -> bool:
        return self.round.previous_pk is None

    @property
    def concept(self) -> bool:
        """Not sent yet, or not even started."""
        report = getattr(self.round, "report", None)
        return report is None or report.state != "sent"

    # --- 1. one page -----------------------------------------------------------------------------

    @property
    def live(self) -> list[Entry]:
        return [one for one in self.entries if not one.stopped]

    @property
    def reported(self) -> int:
        return sum(one.word is not None for one in self.live)

    @property
    def lights(self) -> list[LightFigure]:
        now, then = count_lights(self.entries), count_lights(self.before)
        return [LightFigure(one, now[one], None if self.first else then[one]) for one in LIGHTS]

    @property
    def headline(self) -> str:
        is_open = self.round.state == RoundState.OPEN
        return summary.news(live=len(self.live), deviating=len(self.deviations), open_round=is_open)

    @property
    def changes(self) -> list[tuple[str, list[Entry]]]:
        """What changed since the round before, by kind, each with its interventions."""
        if self.first:
            return []
        by_code = {one.code: one for one in self.entries}
        found = changes_of(self.entries)
        return [
            (words.kind_of_change(kind), [by_code[code] for code in found[kind]])
            for kind in ("worse", "better", "new", "completed", "stopped")
            if kind in found
        ]

    @property
    def asked_for(self) -> list[Decision]:
        """The decisions that wait still."""
        waits = (DecisionState.PROPOSED, DecisionState.POSTPONED)
        return [one for one in self.decisions if one.state in waits]

    @property
    def settled(self) -> list[Decision]:
        """The decisions that were taken or rejected."""
        waits = (DecisionState.PROPOSED, DecisionState.POSTPONED)
        return [one for one in self.decisions if one.state not in waits]

    # --- 4. response -----------------------------------------------------------------------------

    @property
    def responses(self) -> list[Response]:
        """Every organisation that was asked: who owes most first, then by name."""
        found: dict[int, Response] = {}
        for entry in self.entries:
            for reply in entry.replies:
                one = found.setdefault(reply.organisation, Response(reply.name))
                one.asked += 1
                one.answered += reply.accepted
                one.late += reply.accepted and reply.late
                one.waiting += reply.waits
                if not reply.accepted and not reply.waits:
                    one.silent_about.append(entry.code)
        return sorted(found.values(), key=lambda one: (-len(one.silent_about), one.name))

    @property
    def response(self) -> Response:
        """All organisations together."""
        whole = Response("")
        for one in self.responses:
            whole.asked += one.asked
            whole.answered += one.answered
            whole.late += one.late
            whole.waiting += one.waiting
            whole.silent_about += one.silent_about
        return whole

    # --- 5 and 6. deviations, and what is missing ------------------------------------------------

    @property
    def deviations(self) -> list[Entry]:
        """What is off track first, then what is at risk."""
        deviating = [one for one in self.entries if one.deviates]
        return sorted(deviating, key=lambda one: (one.light != "off_track", one.code))

    @property
    def without_indicator(self) -> list[Entry]:
        return [one for one in self.live if one.row["of"] not in self.indicated]

    @property
    def unmeasured(self) -> list[Gauge]:
        return [one for one in self.gauges if one.unmeasured]


def progress_report(round: Any, actor: Actor, today: datetime.date) -> Progress:
    """The report as it reads now; `round` carries its neighbours (standing.with_neighbours)."""
    report = Progress(round=round, today=today)
    _add_answers(report)
    _add_parties(report)
    _add_indicators(report)
    for reference, text, coverage, extent in rows.ambitions(actor):
        report.tally.add(coverage, extent)
        if coverage == CoverageState.UNCOVERED:
            report.open_ambitions.append((reference, text))
    report.decisions = list(rows.decisions(actor, round.opens_on, round.next_opens_on))
    about: dict[int, Entry] = {one.row["of"]: one for one in report.entries}
    for decision in report.decisions:
        if decision.intervention_id in about:
            about[decision.intervention_id].decisions.append(decision)
    return report


def _add_answers(report: Progress) -> None:
    """The interventions that were asked, in lines and under their parents."""
    now: dict[int, Entry] = {}
    then: dict[int, Entry] = {}
    for row in rows.answers(report.round.pk, report.round.previous_pk):
        entries = now if row["round"] == report.round.pk else then
        entries.setdefault(row["of"], Entry(row)).replies.append(Reply.of(row))
    lines: dict[int, Line] = {}
    for pk, entry in now.items():
        row = entry.row
        entry.before = then[pk].replies if pk in then else []
        entry.first = report.first
        line = lines.setdefault(
            row["line"], Line(row["line"], row["line_code"], row["line_title"], first=report.first)
        )
        line.entries.append(entry)
        if row["goal"]:
            line.goals[row["goal"]] = f"{row['goal_code']} {row['goal_title']}"
        above = now.get(row["parent"])
        if above is not None and above.row["line"] == row["line"]:
            entry.inside = True
            above.children.append(entry)
    report.entries, report.before = list(now.values()), list(then.values())
    report.lines = list(lines.values())


def _add_parties(report: Progress) -> None:
    """Who takes part, and which live interventions nobody leads: those could not be asked."""
    known = {one.row["of"]: one for one in report.entries}
    led: dict[int, bool] = {}
    for row in rows.parties():
        entry = known.get(row["pk"])
        if entry is not None and row["party"]:
            name = row["party_name"] if row["role"] == InvolvementRole.LEAD else row["party"]
            entry.parties.append(Party(row["role"], name))
        first = row["pk"] not in led
        led[row["pk"]] = led.get(row["pk"], False) or row["role"] == InvolvementRole.LEAD
        if first and not led[row["pk"]] and row["live"]:
            done = row["delivery_state"] == DeliveryState.COMPLETED
            if not done:
                report.leaderless.append((row["code"], row["title"]))


def _add_indicators(report: Progress) -> None:
    """The indicators: at each line whose interventions they tell about, and at their goals."""
    gauges: dict[int, Gauge] = {}
    targets: dict[int, dict[int, Target]] = {}
    tells: dict[int, set[int]] = {}
    line_of = {one.row["of"]: line for line in report.lines for one in line.entries}
    for row in rows.indicators():
        gauge = gauges.setdefault(row.pk, Gauge(row, [], report.today))
        mine = targets.setdefault(row.pk, {})
        if row.target_pk and row.target_pk not in mine:
            mine[row.target_pk] = Target(
                pk=row.target_pk, on=row.target_on, value=row.target_value, kind=row.target_kind
            )
            gauge.targets.append(mine[row.target_pk])
        found = tells.setdefault(row.pk, set())
        if row.of:
            report.indicated.add(row.of)
            if row.of in line_of:
                found.add(line_of[row.of].pk)
        if row.goal_code:
            of_goal = report.goals.setdefault(f"{row.goal_code} {row.goal_title}", [])
            if gauge not in of_goal:
                of_goal.append(gauge)
    report.goals = dict(sorted(report.goals.items()))
    report.gauges = list(gauges.values())
    for line in report.lines:
        line.gauges = [gauge for pk, gauge in gauges.items() if line.pk in tells[pk]]
