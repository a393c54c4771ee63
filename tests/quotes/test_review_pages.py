"""The review as the office sees it: the queue, the desk, the source beside it, and the history."""

import re

import pytest
from django.core.files.base import ContentFile
from django.test import Client

from quotes.models import Kind, Quote, QuoteRevision, QuoteState, SourceFile
from quotes.services import review
from tests import factories as make
from tests.pages import queries, said, signed_in

pytestmark = pytest.mark.django_db

DESK = "/anthology/review/BL1/50/"
WHOLE = "Call me back. I want to know what came of it."


@pytest.fixture
def office() -> Client:
    return signed_in(make.make_office())


def doubtful(text: str = "", **fields) -> Quote:
    return make.make_quote(text, **{"confidence": 0.4, **fields})


def send(client: Client, quote: Quote, deed: str, **fields):
    """What a form at the desk sends, for the quote as it stands now."""
    now = Quote.objects.get(pk=quote.pk)
    return client.post(
        DESK, {"quote": quote.pk, "seen": now.version, "deed": deed, **fields}, follow=True
    )


def text_source(text: str, name: str = "book.txt") -> SourceFile:
    return SourceFile.objects.create(
        anthology=make.make_anthology(), name=name, sha256="a" * 64, media_type="text/plain",
        file=ContentFile(text.encode(), name),
    )  # fmt: skip


# --- the queue ------------------------------------------------------------------------------------


def test_the_queue_says_how_much_asks_for_an_eye_and_begins_with_the_worst(office: Client) -> None:
    doubtful(page=7, confidence=0.8)
    doubtful(page=9, confidence=0.3)
    doubtful(page=9, confidence=0.3)
    other = make.make_section("1.1", Kind.TREND, anthology=make.make_anthology("BL2"))
    doubtful(page=2, section=other)
    make.make_quote(page=8)
    answer = office.get("/anthology/review/")
    page = said(answer)
    assert "4 quotes need your attention" in page
    assert "Anthology BL1 3 quotes on 2 pages" in page
    assert "Anthology BL2 1 quote on 1 page" in page
    assert "page 9 2 quotes very unsure page 7 1 quote almost sure" in page
    assert "page 8" not in page
    assert 'href="/anthology/review/BL1/9/">Begin with page 9' in answer.text
    assert "Review 4 quotes" in said(office.get("/anthology/"))


def test_an_empty_queue_says_so(office: Client) -> None:
    make.make_quote()
    page = said(office.get("/anthology/review/"))
    assert "No quote needs your attention" in page
    assert "/anthology/review/" not in office.get("/anthology/").text


def test_leadership_and_partners_see_no_way_to_the_review() -> None:
    quote = doubtful()
    for user in (make.make_leadership(), make.make_reporter(make.make_organisation())):
        client = signed_in(user)
        assert "/anthology/review/" not in client.get("/anthology/").text
        assert "Correct this quote" not in said(client.get(quote.get_absolute_url()))


# --- the desk -------------------------------------------------------------------------------------


def test_the_desk_shows_the_page_in_order_and_why_to_doubt(office: Client) -> None:
    doubtful("and then it stopped", position=2, complete=False)
    make.make_quote("This one is sure.", position=1)
    make.make_quote("Elsewhere.", page=51)
    page = said(office.get(DESK))
    assert "1 of 2 quotes needs your attention" in page
    assert page.index("This one is sure.") < page.index("and then it stopped")
    assert "4.12-01 4.12 Section 4.12 Unsure" in page
    assert "It is cut off at the edge of the page." in page
    assert "It begins in the middle of a sentence" in page
    assert "It does not end as a sentence ends" in page
    assert "Join with the next, on page 51: “Elsewhere.”" in page


