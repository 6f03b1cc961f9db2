"""Whether a report tells of both sides as doing a thing together: they sign, say, swap. Pure."""

from __future__ import annotations

import itertools
import re
from collections.abc import Sequence

from bot.events.dissent import dissents
from bot.events.takers import parties_in
from bot.packs import Pack
from bot.types import Claim

#: What both sides have put their names to, whoever reads it out.
_JOINT = re.compile(
    r"\bjoint(?:ly)? (?:\w+ )?(?:statement|communiqu[eé]|declaration|announcement|press release)\b"
    r"|\b(?:both|the two) (?:\w+ )?(?:signed|initialled)\b|\b(?:signed|initialled) by both\b"
    r"|\b(?:signed|initialled|accepted)\b[^;]{0,40}\b(?:by|for|on behalf of) both\b"
    r"|\bboth (?:sides|parties|delegations|leaders) (?:have )?(?:signed|initialled)\b"
    r"|\b(?:letters|notes|instruments)\b[^.;]{0,40}\bexchanged\b[^.;]{0,20}\b(?:between|by)\b"
    r"|\bexchang\w+ (?:of )?(?:letters|notes|instruments)\b"
    r"|\ball (?:three|four|five) (?:\w+ )?(?:signed|initialled)\b"
    r"|\bjoint(?:ly)? (?:\w+ )?(?:news|press) conference\b"
    r"|\b(?:announce|declare|state)\w* (?:together|jointly)\b"
    r"|\b(?:counterpart|opposite number) (?:beside|next to|at) (?:him|her|his side|her side)\b"
    r"|\bboth (?:sides |parties |armies |governments |commands |capitals |camps |delegations "
    r"|headquarters )?(?:said|say|announced?|stated?|confirm(?:ed)?)\b"
    r"|\b(?:by|with the) (?:mutual )?(?:agreement|consent|accord) of (?:both|the two)\b"
    r"|\bthe undersigned\b|\b(?:the names|signatures) of\b[^.;]{2,80}\band\b",
    re.IGNORECASE,
)


#: What two names put together do, right behind them.
_WITH = re.compile(
    r"(?:['’]s)?(?: (?:government|army|side|rebels|movement))?(?:,| and| &)(?: [a-z’'-]+){0,4} "
)


_SIGN = re.compile(
    r"(?:(?:have|has|both|formally|today) ){0,2}(?:(?:sign(?:s|ed)?|initial(?:s|led|ed))\b"
    r"(?! (?:up|off|on)\b)"
    r"|(?:affix|append|put|set)(?:s|ed)? (?:their|both) (?:signatures?|names?|initials?|pens?)\b)"
    r"[^.;,]{0,70}?\b(?:truce|cease-?\s?fire|armistice|halt|accord|agreement|protocol|deal|pact)\b"
)


def is_joint(head: Sequence[Claim]) -> bool:
    return any(_JOINT.search(c.quote) for c in head)


def sign_together(head: Sequence[Claim], pack: Pack) -> bool:
    """Tell whether the outlet itself tells of both as signing, and nobody calls it untrue."""
    return any(_signs_with_another(c, pack) for c in head) and not any(map(dissents, head))


def _signs_with_another(claim: Claim, pack: Pack) -> bool:
    """Tell whether a sentence that nobody says tells of both as signing: "A and B sign accord"."""
    if claim.attribution.speaker is not None:
        return False
    return any(
        one != other
        and _WITH.fullmatch(claim.quote[end:start])
        and _SIGN.match(claim.quote[then:].lstrip())
        for (_, end, one), (start, then, other) in itertools.pairwise(parties_in(claim.quote, pack))
    )


def does_with_another(claim: Claim) -> bool:
    """Tell whether the speaker is only the second of two who act: "A and B have accepted"."""
    named = claim.attribution.speaker_text
    if not named:
        return False
    acts = r"(?:(?:have|had) )?(?:both |now )?(?:accept|agree|sign|approv|endors|initial)\w*\b"
    return re.search(rf"(?:\band|,) (?:the )?{re.escape(named)} {acts}", claim.quote) is not None
