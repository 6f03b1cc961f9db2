"""How many since the ceasefire, by one claimant's own incident figures: a range. Pure.

Only figures of one claimant and one measure are added, each incident once. "At least" leaves the
range open above, "up to" lets it begin at nothing, and a word without a number adds nothing and
is counted. What may lie before the start, or be counted already, adds to the upper end only.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from bot.events.incidents import VICTIMS, Incident, Statement, stated_when
from bot.events.standing import PARTS, Standing, standing_figures, victims
from bot.events.status import DOWN, STANDING
from bot.packs import Pack
from bot.types import Ceasefire, Claim, Measure, Qualifier, SpeakerKind, Status, require_utc

#: A start reported within this time of the stated hour came at that hour.
PROMPT = timedelta(hours=1)
NAMELESS = (SpeakerKind.ANONYMOUS, SpeakerKind.WITNESS)


@dataclass(frozen=True, slots=True, kw_only=True)
class Span:
    """From when to when a ceasefire stood."""

    start: datetime  #: the stated hour, or the first report of the start
    reported: datetime  #: from when on it stood for certain
    end: datetime | None = None  #: None: it stands

    def __post_init__(self) -> None:
        require_utc(self.start, "start")
        require_utc(self.reported, "reported")
        require_utc(self.end, "end")


@dataclass(frozen=True, slots=True, kw_only=True)
class Tally:
    """The victims of one measure that one claimant's incident figures add up to."""

    claimant: str  #: an origin, as of its claims
    measure: Measure
    low: int
    high: int | None  #: None: open above
    incidents: int  #: that state a number
    unnumbered: int = 0  #: incidents told without a number ("dozens")
    unclear: int = 0  #: of `incidents`: perhaps before the start, perhaps counted already
    about: bool = False  #: some of the numbers are rough
    as_of: datetime  #: when the last of its figures was published
    claims: tuple[str, ...]  #: ids of the claims it is made of


@dataclass(frozen=True, slots=True, kw_only=True)
class _Bounds:
    low: int
    high: int | None


def ceasefire_span(ceasefire: Ceasefire) -> Span | None:
    """Return when the last ceasefire that began stood; None where none did.

    A strain, a suspension or an extension begins no other ceasefire; an extension after the
    stated term takes the lapse back.
    """
    span: Span | None = None
    for move in ceasefire.history:
        if move.new in STANDING:
            if span is None or (span.end is not None and move.new is not Status.EXTENDED):
                span = _begun(ceasefire, move.at, span.end if span else None)
            span = replace(span, end=None)
        elif move.new in DOWN and span is not None:
            span = replace(span, end=span.end or move.at)
    since = ceasefire.effective_at or ceasefire.since
    if span is None and ceasefire.status in STANDING and since is not None:
        span = Span(start=since, reported=since)
    return span


def _begun(ceasefire: Ceasefire, reported: datetime, last_end: datetime | None) -> Span:
    """Return the span that a report of the start opens."""
    stated = ceasefire.effective_at
    if stated is None or stated > reported or (last_end is not None and stated < last_end):
        return Span(start=reported, reported=reported)
    return Span(start=stated, reported=stated if reported - stated <= PROMPT else reported)


def tally_incidents(incidents: Sequence[Incident], span: Span, pack: Pack) -> tuple[Tally, ...]:
    """Return one range per named claimant and measure over the incidents of a ceasefire."""
    found: dict[tuple[str, Measure], Tally] = {}
    for incident in incidents:
        for key in dict.fromkeys((s.claim.origin, s.measure) for s in incident.statements):
            own = [s for s in incident.statements if (s.claim.origin, s.measure) == key]
            placed = _placed(own, incident, span)
            if placed is None or not is_named(own[0].claim):
                continue
            sure = placed and key[0] not in incident.unsure
            added = _one(key, standing_figures(own, pack), sure=sure)
            found[key] = _sum(found[key], added) if key in found else added
    return tuple(sorted(found.values(), key=lambda t: VICTIMS.index(t.measure)))


def is_named(claim: Claim) -> bool:
    """Tell whether a claimant is one and the same from one incident to the next.

    "Witnesses" and "officials" are others each time, and an outlet that names nobody may have
    its numbers from anybody.
    """
    a = claim.attribution
    if a.party or a.body:
        return True
    if a.speaker is None:
        return a.relay is not None
    if a.anonymous or a.speaker_kind in NAMELESS or a.speaker.islower():
        return False
    return a.speaker_kind is not SpeakerKind.MEDIC or not a.speaker[1:].islower()


def _placed(own: Sequence[Statement], incident: Incident, span: Span) -> bool | None:
    """Tell whether it lies within the span for certain; None where it lies outside.

    The time that the claimant states goes before those of others.
    """
    stated = (when for s in own if (when := stated_when(s.claim)))
    begin, end = next(stated, incident.when)
    if end < span.start or (span.end is not None and begin > span.end):
        return None
    return begin >= span.reported and (span.end is None or end <= span.end)


def _one(key: tuple[str, Measure], standing: Sequence[Standing], *, sure: bool) -> Tally:
    """Return what one incident adds to a claimant's range."""
    numbered = [s for s in standing if s.is_numbered]
    bounds = _bounds(numbered)
    return Tally(
        claimant=key[0],
        measure=key[1],
        low=bounds.low if sure else 0,
        high=bounds.high,
        incidents=1 if numbered else 0,
        unnumbered=0 if numbered else 1,
        unclear=1 if numbered and not sure else 0,
        about=any(s.figure.qualifier is Qualifier.ABOUT for s in numbered),
        as_of=max(s.claim.at for s in standing),
        claims=tuple(dict.fromkeys(s.claim.id for s in standing)),
    )


def _sum(a: Tally, b: Tally) -> Tally:
    return replace(
        a,
        low=a.low + b.low,
        high=_added((a.high, b.high)),
        incidents=a.incidents + b.incidents,
        unnumbered=a.unnumbered + b.unnumbered,
        unclear=a.unclear + b.unclear,
        about=a.about or b.about,
        as_of=max(a.as_of, b.as_of),
        claims=(*a.claims, *b.claims),
    )


def _bounds(standing: Sequence[Standing]) -> _Bounds:
    """Return the bounds of one incident's victims, as its standing figures leave them.

    Figures of one claim are of different people and add up. Of different claims, "three
    soldiers" may be among "five people": then the largest is the least there can be.
    """
    by_claim: dict[str, list[Standing]] = {}
    for one in sorted(standing, key=lambda s: s.claim.at):
        by_claim.setdefault(one.claim.id, []).append(one)
    groups = list(by_claim.values())
    whole = [g for g in groups if any(victims(s.figure) not in PARTS for s in g)]
    groups = whole or groups
    wholes = [n for n, g in enumerate(groups) if any(victims(s.figure) is None for s in g)]
    if wholes:
        # Who counts everybody anew counts those told of before.
        groups = groups[wholes[-1] :]
    lows = [sum(s.figure.low or 0 for s in g) for g in groups]
    highs = [_added(s.figure.high for s in g) for g in groups]
    if wholes:
        closed = [high for high in highs if high is not None]
        high = max(closed, default=0) if len(closed) == len(highs) else None
    else:
        high = _added(highs)
    return _Bounds(low=max(lows, default=0), high=high)


def _added(highs: Iterable[int | None]) -> int | None:
    total = 0
    for high in highs:
        if high is None:
            return None
        total += high
    return total
