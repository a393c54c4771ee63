"""A second edition: what returns is suggested, and only the office says so."""

import datetime
import random

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from quotes.importing.text import fingerprint
from quotes.models import Anthology, Deed, Quote, QuoteRevision, ReturnRefusal, Section
from quotes.returning import Said, differences, matches
from quotes.services.returns import (
    confirm_identical,
    confirm_return,
    forget_refusal,
    refuse_return,
    withdraw_return,
)
from quotes.suggesting import suggested
from tests import factories as make
from tests.pages import queries, said, signed_in
from tracker.audit.models import AuditEntry

WEEK = "Ketenpartners vergaderen elke week over nieuwe meldingen."
BED = "Slachtoffers krijgen binnen een dag een bed in de opvang."
pytestmark = pytest.mark.usefixtures("in_english")


def quoted(text: str, section: Section, **fields: object) -> Quote:
    quote = make.make_quote(text, section=section, **fields)
    quote.fingerprint = fingerprint(text)
    quote.save()
    return quote


class Editions:
    """Two editions: one statement is the same, one was edited, one is new."""

    def __init__(self) -> None:
        self.first = make.make_anthology("BL1")
        self.second = make.make_anthology("BL2")
        old, new = make.make_section(), make.make_section(anthology=self.second)
        self.week, self.bed = quoted(WEEK, old), quoted(BED, old)
        self.week_again = quoted(WEEK.upper().rstrip("."), new)
        self.bed_again = quoted(BED.replace("een dag", "vier uur"), new)
        self.fresh = quoted("Politie en gemeente delen geen gegevens over daders.", new)

    def suggestions(self) -> list[tuple[int, int]]:
        found, _thorough = suggested(self.second, [self.first])
        return [(match.new, match.old) for match in found]


# --- by words alone -------------------------------------------------------------------------------


def said_of(*texts: str, start: int = 0) -> list[Said]:
    return [Said(start + n, text, fingerprint(text)) for n, text in enumerate(texts)]


def test_the_same_words_are_paired_first_and_the_likest_next() -> None:
    earlier = said_of(WEEK, BED, "Iets heel anders over scholen en stages.")
    newer = said_of(BED.replace("een dag", "vier uur"), WEEK.upper(), start=100)
    found = matches(newer, earlier, set())
    assert [(match.new, match.old) for match in found] == [(101, 0), (100, 1)]
    assert found[0].identical
    assert 0.7 < found[1].likeness < 1


def test_words_repeated_in_an_edition_are_paired_one_to_one() -> None:
    found = matches(said_of(WEEK, WEEK, WEEK, start=100), said_of(WEEK, WEEK), set())
    assert [(match.new, match.old) for match in found] == [(100, 0), (101, 1)]


def test_what_was_refused_is_not_suggested_but_another_may_be() -> None:
    newer, earlier = said_of(WEEK, start=100), said_of(WEEK, WEEK)
    assert [match.old for match in matches(newer, earlier, {(100, 0)})] == [1]
    assert matches(newer, earlier, {(100, 0), (100, 1)}) == []


def test_nothing_is_suggested_between_texts_that_share_no_more_than_common_words() -> None:
    assert matches(said_of("Dat is zo.", ""), said_of("Dit was er.", BED, start=9), set()) == []


def test_two_large_editions_are_compared_by_few_pairs_and_every_edit_is_found() -> None:
    chance = random.Random(7)
    words = [f"woord{number}" for number in range(1500)] + ["de", "het", "en"] * 300
    earlier = [" ".join(chance.choices(words, k=30)) for _number in range(600)]
    newer = [text.replace(text.split()[3], "anders", 1) for text in earlier]
    chance.shuffle(newer)
    at_home = {text: number for number, text in enumerate(earlier)}
    found = matches(said_of(*newer, start=1000), said_of(*earlier), set())
    assert len(found) == 600
    for match in found:
        was, now = earlier[match.old].split(), newer[match.new - 1000].split()
        assert sum(a != b for a, b in zip(was, now, strict=True)) <= 1, at_home


def test_the_words_that_differ_are_marked_on_both_sides() -> None:
    before, after = differences("Elke week een bed.", "Elke dag een warm bed.")
    assert [piece.text for piece in before if piece.hit] == ["week"]
    assert [piece.text for piece in after if piece.hit] == ["dag", "warm"]
    assert "".join(piece.text for piece in after) == "Elke dag een warm bed."


# --- what the office says -------------------------------------------------------------------------


