"""One thing together with its parts, in one query."""

from typing import Any

from django.db.models import JSONField, QuerySet, Subquery
from django.db.models.functions import JSONObject


class Parts(Subquery):
    """The rows of a query as one value of the outer row: a list of dicts, in the query's order.

    For a page about one thing: its parts come along with it instead of by a query of their own.
    The fields are named as in `values`; days come as ISO text, and a decimal must be cast to text
    by who asks, as JSON would round it.
    """

    ON_SQLITE = '(SELECT JSON_GROUP_ARRAY(JSON(_p."part")) FROM (%(subquery)s) _p)'
    ON_POSTGRESQL = """(SELECT COALESCE(JSONB_AGG(_p."part"), '[]') FROM (%(subquery)s) _p)"""

    def __init__(self, queryset: QuerySet, **fields: Any) -> None:
        super().__init__(queryset.values(part=JSONObject(**fields)), output_field=JSONField())

    def as_sqlite(self, compiler: Any, connection: Any, **extra: Any) -> Any:
        return self.as_sql(compiler, connection, template=self.ON_SQLITE, **extra)

    def as_postgresql(self, compiler: Any, connection: Any, **extra: Any) -> Any:
        return self.as_sql(compiler, connection, template=self.ON_POSTGRESQL, **extra)
