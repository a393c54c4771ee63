"""What the office does to a quote, and what stands written of it afterwards."""

import threading
import uuid

import pytest
from django.core.exceptions import ValidationError
from django.db import connection

from quotes.importing.text import fingerprint
from quotes.models import Deed, Quote, QuoteRevision, QuoteState
from quotes.services import review, seams
from quotes.services.corrections import StaleQuote
from quotes.services.undo import undo
from tests import factories as make
from tracker.audit.models import AuditEntry

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_english")]

WHOLE = "Call me back. I want to know what came of it."
SEAM = WHOLE.index("I want")


@pytest.fixture
def office():
    return make.make_office()


def doubtful(text: str = "", **fields) -> Quote:
    return make.make_quote(text, **{"confidence": 0.4, **fields})


def fresh(quote: Quote) -> Quote:
    return Quote.objects.get(pk=quote.pk)


def rows(quote: Quote) -> list[tuple[str, str, str, str]]:
    found = QuoteRevision.objects.filter(quote=quote).order_by("pk")
    return [(one.deed, one.field, one.old, one.new) for one in found]


def test_an_accepted_quote_leaves_the_queue_and_is_on_record(office) -> None:
    quote, other = doubtful(), doubtful()
    review.accept(quote=quote, actor=office, seen=quote.version)
    assert list(Quote.objects.to_review()) == [other]
    assert rows(quote) == [("accepted", "state", "imported", "reviewed")]
    entry = AuditEntry.objects.get(verb="quotes.accepted")
    assert (entry.actor, entry.object_id) == (office, str(quote.pk))
    assert entry.after == {quote.reference: {"state": "reviewed"}}


def test_accepting_twice_changes_nothing(office) -> None:
    quote = doubtful()
    for _time in range(2):
        review.accept(quote=quote, actor=office)
    assert len(rows(quote)) == AuditEntry.objects.filter(verb="quotes.accepted").count() == 1


def test_an_edit_keeps_what_stood_there_and_the_fingerprint_in_step(office) -> None:
    quote = doubtful("kalm them back", complete=False)
    edited = review.edit(quote=quote, text="  Call them\n back. ", actor=office, why="misread")
    assert (edited.text, edited.state) == ("Call them back.", QuoteState.REVIEWED)
    assert fresh(quote).fingerprint == fingerprint("Call them back.")
    assert fresh(quote).complete, "it begins and ends as a sentence now"
    assert ("edited", "text", "kalm them back", "Call them back.") in rows(quote)
    assert QuoteRevision.objects.filter(quote=quote, why="misread", who=office).exists()


def test_what_somebody_else_changed_meanwhile_is_not_written_over(office) -> None:
    quote = doubtful("One.")
    seen = quote.version
    review.edit(quote=quote, text="Two.", actor=make.make_office(email="b@office.example"))
    with pytest.raises(StaleQuote, match="changed by somebody else meanwhile") as refused:
        review.edit(quote=quote, text="Three.", actor=office, seen=seen)
    assert refused.value.quote.text == fresh(quote).text == "Two."


def test_a_split_keeps_the_reference_and_numbers_the_new_part_after_all_others(office) -> None:
    quote = doubtful(WHOLE, position=1, line_start=3, line_end=5, box=[[1, 0, 0, 1, 1]])
    after = doubtful("Later.", position=2)
    doubtful("Gone.", position=3, state=QuoteState.WITHDRAWN)
    first, second = seams.split(quote=quote, at=SEAM, actor=office, seen=quote.version)
    assert (first.reference, first.text) == ("4.12-01", "Call me back.")
    assert (second.reference, second.text) == ("4.12-04", "I want to know what came of it.")
    assert second.split_from == quote
    assert (second.line_start, second.line_end, second.box) == (3, 5, [[1, 0, 0, 1, 1]])
    order = Quote.objects.on_page(quote.anthology, quote.page).counted()
    assert list(order) == [first, second, after]
    assert second.fingerprint == fingerprint(second.text)


