"""Steps of a ceasefire or of talks, and who may take them.

The step of a sentence is read by `bot.claims.steps`; here it is checked against stance and
hedges, and the actor behind it is named: a party, a mediator, a monitor, the outlet itself.
"""

from __future__ import annotations

import re
from enum import StrEnum

from bot.claims.steps import ceasefire_step
from bot.packs import Pack
from bot.types import Claim, SpeakerKind, Stance


class Who(StrEnum):
    """In what role somebody speaks about a ceasefire."""

    PARTY = "party"
    MEDIATOR = "mediator"
    MONITOR = "monitor"
    OUTLET = "outlet"  #: its own staff, or no source named
    WITNESS = "witness"
    OUTSIDER = "outsider"


#: Steps that give or show consent to a halt.
CONSENT = frozenset({"accepted", "announced", "agreed"})
#: Steps that move a ceasefire; each is news of its own.
CEASEFIRE_STEPS = CONSENT | {
    "proposed",
    "effective",
    "extended",
    "suspended",
    "ended",
    "expired",
    "offensive_announced",
}
TALKS_STEPS = frozenset({"talks_announced", "talks_held", "talks_ended", "talks_broken_off"})

#: Words that turn consent into a maybe.
_HEDGE = re.compile(
    r"\bin principle\b|\bwould (?:be )?(?:consider|accept|agree|halt|stop|observe|back|support)"
    r"|\b(?:considering|weighing|studying|open to|ready to|willing to|prepared to|hopes? to)\b"
    r"|\bcould (?:agree|accept|be)\b|\bmay (?:agree|accept)\b|\b(?:if|unless|provided|as long as)\b"
    r"|\bagreed? to (?:meet|talk|discuss|study|consider|work|hold|negotiate|resume talks)\b"
    r"|\bno (?:ceasefire|cease-fire|truce|deal|agreement)\b"
    r"|\bhas not (?:yet )?(?:agreed|accepted)\b",
    re.IGNORECASE,
)
_DENIED = frozenset({"breach_denied", "rejected"})


def step_of(claim: Claim) -> str | None:
    """Return the step that a claim reports as taken, None when it only speaks of one."""
    stance = claim.attribution.stance
    step = ceasefire_step(claim.quote, stance)
    if step is None or claim.background is not None:
        return None
    if stance is Stance.DENIES:
        return "breach_denied" if step in {"breach_denied", "breach_alleged"} else None
    if stance is Stance.REJECTS:
        return step if step in _DENIED else None
    if stance in {Stance.CALLS_FOR, Stance.WARNS} and step not in {"breach_alleged", "ended"}:
        return None
    if step in CONSENT and _HEDGE.search(_unquoted(claim.quote)):
        return None
    return step


def who_speaks(claim: Claim, pack: Pack) -> Who:
    """Return the role in which the claim's speaker speaks."""
    a = claim.attribution
    if a.party is not None:
        return Who.PARTY
    kind = a.speaker_kind
    if kind is SpeakerKind.MEDIATOR:
        return Who.MEDIATOR
    if kind is SpeakerKind.MONITOR:
        return Who.MONITOR
    if kind in {SpeakerKind.WITNESS, SpeakerKind.MEDIC}:
        return Who.WITNESS
    if kind is SpeakerKind.MEDIA or (a.speaker is None and not a.anonymous):
        return Who.OUTLET
    return _named_in(a.speaker or "", pack)


def actor(claim: Claim, pack: Pack) -> str | None:
    """Return the party whose step a claim tells: the speaker's, else the first party named."""
    if claim.attribution.party is not None:
        return claim.attribution.party
    if who_speaks(claim, pack) not in {Who.OUTLET, Who.MEDIATOR, Who.WITNESS}:
        return None
    first: tuple[int, str] | None = None
    for party in pack.parties:
        for name in party.all_names:
            at = claim.quote.find(name)
            if at >= 0 and (first is None or at < first[0]):
                first = (at, party.id)
    return first[1] if first else None


def _named_in(speaker: str, pack: Pack) -> Who:
    for party in pack.parties:
        if any(_contains(speaker, name) for name in party.all_names):
            return Who.PARTY
    if any(_contains(speaker, n) for m in pack.mediators for n in m.all_names):
        return Who.MEDIATOR
    if any(_contains(speaker, n) for m in pack.monitors for n in m.all_names):
        return Who.MONITOR
    return Who.OUTSIDER


def _contains(text: str, name: str) -> bool:
    return bool(re.search(rf"(?<!\w){re.escape(name)}(?!\w)", text, re.IGNORECASE))


def _unquoted(text: str) -> str:
    return re.sub(r"[\"“«][^\"”»]*[\"”»]", " ", text)
