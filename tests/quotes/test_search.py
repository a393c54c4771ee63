"""Finding a quote by what it says: on either database, whatever is typed."""

from importlib import import_module

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.db import ProgrammingError, connection
from hypothesis import given
from hypothesis import strategies as st

from quotes import search_index
from quotes.models import Quote
from quotes.searching import MOST_TERMS, plain, sought, stem
from tests import factories as make
from tests.pages import queries, said, signed_in

ODD = [
    '"', '""', '"never closed', "*", "vic*", "-", "--", "- -", "-victims", "\\", "%", "_",
    "' OR 1=1 --", "NEAR(a b)", "AND", "a AND", "text:victims", "(", "a & | ! b", "<->", ":*",
    "^a", "{a}", "\ud800", "victims\0", "\0", "🙂", "🙂🙂 victims", "é", "a" * 10_000,
    "word " * 10_000, '"' * 999, "العربية", "\u202evictims", "4.12-", "BL1:", "4.x", "٤.١٢-٠٧",
    "<script>", "&amp;", "\t\n",
]  # fmt: skip


def found(typed: str) -> list[str]:
    return [quote.text for quote in Quote.objects.search(typed)]


def test_what_is_typed_is_taken_apart() -> None:
    terms = sought('Zorgcoördinator "één loket" -politie -"oude wijn" bl2:4.12-07 *** 4.1')
    assert terms.words == ["zorgcoordinator"]
    assert terms.phrases == ["een loket"]
    assert terms.excluded == ["politie", "oude wijn"]
    assert [(one.code, one.bare, one.whole) for one in terms.references] == [
        ("BL2", "4.12-07", True), ("", "4.1", False),
    ]  # fmt: skip
    assert not sought("*** ! --")
    assert len(sought("word " * 50).words) == MOST_TERMS


@given(st.text())
def test_anything_can_be_typed(typed: str) -> None:
    terms = sought(typed)
    assert all(term == plain(term) and "\0" not in term for term in terms.terms)


def test_endings_are_cut_from_long_words_only() -> None:
    assert [stem(word) for word in ("slachtoffers", "melden", "zorgen", "bus", "les")] == [
        "slachtoffer", "meld", "zorg", "bus", "les",
    ]  # fmt: skip


@pytest.mark.django_db
def test_words_are_found_by_their_beginning_their_ending_and_inside_others() -> None:
    victims = make.make_quote("Slachtoffers krijgen altijd een bed.").text
    trade = make.make_quote("Mensenhandel herkennen wij te laat.").text
    make.make_quote("Vergader elke week.")
    assert found("slachtoff") == [victims]
    assert found("slachtoffer") == [victims]
    assert found("SLACHTOFFERS bed") == [victims]
    assert found("handel") == [trade]
    assert found("mensenhandel bed") == []
    assert found("") == []


@pytest.mark.django_db
def test_accents_do_not_matter() -> None:
    text = make.make_quote("De zorgcoördinator belt terug.").text
    assert found("zorgcoordinator") == [text]
    assert found("zorgcoördinatoren" if connection.vendor == "postgresql" else "zorgcoörd") == [
        text
    ]


@pytest.mark.django_db
def test_phrases_must_stand_together_and_excluded_words_must_not_occur() -> None:
    right = make.make_quote("Eén vast loket voor gemeenten.").text
    wrong = make.make_quote("Een loket dat vast zit bij de politie.").text
    assert found('"vast loket"') == [right]
    assert set(found("vast loket")) == {right, wrong}
    assert found("loket -politie") == [right]
    assert found("-politie") == [right]


@pytest.mark.django_db
def test_the_most_fitting_comes_first() -> None:
    once = make.make_quote("Over wonen en werken en nog veel meer dan huisvesting alleen.").text
    often = make.make_quote("Huisvesting, huisvesting en huisvesting.").text
    assert found("huisvesting") == [often, once]


