"""What a sentence on talks states, where its own words settle what a model reads in it. Pure.

Talks with a day are no idea any more, a round that is put off is still to come, and one that has
opened is not over.
"""

from __future__ import annotations

import re

from bot.events.pouring import pour, rename
from bot.types import Claim, TimeMeaning

#: What is offered is a round of talks, and no halt.
PROPOSES_TALKS = re.compile(
    r"\b(?:propos|offer|suggest)\w*\b[^.;]{0,70}?\b(?:talks|negotiations|meeting|round|dialogue|summit)\b",
    re.IGNORECASE,
)
#: A round that is put off.
_PUT_OFF = re.compile(
    r"\b(?:talks|negotiations|meeting|round|session|conference)\b[^.;]{0,120}"
    r"\b(?:postponed|put off|delayed|adjourned|deferred|shelved|off for (?:now|the moment))\b"
    r"|\bmoved (?:it|them) to\b"
    r"|\b(?:postpon\w+|puts? off|delay(?:s|ed)?|defer(?:s|red)?)\b[^.;]{0,40}"
    r"\b(?:talks|negotiations|meeting|round|session|conference)\b",
    re.IGNORECASE,
)
#: "I walked out on nobody": whoever says so denies that talks were broken off.
_NO_WALKOUT = re.compile(
    r"\bwalk\w* (?:out|away) (?:on|from) (?:nobody|no one|nothing|no \w+)\b"
    r"|\b(?:n['’]t|not|never|nobody|no one|no side|neither \w+)(?: (?:has|have|had))?"
    r" (?:walk\w* (?:out|away)|storm\w* out|br[eo]k\w* off|broken off)\b",
    re.IGNORECASE,
)
#: Talks that have opened are not over.
_OPENED = re.compile(
    r"\b(?:began|begun|opened|got under ?way|get under ?way|resumed|kicked off)\b[^.;]{0,40}"
    r"\b(?:talks|negotiations|meeting|round)\b"
    r"|\b(?:s[ai]t|sits|sitting) down\b"
    r"|\b(?:took|taken|take|taking) (?:their|its) (?:seats?|places?)\b|\bcalled to order\b"
    r"|\b(?:talks|negotiations|meeting|round)\b[^.;]{0,60}"
    r"\b(?:began|begun|opened|got under ?way|under ?way|resumed|kicked off)\b",
    re.IGNORECASE,
)
_CLOSED = re.compile(
    r"\b(?:end(?:s|ed|ing)?|conclu\w+|clos(?:es?|ed|ing)|wrapp?\w* up|finish\w*|over|broke"
    r"|adjourn\w*|lasted|after"
    r"|without|rose|parted|left|agreed|signed|held|fail\w*|flew|empty-handed|walked)\b",
    re.IGNORECASE,
)
#: What is suspended is the talks, and not the halt.
SUSPENDS_TALKS = re.compile(
    r"\b(?:suspen\w+|paus\w+|fr(?:eez|oz)\w+|halt\w*|put off)\b"
    r"(?:(?!truce|cease-?\s?fire|observance|moratorium)[^.;]){0,50}?\b(?:talks|negotiations|dialogue|negotiating)\b",
    re.IGNORECASE,
)
#: Talks to which somebody has asked, or which are to open.
_CALLED = re.compile(
    r"\b(?:invit\w+|summon\w*"
    r"|(?:will|is to|are to) (?:open|convene|meet|begin|start|take place|be held))\b",
    re.IGNORECASE,
)


#: A round that somebody sets for a day, by its formal names.
_SET = re.compile(
    r"\b(?:call(?:s|ed)?|announc(?:es|ed)|convok(?:es|ed)|set) (?:an? |the )?(?:[\w.’'-]+ ){0,2}?"
    r"(?:(?:plenary )?session|round of talks|(?:peace |truce )talks)\b",
    re.IGNORECASE,
)


def _has_day_of_talks(claim: Claim) -> bool:
    return any(t.meaning is TimeMeaning.TALKS and t.end > claim.at for t in claim.times)


def is_hour_of_talks(claim: Claim) -> bool:
    """Tell whether all hours stated are of talks: what begins is a round."""
    meant = {t.meaning for t in claim.times} - {TimeMeaning.OTHER}
    return meant == {TimeMeaning.TALKS}


def is_dated(claim: Claim) -> bool:
    """Tell whether a time of talks is stated."""
    return any(t.meaning is TimeMeaning.TALKS for t in claim.times)


def starts_talks_later(claim: Claim) -> bool:
    """Tell whether talks are stated that have not begun when it is told."""
    return any(t.meaning is TimeMeaning.TALKS and t.start > claim.at for t in claim.times)


def of_talks(steps: dict[str, float], claim: Claim, worded: str | None) -> dict[str, float]:
    """Tell talks that have a day from an idea, and talks that have opened from those that end."""
    found = dict(steps)
    called = worded == "talks_announced" or _CALLED.search(claim.quote) or _SET.search(claim.quote)
    if called and "floated" in found and _has_day_of_talks(claim):
        # Talks with a day are no idea any more, whatever they are to be about.
        pour(found, ("floated",), "talks_announced")
    if _SET.search(claim.quote) and _has_day_of_talks(claim):
        pour(found, ("other", "called_for", "talks"), "talks_announced")
    if _PUT_OFF.search(claim.quote):
        # A round that is put off is still to come, whether or not its new day is named.
        pour(found, ("talks_broken_off",), "talks_announced")
    if _NO_WALKOUT.search(claim.quote):
        pour(found, ("talks_broken_off",), "other")
    if "talks_ended" in found and _OPENED.search(claim.quote) and not _CLOSED.search(claim.quote):
        rename(found, "talks_ended", "talks")
    return found
