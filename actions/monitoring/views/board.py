"""The board of one round: where it stands, what leaves next, who is late, what waits."""

import datetime
from collections import defaultdict
from dataclasses import dataclass, field
from typing import Any

from django.conf import settings
from django.db.models import Count, Q, QuerySet
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.generic import DetailView

from actions.monitoring import services
from actions.monitoring.engine.dates import DaysOff
from actions.monitoring.models import (
    MailState,
    MonitoringRound,
    RoundState,
    StatusUpdate,
    UpdateRequest,
)
from actions.monitoring.views import words
from actions.monitoring.views.ladder import Step, lay_out
from tracker.shared.views import ScopedMixin

# How many mails of the next departure are named before 'show all'.
NAMED = 6
TOTALS = ("asked", "opened", "submitted", "accepted", "to_judge", "owed", "late")


@dataclass
class NextMail:
    """One mail of the next departure, as one row."""

    recipient: Any
    organisations: set[str] = field(default_factory=set)
    questions: set[int] = field(default_factory=set)
    rungs: set[str] = field(default_factory=set)


class RoundBoard(ScopedMixin, DetailView):
    """Read by office and leadership; the deeds on it are the office's."""

    queryset = MonitoringRound.objects.all()
    context_object_name = "round"
    template_name = "monitoring/round.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(**kwargs)
        rows = list(self.object.requests.per_organisation(self.today))
        figures = {name: sum(row[name] for row in rows) for name in TOTALS}
        self.add_next_steps(rows)
        waiting = StatusUpdate.objects.visible_to(self.request.actor).to_judge()
        context |= {
            "headline": words.round_headline(self.object.state, figures),
            "figures": figures,
            "today": self.today,
            "rows": rows,
            "to_judge": list(waiting.filter(request__round=self.object).with_context()),
            "may_run": self.request.actor.may("monitoring.run"),
            "window": words.mail_window(settings.SPOOR_MAIL_WINDOW),
            "chosen": self.chosen(rows),
        }
        context["judge_label"] = words.judge_label(len(context["to_judge"]))
        if self.object.state != RoundState.PLANNED:
            context["ladder"] = self.ladder()
        return context | self.next_departure()

    @cached_property
    def today(self) -> datetime.date:
        return timezone.localdate()

    @cached_property
    def off(self) -> DaysOff:
        return DaysOff.load()

    @cached_property
    def departures(self) -> list[services.Departure]:
        """What the engine itself says will leave, if nobody answers before then."""
        if self.object.state != RoundState.OPEN:
            return []
        return services.what_leaves_next(round=self.object, now=timezone.now(), off=self.off)

    def ladder(self) -> dict[str, Any]:
        sent = Count(
            "reminders__mails", filter=Q(reminders__mails__state=MailState.SENT), distinct=True
        )
        days: dict[tuple[datetime.date, int | None], list[Any]] = defaultdict(list)
        for rung in self.object.rungs.annotate(mails=sent):
            day = self.off.rung_day(
                rung.offset, deadline=self.object.deadline, opens_on=self.object.opens_on
            )
            if day is not None:
                days[day, rung.offset].append(rung)
        steps = [
            Step(day, offset, frozenset(one.audience for one in rungs), sum(r.mails for r in rungs))
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
                mail.organisations |= {str(one.organisation) for one in letter.requests}
                mail.questions |= {one.pk for one in letter.requests}
                mail.rungs.add(words.rung_word(departure.rung, departure.audience))
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

    def add_next_steps(self, rows: list[dict[str, Any]]) -> None:
        """What comes next for each organisation: a reminder, a judgement, a name, or nothing."""
        reminded: dict[int, datetime.date] = {}
        unknown: set[int] = set()
        for departure in self.departures:
            for letter in departure.letters:
                for one in letter.requests:
                    reminded.setdefault(one.organisation_id, departure.on)
                    if letter.nobody_known:
                        unknown.add(one.organisation_id)
        for row in rows:
            row["reminded_on"] = reminded.get(row["organisation_id"]) if row["owed"] else None
            row["nobody_known"] = row["owed"] and row["organisation_id"] in unknown
            row["done"] = row["accepted"] == row["asked"]
            count = row["to_judge"]
            text = ngettext("judge %(count)s answer", "judge %(count)s answers", count)
            row["judge"] = text % {"count": count} if count else ""

    def chosen(self, rows: list[dict[str, Any]]) -> dict[str, Any] | None:
        """One organisation's questions, when the address names it: `?organisation=12`."""
        wanted = self.request.GET.get("organisation", "")
        row = next((one for one in rows if str(one["organisation_id"]) == wanted), None)
        if row is None:
            return None
        requests: QuerySet[UpdateRequest] = self.object.requests.filter(organisation=wanted)
        title = _("%(name)s: its questions") % {"name": row["name"]}
        return {"title": title, "requests": requests.for_inbox().most_urgent_first()}
