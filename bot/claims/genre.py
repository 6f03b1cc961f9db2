"""What sort of text an entry is: news, or opinion, explainer, live blog, anniversary.

Only titles and tell-tale openings are read; such texts are never the seed of an event.
"""

from __future__ import annotations

import re

from bot.types import Entry

#: Named reason -> what its titles look like. The first match decides.
_TITLES: tuple[tuple[str, re.Pattern[str]], ...] = (
    (
        "opinion",
        re.compile(
            r"^(?:opinion|comment|commentary|analysis|editorial|op-?ed|column|view(?:point)?|"
            r"perspective|essay|guest (?:essay|post)|letters?|review|leader|blog)\s*[:|–—]"
            r"|[|–—]\s*(?:opinion|comment(?:ary)?|analysis|editorial|op-?ed|column|view(?:point)?)"
            r"(?:\s+by\b.*)?$",
            re.IGNORECASE,
        ),
    ),
    (
        "live_blog",
        re.compile(
            r"\blive\s*(?:updates?|blog|coverage|reporting)\b|^live\s*[:–—]|\bas it happened\b"
            r"|[–—|:]\s*live\b|\b(?:latest|rolling) updates\b|^(?:photos|in pictures)\s*:",
            re.IGNORECASE,
        ),
    ),
    (
        "explainer",
        re.compile(
            r"^(?:explainer|explained|factbox|timeline|profile|q&a|fact check|backgrounder)\b"
            r"|\bexplained\b|\bexplainer\b|\bwhat (?:we|you|to) (?:need to )?know\b"
            r"|\bwhat we know\b|\bkey (?:events|takeaways|moments|questions)\b|\bat a glance\b"
            r"|^(?:why|how|what|who|where)\b[^:]*\?|^(?:how|why)\s+(?:the|did|does|is|are|a)\b"
            r"|\ba timeline\b|\bround-?up\b|\bday \d+ of\b|\blist of key events\b",
            re.IGNORECASE,
        ),
    ),
    (
        "history",
        re.compile(
            r"\banniversary\b|\bon this day\b|\byears? on\b|\byears? ago today\b"
            r"|\bremember(?:s|ing)\b|\blooking back\b|\bfrom the archives?\b",
            re.IGNORECASE,
        ),
    ),
)
_CORRECTION = re.compile(
    r"^\W*(?:correct(?:ion|ed|s)|clarification|amended|erratum|refile|withdrawn|retract(?:ion|ed|s))"
    r"\b|\((?:corrected|corrects)[^)]*\)\s*$",
    re.IGNORECASE,
)
_CORRECTED = re.compile(
    r"(?:^|\n)\W*(?:correction|corrected|clarification|editor'?s note)\b[^\n]{0,12}[:\-–—]"
    r"|\b(?:an? )?(?:earlier|previous|first) version of this (?:article|story|report)\b"
    r"|\b(?:withdr[ae]ws?|withdrawn|retract(?:s|ed)) (?:its|the|an earlier) (?:report|story)",
    re.IGNORECASE,
)
_SPOKEN = re.compile(
    r"\bI (?:have|am|was|do|did|would|will|should|think|believe|hope|fear|saw|know|doubt|wrote)\b"
    r"|\bI['’](?:m|ve|d|ll)\b|\b(?:my|in my) (?:view|opinion)\b|\bLet us be honest\b"
)
#: Without another opening mark inside, so that its time is linear in the text.
_QUOTED = re.compile(r"[\"“«‘][^\"“«‘”»’]*[\"”»’]")


def genre_of(entry: Entry) -> str | None:
    """Return "opinion", "live_blog", "explainer" or "history"; None for news."""
    for reason, pattern in _TITLES:
        if pattern.search(entry.title):
            return reason
    return "opinion" if _is_first_person(entry) else None


def is_correction(entry: Entry) -> bool:
    """Tell whether the entry presents itself as a correction of an earlier one."""
    return bool(_CORRECTION.search(entry.title) or _CORRECTED.search(entry.text or ""))


def _is_first_person(entry: Entry) -> bool:
    """An author who says "I" outside quotation marks, twice, writes no news."""
    # Inner quotations first, then those around them.
    unquoted = _QUOTED.sub(" ", _QUOTED.sub(" ", entry.text or ""))
    return len(_SPOKEN.findall(unquoted)) >= 2