@pytest.mark.parametrize("at", [-3, 0, 1, 44, 45, 99])
def test_a_split_at_the_edge_is_refused(office, at: int) -> None:
    quote = doubtful(f"“{WHOLE[:-1]}.”" if at in {1, 44} else WHOLE)
    at = len(quote.text) - 2 if at == 44 else at
    with pytest.raises(ValidationError, match="Both parts need words"):
        seams.split(quote=quote, at=at, actor=office)
    assert not rows(quote)


def test_joining_withdraws_the_next_quote_into_the_first(office) -> None:
    first = doubtful("We want one", page=50, position=9, complete=False, line_start=90, line_end=92)
    make.make_quote("A box.", pull_quote_of=first, page=51, position=1)
    other = make.make_section("4.13")
    second = doubtful("number.", section=other, page=51, position=2, line_start=99, line_end=99)
    joined = seams.join_with_next(
        quote=first, actor=office, seen=first.version, seen_next=second.version
    )
    assert joined.text == "We want one number."
    assert joined.section.number == "4.12", "the section of the first"
    assert (joined.line_start, joined.line_end, joined.complete) == (90, 99, True)
    second = fresh(second)
    assert (second.state, second.merged_into, second.text) == ("withdrawn", first, "number.")
    assert list(Quote.objects.counted()) == [first]


def test_a_word_broken_by_a_hyphen_is_mended_and_breaks_there_again(office) -> None:
    first, second = doubtful("Wij willen samen-", position=1), doubtful("werking.", position=2)
    joined = seams.join_with_next(quote=first, actor=office)
    assert joined.text == "Wij willen samenwerking."
    back = seams.split(quote=joined, at=joined.text.index("werking"), actor=office)
    assert [one.text for one in back] == ["Wij willen samen-", "werking."]
    assert [one.pk for one in back] == [first.pk, second.pk]


def test_joining_refuses_when_another_quote_follows_than_was_seen(office) -> None:
    first, second = doubtful("One.", position=1), doubtful("Three.", position=3)
    seen_next = second.version
    doubtful("Two.", position=2)
    with pytest.raises(StaleQuote):
        seams.join_with_next(quote=first, actor=office, seen_next=seen_next)
    with pytest.raises(ValidationError, match="Nothing follows"):
        seams.join_with_next(quote=second, actor=office)


def test_three_joined_quotes_come_apart_in_any_order(office) -> None:
    a, b, c = (doubtful(text, position=n) for n, text in enumerate(("One.", "Two.", "Three.")))
    for _time in range(2):
        seams.join_with_next(quote=a, actor=office)
    assert fresh(a).text == "One. Two. Three."
    first, second = seams.split(quote=a, at=5, actor=office)
    assert (first.text, second, second.text) == ("One.", b, "Two. Three.")
    assert fresh(c).merged_into == b, "it stands in the second part now"
    assert seams.split(quote=second, at=5, actor=office)[1] == c
    assert [one.text for one in Quote.objects.counted().in_page_order()] == [
        "One.", "Two.", "Three.",
    ]  # fmt: skip
    assert Quote.objects.count() == 3


def test_a_moved_quote_keeps_its_reference(office) -> None:
    quote, other = doubtful(), make.make_section("4.13")
    moved = review.move(quote=quote, section=other, actor=office)
    assert (moved.section, moved.reference) == (other, "4.12-01")
    assert ("moved", "section", "4.12", "4.13") in rows(quote)
    with pytest.raises(ValidationError, match="stands in this section already"):
        review.move(quote=quote, section=other, actor=office)
    elsewhere = make.make_section("4.1", anthology=make.make_anthology("BL2"))
    with pytest.raises(ValidationError, match="of the same anthology"):
        review.move(quote=quote, section=elsewhere, actor=office)
    fresh_number = seams.split(quote=review.edit(quote=quote, text=WHOLE, actor=office), at=SEAM,
                               actor=office)[1]  # fmt: skip
    assert fresh_number.reference == "4.13-01", "a new part is numbered where it stands"


