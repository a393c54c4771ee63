"""Tables of other people: their own column names, workbooks, and files that mean harm."""

import io
import json
import zipfile

import pytest
from openpyxl import Workbook

from quotes.importing import workbooks
from quotes.importing.engine import read_files
from quotes.importing.mapping import guess
from quotes.importing.readers import read_document
from quotes.importing.reading import ImportRefused
from quotes.importing.rows import table_columns

HEAD = ["Citaat", "Paragraaf", "Bladzijde"]


def book(*rows, head=HEAD, before=(), **sheets):
    """A workbook as somebody would save it."""
    made = Workbook()
    for row in (*before, head, *rows):
        made.active.append(row)
    for title, state in sheets.items():
        made.create_sheet(title, 0).sheet_state = state
    data = io.BytesIO()
    made.save(data)
    return data.getvalue()


def read(tmp_path, data, name="tabel.xlsx", **options):
    path = tmp_path / name
    path.write_bytes(data if isinstance(data, bytes) else data.encode())
    return read_files([path], **options)


def said(reading):
    return [(q.section_number, q.text, q.page) for q in reading.quotes]


def test_dutch_and_english_names_are_known_and_our_own_come_first() -> None:
    assert guess(["Nr", "Citaat", "Paragraaf (nummer)", "Blz.", "Soort"]) == {
        "text": "Citaat", "page": "Blz.", "reference": "Nr", "kind": "Soort",
    }  # fmt: skip
    assert guess(["quote", "text", "chapter", "title"]) == {
        "text": "text", "chapter": "chapter", "section_title": "title",
    }  # fmt: skip


def test_a_workbook_is_read_by_the_names_of_its_columns(tmp_path) -> None:
    data = book(["Er is geen tijd.", "4.1 Tijd", 28], ["Er is  geld.", "4.12", 29.0])
    reading = read(tmp_path, data)
    assert said(reading) == [("4.1", "Er is geen tijd.", 28), ("4.12", "Er is geld.", 29)]
    assert reading.sections[0].title == "Tijd"


def test_columns_can_be_said_and_a_title_may_stand_above_them(tmp_path) -> None:
    data = book(
        ["4 Ambities", "Tijd", "Er is geen tijd."],
        ["4 Ambities", "Geld", "Er is geen geld."],
        ["4 Ambities", "Tijd", "Er komt tijd."],
        head=["A", "B", "C"],
        before=[["Alles wat gezegd is"], []],
    )
    columns = {"text": "c", "chapter": "A", "section_title": "B"}
    reading = read(tmp_path, data, columns=columns)
    assert said(reading) == [
        ("4.1", "Er is geen tijd.", None),
        ("4.2", "Er is geen geld.", None),
        ("4.1", "Er komt tijd.", None),
    ]
    assert "numbered in the order" in reading.warnings[0]


def test_the_columns_of_a_table_are_shown_with_samples(tmp_path) -> None:
    path = tmp_path / "tabel.csv"
    path.write_text("Uitspraak;Waar;Blz\nEr is <b>tijd</b>.;4.1;3\nEr is geld.;4.2;\n")
    found = table_columns(read_document(path))
    assert [(one.name, one.guess) for one in found] == [
        ("Uitspraak", "text"), ("Waar", ""), ("Blz", "page"),
    ]  # fmt: skip
    assert found[0].samples == ("Er is <b>tijd</b>.", "Er is geld.")


def test_the_first_visible_sheet_counts_or_the_one_that_is_named(tmp_path) -> None:
    data = book(["Er is tijd.", "4.1", 3], Verborgen="hidden", Leeg="visible")
    assert len(read(tmp_path, data).quotes) == 1
    with pytest.raises(ImportRefused, match="no sheet 'Blad9'"):
        read(tmp_path, data, sheet="Blad9")


def test_a_section_that_a_sheet_shows_as_4_10_is_4_10(tmp_path) -> None:
    made = Workbook()
    made.active.append(HEAD)
    made.active.append(["Er is tijd.", 4.1, 3])
    made.active["B2"].number_format = "0.00"
    made.active.append(["Er is geld.", 4.1, 3])
    data = io.BytesIO()
    made.save(data)
    reading = read(tmp_path, data.getvalue())
    assert [q.section_number for q in reading.quotes] == ["4.10", "4.1"]
    assert "4.1 and 4.10 look the same" in reading.warnings[0]


def test_a_formula_without_a_result_is_refused_by_its_cell(tmp_path) -> None:
    with pytest.raises(ImportRefused, match=r"cell A3: it holds a formula that was never"):
        read(tmp_path, book(["Er is tijd.", "4.1", 3], ["=1+1", "4.1", 3]))
    elsewhere = book(["Er is tijd.", "4.1", 3, "=1+1"], head=[*HEAD, "Som"])
    assert len(read(tmp_path, elsewhere).quotes) == 1, "a column that nobody uses does no harm"


