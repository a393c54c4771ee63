"""Fields as people here write them, and how a refusal of a service reaches the form."""

import re
from decimal import Decimal, InvalidOperation
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.forms import BaseForm
from django.utils.formats import get_format
from django.utils.translation import gettext_lazy as _

# As people write a day, and as a machine does.
DAY_FORMATS = ["%d-%m-%Y", "%d/%m/%Y", "%d.%m.%Y", "%d-%m-%y", "%Y-%m-%d"]
_GROUPED = r"-?\d{1,3}([.,\u00a0' ]\d{3})+"


class DayField(forms.DateField):
    """A day as it is written in Dutch: 30-6-2027. No picker: it fits neither phone nor keyboard."""

    def __init__(self, **extra: Any) -> None:
        extra.setdefault("error_messages", {}).setdefault(
            "invalid", _("Write the day as day-month-year, for example 30-6-2027")
        )
        widget = forms.DateInput(format="%d-%m-%Y", attrs={"autocomplete": "off"})
        super().__init__(input_formats=DAY_FORMATS, widget=widget, **extra)


def read_number(text: str, decimal_mark: str) -> Decimal:
    """A number as people write it: 1.372 and 1 372 are thousands in Dutch, 0,5 is a half.

    `decimal_mark` is the mark of the reader's language; it decides only where '1.372' could be
    either. Raises ValueError for anything that is not one number.
    """
    no_number = ValueError(f"no number: {text!r}")
    text = text.strip().replace("\u2212", "-").replace("\u202f", " ")
    marks = [mark for mark in ".," if mark in text]
    if len(marks) == 2:
        decimal = max(marks, key=text.rindex)
        whole, _mark, rest = text.rpartition(decimal)
        grouped = re.fullmatch(_GROUPED, whole) and decimal not in whole
        if not grouped or not rest.isdigit():
            raise no_number
        text = f"{re.sub(r'[^0-9-]', '', whole)}.{rest}"
    elif re.fullmatch(_GROUPED, text) and (text.count(decimal_mark) != 1 or " " in text):
        text = re.sub(r"[^0-9-]", "", text)
    else:
        text = text.replace(",", ".")
    if not re.fullmatch(r"-?\d+(\.\d+)?", text, re.ASCII):
        raise no_number
    try:
        return Decimal(text)
    except InvalidOperation as error:
        raise no_number from error


class NumberField(forms.DecimalField):
    """A decimal number in the reader's own notation; never silently a thousand times too small."""

    widget = forms.TextInput

    def __init__(self, **extra: Any) -> None:
        extra.setdefault("error_messages", {}).setdefault(
            "invalid", _("Write a number, for example 1372 or 0,5")
        )
        super().__init__(localize=True, **extra)
        self.widget.attrs.setdefault("inputmode", "decimal")
        self.widget.attrs.setdefault("autocomplete", "off")

    def to_python(self, value: Any) -> Decimal | None:  # type: ignore[override]
        if isinstance(value, str) and value.strip():
            try:
                return read_number(value, get_format("DECIMAL_SEPARATOR"))
            except ValueError as error:
                raise ValidationError(self.error_messages["invalid"], code="invalid") from error
        return super().to_python(value)


def refuse(form: BaseForm, error: ValidationError) -> None:
    """Put what a service refused into the form: at its field where the form has that field."""
    by_field = getattr(error, "error_dict", {None: error.error_list if hasattr(
        error, "error_list") else [error]})  # fmt: skip
    for name, errors in by_field.items():
        known = name if name in form.fields else None
        for one in errors:
            form.add_error(known, one)


def sentence(error: ValidationError) -> str:
    """A refusal as one text, for a message on top of the next page."""
    return " ".join(error.messages)