def test_a_pull_quote_finds_the_quote_that_it_repeats(office) -> None:
    far = doubtful("Call me back, please.", page=9)
    near = doubtful("Please call me back.", page=49)
    box = doubtful("“Call me back”", page=50)
    marked = review.mark_pull_quote(quote=box, actor=office)
    assert marked.pull_quote_of == near
    assert list(Quote.objects.counted().in_page_order()) == [far, near]
    with pytest.raises(ValidationError, match="points at this quote"):
        review.mark_pull_quote(quote=near, of=far, actor=office)
    with pytest.raises(ValidationError, match="Choose another quote"):
        review.mark_pull_quote(quote=far, of=box, actor=office)
    with pytest.raises(ValidationError, match="No other quote holds these words"):
        review.mark_pull_quote(quote=doubtful("Something else."), actor=office)
    assert review.restore(quote=box, actor=office).pull_quote_of is None


def test_a_withdrawn_quote_is_left_alone_until_it_is_restored(office) -> None:
    quote = doubtful(WHOLE)
    review.withdraw(quote=quote, actor=office, why="a caption")
    for deed in (
        lambda: review.accept(quote=quote, actor=office),
        lambda: review.edit(quote=quote, text="x", actor=office),
        lambda: seams.split(quote=quote, at=SEAM, actor=office),
        lambda: seams.join_with_next(quote=quote, actor=office),
        lambda: review.mark_pull_quote(quote=quote, actor=office),
    ):
        with pytest.raises(ValidationError, match="was withdrawn: restore it first"):
            deed()
    with pytest.raises(ValidationError, match="was withdrawn before"):
        review.withdraw(quote=quote, actor=office)
    assert review.restore(quote=quote, actor=office).state == QuoteState.REVIEWED
    with pytest.raises(ValidationError, match="counts already"):
        review.restore(quote=quote, actor=office)


def test_what_was_joined_comes_back_by_a_split_only(office) -> None:
    first, second = doubtful("One.", position=1), doubtful("Two.", position=2)
    seams.join_with_next(quote=first, actor=office)
    with pytest.raises(ValidationError, match=r"was joined into 4.12-01: split that one"):
        review.restore(quote=second, actor=office)


def test_no_words_are_no_quote(office) -> None:
    quote = doubtful()
    for text in ("", "  \n ", "…", "\x00"):
        with pytest.raises(ValidationError, match="Write the words of the quote"):
            review.edit(quote=quote, text=text, actor=office)


def test_the_rest_of_a_page_is_accepted_but_for_what_changed_meanwhile(office) -> None:
    one, two = doubtful(), doubtful()
    sure, elsewhere = make.make_quote(), doubtful(page=51)
    seen = {quote.pk: quote.version for quote in (one, two, sure, elsewhere)}
    review.edit(quote=two, text="Other words.", actor=office)
    Quote.objects.filter(pk=two.pk).update(state=QuoteState.IMPORTED)
    accepted = review.accept_page(anthology=one.anthology, page=50, seen=seen, actor=office)
    assert accepted == [one]
    assert set(Quote.objects.to_review()) == {two, elsewhere}
    assert fresh(sure).state == QuoteState.IMPORTED
    assert AuditEntry.objects.filter(verb="quotes.accepted").count() == 1


def test_undo_takes_back_one_deed_after_the_other(office) -> None:
    quote = doubtful(WHOLE)
    review.edit(quote=quote, text="Call me.", actor=office)
    review.withdraw(quote=quote, actor=office)
    undo(quote=quote, actor=office)
    assert (fresh(quote).state, fresh(quote).text) == (QuoteState.REVIEWED, "Call me.")
    undo(quote=quote, actor=office)
    assert (fresh(quote).state, fresh(quote).text) == (QuoteState.IMPORTED, WHOLE)
    assert fresh(quote).fingerprint == fingerprint(WHOLE)
    with pytest.raises(ValidationError, match="nothing to undo"):
        undo(quote=quote, actor=office)
    assert [deed for deed, *_rest in rows(quote)].count(Deed.UNDONE) == 3


