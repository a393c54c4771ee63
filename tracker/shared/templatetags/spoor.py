"""The components: one tag, one template in templates/components, one look.

A tag only chooses words and places; what is drawn where is arithmetic (drawing, charting), what it
looks like is the template and spoor.css. The library is built in: no template needs to load it.
"""

from collections.abc import Mapping, Sequence
from typing import Any

from django import template
from django.core.paginator import Page
from django.forms import BaseForm, BoundField
from django.template import Context
from django.utils.formats import number_format
from django.utils.translation import gettext as _

from tracker.shared.templatetags import charting, drawing, listing
from tracker.shared.templatetags.fields import LIGHTS, field_context, light_class
from tracker.shared.templatetags.words import (
    COVERAGE,
    coverage_word,
    delivery_word,
    light_word,
    short_day,
    word,
)

register = template.Library()
register.filter("short_day", short_day)


@register.inclusion_tag("components/light.html")
def light(value: str | None) -> dict[str, Any]:
    """A traffic light as shape and word; nothing known yet is a dash."""
    if not value:
        return {"value": ""}
    return {"value": value, "css": light_class(value), "word": light_word(value), "size": 16}


@register.inclusion_tag("components/shape.html")
def shape(value: str, size: int = 16) -> dict[str, Any]:
    """Only the shape of a traffic light, for where its word stands beside it already."""
    light_word(value)  # an unknown value raises
    return {"value": value, "css": light_class(value), "size": size}


@register.inclusion_tag("components/delivery.html")
def delivery(value: str | None) -> dict[str, Any]:
    """The delivery state in its word; nothing known yet is a dash."""
    if not value:
        return {"value": ""}
    return {"value": value, "word": delivery_word(value)}


@register.inclusion_tag("components/rail.html")
def rail(state: str, text: str = "") -> dict[str, Any]:
    """How far one ambition has come: the rail with its word, or with `text` in its place."""
    context: dict[str, Any] = {"state": state, "word": text or word(COVERAGE, state)}
    if state in drawing.STATIONS:
        context["stations"] = drawing.rail_stations(state)
        context["reached"] = drawing.RAIL_X[drawing.STATIONS.index(state)]
        context["last"] = drawing.RAIL_X[-1]
        context["first"] = drawing.RAIL_X[0]
    return context


@register.inclusion_tag("components/bundle.html")
def bundle(total: int, linked: int, owned: int, measured: int, reported: int) -> dict[str, Any]:
    """Four table cells in a row of `data-table bundle-table`: counts, and the line behind them."""
    reached = {"linked": linked, "owned": owned, "measured": measured, "reported": reported}
    counts = [(coverage_word(state), count) for state, count in reached.items()]
    return {"segments": drawing.segments(total, counts)}


@register.inclusion_tag("components/bundle.html")
def bundle_answers(asked: int, opened: int, submitted: int, accepted: int) -> dict[str, Any]:
    """Three table cells: how many of the requests were opened, submitted and accepted."""
    counts = [(_("opened"), opened), (_("submitted"), submitted), (_("accepted"), accepted)]
    return {"segments": drawing.segments(asked, counts)}


@register.inclusion_tag("components/bundle_large.html")
def bundle_large(
    total: int,
    linked: int,
    owned: int,
    measured: int,
    reported: int,
    open: int,
    set_aside: int,
    duplicate: int,
) -> dict[str, Any]:
    """The same line for the whole anthology, with what left it: open, set aside, duplicate."""
    counts = [
        (_("Ambitions"), total),
        (_("Linked"), linked),
        (_("Owned"), owned),
        (_("Measured"), measured),
        (_("Reported"), reported),
    ]
    stations, stretches = drawing.large_bundle(total, counts)
    left = {"open": open, "set_aside": set_aside, "duplicate": duplicate}
    return {"stations": stations, "stretches": stretches, **left}


@register.inclusion_tag("components/matrix_dot.html")
def matrix_dot(count: int, most: int = 8) -> dict[str, Any]:
    """The content of a matrix cell: a station as large as its count, on the line of its row."""
    return {"count": count, "radius": drawing.dot(count, most)}


@register.inclusion_tag("components/field.html")
def field(bound: BoundField, previous: str = "", previous_label: str = "") -> dict[str, Any]:
    """Any form field: label, hint, error, control; beside it what was answered last time."""
    return field_context(bound) | {
        "previous": previous,
        "previous_label": previous_label,
        "previous_is_light": previous in LIGHTS,
    }


@register.inclusion_tag("components/error_summary.html")
def error_summary(form: BaseForm) -> dict[str, Any]:
    """What is not right yet, on top of the form, each linking to its field; nothing if all is.

    Each message stands behind the name of its field: by itself many say only what is missing.
    """
    faults = [
        {
            "target": field_context(form[name])["first_id"],
            "message": _named(str(form[name].label), errors[0]),
        }
        for name in form.fields
        if (errors := form.errors.get(name))
    ]
    faults += [{"target": "", "message": message} for message in form.non_field_errors()]
    return {"faults": faults, "count": len(faults)}


def _named(label: str, message: str) -> str:
    """'Title: give a title'; a label that is a question keeps its own mark."""
    return f"{label} {message}" if label.endswith("?") else f"{label}: {message}"


