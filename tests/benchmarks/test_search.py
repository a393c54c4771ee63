"""How long a search among 100,000 quotes takes the database. Run by `make bench`; prints only."""

import random

import pytest
from django.db import connection

from quotes.models import Quote
from tests import factories as make
from tests.benchmarks.test_speed import milliseconds

pytestmark = [pytest.mark.benchmark, pytest.mark.django_db]

QUOTES, WORDS = 100_000, 25
SYLLABLES = (
    "be mel ding slacht of fer op vang zorg ke ten hulp week en ver trou wen tijd te".split()
)
# What is typed, and in how many of 10,000 quotes its words are sown.
SOWN = {
    "a rare word": ("huisvestingsplan", 2),
    "part of a rare word": ("vestingspl", 0),
    "a word of one in a hundred": ("regiobijeenkomst", 100),
    "a word of one in ten": ("samenwerking", 1000),
    "two words": ("regiobijeenkomst samenwerking", 0),
    "a phrase": ('"samenwerking regiobijeenkomst"', 0),
    "a typing mistake": ("huisvestingsplam", 0),
    "nothing at all": ("xylofoonbouwer", 0),
}


def texts() -> list[str]:
    chance = random.Random(4)
    words = ["".join(chance.choices(SYLLABLES, k=chance.randint(1, 4))) for _number in range(9000)]
    weights = [1 / (rank + 10) for rank in range(len(words))]
    made = []
    for _number in range(QUOTES):
        said = chance.choices(words, weights, k=WORDS)
        said += [word for word, often in SOWN.values() if chance.random() < often / 10_000]
        chance.shuffle(said)
        made.append(" ".join(said))
    return made


def test_searching(db: None, capsys: pytest.CaptureFixture[str]) -> None:
    section = make.make_section()
    Quote.objects.bulk_create(
        [
            Quote(
                anthology=section.anthology, section=section, reference=f"4.12-{n:06}",
                reference_number=n, text=text, fingerprint=f"{n:064}",
            )
            for n, text in enumerate(texts())
        ],
        batch_size=2000,
    )  # fmt: skip
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    page = Quote.objects.counted().in_reading_order()
    floor = milliseconds(lambda: list(page.values_list("pk")[:50]))
    with capsys.disabled():
        print(f"\n{QUOTES} quotes, {connection.vendor}; a page without a search {floor:.1f} ms")
        for name, (typed, _often) in SOWN.items():
            hits = page.search(typed)
            count = hits.count()
            first = milliseconds(lambda hits=hits: list(hits.values_list("pk", "relevance")[:50]))
            counting = milliseconds(lambda hits=hits: hits.count())
            print(f"{name:<28}{count:>7} found{first:9.1f} ms, counting {counting:7.1f} ms")
