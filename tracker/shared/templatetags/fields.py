"""One form field for the one field template: its kind, classes, ids and descriptions."""

from typing import Any

from django import forms
from django.forms import BoundField
from django.forms.boundfield import BoundWidget

from tracker.shared.templatetags.words import LIGHT

LIGHTS = tuple(LIGHT)

KINDS: tuple[tuple[type[forms.Widget], str], ...] = (
    (forms.CheckboxSelectMultiple, "checkboxes"),
    (forms.RadioSelect, "radios"),
    (forms.CheckboxInput, "checkbox"),
    (forms.SelectMultiple, "multiselect"),
    (forms.Select, "select"),
    (forms.Textarea, "textarea"),
    (forms.FileInput, "file"),
    (forms.DateInput, "date"),
    (forms.NumberInput, "number"),
)
# RadioSelect and CheckboxSelectMultiple are no subclasses of Select, but NullBooleanSelect and
# FileInput's relatives are of theirs: the first match in this order is the right one.

CLASSES = {
    "text": "utrecht-textbox utrecht-textbox--html-input",
    "date": "utrecht-textbox utrecht-textbox--html-input field__input--date",
    "number": "utrecht-textbox utrecht-textbox--html-input field__input--number",
    "textarea": "utrecht-textarea utrecht-textarea--html-textarea",
    "select": "utrecht-select utrecht-select--html-select",
    "multiselect": "utrecht-select utrecht-select--html-select",
    "checkbox": "utrecht-checkbox utrecht-checkbox--html-input",
    "radios": "utrecht-radio-button utrecht-radio-button--html-input",
    "checkboxes": "utrecht-checkbox utrecht-checkbox--html-input",
    "file": "file-input",
}


def light_class(value: str) -> str:
    """on_track → on-track, as the stylesheet names it."""
    return value.replace("_", "-")


def kind_of(widget: forms.Widget) -> str:
    """Which branch of the field template draws this widget."""
    return next((kind for widget_type, kind in KINDS if isinstance(widget, widget_type)), "text")


def field_context(bound: BoundField) -> dict[str, Any]:
    """Everything that components/field.html and filter_bar.html say about one field."""
    kind = kind_of(bound.field.widget)
    own = bound.auto_id or bound.html_name
    notes = {"hint": bound.help_text, "error": bound.errors}
    described = [f"{own}_{part}" for part, text in notes.items() if text]
    attrs: dict[str, Any] = {"class": _classes(bound, kind)}
    if described:
        attrs["aria-describedby"] = " ".join(described)
    if bound.errors:
        attrs["aria-invalid"] = "true"
    several = kind in ("radios", "checkboxes")
    choices = _choices(bound, attrs) if several else []
    return {
        "field": bound,
        "kind": kind,
        "id": own,
        "several": several,
        "described": attrs.get("aria-describedby", ""),
        "control": "" if several else bound.as_widget(attrs=attrs),
        "choices": choices,
        "lights": bool(choices) and all(choice["light"] for choice in choices),
        "first_id": choices[0]["id"] if choices else (bound.id_for_label or own),
        "optional": not bound.field.required and kind != "checkbox",
        "wide": kind == "text",
    }


def _classes(bound: BoundField, kind: str) -> str:
    own = bound.field.widget.attrs.get("class", "")
    return f"{CLASSES[kind]} {own}".strip()


def _choices(bound: BoundField, attrs: dict[str, Any]) -> list[dict[str, Any]]:
    """The rows of a list of choices; a form field may carry `choice_hints` (value → sentence)."""
    hints = getattr(bound.field, "choice_hints", {})
    return [_choice(widget, attrs, hints) for widget in bound.subwidgets]


def _choice(widget: BoundWidget, attrs: dict[str, Any], hints: dict[str, str]) -> dict[str, Any]:
    value = str(widget.data["value"])
    number = widget.data["attrs"].get("id", "")
    own = {"class": attrs["class"]}
    if value in hints:
        own["aria-describedby"] = f"{number}_hint"
    widget.data["attrs"] = {**widget.data["attrs"], **own}
    return {
        "control": widget.tag(),
        "id": number,
        "label": widget.choice_label,
        "hint": hints.get(value, ""),
        "light": value if value in LIGHTS else "",
    }
