"""Whether a sentence itself dates what it tells days before it was published. Pure."""

from __future__ import annotations

import re
from datetime import timedelta

from bot.types import Claim, TimeSpan

#: An incident that its own report dates further back is no news.
OLD = timedelta(hours=48)
#: In front of a day from which, or up to which, something has gone on.
_SPAN = re.compile(
    r"\b(?:since|from|after|before|until|till|by|than|of|beg[au]n|started|launched|opened|broke out"
    r"|signed|agreed)\s+(?:on\s+)?(?:\w+\s+)?$",
    re.IGNORECASE,
)
_MONTHS = "January|February|March|April|May|June|July|August|September|October|November|December"
#: A month without a day, or a stretch long gone: "in the first days of November", "last month".
_LONG_AGO = re.compile(
    r"\b(?:(?:[Ii]n|[Dd]uring|(?:first|last) (?:days|weeks?) of) (?:early |late |mid-?)?"
    rf"(?P<month>{_MONTHS})\b(?! \d{{1,2}}\b)(?! [A-Z]| (?:street|road|square)\b)"
    rf"|the (?P<its_month>{_MONTHS}) (?:truce|cease-?fire|offensive|attack|raid|massacre)"
    r"|last (?:month(?:['’]s)?|year|spring|summer|autumn|winter)"
    r"|(?:weeks|months|years|a (?:month|year)) (?:ago|earlier(?! than)))(?![\w-])"
)
#: In front of it: what is known from then, or is to come, sets the scene only.
_SCENE = re.compile(
    r"\b(?:since|sign\w+|began|begun|started|broke out|resumed|planned|after|from|than|will|would"
    r"|due|until|next|scheduled)\b[^.;]{0,40}$"
    r"|\b(?:truce|cease-?\s?fire|accord|agreement|deal|pact)(?: [a-z]+ed)? $"
    r"|\b(?:lost|left|won|fell|retaken|driven out|expelled|deported|declared|elected|appointed"
    r"|captured|seized|took|set up|built)(?: \w+)? $"
)
#: What a clause behind a name tells of it, and not of today: "the town where 40 died in October".
_ASIDE = re.compile(r"\b(?:where|which|who|whose|whom)\b[^,;]*")
#: In front of the day on which somebody spoke or wrote.
_SPOKE = re.compile(
    r"\b(?:said|says|told|acknowledged|admitted|announced|stated|reported|declared|confirmed|conceded"
    r"|claimed|denied|accused|alleged|added|recogni[sz]ed|published|released)\b[^.;,]{0,30}$"
)
#: A month so many back or fewer has passed; a further one lies ahead.
PASSED = 6


def is_old(claim: Claim) -> bool:
    """Tell whether a sentence dates what it tells two days back, or to a month gone by."""
    text = claim.quote
    back = any(
        span.end <= claim.at - OLD and not _SPAN.search(text[: text.find(span.text)])
        for span in claim.times
        if span.text in text
    )
    # "Between 9 and 13 February": the last day counts.
    return is_long_ago(claim) or (back and not any(_is_recent(s, claim) for s in claim.times))


def is_long_ago(claim: Claim) -> bool:
    """Tell whether a sentence puts what it tells into an earlier month, or longer back, alone."""
    told = _ASIDE.sub(" ", claim.quote)
    gone = any(_is_gone(told, match, claim) for match in _LONG_AGO.finditer(told))
    return gone and not any(_is_recent(span, claim) for span in claim.times)


#: Whose dead are told so much later belong to a blow that is known, or was never told.
LONG = timedelta(days=14)


def dates_far_back(claim: Claim) -> bool:
    """Tell whether a sentence names a day or month long gone, whatever else it dates."""
    gone = any(_is_gone(claim.quote, match, claim) for match in _LONG_AGO.finditer(claim.quote))
    return gone or any(span.end <= claim.at - LONG for span in claim.times)


def _is_recent(span: TimeSpan, claim: Claim) -> bool:
    """Tell whether a time of the last two days dates the deed, and not the words about it."""
    at = claim.quote.find(span.text)
    near = claim.at - OLD < span.end and span.start <= claim.at
    return near and at >= 0 and not _SPOKE.search(claim.quote[:at])


def _is_gone(told: str, match: re.Match[str], claim: Claim) -> bool:
    """Tell whether a month or a stretch lies behind, and dates what the sentence tells."""
    if _SCENE.search(told[: match.start()]):
        return False
    month = match["month"] or match["its_month"]
    if month is None:
        return True
    back = (claim.at.month - 1 - _MONTHS.split("|").index(month)) % 12
    return 1 <= back <= PASSED
