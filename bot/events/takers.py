"""Which parties take a step: who accepts, declares, suspends, attacks. Pure.

"Rubio says Kyiv has agreed" is a step of Kyiv's, whoever tells it. Both sides are meant only where
the words say so; in doubt the step is the speaker's own, and else that of the first party named.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Sequence

from bot.claims.who.collectives import JOINT_PAPER, OPPOSED, SIDES
from bot.claims.who.sides import sides_of
from bot.events.steps import step_of
from bot.packs import Pack
from bot.types import Claim, Stance

_HEAD = (
    r"(?:presidents?|leaders?|governments?|rebels?|commanders?|chiefs?|ministers?|envoys?|delegat\w+"
    r"|representatives?|negotiators?)"
)
_BOTH = re.compile(
    rf"\b(?:both|the two|two|the warring|rival|the opposing)\s+(?:\w+\s+){{0,2}}?(?:{SIDES}|forces|generals|have|had)\b"
    rf"|\bboth (?:accept|agree|sign|say|said)\w*\b|\bthe (?:sides|parties|{OPPOSED})\b"
    r"|\b(?:announce|declare|agree|state|say)\w* (?:together|jointly)\b|\bboth capitals\b"
    rf"|\b{JOINT_PAPER}\b|\bmutual consent\b|\bon behalf of both\b"
    rf"|\b{OPPOSED} (?:agree|sign|accept|extend|prolong|renew|strike|reach|seal|initial)"
    r"|\b(?:three|four|five|six|seven)\s+(?:[\w-]+\s+){0,2}?(?:sides|parties|factions|movements"
    r"|delegations|belligerents|governments|armies)\b"
    r"|\ball (?:the )?(?:\w+ )?(?:sides|parties|signatories|factions|belligerents)\b[^.;,]{0,60}?"
    r"\b(?:accepted|agreed|signed|approved|consent(?:ed)?|agree|sign|accept|said yes)\b"
    # "the president and the leader of the rebels signed"
    rf"|{_HEAD}\b[^.;,]{{0,50}}\band\b[^.;,]{{0,50}}\b{_HEAD}\b[^.;,]{{0,50}}?\b(?:signed|sign|agreed|agree|initialled|put their names)\b",
    re.IGNORECASE,
)
#: Words that no allies are called by.
_SIDES = re.compile(
    rf"\b(?:both|the two|the (?:warring|opposing|rival)) (?:sides|parties)\b|\ball (?:the )?(?:sides|parties)\b|\b{OPPOSED}\b",
    re.IGNORECASE,
)
#: Steps that no side takes alone.
JOINT = ("agreed", "extended")
_AND = re.compile(
    r"[,\s]{1,2}(?:and|&|,)\s*(?:the\s+|the\s+\w+\s+|(?:President|General|Colonel|Marshal|King|Emperor"
    r"|Premier|Prime Minister|Mr\.?)\s+)?$",
    re.IGNORECASE,
)
#: A verb right behind a name: the name is the one that acts.
_ACTS = re.compile(
    r"(?:['’]s? (?:[\w-]+ ){1,4})?\s*[\"“‘]?(?:(?:has|have|had|is|was|will|would|now|also|formally) )*"
    r"(?:accept|agree|approv|declar|announc|order|sign|suspend|stop|halt|end|launch|resum|extend|"
    r"adopt|back|say|said|pledge|commit|withdr|quit|pull|call|said yes|refrain|hold)\w*",
    re.IGNORECASE,
)
#: How far behind the speaker's own name another party may be the one that acts.
_REPORTED = 60
_REPORTS = re.compile(r"\b(?:say|said|says|that|told|tells|:)\b")
#: In front of a name: what its bearer offers, and somebody else takes ("the truce that Ardovia
#: declared").
_OFFERED = re.compile(
    r"\b(?:truce|cease-?\s?fire|pause|lull|halt|moratorium|armistice|deal|accord|agreement|plan"
    r"|proposal|offer|text|terms|conditions|arrangement|order)s?"
    r"(?:(?: (?!sa(?:id|ys?)\b|told\b|tells?\b|that\b|which\b)[\w’'-]+){0,5} (?:that|which))?"
    r"(?: (?:the|[A-Z][\w.’'-]*)){0,3} $"
)


def takers_of(claims: Sequence[Claim], step: str, pack: Pack) -> tuple[str, ...]:
    """Return the ids of the parties that take the step which `claims` state, in pack order.

    Args:
        claims: the sentences that state the step, the plainest first.
    """
    every = tuple(party.id for party in pack.parties)
    acting = {party for c in claims for party in _acting_in(c.quote, step, pack)}
    named = tuple(p for p in every if p in acting)
    # Who has agreed with whom may stand below the sentence that tells it first.
    telling = [c for n, c in enumerate(claims) if n < 2 or (step in JOINT and step_of(c) == step)]
    spoken = next((s for c in telling if len(s := _spoken_by(c, pack)) > 1), ())
    if spoken and step not in JOINT:
        return tuple(p for p in every if p in spoken)  # "A and B declare a truce with C"
    if any(_is_of_both(claim, step, pack) for claim in telling):
        return named if len(named) > 1 else every
    for claim in claims:
        taker = _one_taker(claim, step, pack)
        if taker is not None:
            return (taker,)
    return ()


#: In front of the other side of one side's own halt: "declared a three-month truce with Ardovia".
_HALT_WITH = re.compile(
    r"\b(?:truce|cease-?\s?fire|pause|lull|armistice|halt|cessation|calm)\b[^.;,]{0,30}?"
    r"\b(?:with|against|towards?) (?:the )?$",
    re.IGNORECASE,
)


def _acting_in(text: str, step: str, pack: Pack) -> set[str]:
    """Return the parties named in a text, but for the one with whom another alone keeps a halt."""
    return {party for *_, party in _actors_in(text, step, pack)}


def _actors_in(text: str, step: str, pack: Pack) -> list[tuple[int, int, str]]:
    """Return (start, end, party id) of the same, from left to right."""
    found = parties_in(text, pack)
    return [hit for hit in found if step in JOINT or not _HALT_WITH.search(text[: hit[0]])]


def _spoken_by(claim: Claim, pack: Pack) -> set[str]:
    """Return the parties that a speaker's own name holds: "Ardovia and Selmara"."""
    return {party for *_, party in parties_in(claim.attribution.speaker or "", pack)}


