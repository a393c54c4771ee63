"""What the office must judge: the queue as a list, and as a way from one answer to the next."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Self

from django.utils.http import urlencode

from actions.monitoring.filters import NARROWED_BY, URGENT, ReviewFilter, narrowing
from actions.monitoring.models import StatusUpdate
from actions.monitoring.tables import ReviewTable
from actions.monitoring.views.words import review_headline
from tracker.shared.access import Actor
from tracker.shared.views import ListPage


@dataclass(frozen=True)
class Queue:
    """The ids of the answers that wait, the longest waiting first; `total` counts also those
    that `chosen` leaves out."""

    ids: tuple[int, ...]
    total: int
    chosen: Mapping[str, str]

    @classmethod
    def read(cls, actor: Actor, given: Mapping[str, str]) -> Self:
        """What waits for this actor, narrowed as an address says; one query."""
        waiting = StatusUpdate.objects.visible_to(actor).to_judge()
        rows = list(waiting.values_list("pk", *NARROWED_BY.values()))
        chosen = narrowing(given)
        wanted = [chosen.get(name) for name in NARROWED_BY]
        ids = tuple(pk for pk, *facts in rows if all(map(_fits, facts, wanted)))
        return cls(ids, len(rows), chosen)

    def others(self, pk: int) -> tuple[int, ...]:
        """All but one, in the order in which they come after it, going round at the end."""
        if pk not in self.ids:
            return self.ids
        place = self.ids.index(pk)
        return self.ids[place + 1 :] + self.ids[:place]

    @property
    def query(self) -> str:
        """What narrowed the queue, for behind an address."""
        return f"?{urlencode(self.chosen)}" if self.chosen else ""


def _fits(fact: Any, wanted: str | None) -> bool:
    return wanted is None or wanted == (URGENT if fact is None else str(fact))


class ReviewQueue(ListPage):
    """All answers that wait over all open rounds, and those asked outside a round."""

    permission = "monitoring.review"
    queryset = StatusUpdate.objects.for_review()
    table_class = ReviewTable
    filterset_class = ReviewFilter
    template_name = "monitoring/review.html"
    export_name = "to-judge"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        queue = Queue.read(self.request.actor, self.request.GET)
        return super().get_context_data(**kwargs) | {
            "headline": review_headline(queue.total),
            "queue": queue,
        }
