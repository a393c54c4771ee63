"""Importing a better file: references, links and corrections stay, the rest is mended."""

import json

import pytest
from django.core.management import CommandError, call_command
from django.db import transaction
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from quotes.importing.engine import read_files
from quotes.importing.reading import Box, QuoteRead, Reading, SectionRead, SourceRead
from quotes.importing.text import fingerprint
from quotes.importing.upsert import ComparedAnew, preview, upsert
from quotes.models import Deed, Quote, QuoteRevision, QuoteState
from tests import factories as make

pytestmark = pytest.mark.django_db

LONG = "Wij zien dat gemeenten elkaar te laat bellen wanneer een slachtoffer verhuist"
OTHER = "De opvang heeft te weinig plekken voor gezinnen die plotseling moeten vertrekken"


def said(text, page=10, section="4.1", position=1, **extra):
    given = {
        "section_number": section,
        "text": text,
        "page": page,
        "column": "L",
        "position": position,
        "line_start": position * 10,
        "line_end": position * 10 + 1,
        "is_pull_quote": extra.get("pull_quote_of") is not None,
        "pull_quote_of": None,
        "complete": True,
        "confidence": 0.95,
        "source_name": "boek.txt",
        "fingerprint": fingerprint(text),
    }
    return QuoteRead(**{**given, **extra})


def reading(*quotes, pages=(10, 11), name="boek.txt", media="text/plain", **extra):
    """A reading as the engine makes it, of one file that holds these pages."""
    numbers = sorted({quote.section_number for quote in quotes} | {"4.1"})
    sections = tuple(
        SectionRead(n, f"Over {n}", 10, int(n[0]) * 1000 + int(n[2:]), int(n[0])) for n in numbers
    )
    data = repr((quotes, name)).encode()
    source = SourceRead(name, fingerprint(repr(data)), media, tuple(pages), data)
    return Reading("Een boek", sections, tuple(quotes), (source,), (), **extra)


def load(*quotes, **extra):
    return upsert(reading=reading(*quotes, **extra))


def standing():
    rows = Quote.objects.exclude(state=QuoteState.WITHDRAWN).order_by("reference_number", "pk")
    return [(row.reference, row.text) for row in rows]


def correct(quote, deed, **fields):
    """What the review page does: a revision of each field, and the new value."""
    for name, value in fields.items():
        old = getattr(quote, name)
        QuoteRevision.objects.create(quote=quote, deed=deed, field=name, old=old, new=value)
        setattr(quote, name, value)
    quote.fingerprint = fingerprint(quote.text)
    quote.save()
    return quote


def the(reference):
    return Quote.objects.get(reference=reference)


def link(reference):
    return make.make_link(the(reference), make.make_intervention())


def test_mended_words_keep_the_reference_and_the_link_and_leave_a_revision() -> None:
    load(said("Wij zien dat ge meenten elkaar te laat bel len."), said(OTHER, position=2))
    linked = link("4.1-01")
    report = load(said("Wij zien dat gemeenten elkaar te laat bellen."), said(OTHER, position=2))
    assert standing() == [
        ("4.1-01", "Wij zien dat gemeenten elkaar te laat bellen."),
        ("4.1-02", OTHER),
    ]
    assert (report.text_changed, report.created, report.unchanged) == (1, 0, 1)
    linked.refresh_from_db()
    assert linked.quote.text == "Wij zien dat gemeenten elkaar te laat bellen."
    revision = QuoteRevision.objects.get()
    assert (revision.deed, revision.field, revision.why) == (Deed.REREAD, "text", "boek.txt")
    assert revision.old == "Wij zien dat ge meenten elkaar te laat bel len."


def test_another_statement_in_the_same_place_is_no_mended_one() -> None:
    load(said("Er is te weinig tijd."))
    linked = link("4.1-01")
    report = load(said("Er is te weinig geld."))
    assert standing() == [
        ("4.1-01", "Er is te weinig tijd."),
        ("4.1-02", "Er is te weinig geld."),
    ]
    assert (report.created, report.stays) == (1, 1)
    linked.quote.refresh_from_db()
    assert linked.quote.confidence < 0.9, "somebody has to look"


@pytest.mark.parametrize(
    ("deed", "field", "value"),
    [(Deed.EDITED, "text", f"{LONG}, zegt men."), (Deed.ACCEPTED, "state", QuoteState.REVIEWED)],
)
def test_what_somebody_corrected_is_kept_and_the_difference_shown(deed, field, value) -> None:
    load(said(f"{LONG}."))
    mine = correct(the("4.1-01"), deed, **{field: value})
    report = load(said(f"{LONG} binnen de regio."))
    assert standing() == [("4.1-01", mine.text)]
    assert (report.kept, report.text_changed, report.created, report.written) == (1, 0, 0, 0)
    told = report.differences[0]
    assert (told["what"], told["old"], told["new"]) == (
        "kept", mine.text, f"{LONG} binnen de regio.",
    )  # fmt: skip


