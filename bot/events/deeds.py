"""Who is said to act, quoted or not: people who sign and order, mediators who host. Pure."""

from __future__ import annotations

import re
from collections.abc import Sequence

from bot.claims.who.sides import sides_of
from bot.events.takers import acts_earlier
from bot.packs import Pack
from bot.types import Claim

#: Between a name and what its bearer does: an apposition, and when.
_WHEN = (
    r"(?:,[^,.;]{1,60},)?(?:\s+(?:has|have|had|on|late|early|tonight|today|yesterday|formally|also"
    r"|unanimously|\w+day|night|morning|afternoon|evening)){0,5}"
)


#: What is done by saying or signing it.
_PERFORMS = re.compile(
    rf"{_WHEN}\s+(?:sign|decree|order|declar|proclaim|announc|accept|approv|endors|initial|ratif"
    r"|suspend|terminat|cancel|revok|renounc|put|call(?:ed|s) off)\w*\b",
    re.IGNORECASE,
)


_BODY = re.compile(
    r"\b(?:Staff|[Aa]rmy|Ministry|Council|Command|[Gg]overnment|Presidency|Cabinet|leadership)\b"
)


#: An office or a body of a party's, around its name: "the president of Ardovia", "Ardovia's army".
_OFFICE = (
    r"(?:presidents?|prime ministers?|premiers?|leaders?|chiefs?|commanders?(?:-in-chief)?"
    r"|generals?|kings?|emirs?|heads?|(?:high )?command|general staff|army|military|armed forces"
    r"|forces|militia|government|cabinet|leadership|presidency|council|ministry|fighters)"
)


_OFFICE_OF = re.compile(rf"\b{_OFFICE} (?:of|for) (?:the )?$", re.IGNORECASE)


#: "Congo rebel leader" holds no office of Congo's.
_OFFICE_BEHIND = re.compile(
    r"(?:['’]s)? (?:(?!rebel|insurgent|opposition|guerrilla|separatist|militia)[\w-]+ )?"
    rf"{_OFFICE}\b",
    re.IGNORECASE,
)


_BARE_BODY = re.compile(
    r"(?:the )?(?:office of the )?(?:(?:defen[cs]e|foreign|prime|interior|information|security) )?"
    r"(?:ministry|minister|army|military|general staff|government|presidency|president|cabinet"
    r"|head of state|commander-in-chief|council(?: of ministers)?"
    r"|(?:armed|guerrilla|insurgent|clandestine|rebel) (?:organi[sz]ation|group|movement|front"
    r"|radio|command|leadership))",
    re.IGNORECASE,
)


def is_bare_body(claim: Claim) -> bool:
    """Tell whether a side's body speaks whose owner no word names: that of the one taker."""
    a = claim.attribution
    unowned = a.party is None and a.body is None and not a.anonymous
    return unowned and _BARE_BODY.fullmatch(a.speaker or "") is not None


def acts_himself(
    claim: Claim, takers: Sequence[str], pack: Pack, acts: re.Pattern[str] = _PERFORMS
) -> bool:
    """Tell whether a person or body of the one taker takes the step: "Renner signed the plan"."""
    sides = sides_of(pack)
    for match in (*sides.people.finditer(claim.quote), *sides.names.finditer(claim.quote)):
        side = sides.of(match.group())
        own = side is not None and side.role == "party" and (side.id,) == tuple(takers)
        office = _OFFICE_BEHIND.match(claim.quote, match.end())
        able = sides.people.fullmatch(match.group()) or _BODY.search(match.group())
        able = able or office or _OFFICE_OF.search(claim.quote[: match.start()])
        end = office.end() if office else match.end()
        earlier = acts_earlier(claim.quote, match.start(), match.end())
        if own and able and not earlier and acts.match(claim.quote, end):
            return True
    return False


#: Behind the name of a mediator: it speaks of its own house, whoever of its people is quoted.
HOSTS = re.compile(
    r"(?:['’]s)?,? (?:(?:will|to|is to|has offered to|would|shall|set to|due to) )?hosts?\b"
    r"|(?:['’]s)?,? (?:(?:has|have|had) )?(?:invite[sd]?|summon(?:s|ed)?"
    r"|convene[sd]?|convoke[sd]?)\b"
    r"|(?:['’]s)? (?:will|is to|would) (?:open|chair|preside over|lead) (?:the|it|them)\b",
    re.IGNORECASE,
)


#: The same, of breaches that its people find.
COUNTS = re.compile(
    r"(?:['’]s?)?(?: (?:human rights |monitoring |observer )?(?:men|staff|team|people|observers"
    r"|monitors|officers|cent(?:re|er)|organi[sz]ation|group|mission|society|committee|commission))?"
    rf"{_WHEN}\s+(?:find|found|count|list|log|regist|record|report|g[ai]ve|put|tall(?:y|ied)|note)\w*\b",
    re.IGNORECASE,
)


#: In front of its name: the same in the passive, "nineteen breaches recorded by its observers".
COUNTED_BY = re.compile(
    r"\b(?:found|counted|listed|logged|registered|recorded|reported|tallied|noted) by (?:the )?$",
    re.IGNORECASE,
)


#: The same, of an offer.
PUTS = re.compile(
    rf"{_WHEN}\s+"
    r"(?:put|propos|present|submit|tabl|hand|offer|unveil|send|sent|adopt|circulat|plac|lay|laid)\w*\b",
    re.IGNORECASE,
)


def mediator_does(
    act: re.Pattern[str], claim: Claim, pack: Pack, done_by: re.Pattern[str] | None = None
) -> bool:
    """Tell whether a mediator is said to act: "Qatar will host them, its ministry said".

    Args:
        act: what stands behind its name.
        done_by: what stands in front of it, in the passive.
    """
    return any(
        act.match(claim.quote, match.end())
        or (done_by and done_by.search(claim.quote[: match.start()]))
        for body in pack.mediators
        for name in body.all_names
        for match in re.finditer(rf"\b{re.escape(name)}", claim.quote)
    )


#: In front of who signs, and behind him: "is signed by comrade Dana Kreel", "put his name to it".
_SIGNED_BY = re.compile(
    r"\b(?:decree|order|text|letter|notice|proclamation|note)\b[^.;]{0,60}\bsigned\b[^.;]{0,90}$",
    re.IGNORECASE,
)
_SIGNS = re.compile(
    r"[^.;]{0,60}?\b(?:signed it|signed the (?:decree|order|text|letter)"
    r"|put (?:his|her) (?:name|signature) to)\b"
)


def signers_in(claims: Sequence[Claim], pack: Pack) -> tuple[str, ...]:
    """Return the ids of the parties of whose people a paper is said to bear the signature."""
    sides = sides_of(pack)
    found = (
        sides.of(match.group())
        for claim in claims
        for match in sides.people.finditer(claim.quote)
        if _SIGNED_BY.search(claim.quote[: match.start()]) or _SIGNS.match(claim.quote, match.end())
    )
    return tuple(dict.fromkeys(s.id for s in found if s and s.role == "party"))