def test_accepting_goes_on_to_the_next_and_then_to_the_next_page(office: Client) -> None:
    one, two = doubtful("One.", position=1), doubtful("Two.", position=2)
    doubtful("Three.", page=60)
    answer = send(office, one, "accept")
    assert answer.redirect_chain[-1][0].endswith(f"#q-{two.pk}")
    assert "Accepted: 4.12-01." in said(answer)
    answer = send(office, two, "accept")
    assert answer.redirect_chain[-1][0].endswith("#page-done")
    assert "This page is done" in said(answer)
    assert 'href="/anthology/review/BL1/60/"' in answer.text
    assert "On to page 60" in said(answer)


def test_the_rest_of_the_page_is_accepted_with_one_button(office: Client) -> None:
    doubtful("One.")
    doubtful("Two.")
    form = office.get(DESK).text
    assert "Accept all 2 that are left on this page" in form
    seen = re.search(r'name="seen" value="([^"]* [^"]*)"', form)
    answer = office.post(DESK, {"deed": "page", "seen": seen[1]}, follow=True)
    assert "2 quotes accepted." in said(answer)
    assert "No quote needs attention any more." in said(answer)
    undone = re.search(r'name="quote" value="(\d+)"><input type="hidden" name="key" value="([^"]+)',
                       answer.text)  # fmt: skip
    office.post(DESK, {"deed": "undo", "quote": undone[1], "key": undone[2]})
    assert Quote.objects.to_review().count() == 2
    refused = office.post(DESK, {"deed": "page", "seen": "1:old junk x:y"})
    assert "These quotes were changed meanwhile." in said(refused)


def test_a_form_opens_by_a_link_and_stores_what_is_written(office: Client) -> None:
    quote = doubtful("kalm them back")
    form = office.get(f"{DESK}?quote=4.12-01&do=edit")
    assert "Exactly as they are printed." in said(form)
    assert ">\nkalm them back</textarea>" in form.text
    answer = send(office, quote, "edit", text="Call them back.", why="misread")
    assert "Changed: 4.12-01." in said(answer)
    assert Quote.objects.get().text == "Call them back."
    refused = send(office, quote, "edit", text="  ", why="")
    assert "Write the words of the quote." in said(refused)


def test_a_quote_is_split_behind_a_sentence_or_at_an_empty_line(office: Client) -> None:
    quote = doubtful(WHOLE)
    form = office.get(f"{DESK}?quote=4.12-01&do=split")
    assert "… I want to know what came of it." in said(form)
    answer = send(office, quote, "split", at="14", text=WHOLE)
    assert f'name="quote" value="{quote.pk}"><input type="hidden" name="key"' in answer.text
    assert "4.12-01 is split: the second part is 4.12-02." in said(answer)
    undone = send(office, quote, "undo")
    assert undone.redirect_chain[-1][0].endswith(f"#q-{quote.pk}")
    assert Quote.objects.counted().get().text == WHOLE
    cut = "Call me\r\n\r\nback. I want to know what came of it."
    send(office, quote, "split", at="0", text=cut)
    counted = list(Quote.objects.counted().in_page_order().values_list("text", flat=True))
    assert counted == ["Call me", "back. I want to know what came of it."]


@pytest.mark.parametrize(
    ("text", "refusal"),
    [
        (WHOLE, "Put an empty line where the second quote begins."),
        (WHOLE.replace("back", "b\n\nack!"), "Only put an empty line in it"),
        (f"\n\n{WHOLE}\n\n", "Put an empty line where the second quote begins."),
    ],
)
def test_a_split_that_cannot_be_is_said_at_its_field(
    office: Client, text: str, refusal: str
) -> None:
    quote = doubtful(WHOLE)
    assert refusal in said(send(office, quote, "split", at="0", text=text))
    assert not QuoteRevision.objects.exists()


