"""Handing in files, saying what columns and chapters hold."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _

from quotes.importing.home import CODE, free_code
from quotes.importing.readers import MAX_BYTES, MEDIA_TYPES
from quotes.models import Kind

MOST_FILES, MOST_BYTES = 100, 200 * 1024 * 1024
NEW = "new"


class ManyFilesInput(forms.FileInput):
    allow_multiple_selected = True


class ManyFilesField(forms.FileField):
    """One or more files of a kind that can be read, none larger than 50 MB."""

    widget = ManyFilesInput

    def clean(self, data: Any, initial: Any = None) -> list[UploadedFile]:
        given = data if isinstance(data, list | tuple) else [data]
        files = [super(ManyFilesField, self).clean(one, initial) for one in given or [None]]
        if len(files) > MOST_FILES:
            raise forms.ValidationError(
                _("hand in at most %(most)s files at once") % {"most": MOST_FILES}
            )
        for file in files:
            self._check(file)
        if sum(file.size or 0 for file in files) > MOST_BYTES:
            raise forms.ValidationError(
                _("together the files are larger than 200 MB; hand them in in parts")
            )
        return files

    def _check(self, file: UploadedFile) -> None:
        name, suffix = file.name or "", Path(file.name or "").suffix.lower()
        if suffix == ".xls":
            raise forms.ValidationError(
                _("%(name)s is an old Excel file; save it as .xlsx first") % {"name": name}
            )
        if suffix not in MEDIA_TYPES:
            raise forms.ValidationError(
                _("%(name)s cannot be read; choose %(types)s")
                % {"name": name, "types": ", ".join(MEDIA_TYPES)}
            )
        if (file.size or 0) > MAX_BYTES:
            raise forms.ValidationError(
                _("%(name)s is larger than 50 MB; split it first") % {"name": name}
            )


class ImportForm(forms.Form):
    """Files, and the anthology they belong to: one that is there, or a new one."""

    use_required_attribute = False
    files = ManyFilesField(
        label=_("Files"),
        help_text=_(
            "The published anthology, or its extracted text, or a table with a quote a row. "
            "Several files of one anthology are read together. At most 50 MB a file."
        ),
        error_messages={
            "required": _("choose at least one file"),
            "empty": _("one of the files is empty"),
        },
    )
    anthology = forms.ChoiceField(
        label=_("Anthology"),
        help_text=_("A corrected edition goes into the anthology that it corrects."),
    )
    code = forms.CharField(
        label=_("Code of a new anthology"),
        required=False,
        max_length=10,
        help_text=_("Letters and a number, for example BL2. References of its quotes bear it."),
    )
    title = forms.CharField(
        label=_("Title of a new anthology"),
        required=False,
        max_length=300,
        help_text=_("Without one, the title that stands in the file."),
    )

    def __init__(self, *args: Any, anthologies: Any, **extra: Any) -> None:
        super().__init__(*args, **extra)
        self._known = {str(one.pk): one for one in anthologies.order_by("code")}
        field = self.fields["anthology"]
        field.choices = [  # type: ignore[attr-defined]
            (NEW, _("A new anthology")),
            *((pk, str(one)) for pk, one in self._known.items()),
        ]
        primary = next((pk for pk, one in self._known.items() if one.is_primary), NEW)
        self.initial.setdefault("anthology", primary)
        self.initial.setdefault("code", free_code(self._codes()))
        self.fields["files"].widget.attrs["accept"] = ",".join(MEDIA_TYPES)
        # Asked only of a new anthology; the page hides it otherwise.
        self.fields["code"].required = self.data.get("anthology", NEW) == NEW

    def _codes(self) -> set[str]:
        return {one.code for one in self._known.values()}

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        anthology = self._known.get(given.get("anthology", ""))
        code = given.get("code", "").strip().upper()
        if given.get("anthology") == NEW and "code" not in self.errors:
            if not CODE.match(code):
                self.add_error("code", _("use letters and a number, for example BL2"))
            elif code in self._codes():
                self.add_error("code", _("another anthology has this code; choose it above"))
        return {**given, "anthology": anthology, "code": code}


UNUSED = "none"
# What a column can be said to hold; the rest of our own columns is known by name alone.
COLUMN_CHOICES = [
    (UNUSED, _("nothing that is needed")),
    ("text", _("the text of the quote")),
    ("section", _("the section, such as 4.12")),
    ("chapter", _("the chapter")),
    ("section_title", _("the title of the section")),
    ("page", _("the page")),
    ("reference", _("the reference")),
    ("kind", _("the kind of quote")),
    ("is_pull_quote", _("whether it is a pull quote")),
    ("position", _("the position on the page")),
    ("complete", _("whether it is complete")),
    ("confidence", _("how certain it is")),
    ("state", _("its state")),
]


class ColumnsForm(forms.Form):
    """One question a column of the table: what does it hold?"""

    use_required_attribute = False

    def __init__(self, *args: Any, columns: Sequence[Mapping[str, Any]], **extra: Any) -> None:
        super().__init__(*args, **extra)
        self._names = [str(column["name"]) for column in columns]
        for number, column in enumerate(columns):
            samples = " · ".join(column["samples"])
            self.fields[f"column_{number}"] = forms.ChoiceField(
                label=column["name"],
                choices=COLUMN_CHOICES,
                initial=column["guess"] or UNUSED,
                help_text=_("For example: %(samples)s") % {"samples": samples}
                if samples
                else _("This column is empty in the first rows."),
            )

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        chosen = [given.get(f"column_{n}", "") for n in range(len(self._names))]
        held = [what for what in chosen if what not in ("", UNUSED)]
        labels = dict(COLUMN_CHOICES)
        twice = next((what for what in held if held.count(what) > 1), None)
        if twice:
            raise forms.ValidationError(
                _("Two columns are said to hold %(what)s; choose one of them.")
                % {"what": labels[twice]}
            )
        if "text" not in held:
            raise forms.ValidationError(_("Say which column holds the text of the quote."))
        if not {"section", "chapter", "page"} & set(held):
            raise forms.ValidationError(
                _("Say which column holds the section, the chapter or the page.")
            )
        columns = {what: n for what, n in zip(chosen, self._names, strict=True) if what in held}
        return {**given, "columns": columns}


class ChaptersForm(forms.Form):
    """What the quotes of a chapter are, for every chapter of which nobody said so yet."""

    use_required_attribute = False

    def __init__(
        self, *args: Any, chapters: Sequence[str], known: Mapping[str, str], **extra: Any
    ) -> None:
        super().__init__(*args, **extra)
        self._chapters = list(chapters)
        for chapter in chapters:
            self.fields[f"chapter_{chapter}"] = forms.ChoiceField(
                label=_("Chapter %(number)s") % {"number": chapter},
                choices=[("", _("choose what it holds")), *Kind.choices],
                initial=known.get(chapter, ""),
                error_messages={"required": _("say what the quotes of this chapter are")},
            )

    def kinds(self) -> dict[str, str]:
        """Chapter → kind, once the form is valid."""
        return {one: self.cleaned_data[f"chapter_{one}"] for one in self._chapters}
