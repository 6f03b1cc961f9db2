"""Which incident a stated figure is of: the bot's events first, then words, place, day. Pure.

News is told many times, and a figure counts once per incident. What cannot be told apart from a
known incident of the same claimant is no incident of its own for certain, and is marked so.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from bot.packs import Pack
from bot.types import Claim, Event, Figure, Measure, Polarity, Precision, Scope, Stance, TimeMeaning

#: What a toll is made of; breaches are no victims.
VICTIMS = (Measure.KILLED, Measure.WOUNDED, Measure.MISSING, Measure.CAPTURED)
#: Reports of one claimant this close to an incident may be of it, unless place or day says no.
NEAR = timedelta(hours=48)
#: So long after an incident its place and day still tell that a report is of it.
TOLD_AGAIN = timedelta(days=14)
#: Smaller numbers are equal by chance; an equal larger one of the same day is the same victims.
TELLING = 5
#: A report that states no time is of this day or the one before.
UNSTATED = timedelta(hours=24)
#: Characters of a body that tell the news; what stands below is told again (events/news.py).
LEAD_END = 1500
_FIELDS = ("text", "summary", "title")

Interval = tuple[datetime, datetime]


@dataclass(frozen=True, slots=True, kw_only=True)
class Statement:
    """The victims of one measure that one claim states of one incident; none is in two figures."""

    claim: Claim
    measure: Measure
    figures: tuple[Figure, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Incident:
    """What figures are of: an event of the bot, or reports that none of its posts tells of."""

    id: str
    event: Event | None
    statements: tuple[Statement, ...]  #: oldest first
    when: Interval  #: as stated; else the day up to its first report
    unsure: frozenset[str] = frozenset()  #: claimants who may have told of it elsewhere already


@dataclass(slots=True)
class _Draft:
    event: Event | None
    first_at: datetime
    places: frozenset[str]
    when: Interval | None
    unsure: set[str] = field(default_factory=set)
    statements: list[Statement] = field(default_factory=list)

    def values_of(self, statement: Statement) -> list[list[tuple[int | None, int | None]]]:
        """Return what the same claimant has stated of the same measure."""
        return [
            _values(s)
            for s in self.statements
            if s.claim.origin == statement.claim.origin and s.measure is statement.measure
        ]


def find_incidents(
    claims: Sequence[Claim], events: Sequence[Event], pack: Pack
) -> tuple[Incident, ...]:
    """Return the incidents that asserted figures tell of, the first told first."""
    told = {claim.id: event for event in events for claim in event.claims}
    carried = {entry: event for event in events for entry in event.entry_ids}
    statements = _statements(all_claims(claims, events), told)
    drafts: dict[str, _Draft] = {}
    loose = []
    for statement in statements:
        event = told.get(statement.claim.id) or carried.get(statement.claim.entry_id)
        if event is None:
            loose.append(statement)
            continue
        drafts.setdefault(event.id, _of_event(event)).statements.append(statement)
    towns, regions = _towns(pack), _regions(pack)
    _join_told_again(drafts, regions)
    homes: dict[tuple[str, str], str] = {}
    for statement in loose:
        claim = statement.claim
        own = (claim.entry_id, claim.origin)
        if own not in homes:
            homes[own] = _home(statement, drafts, towns, regions)
        drafts[homes[own]].statements.append(statement)
    found = [_incident(id_, draft) for id_, draft in drafts.items()]
    return tuple(sorted(found, key=lambda i: (i.statements[0].claim.at, i.id)))


def all_claims(claims: Sequence[Claim], events: Sequence[Event]) -> list[Claim]:
    """Return stored claims and those of events, each once, oldest first.

    An event's version of a claim has the speaker found; stored ones come newest first.
    """
    known = {claim.id: claim for claim in reversed(claims)}
    known |= {claim.id: claim for event in events for claim in event.claims}
    news = [claim for claim in known.values() if claim.background is None]
    return sorted(news, key=lambda claim: claim.at)


def _statements(claims: Sequence[Claim], told: Mapping[str, Event]) -> list[Statement]:
    """Return each claimant's first statement of a measure per entry, oldest first.

    What an entry states of the same people further on is a detail of the same victims.
    """
    order = {claim.id: n for n, claim in enumerate(claims)}
    first: dict[tuple[str, Measure, str], Statement] = {}
    for claim in sorted(claims, key=lambda c: (c.id not in told, _FIELDS.index(c.field), c.start)):
        if claim.attribution.stance is Stance.DENIES:
            continue  # what it says of victims is others' word
        if claim.id not in told and claim.field == "text" and claim.start >= LEAD_END:
            continue
        for measure in dict.fromkeys(f.measure for f in claim.figures):
            figures = tuple(f for f in claim.figures if f.measure is measure and _counts(f))
            if figures:
                key = (claim.entry_id, measure, claim.origin)
                first.setdefault(key, Statement(claim=claim, measure=measure, figures=figures))
    spoken = {key[:2] for key, s in first.items() if s.claim.attribution.speaker}
    kept = [s for key, s in first.items() if s.claim.attribution.speaker or key[:2] not in spoken]
    # An edited page keeps its hour; its version in the event is the later one.
    return sorted(kept, key=lambda s: (s.claim.at, s.claim.id in told, order[s.claim.id]))


def _counts(figure: Figure) -> bool:
    return (
        figure.measure in VICTIMS
        and figure.scope is Scope.INCIDENT
        and figure.polarity is Polarity.ASSERTED
    )


def _of_event(event: Event) -> _Draft:
    return _Draft(
        event=event,
        first_at=event.first_at,
        places=frozenset(event.places),
        when=next((when for c in event.claims if (when := stated_when(c))), None),
    )


def _join_told_again(drafts: dict[str, _Draft], regions: Mapping[str, frozenset[str]]) -> None:
    """Move statements that a claimant repeats in another event to the first that has them.

    A round-up posted as an event of its own brings the figures of the others again.
    """
    earlier: list[_Draft] = []
    for id_, draft in list(drafts.items()):
        for statement in list(draft.statements):
            for first in earlier:
                again = _is_told_again(statement, first, regions)
                if again:
                    draft.statements.remove(statement)
                    first.statements.append(statement)
                    first.statements.sort(key=lambda s: s.claim.at)
                    break
                if again is False:
                    draft.unsure.add(statement.claim.origin)
        if draft.statements:
            earlier.append(draft)
        else:
            del drafts[id_]


def _is_told_again(
    statement: Statement, first: _Draft, regions: Mapping[str, frozenset[str]]
) -> bool | None:
    """Tell whether another event has this figure already; False: perhaps, None: no."""
    claim = statement.claim
    if abs(claim.at - first.first_at) > NEAR or _values(statement) not in first.values_of(
        statement
    ):
        return None
    when, places = stated_when(claim), frozenset(claim.places)
    if _disjoint(when, first.when) or _elsewhere(places, first.places, regions):
        return None
    numbers = [figure.low or figure.high or 0 for figure in statement.figures]
    return when is not None and first.when is not None and max(numbers) >= TELLING


def _home(
    statement: Statement,
    drafts: dict[str, _Draft],
    towns: frozenset[str],
    regions: Mapping[str, frozenset[str]],
) -> str:
    """Return the incident that a report without an event is of; a new one where none fits."""
    claim = statement.claim
    when, places = stated_when(claim), frozenset(claim.places)
    alike: list[str] = []
    for id_, draft in reversed(drafts.items()):
        age = abs(claim.at - draft.first_at)
        if age > TOLD_AGAIN or _disjoint(when, draft.when):
            continue
        if _elsewhere(places, draft.places, regions):
            continue
        if age <= NEAR and any(_is_same_page(s.claim, claim) for s in draft.statements):
            return id_
        dated = when is not None and draft.when is not None
        if dated and places & draft.places & towns and age <= TOLD_AGAIN:
            return id_
        if age <= NEAR and any(s.claim.origin == claim.origin for s in draft.statements):
            alike.append(id_)
    for id_ in alike:
        known = drafts[id_].values_of(statement)
        if not known or _values(statement) in known:
            return id_
    new = f"entry:{claim.entry_id}:{claim.origin}"
    drafts[new] = _Draft(
        event=None,
        first_at=claim.at,
        places=places,
        when=when,
        unsure={claim.origin} if alike else set(),
    )
    return new


def _is_same_page(a: Claim, b: Claim) -> bool:
    """Tell whether one claim is the other's words elsewhere, or another version of its page."""
    return a.quote == b.quote or (a.url == b.url != "" and a.origin == b.origin)


