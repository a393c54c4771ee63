"""The lists of rounds, of answers that wait, and of mails."""

import datetime
from typing import Any

import django_tables2 as tables
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.http import urlencode
from django.utils.translation import gettext_lazy as _

from actions.monitoring.filters import narrowing
from actions.monitoring.models import MonitoringRound, OutgoingMail, StatusUpdate
from actions.organisations.models import Organisation
from tracker.shared.tables import BaseTable, ComponentColumn, CountColumn, DateColumn
from tracker.shared.templatetags.markup import light_html
from tracker.shared.templatetags.words import light_word, short_day


class RoundTable(BaseTable):
    name = tables.Column(_("Round"), linkify=True, attrs={"cell": {"class": "wide"}})
    kind = tables.Column(_("Kind"))
    state = tables.Column(_("State"))
    deadline = DateColumn(verbose_name=_("Deadline"))
    asked = CountColumn(_("Asked"))
    answered = CountColumn(_("Answered"))
    to_judge = CountColumn(_("To judge"))
    owed = CountColumn(_("Still owed"))

    class Meta(BaseTable.Meta):
        model = MonitoringRound
        fields = ("name", "kind", "state", "deadline", "asked", "answered", "to_judge", "owed")
        empty_text = _("There is no round yet. Make one to ask every owner how things stand.")


class YesColumn(tables.Column):
    """A word where something is so, and nothing where it is not; on a phone nothing is no line."""

    def __init__(self, word: Any, **extra: Any) -> None:
        nothing = format_html('<span class="{}">–</span>', "desk-only")
        cell = {"cell": {"class": "plain nowrap"}}
        super().__init__(empty_values=(None, False), default=nothing, attrs=cell, **extra)
        self.word = word

    def render(self) -> str:
        return str(self.word)

    def value(self, value: Any) -> str:
        return str(self.word) if value else ""


class ReviewTable(BaseTable):
    """One row an answer that waits for the office."""

    since = DateColumn(
        verbose_name=_("Waiting since"),
        accessor="submitted_at",
        order_by=("submitted_at",),
        attrs={"cell": {"class": "narrow"}},
    )
    subject = tables.Column(
        _("Intervention"),
        accessor="request__subject",
        order_by=("request__intervention__code",),
        attrs={"cell": {"class": "wide plain"}},
    )
    organisation = tables.Column(
        _("Organisation"),
        accessor="request__organisation",
        order_by=("request__organisation__name",),
    )
    light = ComponentColumn(
        light_html,
        verbose_name=_("Light now"),
        accessor="traffic_light",
        order_by=("traffic_light",),
    )
    before = tables.Column(
        _("Light before"), accessor="light_before", order_by=("light_before",), empty_values=("",)
    )
    unchanged = YesColumn(_("unchanged"), verbose_name=_("Unchanged"))
    late = YesColumn(_("late"), verbose_name=_("Late"))

    class Meta(BaseTable.Meta):
        model = StatusUpdate
        fields = ("since", "subject", "organisation", "light", "before", "unchanged", "late")
        sequence = fields
        empty_text = _("No answer waits within this filter.")

    def render_subject(self, value: Any, record: StatusUpdate) -> Any:
        query = urlencode(narrowing(self.request.GET))
        url = record.get_absolute_url() + (f"?{query}" if query else "")
        where = record.request.round or _("urgent request")
        return format_html(
            '<a href="{}">{}</a> <span class="block tiny muted">{}</span>', url, value, where
        )

    def value_subject(self, value: Any) -> str:
        return str(value)

    def render_before(self, value: str | None) -> Any:
        return light_html(value) if value else _("not answered before")

    def value_before(self, value: str | None) -> str:
        return light_word(value)


class MailTable(BaseTable):
    recipient = tables.Column(_("To"))
    subject = tables.Column(_("Subject"), attrs={"cell": {"class": "wide plain"}})
    sent_at = tables.Column(_("Sent"), attrs={"cell": {"class": "narrow"}})

    class Meta(BaseTable.Meta):
        model = OutgoingMail
        fields = ("sent_at", "recipient", "subject")
        empty_text = _("No mail answers to this filter.")

    def render_sent_at(self, value: datetime.datetime) -> str:
        return f"{short_day(value)} {timezone.localtime(value):%H:%M}"

    def value_sent_at(self, value: datetime.datetime) -> str:
        return timezone.localtime(value).isoformat(sep=" ", timespec="minutes")

    def render_recipient(self, value: str, record: OutgoingMail) -> Any:
        if record.user is None:
            return value
        return format_html('{} <span class="block muted">{}</span>', record.user.full_name, value)

    def value_recipient(self, value: str) -> str:
        return value

    def render_subject(self, value: str, record: OutgoingMail) -> Any:
        url = reverse("monitoring:mailbox-mail", args=[record.pk])
        return format_html('<a href="{}">{}</a>', url, value)

    def value_subject(self, value: str) -> str:
        return value


class OrganisationTable(BaseTable):
    """One row an organisation: who, where, what it does, and what it owes."""

    name = tables.Column(_("Organisation"), linkify=True, attrs={"cell": {"class": "wide"}})
    kind = tables.Column(_("Kind"))
    region = tables.Column(_("Region"))
    leads = CountColumn(_("Leads"), accessor="lead_count", order_by=("lead_count",))
    helps = CountColumn(_("Helps"), accessor="help_count", order_by=("help_count",))
    owed = CountColumn(_("Owes"), accessor="owed_count", order_by=("owed_count",))
    late = CountColumn(_("Of these late"), accessor="late_count", order_by=("late_count",))

    class Meta(BaseTable.Meta):
        model = Organisation
        fields = ("name", "kind", "region", "leads", "helps", "owed", "late")
        sequence = fields
        empty_text = _("No organisation answers to this filter.")

    def render_late(self, value: int) -> Any:
        return format_html('<strong class="late">{}</strong>', value)

    def value_late(self, value: int) -> int:
        return value