def test_join_move_pull_quote_and_not_a_quote_each_say_what_they_did(office: Client) -> None:
    one, two, box = (doubtful(t, position=n) for n, t in enumerate(("One.", "Two.", "“Two”")))
    other = make.make_section("4.13")
    assert "4.12-03 is a pull quote of 4.12-02 now" in said(send(office, box, "pull", of=""))
    assert "pull quote" in said(office.get(DESK))
    assert "4.12-03 counts again." in said(send(office, box, "restore"))
    assert "is moved to section 4.13" in said(send(office, box, "move", section=other.pk))
    assert "4.12-02 is joined into 4.12-01" in said(
        send(office, one, "join", seen_next=two.version)
    )
    answer = send(office, box, "withdraw")
    assert "4.12-03 is no quote now: it keeps its number" in said(answer)
    assert "It is a quote after all" in said(answer)
    assert Quote.objects.counted().get().text == "One. Two."


def test_what_somebody_else_changed_stands_above_what_was_written(office: Client) -> None:
    quote = doubtful("One.")
    seen = quote.version
    review.edit(quote=quote, text="Theirs.", actor=make.make_office(email="b@office.example"))
    answer = office.post(
        DESK, {"quote": quote.pk, "seen": seen, "deed": "edit", "text": "Mine.", "why": ""}
    )
    page = said(answer)
    assert "was changed by somebody else meanwhile" in page
    assert page.index("Theirs.") < page.index("Mine.")
    assert Quote.objects.get().text == "Theirs."
    again = office.post(DESK, {"quote": quote.pk, "seen": seen, "deed": "withdraw"})
    assert "was changed by somebody else meanwhile" in said(again)


def test_with_htmx_only_the_desk_is_drawn_and_says_where_the_focus_goes(office: Client) -> None:
    one, two = doubtful("One.", position=1), doubtful("Two.", position=2)
    fields = {"quote": one.pk, "seen": one.version, "deed": "accept"}
    answer = office.post(DESK, fields, headers={"hx-request": "true"})
    assert answer.status_code == 200
    assert answer.text.lstrip().startswith('<div id="desk"')
    assert f'data-focus="q-{two.pk}"' in answer.text
    assert "Accepted: 4.12-01. 1 quote on this page still needs your attention." in answer.text


def test_quotes_without_a_page_have_a_desk_too(office: Client) -> None:
    quote = doubtful("One.", page=None)
    make.make_quote("Sure.", page=None)
    page = said(office.get("/anthology/review/BL1/0/"))
    assert "One." in page
    assert "Sure." not in page
    assert "Join with the next" not in page, "what follows is not shown"
    fields = {"quote": quote.pk, "seen": quote.version, "deed": "accept"}
    done = said(office.post("/anthology/review/BL1/0/", fields, follow=True))
    assert "Accepted: 4.12-01." in done
    assert "without page number" not in said(office.get("/anthology/review/"))


@pytest.mark.parametrize(
    "fields",
    [
        {"deed": "accept", "quote": "x"},
        {"deed": "accept", "quote": "9" * 40},
        {"deed": "eat", "quote": "own"},
        {"deed": "undo"},
        {},
    ],
)
def test_odd_requests_find_nothing(office: Client, fields: dict[str, str]) -> None:
    quote = doubtful()
    if fields.get("quote") == "own":
        fields = {**fields, "quote": str(quote.pk)}
    assert office.post(DESK, fields).status_code == 404
    assert office.get(f"{DESK}?did=nonsense&quote=nothing&do=eat").status_code == 200


def test_markup_in_a_quote_is_shown_and_not_obeyed(office: Client) -> None:
    doubtful("<script>alert(1)</script> <b>bold</b>.")
    page = office.get(DESK).text
    assert "<script>alert" not in page
    assert "&lt;script&gt;alert(1)" in page


def test_the_desk_costs_the_same_for_two_quotes_and_for_twelve(office: Client) -> None:
    source = text_source("\n".join(f"line {n}" for n in range(40)))
    doubtful(source_file=source, line_start=1, line_end=2)
    doubtful(page=60)
    paths = DESK, f"{DESK}?quote=4.12-01&do=move", f"{DESK}?quote=4.12-01&do=pull"
    few = [queries(office, path) for path in (*paths, "/anthology/review/")]
    for number in range(10):
        doubtful(source_file=source, line_start=number, line_end=number + 1, position=number)
        doubtful(page=60 + number)
    many = [queries(office, path) for path in (*paths, "/anthology/review/")]
    assert few == many
    assert max(many) <= 6


