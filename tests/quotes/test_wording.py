"""What the importer says reaches the page in the reader's language."""

import re

import pytest
from django.utils import translation

from quotes import wording
from quotes.services.import_worker import CHANGED_MEANWHILE, GAVE_UP
from tests.quotes.sentences import sentences


def test_every_sentence_of_the_importer_is_known() -> None:
    known = {re.sub(r"%\(\w+\)s", "{}", one) for one in wording.SENTENCES}
    # Where a value stands first, what stands before the colon may be one value or two.
    known |= {one.replace("{}:", "{}, line {}:", 1) for one in known if one.startswith("{}:")}
    known |= {one.replace("{}:", "{}, cell {}:", 1) for one in known if one.startswith("{}:")}
    # Two values that follow each other are one to whoever reads the sentence.
    said = {re.sub(r"(\{\})+", "{}", one) for one in sentences() if not one.startswith("bijv. ")}
    assert not said - known
    assert {GAVE_UP, CHANGED_MEANWHILE} <= known


@pytest.mark.parametrize("template", wording.SENTENCES)
def test_a_sentence_is_recognised_and_keeps_its_values(template: str) -> None:
    values = {name: f"<{name}>" for name in re.findall(r"%\((\w+)\)s", template)}
    with translation.override("en"):
        assert wording.localised(template % values) == template % values


def test_places_inside_a_sentence_are_said_too_and_an_unknown_sentence_stays() -> None:
    with translation.override("nl"):
        assert wording.localised("a.csv, line 3: 'vier' is not a section; write it as 4.12.") == (
            "a.csv, regel 3: 'vier' is geen paragraaf; schrijf deze als 4.12."
        )
        assert wording.localised("Nobody knows this.") == "Nobody knows this."
