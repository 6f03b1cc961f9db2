"""What is recorded of an agreement besides its status: scope, terms, who brokered and watches it. Pure.

Fields follow the ETH/PRIO ceasefire data and the UN guidance on ceasefires of 2022: a declaration is
a row per party, "not told" is not "no", and several terms may hold. Everything here is what reports
say; nothing is inferred from silence.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import datetime

from bot.packs import Named, Pack
from bot.types import Ceasefire, Claim, Status

#: Terms that reports name, by the words that name them.
TERMS: tuple[tuple[str, re.Pattern[str]], ...] = tuple(
    (name, re.compile(words, re.IGNORECASE))
    for name, words in (
        (
            "withdrawal",
            r"\b(?:withdraw\w*|pull(?:s|ed|ing)? (?:back|out)|pullback|pull-?out|redeploy\w*)\b",
        ),
        (
            "prisoners",
            r"\b(?:prisoners?|captives?|hostages?|detainees?|exchange of (?:bodies|remains))\b",
        ),
        (
            "aid",
            r"\b(?:humanitarian|aid|relief|food|medic(?:al|ine)|lorries|trucks|convoys?|corridors?)\b",
        ),
        (
            "monitoring",
            r"\b(?:monitor\w*|verif(?:y|ied|ication)|observers?|oversee\w*|supervis\w*|watch(?:ed)? over)\b",
        ),
        (
            "disarmament",
            r"\b(?:disarm\w*|lay(?:ing)? down (?:their |its )?(?:arms|weapons)|hand(?:s|ed|ing)? over (?:\w+ ){0,2}weapons)\b",
        ),
        (
            "return",
            r"\b(?:return of (?:the )?(?:displaced|residents|civilians)|go (?:back )?home|displaced)\b",
        ),
        ("talks", r"\b(?:negotiations|talks|second phase|political (?:process|settlement))\b"),
    )
)
HUMANITARIAN = re.compile(
    r"\b(?:humanitarian|evacuation|aid) (?:pause|truce|ceasefire|window|corridor)", re.IGNORECASE
)
#: A halt of some weapons, targets or places only.
PARTIAL = re.compile(
    r"\b(?:moratorium|halt|stop|truce|pause|ceasefire|refrain from|no more|cease|suspend)\b[^.;]{0,40}?\b(?:strikes|attacks) (?:on|against)\b"
    r"|\b(?:energy|maritime|black sea|local|partial|limited|air) (?:truce|ceasefire|moratorium|pause)\b"
    r"|\b(?:truce|cease-?fire|pause|halt)\b (?:for|limited to|confined to|covering|in and around) (?:only |just )?"
    r"(?:the )?(?:[\w’'-]+ ){0,3}?(?:city|town|province|district|valley|port|airport|sector)\b"
    r"|\bstop (?:attacking|hitting|striking) (?:each other's|one another's|\w+ ){1,3}",
    re.IGNORECASE,
)
#: A halt beside the one that is known, of other ground or other weapons.
SEPARATE = re.compile(
    r"\b(?:separate|distinct|parallel|additional) (?:[\w-]+ ){0,2}?"
    r"(?:deals?|agreements?|accords?|arrangements?|understandings?|truces?|cease-?\s?fires?|pauses?)\b"
    r"|\b(?:separate|distinct|apart) from (?:the|that|its) (?:[\w-]+ ){0,3}?"
    r"(?:one|deal|agreement|accord|arrangement|understanding|truce|cease-?\s?fire|pause)\b",
    re.IGNORECASE,
)
#: Claims of a report that say what kind of halt it is.
LEAD = 2
#: Steps with which an agreement comes about.
COMES_ABOUT = (Status.PROPOSED, Status.ANNOUNCED, Status.AGREED)


def with_details(
    record: Ceasefire, claims: Sequence[Claim], takers: Sequence[str], pack: Pack, now: datetime
) -> Ceasefire:
    """Return the record with what the claims of a step say of the agreement."""
    said = [c for c in claims if c.background is None]
    texts = [c.quote for c in said]
    announced = record.announced_at or (now if record.status in COMES_ABOUT else None)
    return replace(
        record,
        announced_at=announced,
        forms=_merged(record.forms, _forms(texts, takers, record)),
        terms=_merged(record.terms, (n for n, words in TERMS if any(map(words.search, texts)))),
        mediators=_merged(record.mediators, _bodies(said, pack.mediators)),
        monitors=_merged(record.monitors, _bodies(said, pack.monitors)),
    )


def is_partial(claims: Sequence[Claim]) -> bool:
    """Tell whether a halt of some weapons, targets or places only is told."""
    return any(PARTIAL.search(c.quote) for c in claims[:LEAD])


def new_round(record: Ceasefire) -> Ceasefire:
    """Return an empty record for the next agreement, which knows the last one by its number."""
    return replace(without_details(record), number=record.number + 1, declarations=())


def without_details(record: Ceasefire) -> Ceasefire:
    """Return the record without hours, terms and names: those of an agreement that is none."""
    return replace(
        record,
        effective_at=None,
        expires_at=None,
        term=None,
        agreement_id=None,
        announced_at=None,
        forms=(),
        terms=(),
        mediators=(),
        monitors=(),
    )


def _forms(texts: Sequence[str], takers: Sequence[str], record: Ceasefire) -> Iterable[str]:
    if any(map(HUMANITARIAN.search, texts)):
        yield "humanitarian"
    if any(map(PARTIAL.search, texts[:LEAD])):
        yield "partial"
    if record.status is Status.ANNOUNCED and len(takers) == 1:
        yield "of one side"
    if record.status is Status.AGREED:
        yield "of both sides"


def _bodies(claims: Sequence[Claim], bodies: Sequence[Named]) -> Iterable[str]:
    spoken = {c.attribution.body for c in claims}
    return (body.name for body in bodies if body.name in spoken)


def _merged(known: tuple[str, ...], found: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys((*known, *found)))