def _incident(id_: str, draft: _Draft) -> Incident:
    stated = (when for s in draft.statements if (when := stated_when(s.claim)))
    first = min([draft.first_at, *(s.claim.at for s in draft.statements)])
    return Incident(
        id=id_,
        event=draft.event,
        statements=tuple(draft.statements),
        when=next(stated, None) or draft.when or (first - UNSTATED, first),
        unsure=frozenset(draft.unsure),
    )


def _values(statement: Statement) -> list[tuple[int | None, int | None]]:
    return [(figure.low, figure.high) for figure in statement.figures]


def stated_when(claim: Claim) -> Interval | None:
    """Return the past time that a claim states; a time of day says more than a day."""
    spans = [t for t in claim.times if t.meaning is TimeMeaning.OTHER and t.start <= claim.at]
    fine = [t for t in spans if t.precision is not Precision.DAY] or spans
    if not fine:
        return None
    return min(t.start for t in fine), max(min(t.end, claim.at) for t in fine)


def _disjoint(a: Interval | None, b: Interval | None) -> bool:
    return a is not None and b is not None and (a[1] < b[0] or b[1] < a[0])


def _elsewhere(a: frozenset[str], b: frozenset[str], regions: Mapping[str, frozenset[str]]) -> bool:
    """Tell whether no place of one lies in, holds or is a place of the other."""
    if not a or not b:
        return False
    within = [
        (x, y) for x in a for y in b if x == y or x in regions.get(y, ()) or y in regions.get(x, ())
    ]
    return not within


def _towns(pack: Pack) -> frozenset[str]:
    """Return the places small enough to tell one incident of a day from another."""
    return frozenset(place.name for place in pack.places if place.kind in ("town", "site"))


def _regions(pack: Pack) -> dict[str, frozenset[str]]:
    """Return the places that each place lies in."""
    parents = {place.name: place.parent for place in pack.places}
    found: dict[str, frozenset[str]] = {}
    for name in parents:
        above: list[str] = []
        at = parents[name]
        while at is not None and at not in above:
            above.append(at)
            at = parents.get(at)
        found[name] = frozenset(above)
    return found
