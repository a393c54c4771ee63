"""The stations of an ambition, and arithmetic on how many got how far. Pure: no database.

DESIGN, 'Coverage and trace': uncovered → linked → owned → measured → reported, the state being
the last station reached without a gap; beside them *set aside* and *duplicate*, which outrank.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

STATIONS = ("uncovered", "linked", "owned", "measured", "reported")
BESIDE = ("set_aside", "duplicate")
STATES = (*STATIONS, *BESIDE)
EXTENTS = ("fully", "partly", "not_judged")


def station(*, live: int, owned: int, measured: int, reported: int, silent: int) -> str:
    """The last station reached without a gap.

    Counts of links: to `live` interventions, of those with a lead (`owned`), with an indicator
    that can tell (`measured`), with an accepted answer (`reported`), and without although they
    run or were asked (`silent`). All must be owned, one measured, none silent and one reported.
    """
    if not live:
        return "uncovered"
    if owned < live:
        return "linked"
    if not measured:
        return "owned"
    return "reported" if reported and not silent else "measured"


@dataclass
class Tally:
    """How many ambitions stand where, and how far their answers go."""

    states: dict[str, int] = field(default_factory=lambda: dict.fromkeys(STATES, 0))
    extents: dict[str, int] = field(default_factory=lambda: dict.fromkeys(EXTENTS, 0))

    def add(self, state: str, extent: str, count: int = 1) -> None:
        """Count `count` ambitions of one state and one extent ('' is not yet judged).

        Only linked ambitions are answered at all: others have no extent to judge.
        """
        self.states[state] += count
        if state in STATIONS[1:]:
            self.extents[extent or "not_judged"] += count

    @property
    def total(self) -> int:
        return sum(self.states.values())

    @property
    def open(self) -> int:
        return self.states["uncovered"]

    def reaching(self, name: str) -> int:
        """How many came at least as far as a station."""
        return sum(self.states[later] for later in STATIONS[STATIONS.index(name) :])

    @property
    def linked(self) -> int:
        return self.reaching("linked")

    @property
    def owned(self) -> int:
        return self.reaching("owned")

    @property
    def measured(self) -> int:
        return self.reaching("measured")

    @property
    def reported(self) -> int:
        return self.reaching("reported")

    @property
    def set_aside(self) -> int:
        return self.states["set_aside"]

    @property
    def duplicate(self) -> int:
        return self.states["duplicate"]

    @property
    def aside(self) -> int:
        """Set aside or duplicate: settled without an intervention of its own."""
        return self.set_aside + self.duplicate

    @classmethod
    def together(cls, tallies: Iterable["Tally"]) -> "Tally":
        """The sum of several tallies."""
        whole = cls()
        for tally in tallies:
            _add(whole.states, tally.states)
            _add(whole.extents, tally.extents)
        return whole


def _add(into: dict[str, int], counts: Mapping[str, int]) -> None:
    for name, count in counts.items():
        into[name] += count
