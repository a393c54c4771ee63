"""No untranslated string in either language: English is the message id, Dutch the catalogue."""

import re
from pathlib import Path

import pytest
from babel.messages.catalog import Message
from django.conf import settings

from tracker.operations import catalogue

ROOT = Path(settings.BASE_DIR)
DUTCH = ROOT / "tracker" / "locale" / "nl" / "LC_MESSAGES" / "django.po"
PLACEHOLDER = re.compile(r"%\(\w+\)[a-z]|(?<!%)%[sd]|\{\w*\}")


@pytest.fixture(scope="module")
def dutch() -> list[Message]:
    return catalogue.messages_of(catalogue.read_catalogue(DUTCH))


def test_everything_that_code_and_templates_say_is_in_dutch() -> None:
    known = catalogue.read_catalogue(DUTCH)
    missing = [
        catalogue.singular(message)
        for message in catalogue.messages_of(catalogue.extract_messages(ROOT))
        if (entry := known.get(message.id, message.context)) is None
        or not catalogue.is_translated(entry)
    ]
    assert not missing


def test_the_catalogue_holds_nothing_that_nobody_says() -> None:
    asked_for = catalogue.keys_of(catalogue.extract_messages(ROOT))
    assert not catalogue.keys_of(catalogue.read_catalogue(DUTCH)) - asked_for


def test_no_translation_is_doubtful(dutch: list[Message]) -> None:
    assert not [catalogue.singular(message) for message in dutch if message.fuzzy]


def test_placeholders_agree(dutch: list[Message]) -> None:
    assert not [catalogue.singular(message) for message in dutch if not placeholders_agree(message)]


def placeholders_agree(message: Message) -> bool:
    """Each Dutch form uses placeholders of the English one; the last form uses all of them."""
    sources = [message.id] if isinstance(message.id, str) else list(message.id)
    targets = [message.string] if isinstance(message.string, str) else list(message.string)
    allowed = set(PLACEHOLDER.findall(" ".join(sources)))
    used = [set(PLACEHOLDER.findall(target)) for target in targets]
    return all(each <= allowed for each in used) and used[-1] == set(
        PLACEHOLDER.findall(sources[-1])
    )


@pytest.mark.parametrize(
    ("msgid", "msgstr", "agree"),
    [
        ("%(count)s late", "%(count)s te laat", True),
        ("%(count)s late", "%(aantal)s te laat", False),
        ("%(count)s late", "te laat", False),
        (("one late", "%(count)s late"), ("een te laat", "%(count)s te laat"), True),
        (("one late", "%(count)s late"), ("een te laat", "veel te laat"), False),
        ("{} of {}", "{} van {}", True),
    ],
)
def test_a_lost_placeholder_is_noticed(msgid, msgstr, agree) -> None:
    assert placeholders_agree(Message(msgid, msgstr)) is agree


def test_a_template_and_a_module_are_both_read(tmp_path: Path) -> None:
    project(tmp_path)
    found = catalogue.keys_of(catalogue.extract_messages(tmp_path))
    assert found == {
        ("Indented", None),
        ("%(n)s quote", None),
        ("May", "month"),
        ("Lazy", None),
    }


def test_an_update_keeps_translations_and_is_stable(tmp_path: Path) -> None:
    project(tmp_path)
    path = tmp_path / "django.po"
    assert catalogue.update(tmp_path, path) == catalogue.Changes(4, 0, 4)
    path.write_text(path.read_text().replace('"Lazy"\nmsgstr ""', '"Lazy"\nmsgstr "Lui"'))
    assert catalogue.update(tmp_path, path) == catalogue.Changes(0, 0, 3)
    once = path.read_text()
    catalogue.update(tmp_path, path)
    assert path.read_text() == once
    assert 'msgstr "Lui"' in once
    assert ".py:" not in once


def project(root: Path) -> None:
    """A module and a template that ask for messages in every way."""
    (root / "templates").mkdir()
    (root / "templates" / "page.html").write_text(
        '<ul>\n    <li>\n  {% translate "Indented" %}</li>\n'
        "{% blocktranslate count n=total trimmed %}\n  {{ n }} quote\n"
        "{% plural %}\n  {{ n }} quotes\n{% endblocktranslate %}\n"
        '{% translate "May" context "month" %} it\'s "not" (one\n'
    )
    (root / "quotes").mkdir()
    (root / "quotes" / "models.py").write_text('name = gettext_lazy("Lazy")\n')