def is_of_both_sides(claims: Sequence[Claim]) -> bool:
    """Tell whether the words speak of both sides, and so of no allies."""
    return any(_SIDES.search(c.quote) for c in claims)


def _is_of_both(claim: Claim, step: str, pack: Pack) -> bool:
    """Tell whether both parties take the step: the words must say so, not the model alone."""
    worded = bool(_BOTH.search(claim.quote)) or names_pair(claim.quote, pack)
    if claim.sides is None:
        return worded
    joint = step in JOINT
    named = len(_acting_in(claim.quote, step, pack)) > 1
    return (worded or named) and (claim.sides == "both" or (joint and worded))


#: "The place kept for Ardovia remained empty": a signature that is missing, before its name or
#: behind it.
_UNSIGNED = (
    r"(?:(?:has|have|had|did) (?:not|yet to)|(?:has|have|had)n['’]t|didn['’]t|is yet to|refus\w+ to"
    r"|declin\w+ to) (?:yet )?(?:sign|initial)"
    r"|withh(?:eld|olds?|olding) (?:(?:its|his|their|the) )?(?:signature|consent|assent|initials)"
    r"|left (?:the |its |his )?(?:\w+ )?unsigned"
)
_MISSING_BEHIND = re.compile(
    r"(?:['’]s?)? (?:[\w-]+ ){0,5}?"
    rf"(?:{_UNSIGNED}|(?:line|place|space|seat|chair) (?:\w+ )?(?:left |remained |stayed |was |is )?"
    r"(?:blank|empty))\w*",
    re.IGNORECASE,
)
_MISSING_BEFORE = re.compile(
    r"\b(?:line|place|space|seat|chair) (?:(?:that was |which was )?(?:kept|reserved|left|meant|set"
    r" aside) )?(?:for|of) (?:the |an? )?$",
    re.IGNORECASE,
)
_EMPTY = re.compile(r"[^.;]{0,40}\b(?:blank|empty)\b")