@pytest.mark.django_db
def test_a_reference_typed_in_full_finds_that_quote_and_its_beginning_the_section() -> None:
    first, second = make.make_quote("One."), make.make_quote("Two.")
    make.make_quote("Three.", section=make.make_section("4.1"))
    other = make.make_quote(
        "Four.", section=make.make_section(anthology=make.make_anthology("BL2"))
    )
    assert found(first.reference) == ["One.", "Four."], "the primary anthology first"
    assert found(other.full_reference) == ["Four."]
    assert found(other.full_reference.lower()) == ["Four."]
    assert found("4.12-") == ["One.", "Two.", "Four."]
    assert found(f"{second.reference} two") == ["Two."]
    assert found("9.9-99") == []


@pytest.mark.django_db
@pytest.mark.parametrize("typed", ODD, ids=lambda typed: ascii(typed[:12]))
def test_odd_input_is_no_error(typed: str) -> None:
    make.make_quote("Victims <b>&amp;</b> first. 🙂")
    assert len(found(typed)) <= 1
    # Not even when it narrows down, is counted, or is asked within another query.
    quotes = Quote.objects.counted().search(typed)
    assert quotes.count() == len(quotes)
    assert Quote.objects.filter(pk__in=quotes.values("pk")).count() == len(quotes)


@pytest.mark.django_db
def test_an_emoji_is_found_and_marks_alone_find_nothing() -> None:
    smile = make.make_quote("Victims first. 🙂").text
    assert found("🙂") == [smile]
    assert found("***") == []


@pytest.mark.django_db
def test_the_index_follows_every_way_of_writing() -> None:
    section = make.make_section()
    rows = [
        Quote(
            anthology=section.anthology, section=section, reference=f"4.12-{n:02}",
            reference_number=n, text=f"Woordenboek {word}", fingerprint=f"{n:064}",
        )
        for n, word in enumerate(("appel", "peer", "pruim"), 1)
    ]  # fmt: skip
    Quote.objects.bulk_create(rows)
    assert found("woordenboek peer") == ["Woordenboek peer"]
    Quote.objects.filter(reference="4.12-02").update(text="Woordenboek kers")
    assert found("woordenboek peer") == []
    assert found("woordenboek kers") == ["Woordenboek kers"]
    rows[0].text = "Woordenboek druif"
    Quote.objects.bulk_update(rows[:1], ["text"])
    assert found("druif") == ["Woordenboek druif"]
    Quote.objects.filter(reference="4.12-03").delete()
    assert found("pruim") == []
    assert len(found("woordenboek")) == 2


@pytest.mark.django_db
@pytest.mark.postgresql
def test_a_typing_mistake_is_forgiven_only_where_nothing_else_is_found() -> None:
    right = make.make_quote("Slachtoffers krijgen een bed.").text
    assert found("slachtofers") == [right]
    assert found("slachtofers -bed") == []
    wrong = make.make_quote("Wij schrijven slachtofers verkeerd.").text
    assert found("slachtofers") == [wrong]


@pytest.mark.django_db
@pytest.mark.postgresql
@pytest.mark.parametrize("typed", ["huisvesting", "vesting", "huisvestting", '"vaste huisvesting"'])
def test_postgresql_reads_its_indexes_not_the_quotes(typed: str) -> None:
    for _number in range(20):
        make.make_quote()
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off")
        cursor.execute("SET LOCAL enable_indexscan = off")
    plan = Quote.objects.search(typed).explain()
    indexes = ("search_words", "search_plain")
    assert all(f"Bitmap Index Scan on quotes_quote_{index}" in plan for index in indexes), plan
    assert "Seq Scan on quotes_quote" not in plan


@pytest.mark.django_db
@pytest.mark.postgresql
def test_without_trigrams_the_migration_says_what_to_do(monkeypatch: pytest.MonkeyPatch) -> None:
    class Refusing:
        def __enter__(self) -> "Refusing":
            return self

        def __exit__(self, *_error: object) -> None: ...

        def fetchone(self) -> None:
            return None

        def execute(self, sql: str) -> None:
            if sql.startswith("CREATE EXTENSION"):
                raise ProgrammingError("permission denied to create extension")

    monkeypatch.setattr(connection, "cursor", Refusing)
    with pytest.raises(ImproperlyConfigured, match="CREATE EXTENSION pg_trgm;"):
        search_index._install_trigrams(connection)


