"""Files that nobody would make on purpose, and some that somebody would: correct text or a no."""

import json

import pytest
from django.core.files.base import ContentFile
from django.utils import timezone

from quotes.importing import rows as table_rows
from quotes.importing.engine import read_files
from quotes.importing.reading import ImportRefused
from quotes.models import ImportState, Quote
from quotes.services.import_worker import work_on
from quotes.services.importing import commit_import, start_import
from tests import factories as make
from tests.pages import signed_in
from tests.quotes.pdfs.raw import document, small_book
from tests.quotes.test_importing_tables import book

SCRIPT = "<script>alert(1)</script> Er is <img src=x onerror=alert(2)> te weinig tijd."
DEEP = b"[" * 100_000 + b"]" * 100_000


def rows(text, **more):
    return json.dumps({"text": text, "section": "4.1", "page": 10, **more}).encode()


def read(tmp_path, name, data):
    path = tmp_path / name
    path.write_bytes(data)
    return read_files([path])


def texts(tmp_path, name, data):
    return [quote.text for quote in read(tmp_path, name, data).quotes]


@pytest.mark.parametrize(
    ("written", "text"),
    [
        ("Er is\x00 te wei\x00nig tijd.", "Er is te weinig tijd."),
        ("Er is \ud800te weinig tijd.\udfff", "Er is te weinig tijd."),
        ("Er is \u202ete weinig\u202c ti\u200fjd.", "Er is te weinig tijd."),
        ("Er is\r\nte\rweinig\x85tijd.", "Er is te weinig tijd."),
    ],
    ids=["NUL", "half a character", "direction", "line ends"],
)
def test_what_json_escapes_is_cleaned_as_what_is_written_out(tmp_path, written, text):
    reading = read(tmp_path, "rijen.jsonl", rows(written, section_title=written))
    assert [quote.text for quote in reading.quotes] == [text]
    assert reading.sections[0].title.split() == text.split()


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        (DEEP, "line 1: this is not a JSON object"),
        (b'{"text": "Tijd.", "x": ' + DEEP + b"}", "line 1: this is not a JSON object"),
        (b'{"text": "Tijd.", "page": ' + b"9" * 6_000 + b"}", "line 1: this is not a JSON object"),
        (b'{"text": ["Tijd."], "section": "4.1"}', "line 1: 'text' holds more than one value"),
    ],
    ids=["deep", "deep inside", "a number without end", "a list"],
)
def test_json_that_is_no_row_is_refused(tmp_path, data, sentence):
    with pytest.raises(ImportRefused, match=sentence):
        read(tmp_path, "rijen.jsonl", data)


def test_two_encodings_in_one_file_are_both_read(tmp_path):
    head, said = "Citaat;Paragraaf\n", "Er is één euro – of ‘iets’ naïefs – voor {}.;4.1\n"
    data = (head + said.format("ons")).encode() + said.format("hen").encode("cp1252")
    assert texts(tmp_path, "tabel.csv", data) == [
        "Er is één euro – of ‘iets’ naïefs – voor ons.",
        "Er is één euro – of ‘iets’ naïefs – voor hen.",
    ]


def test_a_line_end_in_a_cell_is_a_blank(tmp_path):
    data = book(["Er is_x000D_\nte weinig_x0000_ tijd.", "4.1", 3])
    assert texts(tmp_path, "tabel.xlsx", data) == ["Er is te weinig tijd."]


def test_a_text_of_a_few_short_lines_is_read(tmp_path):
    data = b"4.1 Tijd\nEr is te \x00weinig tijd.\nNiemand luistert \r\nnaar ons.\rvoorbeeld 3\n"
    assert texts(tmp_path, "bladzijde.txt", data) == [
        "Er is te weinig tijd.",
        "Niemand luistert naar ons.",
    ]


def test_a_text_or_a_table_without_end_is_refused(tmp_path, monkeypatch):
    with pytest.raises(ImportRefused, match="more than 2,000 pages"):
        read(tmp_path, "boek.txt", b"4.1 Tijd\n" + b"Er is te weinig tijd.\n" * 200_001)
    monkeypatch.setattr(table_rows, "MAX_ROWS", 2)
    two = b'Citaat;Paragraaf\nTijd.;4.1\n"Geld,\nen meer.";4.1\n'
    assert texts(tmp_path, "tabel.csv", two) == ["Tijd.", "Geld, en meer."]
    for name, data in (
        ("a.csv", two + b"Macht.;4.1\n"),
        ("a.jsonl", b"\n".join([rows("Tijd.")] * 3)),
    ):
        with pytest.raises(ImportRefused, match=r"a\.\w+: the table has more than 2 rows"):
            read(tmp_path, name, data)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("name", "data", "text"),
    [
        ("rijen.jsonl", rows("Er is te wei\x00nig tijd."), "Er is te weinig tijd."),
        ("rijen.jsonl", rows("Er is te weinig\ud800 tijd."), "Er is te weinig tijd."),
        ("rijen.jsonl", rows(SCRIPT), SCRIPT),
        ("boek.txt", b"4.1 Tijd\nEr is te\x00 weinig tijd.\nboek 10\n", "Er is te weinig tijd."),
        (
            "boek.pdf",
            document([small_book("Er is te weinig tijd.").replace(b"weinig", b"wei\\000nig")]),
            "Er is te weinig tijd.",
        ),
    ],
    ids=["NUL in JSON", "half a character", "a script", "NUL in text", "NUL in PDF"],
)
def test_the_worker_stores_what_a_person_would_have_read(name, data, text):
    run = start_import(files=[ContentFile(data, name)], actor=make.make_office(), code="BL1")
    assert work_on(pk=run.pk, now=timezone.now()) == ImportState.READ
    assert commit_import(run=run, kinds={"4": "ambition"})
    assert work_on(pk=run.pk, now=timezone.now()) == ImportState.DONE
    assert Quote.objects.first().text == text


@pytest.mark.django_db
def test_a_script_in_a_quote_is_shown_and_never_run():
    name = "<b>rijen.jsonl"
    files = [ContentFile(rows(SCRIPT, section_title="<b>Tijd"), name)]
    run = start_import(files=files, actor=make.make_office(), code="BL1", title="<b>Boek")
    work_on(pk=run.pk, now=timezone.now())
    preview = run.get_absolute_url()
    client = signed_in(run.started_by)
    assert_harmless(client.get(preview).text)
    assert commit_import(run=run, kinds={"4": "ambition"})
    work_on(pk=run.pk, now=timezone.now())
    Quote.objects.update(confidence=0.4)
    for page in ("", "?q=weinig", "?q=script", "4.1-01/", "review/BL1/10/"):
        assert_harmless(client.get(f"/anthology/{page}").text)
    for deed in ("edit", "split", "move", "pull"):
        assert_harmless(client.get(f"/anthology/review/BL1/10/?quote=4.1-01&do={deed}").text)
    for page in ("review/", "import/", preview.removeprefix("/anthology/")):
        assert_harmless(client.get(f"/anthology/{page}").text, said="Boek")


def assert_harmless(page, said="alert(1)"):
    unmarked = page.replace("<mark>", "").replace("</mark>", "")
    assert said in unmarked
    assert not [tag for tag in ("<script>", "<img src=x", "<b>") if tag in unmarked]