def missing_from(claims: Sequence[Claim], pack: Pack) -> frozenset[str]:
    """Return the ids of the parties whose signature the claims say is missing."""
    return frozenset(
        party
        for c in claims
        for start, end, party in parties_in(c.quote, pack)
        if _MISSING_BEHIND.match(c.quote, end)
        or (_MISSING_BEFORE.search(c.quote[:start]) and _EMPTY.match(c.quote, end))
    )


def told_one_by_one(claim: Claim, pack: Pack) -> tuple[str, ...]:
    """Return who acts where a sentence tells of several: "Ardovia has said yes and Selmara has"."""
    return tuple(
        party for _, end, party in parties_in(claim.quote, pack) if _ACTS.match(claim.quote, end)
    )


def names_pair(text: str, pack: Pack) -> bool:
    """Tell whether `text` names two parties in one breath: "Israel and Hamas"."""
    hits = parties_in(text, pack)
    return any(a[2] != b[2] and _AND.search(text[a[1] : b[0]]) for a, b in itertools.pairwise(hits))


#: In front of a name: what its bearer did before ("half an hour after Ardovia's cabinet accepted").
_EARLIER = re.compile(r"\b(?:after|since)\b[^.;,]*$", re.IGNORECASE)


#: Behind a name: the same ("Ardovia's cabinet had earlier voted for it").
_HAD_EARLIER = re.compile(
    r"(?:['’]s?(?: [\w-]+){1,4}?)? had (?:earlier|already|previously|before)\b", re.IGNORECASE
)


def acts_earlier(text: str, start: int, end: int) -> bool:
    """Tell whether the name at [start, end) stands in a clause that tells of what went before."""
    return bool(_EARLIER.search(text[:start]) or _HAD_EARLIER.match(text, end))


def _one_taker(claim: Claim, step: str, pack: Pack) -> str | None:
    own = claim.attribution.party
    text = claim.quote
    hits = [h for h in _actors_in(text, step, pack) if not acts_earlier(text, h[0], h[1])]
    if own is not None:
        for start, end, party in hits:
            acts = _ACTS.match(claim.quote, end)
            if (
                party != own
                and acts
                and start >= min((h[1] for h in hits if h[2] == own), default=0)
            ):
                before = claim.quote[max(0, start - _REPORTED) : start]
                if _REPORTS.search(before) and not _OFFERED.search(before):
                    return party
        return own
    acting = [party for _, end, party in hits if _ACTS.match(claim.quote, end)]
    return next(iter((*acting, *(party for *_, party in hits))), None)


#: In front of a country's name: where something happens, not who does it.
_LOCATED = re.compile(
    r"\b(?:in|over|across|throughout|inside|into|(?:[Nn]orth|[Ss]outh|[Ee]ast|[Ww]est)(?:ern)?)\s+(?:the\s+)?$"
)


#: Between a country's name and that of another party: "Ardovia's Selmaran rebels" are Selmara's.
_LAND_OF = re.compile(r"['’]s (?:[\w-]+ )?$")


def parties_in(text: str, pack: Pack) -> list[tuple[int, int, str]]:
    """Return (start, end, party id) of the parties named in `text`, from left to right."""
    sides = sides_of(pack)
    found = []
    for match in sides.names.finditer(text):
        side = sides.at(text, match)
        located = _LOCATED.search(text[max(0, match.start() - 20) : match.start()])
        if side is not None and side.role == "party" and not located:
            found.append((match.start(), match.end(), side.id))
    owners = {
        a for a, b in itertools.pairwise(found) if a[2] != b[2] and _LAND_OF.match(text, a[1], b[0])
    }
    return [hit for hit in found if hit not in owners]