# --- the source -----------------------------------------------------------------------------------


def test_each_word_of_the_source_belongs_to_the_quote_that_has_it(office: Client) -> None:
    source = text_source("4.12 Heading\nMeet every sam-      Call me\nenwerking week.      back.\n")
    left = doubtful("Meet every samenwerking week.", source_file=source, line_start=2, line_end=3)
    right = doubtful("Call me back.", source_file=source, line_start=2, line_end=3)
    page = office.get(DESK).text
    assert f'is-now" data-of="{left.pk}">Meet every sam-</span>' in page
    assert f'data-of="{right.pk}">Call me</span>' in page
    assert f'data-of="{left.pk}">enwerking week.</span>' in page
    assert "4.12 Heading" in page


def test_a_pdf_is_shown_with_a_box_for_each_quote(office: Client) -> None:
    source = make.make_pdf_source()
    quote = doubtful(source_file=source, box=[[1, 0.1, 0.2, 0.5, 0.25], "junk", list("abcde")])
    for path in (DESK, quote.get_absolute_url()):
        page = office.get(path).text
        assert f'src="/anthology/source/{source.pk}/1.png"' in page
        assert f'data-of="{quote.pk}" x="100" y="200" width="400" height="50"' in page


def test_a_sheet_is_drawn_once_and_kept(office: Client, settings, tmp_path, monkeypatch) -> None:
    source = make.make_pdf_source()
    first = office.get(f"/anthology/source/{source.pk}/1.png")
    assert first.headers["content-type"] == "image/png"
    assert first.headers["cache-control"].startswith("private")
    assert first.content[:8] == b"\x89PNG\r\n\x1a\n"
    monkeypatch.setattr("quotes.sources._render", lambda *_any: pytest.fail("drawn again"))
    assert office.get(f"/anthology/source/{source.pk}/1.png").content == first.content


@pytest.mark.parametrize("data", [b"%PDF-1.7 and no more", b"nonsense", b"\x00" * 100])
def test_a_broken_file_is_not_found_and_breaks_nothing(office: Client, data: bytes) -> None:
    source = make.make_pdf_source(data)
    assert office.get(f"/anthology/source/{source.pk}/1.png").status_code == 404
    doubtful(source_file=source, box=[[1, 0, 0, 1, 1]])
    assert office.get(DESK).status_code == 200
    for sheet in ("0", "2", "99999999999999999999"):
        assert office.get(f"/anthology/source/{source.pk}/{sheet}.png").status_code == 404


# --- the quote's own page -------------------------------------------------------------------------


def test_a_quote_tells_what_was_corrected_by_whom_and_why(office: Client) -> None:
    quote = make.make_quote("kalm them back")
    somebody = make.make_office("Sanne", email="sanne@office.example")
    review.edit(quote=quote, text="Call them back.", actor=somebody, why="misread")
    review.move(quote=quote, section=make.make_section("4.13"), actor=somebody)
    before = queries(office, quote.get_absolute_url())
    page = said(office.get(quote.get_absolute_url()))
    assert "Moved to another section Section 4.12 → 4.13" in page
    assert "Edited Words kalm them back → Call them back. misread" in page
    assert page.count("Sanne") == 2
    assert f"{DESK}?quote=4.12-01" in office.get(quote.get_absolute_url()).text
    for text in ("One.", "Two.", "Three."):
        review.edit(quote=quote, text=text, actor=somebody)
    assert queries(office, quote.get_absolute_url()) == before <= 6


def test_the_list_of_those_to_look_at_again_is_the_queue(office: Client) -> None:
    doubtful("Doubtful.")
    make.make_quote("Cut off", complete=False)
    doubtful("Done.", state=QuoteState.REVIEWED)
    page = said(office.get("/anthology/?show=unsure"))
    assert "Doubtful." in page
    assert "Cut off" in page
    assert "Done." not in page
