"""Starts that are told in other words, after the stated hour has come. Pure."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import datetime, timedelta

from bot.alerts.moves import is_settled
from bot.events.news import News
from bot.events.status import Role
from bot.events.step_grammar import MODAL, NEGATED
from bot.events.terms import stated_start, with_meant_times
from bot.types import Ceasefire, Claim, Stance, Status

#: How a start is told once its hour has come.
_BEGAN = re.compile(
    r"\b(?:truce|cease-?\s?fire|pause|lull|armistice|cessation)\b[^.;,]{0,60}?\b(?:is|was) "
    r"(?:now )?(?:under ?way|in effect|in force)\b"
    r"|\b(?:firing|shooting|shelling|fighting|guns?)\b(?: \w+){0,3}? (?:had |has |have )?"
    r"(?:stopped|ceased|died down|fallen silent|fell silent|went quiet|gone quiet)\b",
    re.IGNORECASE,
)
#: Steps as which a party's own words on its start may be read, and an observer's.
_OWN_WORDS = ("announced", "accepted")
_HEARD = (None, "rumoured", *_OWN_WORDS)
#: Within this time of its hour a start is reported by those who watch.
START_REPORTED = timedelta(hours=12)


def as_started(news: News, ceasefire: Ceasefire, now: datetime) -> News:
    """Return the news as that of a start, where the hour has come and those who can tell say so.

    "Our forces have ceased fire at midnight" reads like an announcement, and an observer's "all
    reported that the firing had stopped" like hearsay.
    """
    hour = ceasefire.effective_at
    if ceasefire.status is not Status.DUE or hour is None or now < hour:
        return news
    watched = now - hour <= START_REPORTED and _is_seen(news)
    if watched or _tells_own_start(news, ceasefire, hour):
        return replace(news, step="effective")
    return news


def _is_seen(news: News) -> bool:
    """Tell whether a mediator or monitor says that the guns are silent."""
    watches = news.role in (Role.MEDIATOR, Role.MONITOR) and not news.denies
    return watches and news.step in _HEARD and any(_tells_start(c) for c in news.claims)


def _tells_start(claim: Claim) -> bool:
    """Tell whether a sentence says that the guns are silent, and neither wishes nor denies it."""
    told = _BEGAN.search(claim.quote)
    if told is None or claim.background or claim.attribution.stance is not Stance.ASSERTS:
        return False
    so_far = claim.quote[: told.end()]
    return MODAL.search(so_far) is None and NEGATED.search(so_far) is None


def _tells_own_start(news: News, ceasefire: Ceasefire, hour: datetime) -> bool:
    """Tell whether those who have said yes say that it holds from the agreed hour."""
    declared = {d.by for d in ceasefire.declarations if d.party}
    if news.step not in _OWN_WORDS or not news.takers or not set(news.takers) <= declared:
        return False
    return stated_start([with_meant_times(c) for c in news.claims if is_settled(c)]) == hour
