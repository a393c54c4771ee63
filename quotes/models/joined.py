"""An aggregate that both databases know by another name."""

from typing import Any

from django.db.models import Aggregate, CharField, Value


class Joined(Aggregate):
    """The texts of a group in one text, divided by '|', in no order that can be relied on."""

    function = "STRING_AGG"
    output_field = CharField()

    def __init__(self, expression: Any, **extra: Any) -> None:
        super().__init__(expression, Value("|"), **extra)

    def as_sqlite(self, compiler: Any, connection: Any, **context: Any) -> Any:
        return super().as_sql(compiler, connection, function="GROUP_CONCAT", **context)