def test_a_quote_that_was_rewritten_altogether_is_known_by_the_words_it_had() -> None:
    load(said(f"{LONG}."))
    correct(the("4.1-01"), Deed.EDITED, text="Heel andere woorden dan er stonden.")
    report = load(said(f"{LONG}."))
    assert standing() == [("4.1-01", "Heel andere woorden dan er stonden.")]
    assert (report.kept, report.created, report.changed) == (1, 0, False)


def test_what_somebody_moved_stays_where_it_was_put() -> None:
    load(said(LONG), said(OTHER, section="4.2", position=2))
    quote = the("4.1-01")
    QuoteRevision.objects.create(
        quote=quote, deed=Deed.MOVED, field="section", old="4.1", new="4.2"
    )
    quote.section = the("4.2-01").section
    quote.save()
    report = load(said(LONG), said(OTHER, section="4.2", position=2))
    assert the("4.1-01").section.number == "4.2"
    assert (report.kept, report.written) == (1, 0)


def test_what_somebody_withdrew_does_not_come_back() -> None:
    load(said(LONG), said(OTHER, position=2))
    correct(the("4.1-02"), Deed.WITHDRAWN, state=QuoteState.WITHDRAWN)
    assert load(said(LONG), said(OTHER, position=2)).changed is False
    assert standing() == [("4.1-01", LONG)]


def test_the_better_part_of_a_split_quote_keeps_the_reference() -> None:
    load(said(f"Kort en bondig gezegd door velen. {LONG}."))
    linked = link("4.1-01")
    report = load(said("Kort en bondig gezegd door velen."), said(f"{LONG}.", position=2))
    assert standing() == [
        ("4.1-01", f"{LONG}."),
        ("4.1-02", "Kort en bondig gezegd door velen."),
    ]
    assert the("4.1-02").split_from == the("4.1-01")
    assert (report.split, report.created) == (1, 1)
    linked.quote.refresh_from_db()
    assert linked.quote.reference == "4.1-01"


def test_the_first_of_two_that_became_one_keeps_the_reference() -> None:
    load(said("Wij zien dat gemeenten elkaar"), said(f"te laat bellen. {OTHER}.", position=2))
    whole = f"Wij zien dat gemeenten elkaar te laat bellen. {OTHER}."
    report = load(said(whole))
    assert standing() == [("4.1-01", whole)]
    gone = the("4.1-02")
    assert (gone.state, gone.merged_into.reference) == (QuoteState.WITHDRAWN, "4.1-01")
    assert report.joined == 1
    assert load(said(whole)).changed is False


def test_a_linked_quote_is_never_joined_away_by_itself() -> None:
    load(said("Wij zien dat gemeenten elkaar"), said(f"te laat bellen. {OTHER}.", position=2))
    link("4.1-02")
    whole = f"Wij zien dat gemeenten elkaar te laat bellen. {OTHER}."
    report = load(said(whole))
    assert standing() == [("4.1-01", whole), ("4.1-02", f"te laat bellen. {OTHER}.")]
    assert report.stays == 1
    assert the("4.1-02").confidence < 0.9
    assert load(said(whole)).changed is False


def test_joined_and_parted_again_the_old_references_return() -> None:
    first, second = f"{LONG}.", f"{OTHER}."
    load(said(first), said(second, position=2))
    load(said(f"{first} {second}"))
    assert standing() == [("4.1-01", f"{first} {second}")]
    report = load(said(first), said(second, position=2))
    assert standing() == [("4.1-01", first), ("4.1-02", second)]
    assert the("4.1-02").merged_into is None
    assert (report.restored, report.created) == (1, 0)


def test_two_that_somebody_joined_stay_one() -> None:
    load(said(f"{LONG}."), said(f"{OTHER}.", position=2))
    first, second = the("4.1-01"), the("4.1-02")
    correct(first, Deed.JOINED, text=f"{LONG}. {OTHER}.")
    second.merged_into = first
    correct(second, Deed.JOINED, state=QuoteState.WITHDRAWN)
    report = load(said(f"{LONG}."), said(f"{OTHER}.", position=2))
    assert standing() == [("4.1-01", f"{LONG}. {OTHER}.")]
    assert (report.created, report.written) == (0, 0)