def with_member(data, name, content):
    out = io.BytesIO(data)
    with zipfile.ZipFile(out, "a", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(name, content)
    return out.getvalue()


def bombs():
    fine = book(["Er is tijd.", "4.1", 3])
    lying = bytearray(with_member(fine, "xl/more.xml", b"0" * 1_000_000))
    # The directory of the archive says that a million noughts are a hundred.
    size = (1_000_000).to_bytes(4, "little")
    while (place := lying.find(size)) >= 0:
        lying[place : place + 4] = (100).to_bytes(4, "little")
    entity = b'<!DOCTYPE a [<!ENTITY b "boem">]><a>&b;</a>'
    yield "dense", with_member(fine, "xl/zeros.xml", b"0" * 12_000_000), "far larger than it seems"
    yield "lying", bytes(lying), "not a whole .xlsx"
    yield "entities", with_member(fine, "xl/styles2.xml", entity), "definitions that no table needs"
    yield "cut off", fine[: len(fine) // 2], "not a whole .xlsx"
    yield "no archive", b"PK\x03\x04 niets", "not a whole .xlsx"
    yield "locked", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"0" * 600, "locked with a password"
    yield "empty", book(head=[]), "nothing in the sheet"
    yield "head only", book(), "below the head there are no rows"


@pytest.mark.parametrize(
    ("data", "sentence"), [one[1:] for one in bombs()], ids=[one[0] for one in bombs()]
)
def test_a_workbook_that_is_none_or_means_harm_is_refused(tmp_path, data, sentence) -> None:
    with pytest.raises(ImportRefused, match=sentence):
        read(tmp_path, data)


def test_too_many_parts_rows_or_columns_are_refused(tmp_path, monkeypatch) -> None:
    data = book(*(["Er is tijd.", "4.1", 3] for _number in range(9)))
    for name in ("MAX_ENTRIES", "MAX_ROWS", "MAX_COLUMNS", "MAX_UNPACKED"):
        with monkeypatch.context() as patch:
            patch.setattr(workbooks, name, 2)
            with pytest.raises(ImportRefused):
                read(tmp_path, data)


@pytest.mark.parametrize(
    ("row", "sentence"),
    [
        ("Tijd.;4.1;vier;", "'page' is 'vier'"),
        ("Tijd.;4.1;3;wens", "'wens' is no kind"),
        (";4.1;3;", "'text' is missing or empty"),
        ('"Tijd.;4.1;3;', "below the head|'text'|neither 'section'"),
        ("Tijd.;4.1;3;;meer", "more cells than columns"),
    ],
)
def test_a_row_that_cannot_be_is_refused_by_its_line(tmp_path, row, sentence) -> None:
    with pytest.raises(ImportRefused, match=sentence) as refusal:
        read(tmp_path, f"Citaat;Paragraaf;Pagina;Soort\n{row}\n", "tabel.csv")
    assert "tabel.csv" in str(refusal.value)


def test_two_columns_of_one_name_and_an_old_workbook_are_refused(tmp_path) -> None:
    with pytest.raises(ImportRefused, match="two columns are named 'Citaat'"):
        read(tmp_path, "Citaat,Citaat,Pagina\na,b,3\n", "tabel.csv")
    with pytest.raises(ImportRefused, match=r"save it as \.xlsx"):
        read(tmp_path, b"x", "tabel.xls")
    with pytest.raises(ImportRefused, match="no column 'Zin'; its columns are Citaat, Pagina"):
        read(tmp_path, "Citaat,Pagina\na,3\n", "tabel.csv", columns={"text": "Zin"})


@pytest.mark.parametrize("encode", [str.encode, lambda t: t.encode("cp1252", "ignore"),
                                    lambda t: t.encode("utf-16")])  # fmt: skip
def test_odd_marks_line_ends_and_encodings_leave_the_words_alone(tmp_path, encode) -> None:
    text = 'Citaat;Paragraaf\r"Ge\u200emeente \u202eén \x00politie,\r\nsamen <script>";4.1\r'
    text += "Wij willen dat gemeenten elkaar bellen wanneer een slachtoffer verhuist;4.2\r" * 3
    first, *_others = said(read(tmp_path, encode(text), "tabel.csv"))
    assert first == ("4.1", "Gemeente én politie, samen <script>", None)


def test_a_json_table_needs_no_columns_to_be_said(tmp_path) -> None:
    rows = json.dumps({"text": "Er is tijd.", "section": "4.1", "kind": "Ambitie"})
    assert read(tmp_path, rows, "rijen.jsonl").quotes[0].kind == "ambition"