@pytest.mark.django_db
def test_a_later_edition_is_known_by_its_date_and_else_by_its_arrival() -> None:
    first, second = make.make_anthology("BL1"), make.make_anthology("BL2")
    assert second.follows(first)
    assert not first.follows(second)
    first.published_on, second.published_on = datetime.date(2026, 1, 1), datetime.date(2025, 1, 1)
    assert first.follows(second)
    assert not second.follows(first)


@pytest.mark.django_db
def test_nothing_returns_until_the_office_says_so_and_then_it_is_on_record() -> None:
    world, office = Editions(), make.make_office()
    assert world.suggestions() == [
        (world.week_again.pk, world.week.pk), (world.bed_again.pk, world.bed.pk),
    ]  # fmt: skip
    assert not Quote.objects.filter(returns_from__isnull=False).exists()
    confirm_return(quote=world.bed_again, earlier=world.bed, actor=office)
    world.bed_again.refresh_from_db()
    assert world.bed_again.returns_from == world.bed
    revision = QuoteRevision.objects.get()
    assert (revision.deed, revision.old, revision.new) == (Deed.RETURNED, "", "BL1:4.12-02")
    assert revision.who == office
    assert AuditEntry.objects.get().verb == "quotes.return_confirmed"
    assert world.suggestions() == [(world.week_again.pk, world.week.pk)]


@pytest.mark.django_db
def test_a_confirmation_can_be_withdrawn_and_both_stay_on_record() -> None:
    world = Editions()
    confirm_return(quote=world.week_again, earlier=world.week, actor=None)
    withdraw_return(quote=world.week_again, actor=None)
    assert (world.week_again.pk, world.week.pk) in world.suggestions()
    assert list(QuoteRevision.objects.values_list("old", "new")) == [
        ("", "BL1:4.12-01"), ("BL1:4.12-01", ""),
    ]  # fmt: skip
    with pytest.raises(ValidationError, match="withdrawn before"):
        withdraw_return(quote=world.week_again, actor=None)


@pytest.mark.django_db
def test_not_the_same_is_remembered_until_it_is_taken_back() -> None:
    world, office = Editions(), make.make_office()
    pair = {"quote": world.week_again, "earlier": world.week, "actor": office}
    refuse_return(**pair)
    refuse_return(**pair)
    assert ReturnRefusal.objects.get().refused_by == office
    assert (world.week_again.pk, world.week.pk) not in world.suggestions()
    forget_refusal(**pair)
    assert (world.week_again.pk, world.week.pk) in world.suggestions()
    refuse_return(**pair)
    confirm_return(**pair)
    assert not ReturnRefusal.objects.exists(), "who confirms has changed his mind"
    with pytest.raises(ValidationError, match="Withdraw that first"):
        refuse_return(**pair)


@pytest.mark.django_db
def test_a_quote_returns_from_one_and_an_earlier_one_returns_once_in_an_edition() -> None:
    world = Editions()
    confirm_return(quote=world.week_again, earlier=world.week, actor=None)
    refused = {
        "already": (world.week_again, world.bed),
        "returns already as": (world.fresh, world.week),
        "earlier edition": (world.bed, world.bed_again),
    }
    for message, (quote, earlier) in refused.items():
        with pytest.raises(ValidationError, match=message):
            confirm_return(quote=quote, earlier=earlier, actor=None)
    with pytest.raises(ValidationError, match="earlier edition"):
        confirm_return(quote=world.bed, earlier=world.week, actor=None)
    Quote.objects.filter(pk=world.bed.pk).update(state="withdrawn")
    with pytest.raises(ValidationError, match="counts nowhere"):
        confirm_return(quote=world.bed_again, earlier=world.bed, actor=None)
    with pytest.raises(IntegrityError), transaction.atomic():
        Quote.objects.filter(pk=world.fresh.pk).update(returns_from=world.week)


@pytest.mark.django_db
def test_all_of_the_same_words_are_confirmed_at_once_and_no_other() -> None:
    world, office = Editions(), make.make_office()
    editions = {"anthology": world.second, "earlier": [world.first]}
    assert confirm_identical(**editions, actor=office) == 1
    assert confirm_identical(**editions, actor=office) == 0
    returned = Quote.objects.filter(returns_from__isnull=False)
    assert list(returned.values_list("pk", "returns_from")) == [
        (world.week_again.pk, world.week.pk)
    ]
    assert QuoteRevision.objects.get().deed == Deed.RETURNED
    assert AuditEntry.objects.get().after == {"BL2:4.12-01": "BL1:4.12-01"}


