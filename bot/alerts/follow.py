"""How a piece of news relates to a known event: first match wins, each a named relation. Pure.

Figures are compared within one measure and one speaker only; rival figures of another speaker
are a dispute, never averaged.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from bot.config import PolicySection
from bot.events.news import News
from bot.types import Claim, Event, Figure, Relation, Stance


@dataclass(frozen=True, slots=True, kw_only=True)
class Following:
    """A relation with the old figure it changes, when it does."""

    relation: Relation
    reason: str  #: as actions carry it
    old: Figure | None = None
    material: bool = False  #: worth a message of its own


def relate(news: News, event: Event, policy: PolicySection) -> Following:
    """Return how `news` follows `event`."""
    origin = news.trigger.origin
    known = {c.origin for c in event.claims}
    if is_denial(news, event):
        return Following(relation=Relation.DENIAL, reason="denial", material=True)
    changed = _changed_figure(news, event)
    if changed is not None:
        old, new, same_speaker = changed
        material = _is_material(old, new, policy)
        if same_speaker:
            return Following(relation=Relation.UPDATE, reason="update", material=material)
        return Following(relation=Relation.DISPUTE, reason="dispute", material=material)
    if origin not in known:
        first = len(known) == 1
        return Following(relation=Relation.CORROBORATION, reason="corroboration", material=first)
    return Following(relation=Relation.RESTATEMENT, reason="update")


def is_denial(news: News, event: Event) -> bool:
    """Tell whether another origin denies what the event's claims assert."""
    denies = news.trigger.attribution.stance is Stance.DENIES or news.step == "breach_denied"
    asserted = [c for c in event.claims if c.attribution.stance is not Stance.DENIES]
    return denies and any(c.origin != news.trigger.origin for c in asserted)


def _changed_figure(news: News, event: Event) -> tuple[Figure, Figure, bool] | None:
    """Return (old, new, same speaker) for the first figure that does not fit what is known."""
    for figure, speaker in news.figures:
        known = [
            (old, claim)
            for claim in reversed(event.claims)
            for old in claim.figures
            if old.measure is figure.measure
        ]
        same = [(old, claim) for old, claim in known if _same_speaker(claim, news, speaker)]
        if same:
            if _value(same[0][0]) != _value(figure):
                return same[0][0], figure, True
            continue
        if known and all(_disjoint(old, figure) for old, _ in known):
            return known[0][0], figure, False
        if not known and event.claims and _value(figure) != (None, None):
            return figure, figure, True
    return None


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
        for claim in old:
            for before in claim.figures:
                if before.measure is figure.measure:
                    if _value(before) != _value(figure):
                        return before, figure
                    break
            else:
                continue
            break
    return None
