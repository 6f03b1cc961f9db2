"""How a piece of news relates to a known event: first match wins, each a named relation. Pure.

Figures are compared like with like: one measure, the same people where they are named, a day's
toll with a day's. Rival figures of another speaker are a dispute, never averaged.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from bot.config import PolicySection
from bot.events.news import News
from bot.types import Claim, Event, Figure, Relation, Scope, Stance

#: An event keeps this many claims; more would slow every later comparison.
MAX_CLAIMS = 60


@dataclass(frozen=True, slots=True, kw_only=True)
class Following:
    """How news follows an event."""

    relation: Relation
    reason: str  #: as actions carry it
    material: bool = False  #: worth a message of its own


def relate(
    news: News, event: Event, policy: PolicySection, *, answering: bool = False
) -> Following:
    """Return how `news` follows `event`.

    Args:
        answering: it replies to the event or acts under it, and tells nothing of the event itself.
    """
    origin = news.trigger.origin
    known = {c.origin for c in event.claims}
    if is_denial(news, event):
        again = any(
            c.origin == origin and c.attribution.stance is Stance.DENIES for c in event.claims
        )
        return Following(relation=Relation.DENIAL, reason="denial", material=not again)
    changed = _changed_figure(news, event)
    if changed is not None:
        old, new, same_speaker = changed
        material = _is_material(old, new, policy)
        if same_speaker:
            return Following(relation=Relation.UPDATE, reason="update", material=material)
        return Following(relation=Relation.DISPUTE, reason="dispute", material=material)
    if answering:
        return Following(relation=Relation.UPDATE, reason="update")
    if origin not in known:
        first = len(known) == 1
        return Following(relation=Relation.CORROBORATION, reason="corroboration", material=first)
    return Following(relation=Relation.RESTATEMENT, reason="update")


def joined_claims(event: Event, news: News) -> tuple[Claim, ...]:
    """Return the event's claims with those of the news, the newest always among them.

    Beyond the limit the oldest go that are not the main claim of their entry.
    """
    known = {c.id for c in event.claims}
    claims = [*event.claims, *(c for c in news.claims if c.id not in known)]
    main: dict[str, str] = {}
    for claim in claims:
        main.setdefault(claim.entry_id, claim.id)
    spare = [c.id for c in claims if main[c.entry_id] != c.id]
    dropped = set(spare[: max(0, len(claims) - MAX_CLAIMS)])
    kept = [c for c in claims if c.id not in dropped]
    return (kept[0], *kept[1:][1 - MAX_CLAIMS :])


def is_denying(news: News) -> bool:
    """Tell whether the news is that somebody calls something untrue."""
    return news.step in ("breach_denied", "deal_denied") or news.denies


def is_denial(news: News, event: Event) -> bool:
    """Tell whether another origin denies what the event's claims assert."""
    asserted = [c for c in event.claims if c.attribution.stance is not Stance.DENIES]
    return is_denying(news) and any(c.origin != news.trigger.origin for c in asserted)


def _changed_figure(news: News, event: Event) -> tuple[Figure, Figure, bool] | None:
    """Return (old, new, same speaker) for the first figure that does not fit what is known."""
    for figure, speaker in news.figures:
        own = [c for c in event.claims if _same_speaker(c, news, speaker)]
        same = _last_stated(figure, own)
        if same:
            if not _is_among(figure, same):
                return same[0], figure, True
            continue
        known = [f for c in reversed(event.claims) for f in c.figures if _compares(f, figure)]
        if known and all(_disjoint(old, figure) for old in known):
            return known[0], figure, False
        if not known and event.claims and _value(figure) != (None, None):
            return figure, figure, True
    return None


def _last_stated(figure: Figure, claims: Sequence[Claim]) -> list[Figure]:
    """Return the figures of the last claim that states any which compare with `figure`."""
    known = [(c, f) for c in reversed(claims) for f in c.figures if _compares(f, figure)]
    # Soldiers with soldiers; only where nobody counted them, with whoever was counted.
    known = [(c, f) for c, f in known if _victims(f) == _victims(figure)] or known
    return [f for c, f in known if c is known[0][0]]


def _victims(figure: Figure) -> str | None:
    """Return who was counted; "people" says no more than no word at all."""
    return None if figure.who in ("people", "persons") else figure.who


def _compares(a: Figure, b: Figure) -> bool:
    return a.measure is b.measure and (a.scope is Scope.TOTAL) == (b.scope is Scope.TOTAL)


def _is_among(figure: Figure, known: Sequence[Figure]) -> bool:
    return _value(figure) in [_value(old) for old in known]


def _same_speaker(claim: Claim, news: News, speaker: str | None) -> bool:
    return claim.origin == news.trigger.origin or (
        speaker is not None and claim.attribution.speaker == speaker
    )


def _value(figure: Figure) -> tuple[int | None, int | None]:
    return figure.low, figure.high


def _disjoint(a: Figure, b: Figure) -> bool:
    a_low, b_low = a.low or 0, b.low or 0
    a_high = a.high if a.high is not None else float("inf")
    b_high = b.high if b.high is not None else float("inf")
    return a_low > b_high or b_low > a_high


def _is_material(old: Figure, new: Figure, policy: PolicySection) -> bool:
    before, after = old.low or old.high or 0, new.low or new.high or 0
    change = abs(after - before)
    return change >= policy.material_change and change >= policy.material_share * max(before, 1)


def corrected_figures(
    old: Sequence[Claim], new: Sequence[tuple[Figure, str | None]]
) -> tuple[Figure, Figure] | None:
    """Return (old, new) for the first figure that an edited page states differently."""
    for figure, _ in new:
        # A page states the number that matters first.
        before = _last_stated(figure, old[::-1])
        if before and not _is_among(figure, before):
            return before[0], figure
    return None
