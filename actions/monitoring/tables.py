"""The lists of rounds and of mails."""

from typing import Any

import django_tables2 as tables
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from actions.monitoring.models import MonitoringRound, OutgoingMail
from tracker.shared.tables import BaseTable, CountColumn, DateColumn


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


class MailTable(BaseTable):
    recipient = tables.Column(_("To"))
    subject = tables.Column(_("Subject"), attrs={"cell": {"class": "wide"}})
    sent_at = tables.DateTimeColumn(verbose_name=_("Sent"), format="j b Y H:i")

    class Meta(BaseTable.Meta):
        model = OutgoingMail
        fields = ("sent_at", "recipient", "subject")
        empty_text = _(
            "No mail was sent yet. Mails appear here within a minute after they are due."
        )

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
