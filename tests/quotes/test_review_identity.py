"""Whatever is done in whatever order: joining and splitting undo one another, references stay."""

import contextlib

import pytest
from django.core.exceptions import ValidationError
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from quotes.importing.text import fingerprint, tidy
from quotes.models import Quote, QuoteRevision, QuoteState
from quotes.services import review, seams
from quotes.services.undo import undo
from tests import factories as make

pytestmark = pytest.mark.django_db

# What printed sentences are made of, with what is awkward where one is cut.
LETTERS = "abé ABÉ.,-–’“”(1 \U0001f600"
TEXT = (
    st.text(LETTERS, min_size=1, max_size=30).map(tidy).filter(lambda t: any(map(str.isalnum, t)))
)
DEEDS = ("accept", "edit", "split", "join", "move", "pull", "withdraw", "restore", "undo")
STEPS = st.lists(
    st.tuples(st.sampled_from(DEEDS), st.integers(0, 9), st.integers(0, 30), TEXT),
    min_size=1,
    max_size=12,
)


def page_of(texts: list[str]) -> list[Quote]:
    """A page with these quotes, one after the other."""
    section = make.make_section()
    quotes = []
    for place, text in enumerate(texts, start=1):
        quote = make.make_quote(text, section=section, position=place)
        quote.fingerprint = fingerprint(text)
        quote.save()
        quotes.append(quote)
    return quotes


def shown() -> list[tuple[str, str, str]]:
    """What counts, in the order of the page."""
    rows = Quote.objects.counted().in_page_order()
    return list(rows.values_list("reference", "text", "section__number"))


def seam_of(joined: Quote, second: str) -> int:
    return len(joined.text) - len(second)


class Identity(TestCase):
    """Joining then splitting, and splitting then joining."""

    @given(st.lists(TEXT, min_size=2, max_size=4), st.data())
    @settings(max_examples=40, deadline=None)
    def test_joining_then_splitting_at_the_same_place_is_the_identity(self, texts, data) -> None:
        quotes = page_of(texts)
        first = data.draw(st.integers(0, len(texts) - 2))
        before, rows = shown(), Quote.objects.count()
        joined = seams.join_with_next(quote=quotes[first], actor=None)
        seams.split(quote=joined, at=seam_of(joined, texts[first + 1]), actor=None)
        assert shown() == before
        assert Quote.objects.count() == rows
        assert not Quote.objects.exclude(merged_into=None).exists()

    @given(TEXT, TEXT, st.integers(0, 30))
    @settings(max_examples=40, deadline=None)
    def test_splitting_then_joining_is_the_identity_for_what_counts(self, text, after, at) -> None:
        quote = page_of([text, after])[0]
        before = shown()
        try:
            part = seams.split(quote=quote, at=at, actor=None)[1]
        except ValidationError:
            assert shown() == before
            return
        seams.join_with_next(quote=quote, actor=None)
        assert shown() == before
        part.refresh_from_db()
        assert (part.state, part.merged_into) == (QuoteState.WITHDRAWN, quote)
        assert seams.split(quote=quote, at=at, actor=None)[1].reference == part.reference

    @given(st.lists(TEXT, min_size=2, max_size=4), STEPS)
    @settings(max_examples=40, deadline=None)
    def test_references_stay_and_no_number_is_given_twice(self, texts, steps) -> None:
        page_of(texts)
        make.make_section("4.13")
        known = dict(Quote.objects.values_list("pk", "reference"))
        for step in steps:
            with contextlib.suppress(ValidationError):
                do(*step)
            now = dict(Quote.objects.values_list("pk", "reference"))
            assert now.items() >= known.items(), "a reference changed or a quote is gone"
            assert len(set(now.values())) == len(now)
            known = now
        for quote in Quote.objects.all():
            rows = QuoteRevision.objects.filter(quote=quote)
            if rows:
                assert quote.fingerprint == fingerprint(quote.text)
            for field in ("text", "state"):
                said = rows.filter(field=field).order_by("pk").last()
                assert said is None or said.new == getattr(quote, field), "the record is complete"

    @given(st.lists(TEXT, min_size=2, max_size=3), STEPS)
    @settings(max_examples=30, deadline=None)
    def test_undoing_everything_gives_back_what_counted(self, texts, steps) -> None:
        page_of(texts)
        make.make_section("4.13")
        before, done = shown(), []
        for step in (step for step in steps if step[0] != "undo"):
            seen = set(QuoteRevision.objects.values_list("deed_key", flat=True))
            with contextlib.suppress(ValidationError):
                do(*step)
            done += set(QuoteRevision.objects.values_list("deed_key", flat=True)) - seen
        for key in reversed(done):
            quote = QuoteRevision.objects.filter(deed_key=key).first().quote
            undo(quote=quote, actor=None, key=key)
        assert shown() == before


def do(deed: str, which: int, at: int, text: str) -> None:
    """One deed on some quote; the services refuse what makes no sense."""
    rows = list(Quote.objects.in_page_order())
    quote = rows[which % len(rows)]
    deeds = {
        "accept": lambda: review.accept(quote=quote, actor=None),
        "edit": lambda: review.edit(quote=quote, text=text, actor=None),
        "split": lambda: seams.split(quote=quote, at=at, actor=None),
        "join": lambda: seams.join_with_next(quote=quote, actor=None),
        "move": lambda: review.move(
            quote=quote, section=make.make_section(f"4.{12 + at % 2}"), actor=None
        ),
        "pull": lambda: review.mark_pull_quote(quote=quote, of=rows[at % len(rows)], actor=None),
        "withdraw": lambda: review.withdraw(quote=quote, actor=None),
        "restore": lambda: review.restore(quote=quote, actor=None),
        "undo": lambda: undo(quote=quote, actor=None),
    }
    deeds[deed]()
