"""The casualty ledger of a conflict: who states how many, of whom, of what, as of when. Pure.

`claims and events | incidents | figures that stand | lines per claimant | ranges since the start`.
Every line is one claimant's own figure. Nothing is added up across claimants; what is denied or
feared stands apart from what is asserted.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from bot.events.incidents import VICTIMS, Incident, Statement, all_claims, find_incidents
from bot.events.standing import PARTS, Standing, side_of, standing_figures, victims
from bot.events.tally import Span, Tally, is_named, tally_incidents
from bot.packs import Pack
from bot.types import Claim, Event, Figure, Measure, Polarity, Scope, Stance


@dataclass(frozen=True, slots=True, kw_only=True)
class LedgerLine:
    """One figure of one claimant, as it stands."""

    claimant: str  #: an origin, as of its claims
    figure: Figure
    claim: Claim  #: the first that states it: speaker, relay, outlet, link
    side: str | None = None  #: party id of the victims, where the figure's words name it
    event_id: str | None = None
    alert_id: str | None = None
    earlier: tuple[tuple[Figure, datetime], ...] = ()  #: what it replaced, oldest first
    outlets: tuple[str, ...] = ()  #: that carry it

    @property
    def as_of(self) -> datetime:
        """Return when it was first published."""
        return self.claim.at


@dataclass(frozen=True, slots=True, kw_only=True)
class Account:
    """What one claimant states."""

    claimant: str
    incidents: tuple[LedgerLine, ...] = ()  #: newest first
    stated: tuple[LedgerLine, ...] = ()  #: since the ceasefire, in total, of a period
    denied: tuple[LedgerLine, ...] = ()
    feared: tuple[LedgerLine, ...] = ()
    tallies: tuple[Tally, ...] = ()  #: where no figure since the ceasefire is stated

    @property
    def as_of(self) -> datetime:
        """Return when its newest figure was published."""
        return max(line.as_of for line in self.lines)

    @property
    def lines(self) -> tuple[LedgerLine, ...]:
        """Return every line."""
        return (*self.stated, *self.incidents, *self.denied, *self.feared)


@dataclass(frozen=True, slots=True, kw_only=True)
class Ledger:
    """The accounts of a conflict: named claimants first, the newest figure first."""

    span: Span | None
    accounts: tuple[Account, ...] = ()


def build_ledger(
    claims: Sequence[Claim], events: Sequence[Event], span: Span | None, pack: Pack
) -> Ledger:
    """Return the ledger of stored claims and events; with a span, of what it covers only."""
    incidents = [i for i in find_incidents(claims, events, pack) if _is_within(i, span)]
    lines = [line for incident in incidents for line in _of_incident(incident, pack)]
    known = [c for c in all_claims(claims, events) if span is None or c.at >= span.start]
    stated = _stated(known, pack)
    apart = {p: _apart(known, events, pack, p) for p in (Polarity.DENIED, Polarity.FEARED)}
    tallies = () if span is None else tally_incidents(incidents, span, pack)
    said = {
        (line.claimant, line.figure.measure)
        for line in stated
        if line.figure.scope is Scope.SINCE_CEASEFIRE and victims(line.figure) not in PARTS
    }
    everything = (*lines, *stated, *apart[Polarity.DENIED], *apart[Polarity.FEARED])
    accounts = [
        Account(
            claimant=claimant,
            incidents=_of(claimant, lines),
            stated=_of(claimant, stated),
            denied=_of(claimant, apart[Polarity.DENIED]),
            feared=_of(claimant, apart[Polarity.FEARED]),
            tallies=tuple(
                t for t in tallies if t.claimant == claimant and (claimant, t.measure) not in said
            ),
        )
        for claimant in dict.fromkeys(line.claimant for line in everything)
    ]
    accounts.sort(key=lambda a: (is_named(a.lines[0].claim), a.as_of, a.claimant), reverse=True)
    return Ledger(span=span, accounts=tuple(accounts))


def _is_within(incident: Incident, span: Span | None) -> bool:
    return span is None or incident.when[1] >= span.start


def _of(claimant: str, lines: Iterable[LedgerLine]) -> tuple[LedgerLine, ...]:
    own = [line for line in lines if line.claimant == claimant]
    return tuple(sorted(own, key=lambda line: line.as_of, reverse=True))


def _of_incident(incident: Incident, pack: Pack) -> list[LedgerLine]:
    lines = []
    for key in dict.fromkeys((s.claim.origin, s.measure) for s in incident.statements):
        own = [s for s in incident.statements if (s.claim.origin, s.measure) == key]
        lines += [_line(one, incident.event, pack) for one in standing_figures(own, pack)]
    return lines


def _stated(claims: Sequence[Claim], pack: Pack) -> list[LedgerLine]:
    """Return totals, counts of a period and counts since the ceasefire, the newest of each."""
    found: dict[tuple[str, Measure, Scope], list[Statement]] = {}
    for claim in _in_order(claims):
        a = claim.attribution
        if a.stance is Stance.DENIES or not (a.speaker or a.relay):
            continue  # a total that nobody is named for is background
        for measure in VICTIMS:
            for scope in (Scope.SINCE_CEASEFIRE, Scope.TOTAL, Scope.PERIOD):
                figures = tuple(
                    f
                    for f in claim.figures
                    if f.measure is measure and f.scope is scope and f.polarity is Polarity.ASSERTED
                )
                if figures:
                    statement = Statement(claim=claim, measure=measure, figures=figures)
                    found.setdefault((claim.origin, measure, scope), []).append(statement)
    lines = []
    for (_, _, scope), statements in found.items():
        # Two periods are two things: the later one corrects nothing.
        told = statements[-1:] if scope is Scope.PERIOD else statements
        lines += [_line(one, None, pack) for one in standing_figures(told, pack)]
    return lines


def _apart(
    claims: Sequence[Claim], events: Sequence[Event], pack: Pack, polarity: Polarity
) -> list[LedgerLine]:
    """Return what claimants deny or fear; of one event and one measure only the newest word."""
    told = {claim.id: event for event in events for claim in event.claims}
    newest: dict[tuple[str, str, Measure], LedgerLine] = {}
    for claim in _in_order(claims):
        event = told.get(claim.id)
        for figure in claim.figures:
            if figure.measure in VICTIMS and _polarity(figure, claim) is polarity:
                one = Standing(figure=figure, claim=claim, outlets=(claim.outlet_name,))
                key = (claim.origin, event.id if event else claim.entry_id, figure.measure)
                newest[key] = _line(one, event, pack)
    return list(newest.values())


def _polarity(figure: Figure, claim: Claim) -> Polarity:
    """Return how a claim means a figure; who denies does not assert what the sentence counts."""
    if claim.attribution.stance is Stance.DENIES and figure.polarity is Polarity.ASSERTED:
        return Polarity.DENIED
    return figure.polarity


def _in_order(claims: Sequence[Claim]) -> list[Claim]:
    """Return claims oldest first, the text of an entry after its title: it is more exact."""
    entries = list(dict.fromkeys(claim.entry_id for claim in claims))
    rank = {entry: n for n, entry in enumerate(entries)}
    return sorted(claims, key=lambda c: (c.at, rank[c.entry_id], c.field == "text", -c.start))


def _line(one: Standing, event: Event | None, pack: Pack) -> LedgerLine:
    return LedgerLine(
        claimant=one.claim.origin,
        figure=one.figure,
        claim=one.claim,
        side=side_of(one.figure, one.claim, pack),
        event_id=event.id if event else None,
        alert_id=event.alert_id if event else None,
        earlier=tuple((figure, claim.at) for figure, claim in one.earlier),
        outlets=one.outlets,
    )