# --- the page -------------------------------------------------------------------------------------


@pytest.mark.django_db
def test_the_page_shows_pairs_beside_each_other_and_each_deed_is_one_button() -> None:
    world = Editions()
    client = signed_in(make.make_office())
    page = client.get("/anthology/returns/")
    text = said(page)
    assert "2 quotes may return in" in text
    assert "the same words" in text
    assert "alike: 80% of the words" in text
    assert "<mark>vier uur</mark>" in page.content.decode()
    pair = {"quote": world.bed_again.pk, "earlier": world.bed.pk}
    done = client.post("/anthology/returns/", {"deed": "confirm", **pair}, follow=True)
    assert "BL2:4.12-02 returns from 4.12-02." in said(done)
    done = client.post("/anthology/returns/?anthology=BL2", {"deed": "identical"}, follow=True)
    assert "1 quote of the same words is confirmed." in said(done)
    assert "Nothing is left to compare." in said(done)
    confirmed = "/anthology/returns/?show=confirmed"
    assert "2 quotes return" in said(client.get(confirmed))
    done = client.post(confirmed, {"deed": "withdraw", **pair}, follow=True)
    assert "BL2:4.12-02 no longer returns from 4.12-02." in said(done)
    client.post("/anthology/returns/", {"deed": "refuse", **pair})
    refused = "/anthology/returns/?show=refused"
    assert "1 pair in BL2 is not the same" in said(client.get(refused))
    done = client.post(refused, {"deed": "forget", **pair}, follow=True)
    assert "can be suggested again" in said(done)


@pytest.mark.django_db
@pytest.mark.parametrize(
    "sent", [{}, {"deed": "steal"}, {"deed": "confirm", "quote": "0", "earlier": "x"}]
)
def test_an_odd_deed_is_refused_in_words(sent: dict[str, str]) -> None:
    Editions()
    client = signed_in(make.make_office())
    done = client.post("/anthology/returns/?page=99&show=odd&anthology=BL9", sent, follow=True)
    assert "This pair of quotes is not known." in said(done)


@pytest.mark.django_db
def test_with_one_edition_there_is_nothing_to_compare() -> None:
    make.make_quote()
    client = signed_in(make.make_office())
    assert "There is one edition only" in said(client.get("/anthology/returns/"))
    assert "Compare the editions" not in said(client.get("/anthology/"))
    done = client.post("/anthology/returns/", {"deed": "identical"}, follow=True)
    assert "There is no later edition." in said(done)


@pytest.mark.django_db
def test_the_list_asks_for_the_edition_only_where_there_are_several() -> None:
    make.make_quote("One.")
    client = signed_in(make.make_office())
    assert 'name="anthology"' not in client.get("/anthology/").content.decode()
    world = Editions()
    page = said(client.get("/anthology/?anthology=BL2"))
    assert "3 quotes " in page
    assert world.fresh.text in page
    assert WEEK not in page
    assert "Compare the editions" in page


@pytest.mark.django_db
def test_the_page_costs_the_same_for_two_pairs_and_for_twelve() -> None:
    world = Editions()
    client = signed_in(make.make_office())
    addresses = [f"/anthology/returns/?show={show}" for show in ("suggested", "confirmed")]
    old, new = world.week.section, world.week_again.section

    def one_more(number: int) -> None:
        quoted(f"Nog een uitspraak {number}.", old)
        quoted(f"Nog een uitspraak {number}", new)
        again = quoted(f"Bevestigd {number}.", new, returns_from=quoted(f"Bevestigd {number}", old))
        assert again.returns_from

    one_more(0)
    few = [queries(client, address) for address in addresses]
    for number in range(1, 11):
        one_more(number)
    assert [queries(client, address) for address in addresses] == few
    assert max(few) <= 6


@pytest.mark.django_db
def test_large_editions_are_compared_by_the_same_words_only(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    world = Editions()
    monkeypatch.setattr("quotes.suggesting.MOST_TO_COMPARE", 2)
    assert world.suggestions() == [(world.week_again.pk, world.week.pk)]
    page = said(signed_in(make.make_office()).get("/anthology/returns/"))
    assert "too large to compare word by word" in page
    assert "Confirm the 1 identical one" in page


@pytest.mark.django_db
def test_an_anthology_without_quotes_is_compared_too() -> None:
    Editions()
    Anthology.objects.create(code="BL3", title="Empty")
    page = said(signed_in(make.make_office()).get("/anthology/returns/?anthology=BL3"))
    assert "Nothing is left to compare." in page
