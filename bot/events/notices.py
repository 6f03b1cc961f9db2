"""Notices by which an outlet corrects or takes back what it published. Pure.

Agencies mark them in the headline or at the very start; papers put a sentence there. What an
outlet takes back is never deleted: the post shows it struck through.
"""

from __future__ import annotations

import re
from enum import StrEnum

from bot.types import Entry


class Notice(StrEnum):
    """What an outlet does with its earlier words."""

    CORRECTS = "corrects"
    WITHDRAWS = "withdraws"


#: How far from its start a text says that it is a notice.
OPENING = 400

_PIECE = (
    r"(?:stor(?:y|ies)|article|report|item|piece|post|dispatch|alert|headline|news flash|tweet)"
)
_WITHDRAWS = re.compile(
    rf"^\W*(?:withdraw(?:s|n|al)?|retract(?:s|ed|ion)|kill(?: notice)?|news kill|mandatory kill)\b\s*[:\-–—(]"
    rf"|\b(?:has|have|had|is|are|was|were|been|being)\s+(?:now\s+)?(?:withdrawn|retracted|taken down|removed|pulled)"
    rf"\s+(?:its|the|this|that|an?|our)\s+(?:\w+\s+){{0,3}}?{_PIECE}\b"
    rf"|\b(?:this|the|our|its)\s+(?:\w+\s+){{0,3}}?{_PIECE}\s+(?:\w+\s+){{0,6}}?(?:has|have|had)\s+been\s+"
    r"(?:withdrawn|retracted|taken down|removed|pulled)\b"
    rf"|\b(?:withdraws?|retracts?)\s+(?:its|the|this|an?)\s+(?:\w+\s+){{0,3}}?{_PIECE}\b"
    r"|\bwe (?:withdraw|retract|have withdrawn|have retracted) "
    rf"(?:it\b|(?:this|that|our|the|an?)\s+(?:\w+\s+){{0,3}}?{_PIECE}\b)",
    re.IGNORECASE,
)
_CORRECTS = re.compile(
    r"^\W*(?:correct(?:ion|ed|s|ing)|clarification|amended|erratum)\b\s*(?:\(|:|-|–|—|to\b)"
    r"|^\W*(?:official\s+)?correction\b"
    r"|\((?:corrects|correcting|corrected)\b"
    r"|\b(?:an|the) (?:earlier|previous) version of this (?:story|article|report)\b"
    r"|\b(?:this|the) (?:story|article|report) (?:has been|was) (?:corrected|amended)\b",
    re.IGNORECASE,
)


def notice_of(entry: Entry) -> Notice | None:
    """Return what the entry says of its outlet's own earlier words, None for ordinary news."""
    opening = (entry.text or entry.summary or "")[:OPENING]
    for text in (entry.title[:OPENING], opening):
        if _WITHDRAWS.search(text):
            return Notice.WITHDRAWS
    if _CORRECTS.search(entry.title[:OPENING]) or _CORRECTS.search(opening):
        return Notice.CORRECTS
    return None
