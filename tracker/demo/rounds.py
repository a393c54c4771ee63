"""The example's monitoring rounds: one closed half a year ago, one open with answers coming in.

They go through the services that the pages use, with the clock moved back.
"""

from datetime import date, datetime, timedelta
from typing import Any

from actions.monitoring.models import MonitoringRound, ReviewVerdict, UpdateRequest
from actions.monitoring.services import (
    Answer,
    close_round,
    create_round,
    mark_opened,
    open_round,
    review_update,
    save_draft,
    skip_passed_rungs,
    submit_update,
)
from actions.plan.models import Intervention
from tracker.demo.cast import Cast
from tracker.demo.content import day, moment, month, read
from tracker.shared.calendar import dutch_public_holidays, next_working_day

# Fields that stand in the file under the name they have in an answer.
PLAIN = (
    "delivery_state traffic_light progress for_the_report for_the_office "
    "cause consequence adjustment"
).split()
PERIOD = timedelta(days=182)
# Answers of the closed round came in a week before its deadline; each was judged two days later.
ANSWERED_BEFORE_DEADLINE = 7
JUDGED_AFTER = timedelta(days=2)


def load_rounds(*, today: date, cast: Cast) -> None:
    """Open, answer and close the first round; open the second and take in its first answers."""
    about = read("rounds")
    closed, opened = about["closed"], about["open"]
    past = _open(closed, today, cast)
    for row in closed["answers"]:
        _take_in(past, row, today, cast, cast.people[closed["reviewer"]])
    close_round(
        round=past,
        actor=cast.people[closed["reviewer"]],
        now=moment(today, closed["closes_day"]),
    )
    current = _open(opened, today, cast)
    for row in opened["answers"]:
        _take_in(current, row, today, cast, cast.people[opened["reviewer"]])
    # The mails of its first days were sent in the past: the example does not send them anew.
    skip_passed_rungs(round=current, now=moment(today, 0))


def _open(row: dict[str, Any], today: date, cast: Cast) -> MonitoringRound:
    """A round covers the half year before it opens; everybody who reports is asked."""
    opens_on = day(today, row["opens_day"])
    reviewer = cast.people[row["reviewer"]]
    about_round = create_round(
        name=row["name"].format(period=month(opens_on)),
        kind=row["kind"],
        period_start=opens_on - PERIOD,
        period_end=opens_on - timedelta(days=1),
        opens_on=opens_on,
        deadline=_working_day(day(today, row["deadline_day"])),
        intro=row["intro"],
        actor=reviewer,
    )
    return open_round(round=about_round, actor=reviewer, now=moment(today, row["opens_day"]))


def _take_in(
    about_round: MonitoringRound, row: dict[str, Any], today: date, cast: Cast, reviewer: Any
) -> None:
    """Bring one request into the state that the example gives it."""
    request = about_round.requests.get(
        intervention__code=row["intervention"],
        organisation=cast.organisations[row["organisation"]],
    )
    at = _answered_at(about_round, row, today)
    author = cast.people[row["author"]]
    content = {name: row[name] for name in PLAIN if name in row}
    if "expected_finish_day" in row:
        content["expected_finish"] = day(today, row["expected_finish_day"])
    mark_opened(request=request, now=at)
    if row["result"] == "draft":
        save_draft(request=request, editor=author, payload=content, lock_version=0)
        return
    update = submit_update(request=request, answer=Answer(**content), author=author, now=at)
    if row["result"] in ReviewVerdict.values:
        judged_at = at + JUDGED_AFTER
        review_update(
            update=update,
            reviewer=reviewer,
            verdict=row["result"],
            reason=row.get("reason", ""),
            now=judged_at,
        )
        _backdate(request, judged_at)


def _answered_at(about_round: MonitoringRound, row: dict[str, Any], today: date) -> datetime:
    if "day" in row:
        return moment(today, row["day"])
    return moment(about_round.deadline, -ANSWERED_BEFORE_DEADLINE)


def _backdate(request: UpdateRequest, at: datetime) -> None:
    """What was accepted in the past stands in the intervention's history on that day."""
    history = Intervention.history.filter(id=request.intervention_id)
    newest = history.latest()
    if newest.state_accepted_on == at.date():
        history.filter(pk=newest.pk).update(history_date=at)


def _working_day(wanted: date) -> date:
    off = dutch_public_holidays(wanted.year) | dutch_public_holidays(wanted.year + 1)
    return next_working_day(wanted, off)
