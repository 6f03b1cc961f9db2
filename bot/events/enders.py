"""Who is said to end a ceasefire: the speaker himself, or the one whom he accuses of it. Pure.

"Selmara has torn up the truce, Ardovia says" is a charge and ends nothing: what ends a ceasefire is
a declaration of one's own. Words of ending with the other side as their subject are a breach that
is alleged; so is its offensive.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from bot.events.status import Role
from bot.events.takers import parties_in
from bot.packs import Pack
from bot.types import Claim, Stance

_HALT = (
    r"(?:cease-?\s?fires?|truces?|agreements?|deals?|accords?|pacts?|pauses?|moratorium|armistice"
    r"|cessation|understandings?|arrangements?)"
)
#: What is done to a ceasefire in a charge, as much as in a declaration; no infinitive, no noun.
_END = (
    r"(?<!to )(?<!an )(?<!the )(?<!its )(?:t(?:ore|orn|ears?|earing)(?: \w+){0,2}? up"
    r"|ripp?(?:s|ed|ing)?(?: \w+){0,2}? up|shred(?:s|ded|ding)?|scrap(?:s|ped|ping)?"
    r"|abandon(?:s|ed|ing)?|end(?:s|ed|ing)?|cancel(?:s|l?ed|l?ing)?|quit(?:s|ting)?"
    r"|terminat(?:es?|ed|ing)|renounc(?:es?|ed|ing)|revok(?:es?|ed|ing)|kill(?:s|ed|ing)?"
    r"|bur(?:y|ies|ied|ying)|destroy(?:s|ed|ing)?|wreck(?:s|ed|ing)?|drop(?:s|ped|ping)?"
    r"|discard(?:s|ed|ing)?|undo(?:es|ne|ing)?|undid|nullif(?:y|ies|ied|ying)"
    r"|annul(?:s|led|ling)?|br(?:eaks?|oke|oken|eaking) off|call(?:s|ed|ing)? off"
    r"|put(?:s|ting)? (?:an end to|on (?:hold|ice))|with ?dr(?:aws?|ew|awn|awing) from"
    r"|pull(?:s|ed|ing)? out of"
    r"|back(?:s|ed|ing)? out of|walk(?:s|ed|ing)? (?:away from|out (?:of|on))"
    r"|turn(?:s|ed|ing)? (?:its|their) backs? on|suspend(?:s|ed|ing)?|fr(?:eez(?:es?|ing)|oze|ozen)"
    r"|no longer (?:\w+ )?(?:observ|honou?r|respect|compl|abid|keep|adher|stand|recogni[sz])\w*"
    r"|(?:stop(?:s|ped)?|ceas(?:es|ed)) (?:observ|honou?r|respect|compl|abid|keep|adher)\w*)"
)
#: Nobody lets his own ceasefire die.
_LEFT_TO_DIE = (
    rf"let(?:s|ting)?\b[^.;,]{{0,30}}?\b{_HALT}\b[^.;,]{{0,20}}?"
    r"\b(?:die|lapse|collapse|fail|expire|run out)\b"
    r"|resum(?:es?|ed|ing) (?:the |its |their )?(?:war|fighting|hostilities)\b"
)
#: A word behind a name that leads to no other subject and is no charge itself.
_WORD = r"(?: (?!(?:and|or|of|for|with|to|that|sa(?:id|ys)|accus\w+|blam\w+|charg\w+)\b)[\w-]+)"
#: Between a name and what it does: its army, auxiliaries, adverbs.
_BETWEEN = (
    rf"(?:['’]s?)?{_WORD}{{0,3}}?"
    r" (?:(?:has|have|had|is|was|are|were|be|been) )?(?:(?:\w+ly|now|also|again|already|thus|just"
    r"|de facto|in effect|in fact|in practice) )*"
)
#: An offensive in the ceasefire's place, which ends it as well.
_LAUNCH = (
    r"(?:launch(?:es|ed|ing)?|start(?:s|ed|ing)?|beg(?:in|ins|an|un|inning)|mount(?:s|ed|ing)?"
    r"|open(?:s|ed|ing)?|unleash(?:es|ed|ing)?)"
)
_OFFENSIVE = (
    r"(?:(?:counter-?)?offensives?|operations?|assaults?|invasion|campaign|attacks?|incursion|push)"
)


class _Deed(NamedTuple):
    """How a text says that somebody did a thing; each pattern stands beside his name."""

    acts: re.Pattern[str]  #: behind it: "Selmara has torn up the truce"
    charged: re.Pattern[str]  #: behind it: "accused Selmara of tearing up the truce"
    done_by: re.Pattern[str]  #: in front of it: "the truce has been torn up by Selmara"


def _deed(verb: str, thing: str) -> _Deed:
    tail = rf"(?:{verb}\b(?: it\b|[^.;,]{{0,60}}?\b{thing}\b)|{_LEFT_TO_DIE})"
    return _Deed(
        acts=re.compile(rf"{_BETWEEN}{tail}", re.IGNORECASE),
        charged=re.compile(
            rf"(?:['’]s?)?{_WORD}{{0,2}}? (?:of|for|with) (?:\w+ly )?(?:having )?{tail}",
            re.IGNORECASE,
        ),
        done_by=re.compile(
            rf"\b{verb}(?: [\w-]+){{0,3}}? by (?:the )?(?:[\w-]+ )?$", re.IGNORECASE
        ),
    )


_DEEDS = {
    **dict.fromkeys(("ended", "suspended"), _deed(_END, _HALT)),
    "offensive_announced": _deed(_LAUNCH, _OFFENSIVE),
}
#: What stands around words without changing them.
_MARKS = re.compile(r"[\"“”*_]")
#: Those who are nobody's own side.
_FOES = re.compile(
    r"\b(?:the )?(?:enem(?:y|ies)|other side|opposing side|adversar(?:y|ies)|opponents?"
    r"|aggressors?|occupiers?|invaders?|terrorists?)\b",
    re.IGNORECASE,
)


def accused_of(step: str | None, claim: Claim, role: Role, pack: Pack) -> tuple[str, ...] | None:
    """Return whom a sentence charges with a step that only one's own word takes, else None.

    The names are party ids in reading order, and () where the accused has no name.
    """
    deed = _DEEDS.get(step or "")
    if deed is None or not _may_charge(claim, role):
        return None
    text = _MARKS.sub("", claim.quote)
    if step in ("ended", "suspended") and _declares_over(claim.attribution.party, text, pack):
        return None
    doers = _doers(deed, text, pack)
    if doers:
        return None if claim.attribution.party in doers else tuple(dict.fromkeys(doers))
    return () if any(deed.acts.match(text, foe.end()) for foe in _FOES.finditer(text)) else None


#: "Selmara has declared its truce at an end, a day after Ardovia stopped observing it."
_OVER = re.compile(
    rf"(?P<so_far>{_BETWEEN}declar(?:es?|ed|ing)\b[^.;,]{{0,40}}?){_HALT}\b[^.;,]{{0,50}}?"
    r"\b(?:over|dead|finished|void|at an end)\b(?! (?:the|a|an|its|their|that)\b)",
    re.IGNORECASE,
)


def _declares_over(own: str | None, text: str, pack: Pack) -> bool:
    """Tell whether the speaker's own side declares a halt over, whatever the other has done."""
    named = parties_in(text, pack)
    found = ((end, _OVER.match(text, end)) for _, end, party in named if party == own)
    return any(
        over and not any(end <= start < over.end("so_far") for start, *_ in named)
        for end, over in found
    )


def _may_charge(claim: Claim, role: Role) -> bool:
    """Tell whether the speaker may charge somebody: a mediator may only tell what he was told."""
    if role is Role.MEDIATOR:
        return claim.attribution.stance is Stance.ACCUSES
    return role is Role.PARTY and claim.attribution.party is not None


def _doers(deed: _Deed, text: str, pack: Pack) -> Sequence[str]:
    """Return the ids of the parties that are the subject of a deed."""
    return [
        party
        for start, end, party in parties_in(text, pack)
        if deed.acts.match(text, end)
        or deed.charged.match(text, end)
        or deed.done_by.search(text[max(0, start - 60) : start])
    ]