def test_one_that_somebody_split_stays_two() -> None:
    load(said(f"{LONG}. {OTHER}."))
    first = correct(the("4.1-01"), Deed.SPLIT, text=f"{LONG}.")
    part = make.make_quote(f"{OTHER}.", section=first.section, page=10, split_from=first)
    QuoteRevision.objects.create(quote=part, deed=Deed.SPLIT, field="text", new=part.text)
    report = load(said(f"{LONG}. {OTHER}."))
    assert standing() == [("4.1-01", f"{LONG}."), ("4.1-02", f"{OTHER}.")]
    assert (report.created, report.written) == (0, 0)


def test_what_the_file_no_longer_has_is_withdrawn_and_what_it_does_not_cover_is_not() -> None:
    load(said(LONG), said(OTHER, page=11), said("Op een verre bladzijde.", page=30), pages=(10, 30))
    report = load(said(LONG), pages=(10, 11))
    assert standing() == [("4.1-01", LONG), ("4.1-03", "Op een verre bladzijde.")]
    assert (report.gone, the("4.1-02").state) == (1, QuoteState.WITHDRAWN)
    assert load(said(LONG), pages=(10, 11)).changed is False


def test_a_reference_is_never_given_again() -> None:
    load(said(LONG), said(OTHER, position=2))
    load(said(LONG))
    load(said(LONG), said("Iets heel anders dan wat er eerder stond.", position=2))
    assert standing()[-1] == ("4.1-03", "Iets heel anders dan wat er eerder stond.")


def test_a_table_and_a_single_page_leave_out_without_withdrawing() -> None:
    load(said(LONG), said(OTHER, page=11))
    assert load(said(LONG), media="text/csv", name="rijen.csv").gone == 0
    assert load(said(OTHER, page=11), only_page=11).gone == 0
    assert len(standing()) == 2


def test_a_part_on_one_page_does_not_shorten_the_quote_of_two_pages() -> None:
    load(said(f"{LONG}. {OTHER}."))
    report = load(said(OTHER, page=11, complete=False), pages=(11,))
    assert standing() == [("4.1-01", f"{LONG}. {OTHER}.")]
    assert (report.unchanged, report.written) == (1, 0)


def test_another_section_moves_the_quote_and_leaves_its_reference() -> None:
    load(said(LONG))
    report = load(said(LONG, section="4.2"))
    quote = the("4.1-01")
    assert (quote.section.number, report.section_changed) == ("4.2", 1)
    assert QuoteRevision.objects.filter(quote=quote, field="section", old="4.1", new="4.2").exists()
    assert load(said(LONG, section="4.2")).changed is False


def test_places_follow_the_better_file_without_a_word_about_it() -> None:
    load(said(LONG))
    boxes = (Box(3, 0.1, 0.2, 0.45, 0.25), Box(4, 0.1, 0.05, 0.45, 0.1))
    report = load(said(LONG, boxes=boxes, confidence=0.99, source_name="b.pdf"), name="b.pdf")
    quote = the("4.1-01")
    assert quote.box == [[3, 0.1, 0.2, 0.45, 0.25], [4, 0.1, 0.05, 0.45, 0.1]]
    assert (quote.confidence, quote.source_file.name) == (0.99, "b.pdf")
    assert (report.places_updated, report.unchanged, report.differences) == (1, 1, [])
    assert not QuoteRevision.objects.exists()


def test_a_quote_that_turns_out_to_be_a_box_points_at_what_it_repeats() -> None:
    load(said(LONG), said(LONG, position=2))
    report = load(said(LONG), said(LONG, position=2, pull_quote_of=0))
    assert the("4.1-02").pull_quote_of == the("4.1-01")
    assert (report.created, report.section_changed) == (0, 1)
    assert load(said(LONG), said(LONG, position=2, pull_quote_of=0)).changed is False


def test_a_corrected_edition_with_other_pages_is_the_same_anthology() -> None:
    load(said(f"{LONG}."), said(f"{OTHER}.", page=11))
    link("4.1-02")
    report = load(said(f"{LONG} in de praktijk."), said(f"{OTHER}.", page=15), pages=range(10, 20))
    assert standing() == [("4.1-01", f"{LONG} in de praktijk."), ("4.1-02", f"{OTHER}.")]
    assert (report.created, report.text_changed, report.gone, report.stays) == (0, 1, 0, 0)


def test_an_edited_export_comes_back_by_its_references(tmp_path) -> None:
    load(said(f"{LONG}."), said(f"{OTHER}.", page=11))
    row = {"reference": "4.1-02", "section": "4.1", "page": 40, "text": f"{OTHER}, zegt men."}
    path = tmp_path / "rijen.jsonl"
    path.write_text(json.dumps(row))
    report = upsert(reading=read_files([path]))
    assert standing() == [("4.1-01", f"{LONG}."), ("4.1-02", f"{OTHER}, zegt men.")]
    assert (report.text_changed, report.created) == (1, 0)


