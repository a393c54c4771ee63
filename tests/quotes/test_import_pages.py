"""Importing in the browser: what the office sees before, during and after."""

import json

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone

from quotes.forms.importing import ManyFilesField
from quotes.models import Anthology, ImportRun, ImportState, Quote
from quotes.services.import_worker import work_on
from quotes.word_diff import word_diff
from tests import factories as make
from tests.pages import queries, said, signed_in

pytestmark = pytest.mark.django_db


NEW = {"anthology": "new", "code": "BL1"}


@pytest.fixture
def office() -> Client:
    return signed_in(make.make_office())


def rows(*texts, section="4.1"):
    lines = (json.dumps({"text": text, "section": section, "page": 10}) for text in texts)
    return SimpleUploadedFile("rijen.jsonl", "\n".join(lines).encode())


def hand_in(client, file, **extra) -> ImportRun:
    answer = client.post(
        "/anthology/import/", {"files": [file], "anthology": "new", "code": "BL1", **extra}
    )
    assert answer.status_code == 302, said(answer)
    return ImportRun.objects.get()


def work(run: ImportRun) -> str:
    work_on(pk=run.pk, now=timezone.now())
    run.refresh_from_db()
    return run.state


def press(client, run, deed, **extra):
    answer = client.post(run.get_absolute_url(), {"deed": deed, **extra}, follow=True)
    assert answer.status_code == 200
    return said(answer)


def test_from_files_to_quotes(office: Client) -> None:
    run = hand_in(office, rows("Er is tijd.", "Er is geld."), title="Een boek")
    page = office.get(run.get_absolute_url())
    assert 'hx-trigger="every 1s"' in page.text
    assert "<progress" in page.text
    assert 'aria-live="polite"' in page.text
    assert "Look again" in page.text, "the way without JavaScript"
    assert work(run) == ImportState.READ
    page = office.get(run.get_absolute_url())
    assert "hx-trigger" not in page.text
    assert "2 new quotes can be imported" in said(page)
    assert "Nothing is written yet" in said(page)
    assert "Er is geld." in said(page)
    assert not Quote.objects.exists()
    assert "The quotes are being written" in press(office, run, "commit", chapter_4="ambition")
    assert work(run) == ImportState.DONE
    page = said(office.get(run.get_absolute_url()))
    assert "2 quotes were imported" in page
    assert "No quote of this anthology needs your attention." in page
    assert Anthology.objects.get().title == "Een boek"
    assert "Een boek" in said(office.get("/anthology/import/"))


def test_an_import_leads_on_to_what_it_asks_for(office: Client) -> None:
    """Pull quotes count nowhere, so the preview and the queue speak of the same quotes."""
    earlier = make.make_quote(confidence=0.3).anthology
    unsure = {"section": "4.1", "page": 10, "confidence": 0.5}
    lines = [
        {"text": "Er is tijd.", **unsure},
        {"text": "Er is tijd.", "is_pull_quote": True, **unsure},
        {"text": "Er is geld.", **unsure, "confidence": 1, "complete": False},
    ]
    data = "\n".join(map(json.dumps, lines)).encode()
    run = hand_in(office, SimpleUploadedFile("rijen.jsonl", data), code="BL9")
    assert work(run) == ImportState.READ
    assert run.preview["doubtful"] == 2
    press(office, run, "commit", chapter_4="ambition")
    assert work(run) == ImportState.DONE
    page = office.get(run.get_absolute_url())
    assert "Review 2 quotes" in said(page)
    assert "/anthology/returns/?anthology=BL9" in page.text
    assert run.anthology.follows(earlier)


def test_a_second_file_shows_both_texts_with_the_words_that_differ(office: Client) -> None:
    quote = make.make_quote(
        "Wij zien dat gemeenten elkaar te laat bel len.", section=make.make_section("4.1"), page=10
    )
    run = hand_in(
        office, rows("Wij zien dat gemeenten elkaar te laat bellen.", "Er is <script>geld."),
        anthology=quote.anthology.pk,
    )  # fmt: skip
    work(run)
    page = office.get(run.get_absolute_url())
    assert "<mark>bel len.</mark>" in page.text
    assert "<mark>bellen.</mark>" in page.text
    assert "Other words 1" in said(page)
    page = office.get(f"{run.get_absolute_url()}?what=new")
    assert "Er is &lt;script&gt;geld." in page.text
    assert "Write 2 changes" in said(page)


def test_what_is_asked_of_a_chapter_has_to_be_said(office: Client) -> None:
    run = hand_in(office, rows("Er is tijd.", section="6.1"))
    work(run)
    page = press(office, run, "commit")
    assert "say what the quotes of this chapter are" in page
    run.refresh_from_db()
    assert run.state == ImportState.READ
    press(office, run, "commit", chapter_6="trend")
    assert work(run) == ImportState.DONE
    assert Quote.objects.get().section.kind == "trend"