def test_undoing_a_split_withdraws_the_new_part_which_a_split_brings_back(office) -> None:
    quote = doubtful(WHOLE)
    part = seams.split(quote=quote, at=SEAM, actor=office)[1]
    undo(quote=quote, actor=office)
    assert fresh(quote).text == WHOLE
    assert (fresh(part).state, fresh(part).merged_into) == (QuoteState.WITHDRAWN, quote)
    assert seams.split(quote=quote, at=SEAM, actor=office)[1] == part
    assert Quote.objects.count() == 2


def test_undoing_a_join_gives_back_both_as_they_were(office) -> None:
    first, second = doubtful("One.", position=1), doubtful("Two.", position=2)
    seams.join_with_next(quote=first, actor=office)
    undo(quote=second, actor=office)
    assert [(one.text, one.state) for one in Quote.objects.to_review().in_page_order()] == [
        ("One.", "imported"), ("Two.", "imported"),
    ]  # fmt: skip


def test_undo_is_refused_when_something_was_done_since(office) -> None:
    quote = doubtful(WHOLE)
    part = seams.split(quote=quote, at=SEAM, actor=office)[1]
    review.edit(quote=part, text="I want to know.", actor=office)
    with pytest.raises(ValidationError, match=r"Something else was done to 4.12-02 since"):
        undo(quote=quote, actor=office)
    other = doubtful()
    review.accept(quote=other, actor=office)
    with pytest.raises(ValidationError, match=r"Something else was done to 4.12-03 since"):
        undo(quote=other, actor=office, key=uuid.uuid4())
    assert fresh(quote).text == "Call me back."


def test_what_somebody_corrected_is_known_to_the_next_import(office) -> None:
    accepted, edited, withdrawn, taken_back, untouched = (doubtful(WHOLE) for _n in range(5))
    review.accept(quote=accepted, actor=office)
    review.edit(quote=edited, text="Other words.", actor=office)
    review.withdraw(quote=withdrawn, actor=office)
    review.accept(quote=taken_back, actor=office)
    undo(quote=taken_back, actor=office)
    assert set(Quote.objects.corrected()) == {accepted, edited, withdrawn}
    assert set(Quote.objects.to_review()) == {taken_back, untouched}


def test_the_queue_shows_the_worst_page_first() -> None:
    doubtful(page=7, confidence=0.8)
    doubtful(page=9, confidence=0.85)
    doubtful(page=9, confidence=0.2)
    make.make_quote(page=11, confidence=0.95)
    make.make_quote(page=12, confidence=0.95, complete=False)
    doubtful(page=13, confidence=0.1, state=QuoteState.REVIEWED)
    found = [(row["page"], row["waiting"], row["lowest"]) for row in Quote.objects.review_queue()]
    assert found == [(9, 2, 0.2), (7, 1, 0.8), (12, 1, 0.95)]


@pytest.mark.postgresql
@pytest.mark.django_db(transaction=True)
def test_four_people_who_split_at_once_get_four_numbers() -> None:
    quotes = [doubtful(WHOLE, position=number) for number in range(4)]

    def work(quote: Quote) -> None:
        seams.split(quote=quote, at=SEAM, actor=None)
        connection.close()

    workers = [threading.Thread(target=work, args=(quote,)) for quote in quotes]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join(30)
    numbers = Quote.objects.values_list("reference_number", flat=True)
    assert sorted(numbers) == list(range(1, 9))


@pytest.mark.postgresql
@pytest.mark.django_db(transaction=True)
def test_of_two_who_edit_the_same_words_at_once_one_is_told(office) -> None:
    quote, told = doubtful("One."), []

    def work(text: str) -> None:
        try:
            review.edit(quote=quote, text=text, actor=office, seen=seen)
        except StaleQuote as error:
            told.append(error.quote.text)
        finally:
            connection.close()

    seen = quote.version
    workers = [threading.Thread(target=work, args=(text,)) for text in ("Two.", "Three.")]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join(30)
    assert told == [fresh(quote).text]
