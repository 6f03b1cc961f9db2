"""What the content of a plain "X said" does: denies, accuses, calls, plans, warns.

The verb speaks first (`bot.claims.cues`); only where it is as neutral as "said" do the words of
the content decide, and only for acts of the speaker's own side.
"""

from __future__ import annotations

import re

from bot.claims.cues import content_stance, tells_of_breach
from bot.claims.sides import Side, Sides
from bot.types import Stance

_SELF = r"(?:we|our (?:\w{1,15} )?(?:forces|army|side|government|country|ministry)|i)"
_OWN_ACTS: tuple[tuple[re.Pattern[str], Stance], ...] = tuple(
    (re.compile(pattern, re.IGNORECASE), stance)
    for pattern, stance in (
        (rf"\b{_SELF} (?:\w+ly )?(?:deny|refute)\b", Stance.DENIES),
        (
            rf"\b{_SELF} (?:\w+ly )?(?:reject|refuse|(?:will|would|can|could)(?:n['’]t| not| never)"
            r" (?:\w+ )?(?:accept|agree|negotiate|surrender|disarm|withdraw|attend|talk|capitulate"
            r"|give up|sign))\b",
            Stance.REJECTS,
        ),
        (rf"\b{_SELF} (?:\w+ly )?(?:call on|call for|demand|urge|ask|appeal)\b", Stance.CALLS_FOR),
        (rf"\b{_SELF} (?:\w+ly )?(?:propose|offer|suggest)\b", Stance.PROPOSES),
        (rf"\b{_SELF} (?:\w+ly )?(?:accuse|blame)\b", Stance.ACCUSES),
        (rf"\b{_SELF} (?:\w+ly )?warn\b", Stance.WARNS),
        (
            rf"\b{_SELF} (?:are|am) (?:going|planning|preparing) to\b"
            rf"|\b{_SELF}(?: will\b|['’]ll\b)(?! not| never| be\b)|\b{_SELF} (?:plan|intend) to\b",
            Stance.PLANS,
        ),
    )
)
_THREAT = re.compile(
    r"\b(?:will|would|'ll|shall) (?:\w+ ){0,3}(?:retaliat\w+|respond (?:\w+ ){0,2}(?:forc|harsh|firm"
    r"|decisive|strong)\w*|crush|destroy|avenge|punish|pay (?:a|the)|be hit|strike back|hit back"
    r"|regret it|resume (?:the )?(?:war|fighting|attacks|operation|offensive)|go on attacking)",
    re.IGNORECASE,
)
_MUST = re.compile(
    r"\b(?:must|should|needs? to|has to|have to|ought to)\b (?!have\b)", re.IGNORECASE
)
_REFUSES = re.compile(
    r"\b(?:will|would|can|could)(?:n['’]t| not| never) (?:\w+ )?(?:accept|agree|negotiat\w+|surrender"
    r"|disarm|withdraw|attend|take part|talk|capitulate|give up|sign|join|hold talks|bow)\b"
    r"|\b(?:sees?|saw) no need\b|\brul(?:es|ed|ing) out\b|\bturn(?:s|ed) down\b"
    r"|\bno (?:talks|negotiations|ceasefire|truce) (?:while|until|unless|with)\b"
    r"|\bthere (?:will|would|can|could) be no (?:ceasefire|truce|talks|negotiations|deal)\b",
    re.IGNORECASE,
)
_FUTURE = re.compile(
    r"\A\W{0,4}(?:that )?(?P<who>(?:\S+ ){1,5}?)(?:will|would|is to|are to)\b(?! not)"
)


def refine(content: str, speaker: Side | None, sides: Sides) -> Stance:
    """Return the stance of neutral words by `speaker`; asserts where nothing says otherwise."""
    for pattern, stance in _OWN_ACTS:
        if pattern.search(content):
            if stance is Stance.PLANS and _THREAT.search(content):
                return Stance.WARNS
            return stance
    denied = content_stance(content)
    if denied is not None:
        return denied
    if _accuses(content, speaker, sides):
        return Stance.ACCUSES
    own = _is_own(content, speaker, sides)
    if own and _REFUSES.search(content):
        return Stance.REJECTS
    if own and _THREAT.search(content):
        return Stance.WARNS
    if own and content[:1] not in "\"“‘'" and _FUTURE.match(content) and " if " not in content:
        return Stance.PLANS
    if not own and _MUST.search(content) and _subject(content, sides) is not None:
        return Stance.CALLS_FOR
    return Stance.ASSERTS


def _accuses(content: str, speaker: Side | None, sides: Sides) -> bool:
    subject = _subject(content, sides)
    return (
        tells_of_breach(content)
        and subject is not None
        and subject.role == "party"
        and speaker is not None
        and subject != speaker
    )


def _subject(content: str, sides: Sides) -> Side | None:
    match = sides.names.search(content[:70])
    return sides.of(match.group()) if match else None


def _is_own(content: str, speaker: Side | None, sides: Sides) -> bool:
    """Tell whether the content opens with the speaker's own side or a pronoun for it."""
    opening = re.match(r"\W{0,4}(?:that )?(\w+)", content)
    if opening and opening[1].lower() in {"it", "they", "he", "she", "its", "their"}:
        return True
    if re.search(r"\bthere (?:will|would|can|could) be no\b", content[:60], re.IGNORECASE):
        return True
    subject = _subject(content[:45], sides)
    return subject is not None and subject == speaker