def test_nothing_is_written_when_it_differs_from_what_was_shown() -> None:
    load(said(LONG))
    better = reading(said(f"{LONG} in de praktijk."))
    seen = preview(reading=better).signature
    correct(the("4.1-01"), Deed.EDITED, text=f"{LONG}, zegt men.")
    with pytest.raises(ComparedAnew) as anew:
        upsert(reading=better, expected=seen)
    assert (anew.value.report.kept, anew.value.report.text_changed) == (1, 0)
    assert standing() == [("4.1-01", f"{LONG}, zegt men.")]
    upsert(reading=better, expected=anew.value.report.signature)


WORDS = st.sampled_from("wij zij zorg tijd geld plek bellen samen nooit altijd gemeente".split())
TEXTS = st.lists(WORDS, min_size=1, max_size=12).map(" ".join)
QUOTES = st.lists(
    st.tuples(
        TEXTS,
        st.sampled_from([None, 10, 11, 12]),
        st.sampled_from(["4.1", "4.2", "3.7"]),
        st.integers(0, 6),
        st.booleans(),
    ),
    max_size=12,
)


def random_reading(rows):
    quotes = []
    for text, page, section, position, boxed in rows:
        targets = [i for i, one in enumerate(quotes) if one.pull_quote_of is None]
        target = targets[position % len(targets)] if boxed and targets else None
        quotes.append(said(text, page, section, position, pull_quote_of=target))
    return reading(*quotes, pages=(10, 11, 12))


def snapshot():
    fields = [one.attname for one in Quote._meta.concrete_fields]
    return list(Quote.objects.order_by("pk").values_list(*fields))


@settings(
    max_examples=25,
    phases=[Phase.explicit, Phase.reuse, Phase.generate],
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(books=st.lists(QUOTES, min_size=2, max_size=5))
def test_importing_is_idempotent_and_never_touches_a_reference(books) -> None:
    with transaction.atomic():  # each example begins with an empty anthology
        linked = None
        for book in books:
            before = dict(Quote.objects.values_list("pk", "reference"))
            upsert(reading=random_reading(book), anthology="BL1")
            after = snapshot()
            again = upsert(reading=random_reading(book), anthology="BL1")
            assert (again.written, snapshot()) == (0, after)
            assert before.items() <= dict(Quote.objects.values_list("pk", "reference")).items()
            if linked:
                linked.quote.refresh_from_db()
                assert linked.quote.state != QuoteState.WITHDRAWN
            elif counted := Quote.objects.exclude(state=QuoteState.WITHDRAWN).first():
                linked = make.make_link(counted, make.make_intervention())
        transaction.set_rollback(True)


def table(tmp_path, *rows):
    path = tmp_path / "tabel.csv"
    path.write_text("\n".join(["Wat;Waar;Blz", *rows]))
    return str(path)


def test_the_command_shows_the_differences_before_and_does_them_after(tmp_path, capsys) -> None:
    load(said("Wij zien dat ge meenten elkaar te laat bel len."), said(OTHER, page=11))
    path = tmp_path / "boek.jsonl"
    rows = [{"text": "Wij zien dat gemeenten elkaar te laat bellen.", "section": "4.1", "page": 10}]
    path.write_text("\n".join(map(json.dumps, rows)))
    call_command("import_quotes", str(path), dry_run=True)
    told = capsys.readouterr().out
    assert "~ 4.1-01 other words, page 10" in told
    assert "was: Wij zien dat ge meenten" in told
    assert "1 would be given other words" in told
    assert standing()[0][1].startswith("Wij zien dat ge meenten")
    call_command("import_quotes", str(path))
    assert "1 given other words" in capsys.readouterr().out
    assert standing()[0][1].startswith("Wij zien dat gemeenten")


def test_the_command_asks_what_an_unknown_chapter_holds_and_which_column_is_what(tmp_path) -> None:
    path = table(tmp_path, "Er is tijd.;5.1 Ruimte;3")
    columns = ["text=wat", "section=Waar", "page=Blz"]
    flags = [part for one in columns for part in ("--column", one)]
    with pytest.raises(CommandError, match=r"chapter 5 holds; say so, for example --kind 5="):
        call_command("import_quotes", path, *flags, "--anthology", "BL3")
    with pytest.raises(CommandError, match="'5=wens' does not tell what a chapter holds"):
        call_command("import_quotes", path, *flags, "--kind", "5=wens")
    assert not Quote.objects.exists()
    call_command(
        "import_quotes", path, *flags, "--anthology", "bl3", "--title", "Een boek",
        "--kind", "5=trend",
    )  # fmt: skip
    quote = Quote.objects.get()
    assert (quote.anthology.code, quote.anthology.title) == ("BL3", "Een boek")
    assert (quote.reference, quote.section.kind, quote.page) == ("5.1-01", "trend", 3)
