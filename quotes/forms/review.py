"""What the review desk is told about a quote."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.text import Truncator
from django.utils.translation import gettext_lazy as _

from quotes.models import Anthology, Quote, Section

ELSEWHERE = 0  # no quote begins with its own beginning
NO_WORDS = _("Write the words of the quote. Is it no quote at all? Then mark it as not a quote.")


class DeedForm(forms.Form):
    """A deed on the quote as it was seen; `quote` says which one, `seen` which version of it."""

    use_required_attribute = False

    def __init__(self, *args: Any, quote: Quote, **extra: Any) -> None:
        self.quote = quote
        super().__init__(*args, auto_id=f"q{quote.pk}-%s", **extra)


class EditForm(DeedForm):
    text = forms.CharField(
        label=_("The words of the quote"),
        help_text=_("Exactly as they are printed."),
        error_messages={"required": NO_WORDS},
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    why = forms.CharField(label=_("Why?"), max_length=300, required=False)

    def __init__(self, *args: Any, quote: Quote, **extra: Any) -> None:
        super().__init__(*args, quote=quote, **{"initial": {"text": quote.text}, **extra})


class SplitForm(DeedForm):
    """Where the second quote begins: behind a sentence, or at an empty line in the text."""

    at = forms.TypedChoiceField(
        label=_("The second quote begins at"),
        coerce=int,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose where the second quote begins.")},
    )
    text = forms.CharField(
        label=_("The words of the quote"),
        help_text=_("Put an empty line where the second quote begins."),
        widget=forms.Textarea(attrs={"rows": 4, "data-split": ""}),
    )

    def __init__(self, *args: Any, quote: Quote, points: list[int], **extra: Any) -> None:
        first = points[0] if points else ELSEWHERE
        initial = {"text": quote.text, "at": first}
        super().__init__(*args, quote=quote, **{"initial": initial, **extra})
        named: list[tuple[int, Any]] = [
            (at, f"… {Truncator(quote.text[at:]).chars(70)}") for at in points
        ]
        named.append((ELSEWHERE, _("Somewhere else: at an empty line in the text below")))
        self.fields["at"].choices = named  # type: ignore[attr-defined]
        if not points:
            del self.fields["at"]
            self.fields["text"].label = _("Where does the second quote begin?")

    def clean(self) -> dict[str, Any]:
        data = self.cleaned_data
        text = data.get("text", "").replace("\r\n", "\n").replace("\r", "\n")
        head, divider, tail = text.strip().partition("\n\n")
        if divider:
            if "".join((head + tail).split()) != "".join(self.quote.text.split()):
                self.add_error("text", _("Only put an empty line in it; change words by editing."))
            data["at"] = _offset(self.quote.text, len("".join(head.split())))
        elif data.get("at", ELSEWHERE) == ELSEWHERE and not self.errors:
            self.add_error("text", _("Put an empty line where the second quote begins."))
        return data


def _offset(text: str, letters: int) -> int:
    """Where in a text so many characters that are no white space have passed."""
    for at, letter in enumerate(text):
        if not letters and not letter.isspace():
            return at
        letters -= not letter.isspace()
    return len(text)


class MoveForm(DeedForm):
    section = forms.ModelChoiceField(
        label=_("Section"),
        queryset=Section.objects.none(),
        empty_label=None,
    )
    why = forms.CharField(label=_("Why?"), max_length=300, required=False)

    def __init__(self, *args: Any, quote: Quote, **extra: Any) -> None:
        super().__init__(*args, quote=quote, **{"initial": {"section": quote.section_id}, **extra})
        sections = Section.objects.filter(anthology=quote.anthology_id)
        self.fields["section"].queryset = sections  # type: ignore[attr-defined]


class PullForm(DeedForm):
    of = forms.ModelChoiceField(
        label=_("Which quote does it repeat?"),
        queryset=Quote.objects.none(),
        required=False,
        empty_label=_("The nearest one that holds the same words"),
    )

    def __init__(self, *args: Any, quote: Quote, **extra: Any) -> None:
        super().__init__(*args, quote=quote, **extra)
        near = Quote.objects.counted().filter(anthology=quote.anthology_id).exclude(pk=quote.pk)
        if quote.page is not None:
            near = near.filter(page__range=(quote.page - 1, quote.page + 1))
        field = self.fields["of"]
        field.queryset = near.in_page_order()  # type: ignore[attr-defined]
        field.label_from_instance = _opening  # type: ignore[attr-defined]


def _opening(quote: Quote) -> str:
    return f"{quote.reference} {Truncator(quote.text).chars(60)}"


class PageForm(forms.Form):
    """Everything of a page as it was seen: 'key:version' of each quote."""

    seen = forms.CharField(required=False)

    def __init__(self, *args: Any, anthology: Anthology, **extra: Any) -> None:
        self.anthology = anthology
        super().__init__(*args, **extra)

    def clean_seen(self) -> dict[int, str]:
        pairs = (one.partition(":") for one in self.cleaned_data["seen"].split())
        return {int(key): version for key, _colon, version in pairs if key.isdecimal()}
