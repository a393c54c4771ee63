"""The anthology as people read it."""

import pytest
from django.core.files.base import ContentFile

from quotes.excerpt import excerpt
from quotes.models import Kind, QuoteState, SourceFile
from tests import factories as make
from tests.pages import queries, said, signed_in

pytestmark = pytest.mark.django_db


def test_the_list_tells_how_much_was_said_and_leaves_out_what_does_not_count() -> None:
    ambition = make.make_quote("Meet every week.")
    make.make_quote("Too many desks.", section=make.make_section("2.1", Kind.PROBLEM))
    make.make_quote("Meet every week, says the box.", pull_quote_of=ambition)
    make.make_quote("A mistake.", state=QuoteState.WITHDRAWN)
    client = signed_in(make.make_reporter(make.make_organisation()))
    page = said(client.get("/anthology/"))
    assert "The field said 2 things; 1 of them is an ambition" in page
    assert "Meet every week." in page
    assert "Too many desks." in page
    assert "says the box" not in page
    assert "A mistake." not in page
    assert "says the box" in said(client.get("/anthology/?show=pull"))
    assert "A mistake." in said(client.get("/anthology/?show=withdrawn"))


def test_search_and_kind_narrow_the_list_and_the_download() -> None:
    make.make_quote("Meet every week.")
    make.make_quote("Call back.")
    make.make_quote("Call nobody.", section=make.make_section("2.1", Kind.PROBLEM))
    client = signed_in(make.make_office())
    page = said(client.get("/anthology/?q=call&kind=ambition"))
    assert "1 quote " in page
    assert "Call back." in page
    assert "Call nobody." not in page
    response = client.get("/anthology/?q=call&kind=ambition&export=csv")
    rows = b"".join(response.streaming_content).decode()
    assert "Call back." in rows
    assert "Meet every week." not in rows
    assert "ambition" in rows


@pytest.mark.parametrize("column", ["reference", "text", "kind", "section", "page"])
@pytest.mark.parametrize("direction", ["", "-"])
def test_every_column_sorts_both_ways(column: str, direction: str) -> None:
    make.make_quote("B")
    make.make_quote("A")
    client = signed_in(make.make_office())
    assert client.get(f"/anthology/?sort={direction}{column}").status_code == 200


def test_a_quote_stands_beside_its_source() -> None:
    section = make.make_section()
    source = SourceFile.objects.create(
        anthology=section.anthology, name="book.txt", sha256="a" * 64, media_type="text/plain",
        file=ContentFile(b"first\nMeet every   Call me\nweek.        back.\nlast\n", "book.txt"),
    )  # fmt: skip
    quote = make.make_quote("Meet every week.", source_file=source, line_start=2, line_end=3)
    answer = signed_in(make.make_office()).get(quote.get_absolute_url())
    page = said(answer)
    assert "In the source book.txt" in page
    assert "2 Meet every" in page
    assert "1 first" in page
    assert "<mark>Meet every</mark>" in answer.text, "without the words of the other column"


def test_a_lost_source_is_said_and_does_not_break_the_page() -> None:
    section = make.make_section()
    source = SourceFile.objects.create(
        anthology=section.anthology, name="gone.txt", sha256="b" * 64, media_type="text/plain",
        file="sources/gone.txt",
    )  # fmt: skip
    quote = make.make_quote(source_file=source, line_start=1, line_end=1)
    page = said(signed_in(make.make_office()).get(quote.get_absolute_url()))
    assert "The source of this quote is not kept here" in page


def test_a_quote_names_its_pull_quote_and_where_it_also_stands() -> None:
    quote = make.make_quote("Meet every week.")
    make.make_quote("Meet every week", pull_quote_of=quote)
    twin = make.make_quote("Meet every week.", section=make.make_section("4.5"))
    type(twin).objects.filter(pk=twin.pk).update(fingerprint=quote.fingerprint)
    page = said(signed_in(make.make_office()).get(quote.get_absolute_url()))
    assert "repeated as a pull quote" in page
    assert "the same words also stand here" in page
    assert twin.reference in page


def test_another_anthology_is_named_in_the_address() -> None:
    make.make_quote("The first.")
    second = make.make_anthology("BL2")
    quote = make.make_quote("The second.", section=make.make_section(anthology=second))
    client = signed_in(make.make_office())
    assert quote.get_absolute_url() == "/anthology/BL2:4.12-01/"
    assert "The second." in said(client.get("/anthology/BL2:4.12-01/"))
    assert "The first." in said(client.get("/anthology/4.12-01/"))


def test_pages_cost_the_same_for_two_rows_and_for_twelve() -> None:
    client = signed_in(make.make_office())
    quote = make.make_quote()
    make.make_link(quote, make.make_intervention())
    few = queries(client, "/anthology/"), queries(client, quote.get_absolute_url())
    for _number in range(10):
        make.make_quote()
        make.make_link(quote, make.make_intervention())
    many = queries(client, "/anthology/"), queries(client, quote.get_absolute_url())
    assert few == many
    assert max(many) <= 6


def test_the_pages_speak_dutch() -> None:
    quote = make.make_quote()
    client = signed_in(make.make_office())
    page = said(client.get("/anthology/", headers={"accept-language": "nl"}))
    assert "Bloemlezing" in page
    assert "Anthology ·" not in page
    assert "In de bron" in said(
        client.get(quote.get_absolute_url(), headers={"accept-language": "nl"})
    )


def test_an_excerpt_outside_the_text_is_empty() -> None:
    assert excerpt("one\ntwo", 3, 3) == []
    assert excerpt("one\ntwo", 0, 1) == []
    assert [line.number for line in excerpt("one\ntwo\nthree", 2, 9, around=1)] == [1, 2, 3]