@register.inclusion_tag("components/filter_bar.html", takes_context=True)
def filter_bar(context: Context, filter: Any) -> dict[str, Any]:
    """The form of a FilterSet in one row above its table; the sorting in the address is kept."""
    request = context.get("request")
    form = filter.form
    kept = [
        (name, value)
        for name, values in (request.GET.lists() if request else [])
        for value in values
        if name not in form.fields and name != "page"
    ]
    visible = [field_context(bound) for bound in form.visible_fields()]
    return {"visible": visible, "hidden": form.hidden_fields(), "kept": kept}


@register.inclusion_tag("components/filter_result.html", takes_context=True)
def filter_result(
    context: Context,
    text: str,
    filter: Any,
    total_text: str = "",
) -> dict[str, Any]:
    """What the filter found, in words, with the way back: '22 ambitions · in 4.12 · show all'."""
    chosen = filter.chosen()
    path = context["request"].path if chosen else ""
    return {"text": text, "chosen": chosen, "path": path, "total_text": total_text}


@register.inclusion_tag("components/pagination.html", takes_context=True)
def pagination(context: Context, page_obj: Page[Any], page_field: str = "page") -> dict[str, Any]:
    """Where one is in a long list, in words: '1–50 of 212 · next'."""
    around = {}
    if page_obj.has_previous():
        around["previous"] = _address(context, page_field, page_obj.previous_page_number())
    if page_obj.has_next():
        around["next"] = _address(context, page_field, page_obj.next_page_number())
    return {"page": page_obj, "count": page_obj.paginator.count, **around}


def _address(context: Context, name: str, value: object, drop: Sequence[str] = ()) -> str:
    """The page's own address with one parameter set anew."""
    request = context.get("request")
    query = request.GET.copy() if request else None
    if query is None:
        return f"?{name}={value}"
    for other in drop:
        query.pop(other, None)
    query[name] = str(value)
    return f"?{query.urlencode()}"


@register.inclusion_tag("components/section_head.html")
def section_head(title: str, id: str, explain: str = "") -> dict[str, str]:
    """The rule, the title and one explaining sentence that open a section."""
    return {"title": title, "id": id, "explain": explain}


@register.inclusion_tag("components/empty.html")
def empty(text: str, link_text: str = "", link_url: str = "") -> dict[str, str]:
    """Nothing here: one sentence and the next step."""
    return {"text": text, "link_text": link_text, "link_url": link_url}


@register.inclusion_tag("components/main_menu.html", takes_context=True)
def main_menu(context: Context, *, flat: bool = False) -> dict[str, Any]:
    """The main menu, from `menu_items` in the context: dicts of label, url, current and more.

    Entries with `more` stand behind 'More'; with `flat`, as on a phone, all in one list.
    """
    items = context.get("menu_items") or []
    second = [] if flat else [one for one in items if one.get("more")]
    return {
        "items": [one for one in items if one not in second],
        "second": second,
        "second_current": any(one["current"] for one in second),
    }


@register.inclusion_tag("components/table_parts.html", takes_context=True)
def table_parts(context: Context, table: Any) -> dict[str, Any]:
    """Head, rows and foot of a django-tables2 table, with links that sort it."""
    heads = [listing.head(column) for column in table.columns]
    for one in heads:
        if one["order"]:
            name, page = table.prefixed_order_by_field, table.prefixed_page_field
            one["url"] = _address(context, name, one["order"], drop=[page])
    return {
        "heads": heads,
        "rows": list(listing.rows(table)),
        "footers": listing.footers(table),
        "prefix": table.prefix or "",
        "caption": getattr(table, "caption", ""),
        "empty_text": table.empty_text or "",
    }


@register.inclusion_tag("components/ladder.html")
def ladder(
    stations: Sequence[Mapping[str, Any]],
    today: float | None = None,
    ticks: Sequence[float] = (),
) -> dict[str, Any]:
    """The rungs of a round: dicts of label, date, note and state (passed, here or todo).

    With `position` (percent of the way, for instance in working days) in every dict the ladder is
    to scale; `today` and `ticks` are positions on the same scale.
    """
    rungs = drawing.ladder(stations)
    passed = [rung["x"] for rung in rungs if rung["state"] == "passed"]
    reached = max(passed, default=0) if today is None else today
    height = 50 + max((rung["top"] for rung in rungs), default=0)
    return {"rungs": rungs, "today": today, "ticks": ticks, "reached": reached, "height": height}


@register.inclusion_tag("components/steps.html")
def steps(n: int, of: int, note: str = "") -> dict[str, Any]:
    """Where one is in a form of several pages: 'Question 2 of 3', and a note at the right."""
    stations = drawing.steps(n, of)
    return {"n": n, "of": of, "note": note, "stations": stations, "here": stations[n - 1]["x"]}


@register.inclusion_tag("components/chart.html")
def chart(indicator_chart: Mapping[str, Any]) -> dict[str, Any]:
    """An indicator over time as a line, with the same figures as a table beneath.

    A plain dict: title, unit (written behind the figure, '%' or ' reports'), decimals, points
    (on, label, value or None, provisional), and optionally description, url, targets
    (on, label, value), baseline (on, label, value), forecast (on, value, low, high), verdict.
    """
    decimals, unit = indicator_chart.get("decimals", 0), indicator_chart.get("unit", "")

    def figure(value: charting.Number) -> str:
        places = decimals if float(value) % 1 else 0
        return number_format(value, places) + (unit if unit == "%" else "")

    drawings = [charting.draw(indicator_chart, frame, figure) for frame in charting.FRAMES]
    drawn = [drawing for drawing in drawings if drawing]
    return {"chart": indicator_chart, "drawings": drawn, **charting.table(indicator_chart, figure)}