#: Arms that are men, who fall; shells that fall are fired.
_MEN = (
    r"gunners|troops|soldiers|forces|gunmen|fighters|snipers?|army|navy|military|marines"
    r"|paratroopers|militiamen|formations|columns|brigades?|divisions?|battalions?"
)
#: What a party fights with, right behind its name: "Pakistani artillery", "Israel's air strikes".
_ARMS = re.compile(
    r"(?:['’]s?)?[ -](?:(?!and|or|in|on|at|against|said|says)[\w-]+ )?(?:artillery|air ?strikes?|strikes?|(?:fighter |war)?(?:jets?|planes?)|"
    r"drones?|missiles?|rockets?|shells?|shelling|mortars?|tanks?|fire|gunfire|raids?|"
    r"bomb\w*|attacks?|assault|offensive|operation|incursion|"
    rf"grenades?|howitzers?|guns?|bullets?|barrage|{_MEN})\b",
    re.IGNORECASE,
)
#: The same as the last word of a name: "Ardovian troops".
_ARMED_NAME = re.compile(
    r"\b(?:troops|soldiers|forces|fighters|army|navy|air force|marines)$", re.I
)
#: What it does: "Israel struck", "the army has shelled".
_FIGHTS = re.compile(
    r"(?:\s+(?:on (?=\w+day\b))?(?:\w+day|today|yesterday|tonight|overnight))?"
    r"\s+(?:has |have |had |also |again )*(?:launch|began|beg[iu]n|start|attack|struck|strik|hit|shell|bomb|fir|"
    r"kill|wound|violat|breach|br(?:oke|eak)|pound|raid|storm|shot|target|carr|invad|resum|conduct|flew|abduct|kidnap"
    r"|seiz|overr[au]n|captur|occup)\w*"
    r"(?!\s+(?:(?:an?|the|its|their|own)\s+)?(?:[\w-]+\s+){0,2}(?:cease-?fire|truce|pause|talks|halt|withdrawal)\b)",
    re.IGNORECASE,
)
#: Blows behind a party's name: they are its own, whoever tells of them; its soldiers may be hit.
_BLOWS = re.compile(
    r"(?:['’]s?)?[ -](?:(?!and|or|in|on|at|against|said|says)[\w-]+ ){0,2}?"
    r"(?:air ?strikes?|strikes?|(?:air |night )?raids?|bombing|bombardment|shelling|assault|offensive|incursion)\b",
    re.IGNORECASE,
)
#: What it is accused of: "accused Selmara on Wednesday of shelling a farm".
_ACCUSED = re.compile(
    r"(?:['’]s?)?(?: (?!of\b)[\w-]+){0,3} (?:of|for) (?:having )?(?:again )?"
    r"(?:shell|fir|attack|bomb|kill|violat|break|broken|open|launch|raid|ambush|strik|hit|target)\w*",
    re.IGNORECASE,
)
#: In front of a name whose bearer is dealt with: "an operation to disarm the rebels began".
_OBJECT = re.compile(
    r"\b(?:against|disarm|fight|crush|expel|dislodge|attack|target|clear|flush out|drive out)"
    r"(?:s|ed|ing)?\s+(?:the\s+)?$",
    re.IGNORECASE,
)
_BY = re.compile(
    r"(?<!reported )(?<!claimed )(?<!stated )(?<!announced )(?<!told )(?<!given )(?<!said )"
    r"\bby\s+(?:the\s+|an?\s+)?(?:\w+\s+)?$",
    re.IGNORECASE,
)
#: In front of a name: whose men act, or who is held to have done it ("an ambush blamed on the
#: rebels"). Behind whose men may stand who they are.
_MEN_OF = re.compile(
    rf"\b(?:{_MEN}|members|militants|rebels|guerrillas|men) (?:of|from|loyal to) (?:the )?$",
    re.IGNORECASE,
)
_WHO_THEY_ARE = re.compile(r"(?: [\w-]+)?, [^,;.]{3,60},(?= )| [\w-]+(?= )")
_HELD_FOR_IT = re.compile(
    r"\b(?:blam(?:e|es|ed|ing)(?: it| them| the \w+)?|pinned|laid) (?:\w+ )?on (?:the )?$"
    r"|\b(?:attributed to|claimed by|the work of|carried out by) (?:the )?$",
    re.IGNORECASE,
)
#: In front of a capital that is hit: "the toll from the Kyiv missile strike".
_TARGET = re.compile(r"\b(?:from|in|on|near|over|at|after|of)\s+(?:the\s+|an?\s+)?$", re.IGNORECASE)


#: Behind a name: "announced that it had begun an offensive".
_SAID_OF_ITSELF = re.compile(
    r"(?: [\w’'-]+){0,3}? (?:said|says|announced|declared|stated)\b[^.;:]{0,30}?\b(?:it|they)"
    r" (?:had|have|has) (?:\w+ )?(?:launched|begun|started|opened|mounted|unleashed)\b",
    re.IGNORECASE,
)

