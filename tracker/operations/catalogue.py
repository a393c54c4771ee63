"""The message catalogue, kept without any gettext program: Babel reads, merges and compiles.

Templates are first turned into gettext calls by Django's own `templatize`, so that both tools
agree with what Django asks for when it renders.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import DEFAULT_KEYWORDS, extract
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po
from django.utils.translation.template import templatize

KEYWORDS = {
    **DEFAULT_KEYWORDS,
    "gettext_lazy": None,
    "gettext_noop": None,
    "ngettext_lazy": (1, 2),
    "pgettext_lazy": ((1, "c"), 2),
    "npgettext_lazy": ((1, "c"), 2, 3),
}
SOURCES = ("actions", "quotes", "tracker", "templates")
TEMPLATE_SUFFIXES = {".html", ".txt"}
HEADER = """\
# Dutch: the text that users read, written with as much care as the code.
# The words are those of the glossary. `manage.py messages update` adds what the code asks for.
msgid ""
msgstr ""
"Project-Id-Version: Spoor\\n"
"Language: nl\\n"
"MIME-Version: 1.0\\n"
"Content-Type: text/plain; charset=utf-8\\n"
"Content-Transfer-Encoding: 8bit\\n"
"Plural-Forms: nplurals=2; plural=(n != 1);\\n"

"""


@dataclass(frozen=True)
class Changes:
    """What an update did: messages added, messages no longer asked for, and still without text."""

    added: int
    removed: int
    untranslated: int


def extract_messages(root: Path) -> Catalog:
    """Every message that code and templates under `root` ask for, with the files that do."""
    catalog = Catalog(locale="nl")
    for path in source_files(root):
        name = path.relative_to(root).as_posix()
        for _line, message, comments, context in extract(
            "python", BytesIO(as_python(path)), keywords=KEYWORDS, comment_tags=["Translators:"]
        ):
            catalog.add(message, locations=[(name, 1)], auto_comments=comments, context=context)
    return catalog


def source_files(root: Path) -> Iterator[Path]:
    """Python files and templates, in a fixed order."""
    for folder in SOURCES:
        for path in sorted((root / folder).rglob("*")):
            is_code = path.suffix == ".py" and "migrations" not in path.parts
            is_template = path.suffix in TEMPLATE_SUFFIXES and "templates" in path.parts
            if is_code or is_template:
                yield path


def as_python(path: Path) -> bytes:
    """The file as Python source; of a template, only its calls for a message remain."""
    if path.suffix == ".py":
        return path.read_bytes()
    calls = templatize(path.read_text(encoding="utf-8"), origin=str(path))
    # The indentation of HTML is no indentation of Python.
    return "\n".join(line.strip() for line in calls.splitlines()).encode()


def read_catalogue(path: Path) -> Catalog:
    """The catalogue in a .po file; an empty one when there is none yet."""
    if not path.exists():
        return Catalog(locale="nl")
    with path.open("rb") as file:
        return read_po(file, locale="nl")


def update(root: Path, path: Path) -> Changes:
    """Write to `path` what the code now asks for, keeping every translation there is."""
    known = read_catalogue(path)
    wanted = extract_messages(root)
    for message in messages_of(wanted):
        if old := known.get(message.id, message.context):
            message.string = old.string
            message.flags |= old.flags
            message.user_comments = old.user_comments
    body = BytesIO()
    write_po(body, wanted, width=100, omit_header=True, sort_output=True, include_lineno=False)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(HEADER + body.getvalue().decode().lstrip(), encoding="utf-8")
    before, after = keys_of(known), keys_of(wanted)
    untranslated = sum(not is_translated(message) for message in messages_of(wanted))
    return Changes(len(after - before), len(before - after), untranslated)


def compile_catalogue(path: Path) -> Path:
    """Write the .mo file beside the .po file, and return its path."""
    target = path.with_suffix(".mo")
    with target.open("wb") as file:
        write_mo(file, read_catalogue(path))
    return target


def messages_of(catalog: Catalog) -> list[Message]:
    """The messages without the header."""
    return [message for message in catalog if message.id]


def keys_of(catalog: Catalog) -> set[tuple[str, str | None]]:
    """What tells one message from another: its text and context."""
    return {(singular(message), message.context) for message in messages_of(catalog)}


def singular(message: Message) -> str:
    """The message id, or of a plural message its first form."""
    return message.id if isinstance(message.id, str) else message.id[0]


def is_translated(message: Message) -> bool:
    """Whether every form has a text that is not doubtful."""
    forms = list(message.string) if isinstance(message.string, tuple) else [message.string]
    return all(forms) and not message.fuzzy
