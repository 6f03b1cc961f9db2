"""Whether a sentence itself dates what it tells days before it was published. Pure."""

from __future__ import annotations

import re
from datetime import timedelta

from bot.types import Claim

#: An incident that its own report dates further back is no news.
OLD = timedelta(hours=48)
#: In front of a day from which, or up to which, something has gone on.
_SPAN = re.compile(
    r"\b(?:since|from|after|before|until|till|by|than|of)\s+(?:\w+\s+)?$", re.IGNORECASE
)
_MONTHS = (
    "january february march april may june july august september october november december"
).split()
#: A month without a day, or a stretch long gone: "in the first days of November", "last month".
_LONG_AGO = re.compile(
    r"\b(?:(?:in|during|(?:first|last) (?:days|weeks?) of) (?:early |late |mid-?)?"
    rf"(?P<month>{'|'.join(_MONTHS)})\b(?! \d{{1,2}}\b)"
    rf"|the (?P<its_month>{'|'.join(_MONTHS)}) (?:truce|cease-?fire|offensive|attack|raid|massacre)"
    r"|last (?:month|year|spring|summer|autumn|winter)"
    r"|(?:weeks|months|years|a (?:month|year)) (?:ago|earlier))\b",
    re.IGNORECASE,
)
#: In front of it: what is known from then sets the scene only ("the truce signed in July").
_SCENE = re.compile(
    r"\b(?:truce|cease-?\s?fire|accord|agreements?|deal|pact|since|sign\w+|began|begun|started|broke"
    r"|resumed|lost|left|won|fell|retaken|driven|expelled|deported|declared|elected|appointed|captured|seized|took|after|from|than)\b[^.;]{0,40}$",
    re.IGNORECASE,
)
#: A month so many back or fewer has passed; a further one lies ahead.
PASSED = 8


def is_old(claim: Claim) -> bool:
    """Tell whether a sentence dates what it tells more than two days before it was published."""
    text = claim.quote
    return is_long_ago(claim) or any(
        span.end <= claim.at - OLD and not _SPAN.search(text[: text.find(span.text)])
        for span in claim.times
        if span.text in text
    )


def is_long_ago(claim: Claim) -> bool:
    """Tell whether a sentence puts what it tells into an earlier month or "last year"."""
    return any(_is_gone(match, claim) for match in _LONG_AGO.finditer(claim.quote))


def _is_gone(match: re.Match[str], claim: Claim) -> bool:
    """Tell whether a month or a stretch lies behind, and dates what the sentence tells."""
    if _SCENE.search(claim.quote[: match.start()]):
        return False
    month = match["month"] or match["its_month"]
    if month is None:
        return True
    back = (claim.at.month - 1 - _MONTHS.index(month.lower())) % 12
    return 1 <= back <= PASSED