#: "Announced that it had targeted the post": the speaker's own blow.
_OWN_DEED = re.compile(
    r"\b(?:said|says|announced|claimed|stated|admitted|confirmed|acknowledged)\b[^.;:]{0,50}?"
    r"\b(?:it|they|its (?:\w+ )?(?:fighters|forces|men|units|gunners)) (?:had |have |has )?"
    r"(?:target|attack|fired|struck|shelled|hit|launched|bomb|ambush|raid)\w*",
    re.IGNORECASE,
)


def attackers_of(claims: Sequence[Claim], pack: Pack, *, charged: bool = False) -> tuple[str, ...]:
    """Return the ids of the parties said to attack, from the first claim that says so.

    Args:
        charged: it is a charge, and nobody charges himself; only where nobody else is named may
            the report be of a blow of the speaker's own side.
    """
    for claim in claims:
        if claim.attribution.party and not charged and _OWN_DEED.search(claim.quote):
            return (claim.attribution.party,)
        found = [
            party
            for start, end, party in parties_in(claim.quote, pack)
            if _strikes(claim.quote, start, end)
            or (_FIGHTS.match(claim.quote, end) and not _OBJECT.search(claim.quote[:start]))
            or (claim.attribution.stance is Stance.ACCUSES and _ACCUSED.match(claim.quote, end))
            or _BY.search(claim.quote[max(0, start - 24) : start])
            or _HELD_FOR_IT.search(claim.quote[:start])
            or _is_fought_by_men_of(claim.quote, start, end)
            or (not charged and _SAID_OF_ITSELF.match(claim.quote, end))
        ]
        if charged:
            found = [party for party in found if party != claim.attribution.party]
        if found:
            return tuple(dict.fromkeys(found))
    return _own_blow(claims[0], pack) if charged and claims else ()


def _is_fought_by_men_of(text: str, start: int, end: int) -> bool:
    """Tell whether the men of the name at [start, end) fight: "gunmen of the front, ..., shot"."""
    if not _MEN_OF.search(text[:start]):
        return False
    aside = _WHO_THEY_ARE.match(text, end)
    starts = (end, aside.end()) if aside else (end,)
    return any(_FIGHTS.match(text, start) for start in starts)


#: In front of those who are hit: "bombed the Selmaran columns".
_HIT_BY = re.compile(
    r"\b(?:bomb|shell|hit|struck|strik|attack|target|pound|raid|ambush|storm)(?:s|ed|es|ing)?"
    r"\s+(?:the\s+|an?\s+)?$",
    re.IGNORECASE,
)
_AND_OTHERS = re.compile(r" and (?:the )?\w+(?= )")
_PEOPLE = re.compile(rf"\b(?:{_MEN})$", re.IGNORECASE)
#: What befalls those who are hit: "where two Selmaran soldiers fell", "were wounded".
_FALLS = re.compile(
    r"\s+(?:(?:had|have|has|also|who|that) ){0,2}(?:fell|fallen|died|perished|lost|says?|said"
    r"|report(?:s|ed)|claim(?:s|ed)|den(?:y|ies|ied)|announce[sd]"
    r"|(?:was|were|been|being|are|is) (?:\w+ )?(?:killed|wounded|injured|hurt|shot|captured|hit))\b",
    re.IGNORECASE,
)


def _strikes(text: str, start: int, end: int) -> bool:
    """Tell whether the name at [start, end) stands before what its bearer strikes with."""
    if _TARGET.search(text[:start]) or _HIT_BY.search(text[:start]):
        return False
    arms = _ARMS.match(text, end)
    if arms is None:
        # "Ardovian troops and police began": a name of its own only as who acts.
        acts = _AND_OTHERS.match(text, end)
        named = _ARMED_NAME.search(text, start, end)
        return named is not None and bool(_FIGHTS.match(text, acts.end() if acts else end))
    people = _PEOPLE.search(arms.group()) is not None
    return not (people and _FALLS.match(text, arms.end()))


def _own_blow(claim: Claim, pack: Pack) -> tuple[str, ...]:
    """Return the speaker's side where the sentence tells of a blow of its own."""
    own = claim.attribution.party
    for start, end, party in parties_in(claim.quote, pack):
        dealt = _BLOWS.match(claim.quote, end) and not _TARGET.search(claim.quote[:start])
        if party == own and (dealt or _FIGHTS.match(claim.quote, end)):
            return (party,)
    return ()
