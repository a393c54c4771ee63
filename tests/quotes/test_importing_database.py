"""Import and export with a database: references for ever, nothing twice, nothing lost."""

import csv
import io
import json

import pytest
from django.core.management import CommandError, call_command

from quotes.importing.engine import read_files
from quotes.importing.reading import ImportRefused
from quotes.importing.upsert import upsert
from quotes.models import Anthology, Quote, Section, SourceFile
from tests.quotes.composer import compose
from tracker.audit.models import AuditEntry
from tracker.demo.book import example_book

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def book(tmp_path_factory):
    path = tmp_path_factory.mktemp("book") / "book.txt"
    path.write_text(compose(example_book()).text)
    return path


@pytest.fixture(scope="module")
def reading(book):
    return read_files([book])


def rows(*texts, section="4.1", **columns):
    """A table of quotes, as the lines of a jsonl file."""
    return "\n".join(json.dumps({"text": t, "section": section, **columns}) for t in texts)


def load(tmp_path, content, name="rows.jsonl", **options):
    path = tmp_path / name
    path.write_text(content)
    return upsert(reading=read_files([path]), **options)


def everything():
    return list(
        Quote.objects.order_by("pk").values_list(
            "pk", "reference", "text", "section__number", "page", "pull_quote_of", "changed_at"
        )
    )


def exported(tmp_path, name, **options):
    path = tmp_path / name
    call_command("export_quotes", output=str(path), format=path.suffix[1:], **options)
    return path


def test_importing_again_changes_nothing(reading):
    first = upsert(reading=reading)
    before, entries = everything(), AuditEntry.objects.count()
    second = upsert(reading=reading)
    assert first.created == Quote.objects.count() == len(before) > 80
    assert (second.created, second.unchanged, second.changed) == (0, first.created, False)
    assert everything() == before
    assert AuditEntry.objects.count() == entries == 1


def test_references_run_through_a_section_with_the_boxes_last(reading):
    upsert(reading=reading)
    for section in Section.objects.filter(quotes__isnull=False).distinct():
        quotes = list(section.quotes.order_by("reference_number"))
        assert [q.reference_number for q in quotes] == list(range(1, len(quotes) + 1))
        assert quotes[0].reference == f"{section.number}-01"
        boxes = [q.pull_quote_of_id is not None for q in quotes]
        assert boxes == sorted(boxes)


def test_a_box_points_at_its_quote_and_does_not_count(reading):
    upsert(reading=reading)
    boxes = Quote.objects.exclude(pull_quote_of=None)
    assert boxes.exists()
    for box in boxes:
        assert box.text in box.pull_quote_of.text
        assert box not in Quote.objects.counted()


def test_a_later_file_continues_the_numbers_and_uses_none_again(tmp_path):
    load(tmp_path, rows("Er is tijd.", "Er is geld."))
    Quote.objects.get(reference="4.1-02").delete()
    Quote.objects.filter(reference="4.1-01").update(state="withdrawn")
    load(tmp_path, rows("Er is tijd.", "Er is ruimte."))
    assert set(Quote.objects.values_list("reference", "text")) == {
        ("4.1-01", "Er is tijd."),
        ("4.1-02", "Er is ruimte."),
    }


def test_the_same_statement_in_two_sections_is_two_quotes(tmp_path):
    load(tmp_path, rows("Er is tijd.") + "\n" + rows("Er is tijd.", section="4.2"))
    assert sorted(Quote.objects.values_list("reference", flat=True)) == ["4.1-01", "4.2-01"]


def test_a_quote_is_known_again_by_its_page_even_if_its_section_was_not(tmp_path):
    load(tmp_path, rows("Er is tijd.", section="4.?", page=50))
    assert Quote.objects.get().reference == "4.x-01"
    assert load(tmp_path, rows("Er is  tijd", section="4.2", page=50)).created == 0
    assert Quote.objects.get().reference == "4.x-01"


def test_a_dry_run_writes_nothing_and_tells_what_it_would_do(reading):
    report = upsert(reading=reading, dry_run=True)
    assert report.created > 80
    for model in (Anthology, Section, Quote, SourceFile, AuditEntry):
        assert not model.objects.exists()


def test_what_cannot_be_placed_leaves_nothing_behind(tmp_path):
    with pytest.raises(ImportRefused, match="chapter 9"):
        load(tmp_path, rows("Er is tijd.") + "\n" + rows("Er is geld.", section="9.1"))
    assert not Anthology.objects.exists()
    assert not Quote.objects.exists()


def test_the_file_itself_is_kept_beside_its_quotes(reading, book):
    upsert(reading=reading)
    source = SourceFile.objects.get()
    assert source.file.read() == book.read_bytes()
    assert set(Quote.objects.values_list("source_file", flat=True)) == {source.pk}
    assert source.pages == sorted(source.pages)


def test_the_first_anthology_is_the_primary_one_and_another_stays_apart(reading, tmp_path):
    upsert(reading=reading)
    load(tmp_path, rows("Er is tijd."), anthology="BL2")
    first, second = Anthology.objects.order_by("code")
    assert (first.code, first.is_primary, second.code, second.is_primary) == (
        "BL1", True, "BL2", False,
    )  # fmt: skip
    assert second.quotes.get().full_reference == "BL2:4.1-01"


@pytest.mark.parametrize("suffix", ["jsonl", "csv"])
def test_what_is_exported_comes_back_without_loss(reading, tmp_path, suffix):
    upsert(reading=reading)
    Quote.objects.filter(reference="4.1-01").update(state="reviewed", complete=False)
    first = exported(tmp_path, f"first.{suffix}")
    call_command("import_quotes", str(first), anthology="BL2", verbosity=0)
    second = exported(tmp_path, f"second.{suffix}", anthology="BL2")
    name = first.name
    assert second.read_text().replace(name, "book.txt") == first.read_text()


def test_a_text_that_looks_like_a_formula_is_exported_safely_and_read_back(tmp_path):
    texts = ["=1+1 is geen som", "'=1 met een aanhalingsteken", "- een streepje vooraf"]
    load(tmp_path, rows(*texts))
    path = exported(tmp_path, "quotes.csv")
    cells = [row["text"] for row in csv.DictReader(io.StringIO(path.read_text()))]
    assert not [cell for cell in cells if cell[0] in "=+-@"]
    assert [q.text for q in read_files([path]).quotes] == texts


def test_a_workbook_holds_the_quotes_of_one_section(reading, tmp_path):
    from openpyxl import load_workbook

    upsert(reading=reading)
    path = exported(tmp_path, "quotes.xlsx", section="4.2")
    found = list(load_workbook(path).active.values)
    assert found[0][:3] == ("reference", "kind", "section")
    assert {row[2] for row in found[1:]} == {"4.2"}


def test_only_one_kind_is_exported_when_asked(reading, tmp_path):
    upsert(reading=reading)
    path = exported(tmp_path, "ambitions.jsonl", kind="ambition")
    assert {json.loads(line)["kind"] for line in path.read_text().splitlines()} == {"ambition"}


def test_the_command_reports_in_json_and_refuses_in_one_sentence(book, tmp_path, capsys):
    report = tmp_path / "report.json"
    call_command("import_quotes", str(book), report=str(report), dry_run=True)
    told = json.loads(report.read_text())
    assert told["dry_run"] is True
    assert sum(told["by_section"].values()) == told["created"]
    with pytest.raises(CommandError, match="cannot be opened"):
        call_command("import_quotes", str(tmp_path / "absent.txt"))
    with pytest.raises(CommandError, match=r"no section 4\.99"):
        call_command("export_quotes", section="4.99")
