"""In which role a claim's speaker speaks about the ceasefire. Pure."""

from __future__ import annotations

import re
from collections.abc import Sequence

from bot.claims.who.collectives import HEADS, JOINT_PAPER, SIDES
from bot.events.status import Role
from bot.events.takers import names_pair
from bot.packs import Named, Pack
from bot.types import Attribution, Claim, SpeakerKind

#: Those whose word moves a ceasefire.
SPOKESMEN = (Role.PARTY, Role.MEDIATOR, Role.MONITOR)


def role_of(claim: Claim, pack: Pack) -> Role:
    """Return the role: a party's people before mediators, outlets only where nobody speaks."""
    a = claim.attribution
    if a.anonymous:
        formal = a.party is not None and _OFFICIAL.fullmatch(a.speaker_text or "")
        return Role.PARTY if formal and "anonym" not in claim.quote else Role.OTHER
    if a.speaker is not None and _speaks_jointly(a.speaker, pack):
        return Role.BOTH
    if a.party is not None:
        return Role.PARTY
    if a.speaker is None:
        return Role.OUTLET
    if _is_of(a, pack.mediators) or a.speaker_kind is SpeakerKind.MEDIATOR:
        return Role.MEDIATOR
    if _is_of(a, pack.monitors) or a.speaker_kind is SpeakerKind.MONITOR:
        return Role.MONITOR
    return Role.OUTLET if a.speaker_kind is SpeakerKind.MEDIA else Role.OTHER


#: So a state speaks through its agency; the source is none that hides.
_OFFICIAL = re.compile(
    r"(?:[Aa]n? |[Tt]he )?(?:official|responsible|authori[sz]ed) source (?:at|in) (?:the )?"
    r"(?:[A-Z][\w’'-]*,? (?:and |of |for |the )*){0,5}(?:Ministry|Presidency|Command|Staff|Court|Palace"
    r"|Cabinet|Council)(?: of [A-Z][\w’' -]*)?"
)
#: "The armies of the two countries", "both governments": a statement of both sides.
_JOINT = re.compile(
    rf"^(?:both|(?:the )?two)(?: [\w’']+){{0,2}} (?:{SIDES}|{HEADS}|capitals)\b"
    rf"|^(?:the |an? )?{JOINT_PAPER}\b"
    r"|^(?:the )?(?:(?:armies|governments|(?:foreign |defen[cs]e )?ministries|delegations|militaries"
    r"|(?:border )?(?:agencies|services|guards|commands|chiefs))"
    r" of (?:both|the two))\s",
    re.IGNORECASE,
)


def _speaks_jointly(speaker: str, pack: Pack) -> bool:
    return names_pair(speaker.replace(", ", " and "), pack) or bool(_JOINT.match(speaker))


def in_own_words(claim: Claim) -> bool:
    """Tell whether the outlet itself tells of it: nobody speaks, is relayed or hides behind it."""
    said = claim.attribution
    return said.speaker is None and said.relay is None and not said.anonymous


def names_mediator(text: str, pack: Pack) -> bool:
    """Tell whether a mediator of the pack is named in `text`."""
    names = (name for body in pack.mediators for name in body.all_names)
    return any(re.search(rf"\b{re.escape(name)}\b", text) for name in names)


def _is_of(attribution: Attribution, bodies: Sequence[Named]) -> bool:
    """Tell whether the speaker has a name of one of the bodies, or is known to belong to it."""
    plain = (attribution.speaker or "").replace("’", "'")
    named = any(name in plain for body in bodies for name in body.all_names)
    return named or attribution.body in {body.name for body in bodies}
