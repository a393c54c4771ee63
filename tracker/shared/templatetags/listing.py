"""A django-tables2 table made ready for components/table.html: each column looked at once a page.

The stock template computes the attributes of every cell anew. Here a column is asked once, and a
row is only its cells.
"""

from collections.abc import Iterator
from typing import Any

from django.utils.html import format_html
from django.utils.safestring import SafeString


def column_class(column: Any, part: str) -> str:
    """The fixed classes of a column: `attrs={"cell": {"class": …}}`, or td and th by themselves."""
    attrs = column.column.attrs
    given = (attrs.get("cell", {}).get("class", ""), attrs.get(part, {}).get("class", ""))
    return " ".join(str(one) for one in given if one)


def head(column: Any) -> dict[str, Any]:
    """The head of a column: its words, its classes, and where a click sorts to."""
    alias = column.order_by_alias
    direction = ""
    if column.is_ordered:
        direction = "descending" if alias.is_descending else "ascending"
    return {
        "name": column.name,
        "label": column.header,
        "css": column_class(column, "th"),
        "direction": direction,
        "order": str(alias.next) if column.orderable else "",
    }


def attributes(column: Any) -> SafeString:
    """What every cell of this column has in common: its column's name and its classes."""
    css = column_class(column, "td")
    if not css:
        return format_html('data-label="{}"', column.header)
    return format_html('data-label="{}" class="{}"', column.header, css)


def rows(table: Any) -> Iterator[list[tuple[SafeString, Any]]]:
    """The rows of the current page, each a list of (its attributes, what it says)."""
    columns = [(column.name, attributes(column)) for column in table.columns]
    for row in table.paginated_rows:
        yield [(attrs, row.get_cell(name)) for name, attrs in columns]


def footers(table: Any) -> list[tuple[SafeString, Any]]:
    """The cells of the foot, when a column has one."""
    if not table.has_footer():
        return []
    return [(attributes(column), column.footer) for column in table.columns]
