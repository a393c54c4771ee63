"""The board of one round: where it stands, what leaves next, who is late, what waits."""

import datetime
from collections import defaultdict
from dataclasses import dataclass, field
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.generic import DetailView

from actions.monitoring import services
from actions.monitoring.engine.dates import DaysOff
from actions.monitoring.engine.ladder import Ladder
from actions.monitoring.engine.recipients import AddressBook
from actions.monitoring.models import (
    Audience,
    MonitoringRound,
    RequestState,
    RoundState,
    UpdateRequest,
)
from actions.monitoring.views import words
from actions.monitoring.views.ladder import Step, lay_out, offset_label
from actions.monitoring.views.standing import Standing, look_ahead, standings, totals
from tracker.shared.views import ScopedMixin

# How many mails of the next departure are named before 'show all'.
NAMED = 6


@dataclass
class NextMail:
    """One mail of the next departure, as one row; the dicts are sets that keep their order."""

    recipient: Any
    organisations: dict[str, None] = field(default_factory=dict)
    questions: set[int] = field(default_factory=set)
    rungs: dict[str, None] = field(default_factory=dict)


class RoundBoard(ScopedMixin, DetailView):
    """Read by office and leadership; the deeds on it are the office's.

    What the questions, the ladder and the address book were read for is read once: the rows, the
    ladder, what leaves next and one organisation's questions are all made of that.
    """

    queryset = MonitoringRound.objects.all()
    context_object_name = "round"
    template_name = "monitoring/round.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(**kwargs)
        planned = self.object.state == RoundState.PLANNED
        rows = [] if planned else self.rows()
        figures = totals(rows)
        context |= {
            "headline": words.round_headline(self.object.state, figures),
            "figures": figures,
            "today": self.today,
            "rows": [row for row in rows if not row.done] or rows,
            "done": [row for row in rows if row.done] if any(not row.done for row in rows) else [],
            "may_run": self.request.actor.may("monitoring.run"),
            "window": words.mail_window(settings.SPOOR_MAIL_WINDOW),
            "chosen": self.chosen(rows),
        }
        if not planned:
            context["ladder"] = self.ladder()
        return context | self.judging(figures["to_judge"]) | self.next_departure()

    @cached_property
    def today(self) -> datetime.date:
        return timezone.localdate()

    @cached_property
    def off(self) -> DaysOff:
        return DaysOff.load()

    @cached_property
    def asked(self) -> list[UpdateRequest]:
        return list(self.object.requests.for_board())

    @cached_property
    def owed(self) -> list[UpdateRequest]:
        return [one for one in self.asked if one.is_owed]

    @cached_property
    def climbed(self) -> Ladder:
        return Ladder.of(self.object)

    @cached_property
    def book(self) -> AddressBook:
        return AddressBook(self.owed, day=self.today)

    @cached_property
    def departures(self) -> list[services.Departure]:
        """What the engine itself says will leave, if nobody answers before then."""
        if not self.owed:
            return []
        return services.departures(
            requests=self.owed,
            ladder=self.climbed,
            book=self.book,
            off=self.off,
            now=timezone.now(),
        )

    def rows(self) -> list[Standing]:
        """Every organisation: how far it is, and what comes next."""
        rows = standings(self.asked, today=self.today, deadline=self.object.deadline)
        by_organisation = {row.organisation_id: row for row in rows}
        for request in self.owed:
            by_organisation[request.organisation_id].reached_by(
                self.book.resolve(request, Audience.OWNER), self.book.deputies(request)
            )
        look_ahead(rows, self.departures)
        for row in rows:
            row.notes = words.standing_notes(row)
            if row.reminded_on:
                row.next_mail = words.next_mail(*row.next_rung, row.reminded_on)
            count = row.to_judge
            text = ngettext("judge %(count)s answer", "judge %(count)s answers", count)
            row.judge = text % {"count": count} if count else ""
        return rows

    def judging(self, count: int) -> dict[str, Any]:
        """The way to the answers that wait, for who may judge them: the longest waiting first."""
        if not count or not self.request.actor.may("monitoring.review"):
            return {}
        waiting = [one for one in self.asked if one.state == RequestState.SUBMITTED]
        first = min(waiting, key=lambda one: (one.last_submitted_at, one.last_update_id))
        queue = urlencode({"round": self.object.pk})
        url = reverse("monitoring:update", args=[first.last_update_id])
        return {
            "judge_label": words.judge_label(count),
            "judge_url": f"{url}?{queue}",
            "queue_url": f"{reverse('monitoring:review')}?{queue}",
        }

    def ladder(self) -> dict[str, Any]:
        days: dict[tuple[datetime.date, int | None], list[Any]] = defaultdict(list)
        for rung in self.climbed.rungs.values():
            day = self.off.rung_day(
                rung.offset, deadline=self.object.deadline, opens_on=self.object.opens_on
            )
            if day is not None:
                days[day, rung.offset].append(rung)
        sent = self.climbed.sent
        steps = [
            Step(
                day,
                offset,
                frozenset(one.audience for one in rungs),
                len(set().union(*(sent[one.pk] for one in rungs))),
            )
            for (day, offset), rungs in sorted(days.items(), key=lambda item: item[0][0])
        ]
        ended = self.object.closed_at
        return lay_out(
            steps,
            start=self.object.opens_on,
            today=self.today,
            ended=timezone.localdate(ended) if ended else None,
            off=self.off.holidays,
            expected=self.expected(),
        )

    def expected(self) -> dict[datetime.date, int]:
        """How many mails leave on each day to come: one an address, whatever the rungs."""
        addresses: dict[datetime.date, set[str]] = defaultdict(set)
        for departure in self.departures:
            addresses[departure.on] |= {one.recipient.address for one in departure.letters}
        return {day: len(found) for day, found in addresses.items()}

    def next_departure(self) -> dict[str, Any]:
        """The mails of the first day to come on which any leave; an empty dict if none will."""
        mails: dict[str, NextMail] = {}
        for departure in self.departures:
            if departure.on != self.departures[0].on:
                break
            for letter in departure.letters:
                mail = mails.setdefault(letter.recipient.address, NextMail(letter.recipient))
                mail.organisations |= dict.fromkeys(
                    str(one.organisation) for one in letter.requests
                )
                mail.questions |= {one.pk for one in letter.requests}
                mail.rungs[self.rung_words(departure)] = None
        if not mails:
            return {}
        named = list(mails.values())
        on = self.departures[0].on
        shown = named if "all" in self.request.GET else named[:NAMED]
        return {
            "next_headline": words.departure_headline(on, len(named), self.today),
            "next_mails": shown,
            "next_unnamed": len(named) - len(shown),
        }

    def rung_words(self, departure: services.Departure) -> str:
        """Which mail leaves, and for a reminder how far from the deadline."""
        word = words.rung_word(departure.rung, departure.audience)
        rungs = self.climbed.rungs.values()
        offset = next(rung.offset for rung in rungs if rung.name == departure.rung)
        return word if offset is None else f"{word}, {offset_label(offset)}"

    def chosen(self, rows: list[Standing]) -> dict[str, Any] | None:
        """One organisation's questions, when the address names it: `?organisation=12`."""
        wanted = self.request.GET.get("organisation", "")
        row = next((one for one in rows if str(one.organisation_id) == wanted), None)
        if row is None:
            return None
        questions = [
            {
                "request": one,
                "state": words.question_states(one, self.today, self.object.deadline),
            }
            for one in self.asked
            if one.organisation_id == row.organisation_id
        ]
        title = _("%(name)s: its questions") % {"name": row.name}
        return {"title": title, "questions": questions}
