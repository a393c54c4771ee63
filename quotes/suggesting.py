"""Reads two editions and suggests which quotes return: a few queries, whatever their size."""

from __future__ import annotations

from collections.abc import Sequence

from quotes.models import Anthology, Quote, ReturnRefusal
from quotes.returning import Match, Pair, Said, identical, matches

# Comparing words is done while somebody waits. Larger editions are paired by the same words only.
MOST_TO_COMPARE = 3000


def suggested(
    anthology: Anthology, earlier: Sequence[Anthology], *, only_identical: bool = False
) -> tuple[list[Match], bool]:
    """What may return in `anthology`, the likest first, and whether all was compared by its words.

    Nothing that counts nowhere, is confirmed or was refused; three queries.
    """
    counted = Quote.objects.counted().in_reading_order()
    newer = _said(counted.filter(anthology=anthology, returns_from=None))
    taken = Quote.objects.filter(anthology=anthology, returns_from__isnull=False)
    free = counted.filter(anthology__in=earlier).exclude(pk__in=taken.values("returns_from"))
    older = _said(free.order_by("-anthology", "section__order", "reference_number", "pk"))
    refusals = ReturnRefusal.objects.filter(quote__anthology=anthology)
    refused: set[Pair] = set(refusals.values_list("quote_id", "earlier_id"))
    thorough = max(len(newer), len(older)) <= MOST_TO_COMPARE and not only_identical
    compare = matches if thorough else identical
    return compare(newer, older, refused), thorough


def _said(quotes: object) -> list[Said]:
    rows = quotes.values_list("pk", "text", "fingerprint")  # type: ignore[attr-defined]
    return [Said(*row) for row in rows]