def test_the_columns_of_a_table_are_said_before_it_is_read(office: Client) -> None:
    table = SimpleUploadedFile("tabel.csv", b"Wat;Waar;Blz\nEr is tijd.;4.1;3\n")
    run = hand_in(office, table)
    assert work(run) == ImportState.MAPPING
    page = said(office.get(run.get_absolute_url()))
    assert "For example: Er is tijd." in page
    page = press(office, run, "map", column_0="none", column_1="section", column_2="none")
    assert "Say which column holds the text of the quote." in page
    page = press(office, run, "map", column_0="text", column_1="text", column_2="none")
    assert "Two columns are said to hold the text of the quote" in page
    page = press(office, run, "map", column_0="text", column_1="none", column_2="none")
    assert "Say which column holds the section, the chapter or the page." in page
    press(office, run, "map", column_0="text", column_1="section", column_2="page")
    assert work(run) == ImportState.READ
    assert "1 new quote can be imported" in said(office.get(run.get_absolute_url()))


def test_a_refusal_says_why_and_nothing_was_changed(office: Client) -> None:
    run = hand_in(office, SimpleUploadedFile("rijen.jsonl", b"geen json"))
    assert work(run) == ImportState.REFUSED
    page = said(office.get(run.get_absolute_url()))
    assert "This cannot be imported rijen.jsonl, line 1: this is not a JSON object" in page
    assert "Nothing was imported, and nothing was changed." in page


def test_discarding_leads_back_and_what_has_gone_on_is_said(office: Client) -> None:
    run = hand_in(office, rows("Er is tijd."))
    work(run)
    assert "Discarded: nothing of it was imported." in press(office, run, "discard")
    assert "This import has gone on meanwhile" in press(office, run, "commit")
    assert "This import was discarded" in said(office.get(run.get_absolute_url()))


@pytest.mark.parametrize(
    ("name", "data", "sentence"),
    [
        ("boek.xls", b"x", "boek.xls is an old Excel file; save it as .xlsx first"),
        ("boek.docx", b"x", "boek.docx cannot be read; choose .txt"),
        ("boek.txt", b"", "one of the files is empty"),
    ],
)
def test_a_file_that_cannot_be_is_refused_at_once(office, name, data, sentence) -> None:
    answer = office.post(
        "/anthology/import/",
        {"files": [SimpleUploadedFile(name, data)], "anthology": "new", "code": "BL1"},
    )
    assert sentence in said(answer)
    assert not ImportRun.objects.exists()


def test_files_that_are_too_large_or_too_many_or_absent_are_refused(office, monkeypatch) -> None:
    monkeypatch.setattr("quotes.forms.importing.MAX_BYTES", 3)
    answer = office.post("/anthology/import/", {"files": [rows("Er is tijd.")], **NEW})
    assert "rijen.jsonl is larger than 50 MB; split it first" in said(answer)
    assert "choose at least one file" in said(office.post("/anthology/import/", NEW))
    monkeypatch.undo()
    monkeypatch.setattr("quotes.forms.importing.MOST_BYTES", 3)
    answer = office.post("/anthology/import/", {"files": [rows("Er is tijd.")], **NEW})
    assert "together the files are larger than 200 MB" in said(answer)
    with pytest.raises(Exception, match="at most 100 files"):
        ManyFilesField().clean([SimpleUploadedFile("a.txt", b"a")] * 101)


def test_a_new_anthology_needs_a_code_of_its_own(office: Client) -> None:
    make.make_anthology("BL1")
    answer = office.get("/anthology/import/")
    assert 'value="BL2"' in answer.text, "the next free code stands ready"
    for code, sentence in (("BL1", "another anthology has this code"), ("1", "use letters and")):
        answer = office.post(
            "/anthology/import/", {"files": [rows("Er is tijd.")], "code": code, "anthology": "new"}
        )
        assert sentence in said(answer)


def test_the_list_of_quotes_leads_the_office_to_the_import_and_nobody_else() -> None:
    leads = "Import an anthology"
    assert leads in said(signed_in(make.make_office()).get("/anthology/"))
    assert leads not in said(signed_in(make.make_leadership()).get("/anthology/"))


def test_pages_cost_the_same_for_one_import_and_for_a_dozen(office: Client) -> None:
    one = hand_in(office, rows("Er is tijd."))
    work(one)
    few = queries(office, "/anthology/import/"), queries(office, one.get_absolute_url())
    for _number in range(11):
        make.make_import(anthology=make.make_anthology("BL9"))
    many = queries(office, "/anthology/import/"), queries(office, one.get_absolute_url())
    assert few == many
    assert max(many) <= 6


@pytest.mark.parametrize("state", ImportState.values)
def test_every_state_has_its_page(office: Client, state: str) -> None:
    run = make.make_import(state, code="BL1")
    assert office.get(run.get_absolute_url()).status_code == 200


def test_differences_come_in_pages(office: Client) -> None:
    run = hand_in(office, rows(*(f"Er is tijd voor zaak {number}." for number in range(60))))
    work(run)
    page = said(office.get(f"{run.get_absolute_url()}?page=2"))
    assert "51–60 of 60" in page
    assert "zaak 59." in page
    assert "zaak 3." not in page


def test_words_that_differ_are_told_from_those_that_do_not() -> None:
    before, after = word_diff("een twee drie", "een 2 drie vier")
    assert [(run.text, run.differs) for run in before] == [
        ("een", False), ("twee", True), ("drie", False),
    ]  # fmt: skip
    assert " ".join(run.text for run in after) == "een 2 drie vier"
