"""Of which rounds everybody may read what was accepted: those whose report was sent.

Monitoring knows no reports; reports says in `AppConfig.ready` which rounds these are.
"""

from collections.abc import Callable

from django.db.models import Q, QuerySet

# Makes the query of the ids of such rounds.
Rounds = Callable[[], QuerySet]

_known: list[Rounds] = []


def register(rounds: Rounds) -> None:
    """Say which rounds are published; a repeated call changes nothing."""
    if rounds not in _known:
        _known.append(rounds)


def published() -> Q:
    """The condition on a status update that its round is published; costs no query of its own."""
    found = Q(pk__in=[])
    for rounds in _known:
        found |= Q(request__round__in=rounds())
    return found