@pytest.mark.django_db
def test_the_index_can_be_taken_away_and_comes_back_with_all_quotes() -> None:
    make.make_quote("Huisvesting voor ieder.")
    assert import_module("quotes.migrations.0003_search").Migration.operations[0].reversible
    connection.check_constraints()  # what is still to be checked would forbid altering the table
    search_index.remove(using="default")
    make.make_quote("Nog meer huisvesting.")
    connection.check_constraints()
    search_index.install(using="default")
    search_index.install(using="default")
    assert len(found("huisvesting")) == 2


@pytest.mark.sqlite
@pytest.mark.django_db
def test_triggers_that_a_rebuilt_table_lost_are_put_back() -> None:
    with connection.cursor() as cursor:
        cursor.execute("DROP TRIGGER quotes_search_insert")
    make.make_quote("Huisvesting voor ieder.")
    search_index.install(using="default")
    assert found("huisv")
    with connection.cursor() as cursor:
        cursor.execute("SELECT rowid FROM quotes_search WHERE quotes_search MATCH 'huisvesting'")
        assert len(cursor.fetchall()) == 1


# --- the list -------------------------------------------------------------------------------------


@pytest.mark.django_db
def test_the_list_brings_the_most_fitting_first_unless_a_sort_was_chosen() -> None:
    make.make_quote("Over wonen, werken en nog veel meer dan huisvesting alleen.")
    make.make_quote("Huisvesting, huisvesting en huisvesting.")
    make.make_quote("Vergader elke week.")
    client = signed_in(make.make_office())

    def order(query: str) -> list[str]:
        return [row.record.reference for row in client.get(query).context["table"].rows]

    assert order("/anthology/?q=huisvesting") == ["4.12-02", "4.12-01"]
    assert order("/anthology/?q=huisvesting&sort=reference") == ["4.12-01", "4.12-02"]
    page = client.get("/anthology/?q=huisvesting").content.decode()
    assert page.count("<mark>") == 4
    rows = b"".join(client.get("/anthology/?q=huisvesting&export=csv").streaming_content).decode()
    assert "Huisvesting, huisvesting en huisvesting." in rows
    assert "Vergader" not in rows
    assert "mark>" not in rows


@pytest.mark.django_db
def test_a_search_costs_the_same_for_two_hits_and_for_twelve() -> None:
    section = make.make_section(anthology=make.make_anthology("BL2"))
    make.make_quote("Huisvesting.")
    make.make_quote("Huisvesting.", section=section)
    client = signed_in(make.make_office())
    address = f"/anthology/?q=huisvesting&anthology=BL2&section={section.pk}&kind=ambition"
    few = queries(client, address)
    for _number in range(10):
        make.make_quote("Huisvesting.", section=section)
    assert queries(client, address) == few <= 6
    assert "11 quotes " in said(client.get(address))


@pytest.mark.django_db
@pytest.mark.parametrize("typed", ["%22", "***", "%3Cscript%3E", "a" * 5000, "%F0%9F%99%82"])
def test_the_list_survives_what_is_typed(typed: str) -> None:
    make.make_quote("<script>alert(1)</script>")
    page = signed_in(make.make_office()).get(f"/anthology/?q={typed}")
    assert page.status_code == 200
    assert "<script>alert" not in page.content.decode()


@pytest.mark.sqlite
@pytest.mark.django_db(transaction=True)
def test_a_migration_that_rebuilds_the_table_of_quotes_leaves_the_search_right() -> None:
    make.make_quote("Huisvesting voor ieder.")
    field = Quote._meta.get_field("page")
    with connection.constraint_checks_disabled(), connection.schema_editor() as editor:
        editor._remake_table(Quote, alter_fields=[(field, field)])
    search_index.install(using="default")
    make.make_quote("Nog meer huisvesting.")
    assert len(found("huisvest")) == 2
