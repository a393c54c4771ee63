"""Base table and the columns that every list shares."""

import datetime
from typing import Any

import django_tables2 as tables
from django.utils import timezone
from django.utils.html import format_html
from django_tables2.data import TableQuerysetData

from tracker.shared.templatetags.words import short_day

PAGE_SIZE = 50
# An empty cell; on a phone, where a row is a block, its line is left out.
NOTHING = format_html('<span class="nothing">{}</span>', "–")


class BaseTable(tables.Table):
    """Light template, sort in the URL, and an order that always ends in the primary key."""

    class Meta:
        template_name = "components/table.html"
        orderable = True
        default = NOTHING
        row_attrs: dict[str, Any] = {}

    def __init__(self, *args: Any, **extra: Any) -> None:
        super().__init__(*args, **extra)
        # Without a chosen sort the setter below is never called; and a counted (grouped) query
        # has no order of its own, whatever its model says.
        self._end_in_primary_key()

    @property
    def order_by(self) -> Any:
        return tables.Table.order_by.fget(self)  # type: ignore[attr-defined]

    @order_by.setter
    def order_by(self, value: Any) -> None:
        tables.Table.order_by.fset(self, value)  # type: ignore[attr-defined]
        self._end_in_primary_key()

    def _end_in_primary_key(self) -> None:
        """Rows that are equal in the sorted column must not swap places between two pages."""
        if isinstance(self.data, TableQuerysetData):
            queryset = self.data.data
            terms = queryset.query.order_by or tuple(queryset.model._meta.ordering)
            if "pk" not in terms:
                self.data.data = queryset.order_by(*terms, "pk")


class CountColumn(tables.Column):
    """A number, right-aligned; nothing is a dash, so that a gap looks like a gap."""

    attrs = {"td": {"class": "num"}, "th": {"class": "num"}}
    empty_values = (None, "", 0)


class DateColumn(tables.Column):
    """A day in the reader's notation; of a moment the day here, not in UTC."""

    def render(self, value: Any) -> str:
        return short_day(value)

    def value(self, value: Any, **extra: Any) -> Any:
        if isinstance(value, datetime.datetime):
            value = timezone.localdate(value)
        return value.isoformat() if value else ""


class ComponentColumn(tables.Column):
    """Shows a value with choices through a component function, and exports its plain word.

    django-tables2 hands over the word of a choice; the component asks for the value behind it.
    """

    def __init__(self, component: Any, **extra: Any) -> None:
        super().__init__(**extra)
        self.component = component

    def render(self, value: Any, record: Any, bound_column: Any) -> Any:
        return self.component(bound_column.accessor.resolve(record))

    def value(self, value: Any, **extra: Any) -> Any:
        return str(value)


class CodeColumn(tables.Column):
    """A code that links to its object's page."""

    def render(self, value: Any, record: Any) -> Any:
        return format_html('<a class="tab" href="{}">{}</a>', record.get_absolute_url(), value)

    def value(self, value: Any, **extra: Any) -> Any:
        return value
