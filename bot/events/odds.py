"""How likely claims tell of events that are known: log-odds by a conflict's own statistics. Pure.

Every entry of an event is a report of it; the claims are compared with the best of them and with
all of them (`bot.events.likeness`), so that one report alike never carries three strangers.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Sequence
from functools import lru_cache

import numpy as np

from bot.events.likeness import FEATURES, LEAST, MOST, PLAIN, Likeness, of_whole
from bot.events.rarity import Rarity
from bot.events.reports import Report, read_report
from bot.events.shelf import Shelf, row_of
from bot.types import Claim, Event

#: First tolls differ and grow: other numbers say nothing against one event here.
WEIGHTS = tuple(
    0.0 if name in ("no_number", "other_count") else weight
    for name, weight in zip((*FEATURES[:-1], "constant"), PLAIN, strict=True)
)
#: Reports taken for granted besides those of the open events.
UNSEEN = 5


def log_odds(share: float) -> float:
    """Return the log-odds of a share 0..1, within -8..8."""
    return min(MOST, max(LEAST, math.log(max(share, 1e-9) / max(1 - share, 1e-9))))


class EventOdds:
    """Log-odds that some claims tell of each of a conflict's events."""

    def __init__(self, claims: Sequence[Claim], events: Iterable[Event]) -> None:
        """Read `claims` as one report; `events` are all that the conflict has."""
        rarity, shelf = Rarity(UNSEEN), Shelf()
        self._rows: dict[str, list[int]] = {}
        self._stems: dict[str, set[str]] = {}
        for event in events:
            for report in reports_of(event):
                self._stems.setdefault(event.id, set()).update(report.words)
                row = row_of(report, rarity)
                rarity.count(row.terms)
                self._rows.setdefault(event.id, []).append(shelf.append(row))
        told = _report(_quotes(claims))
        row = row_of(told, rarity)
        self._told = frozenset(told.words)
        self._in = Counter(stem for stems in self._stems.values() for stem in stems)
        rarity.count(row.terms)
        if self._rows:
            self._odds = Likeness(rarity, shelf, plain=WEIGHTS).log_odds(row, np.arange(len(shelf)))

    def to(self, event: Event) -> float:
        """Return the log-odds, -8 to 8."""
        rows = self._rows.get(event.id)
        return of_whole(self._odds[rows]) if rows else LEAST

    def own_words(self, event: Event) -> int:
        """Return how many words of the claims stand in this event's reports and in no other's."""
        return sum(self._in[stem] == 1 for stem in self._told & self._stems.get(event.id, set()))


def reports_of(event: Event) -> list[Report]:
    """Return what each entry tells of an event, in order; answers to it tell of something else."""
    by_entry: dict[str, list[Claim]] = {}
    for claim in event.claims:
        if claim.entry_id in event.answers:
            continue
        by_entry.setdefault(claim.entry_id, []).append(claim)
    return [_report(_quotes(claims)) for claims in by_entry.values()]


def _quotes(claims: Iterable[Claim]) -> tuple[str, ...]:
    """Return the sentences of one entry, its title first."""
    order = sorted(claims, key=lambda claim: (claim.field != "title", claim.start))
    return tuple(claim.quote for claim in order)


@lru_cache(maxsize=4096)
def _report(quotes: tuple[str, ...]) -> Report:
    return read_report("", quotes)
