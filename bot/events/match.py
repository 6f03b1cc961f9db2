"""The gates between a claim and an event that is known: place and day. Pure.

Two strikes on two camps read alike, so place and day decide before words do: different known
places, or days that cannot overlap, are different events whatever the text says.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from functools import lru_cache

from bot.types import Claim, Event, Precision, TimeSpan

#: A claim may tell of an event at most this long after its last word.
NEAR = timedelta(hours=36)


def apart(
    claims: Sequence[Claim], places: Sequence[str], event: Event, now: datetime
) -> str | None:
    """Return the gate that keeps news and event apart, by name, or None.

    Args:
        claims: those of the news.
        places: where it happened.
    """
    if now - event.last_at > NEAR:
        return "too_long_after"
    ours, theirs = set(places), set(event.places)
    if ours and theirs and not share_place(ours, theirs):
        return "other_place"
    ours_when, theirs_when = _when(claims), _when(event.claims)
    if ours_when and theirs_when and not _overlap(ours_when, theirs_when):
        return "other_day"
    return None


#: Words of a place's name that only say what sort of place it is, and short forms of directions.
_SORTS = frozenset(
    "the of city town village strip province region district governorate oblast state county "
    "department municipality area valley camp neighbourhood".split()
)
_DIRECTIONS = {"southern": "south", "northern": "north", "eastern": "east", "western": "west"}


def share_place(a: Iterable[str], b: Iterable[str]) -> bool:
    """Tell whether two sets of places have one in common: "Gaza" and "Gaza Strip" are one."""
    theirs = [_place_words(place) for place in b]
    return any(
        bool(ours) and bool(other) and (ours <= other or other <= ours)
        for ours in map(_place_words, a)
        for other in theirs
    )


#: Marks that one spelling writes and another leaves out: "Ma'arat al-Nu'man", "Maarat al Numan".
_MARKS = re.compile(r"['’‘`ʿʾ]")
#: Ways to write one sound of the Slavic, Arabic and Turkic names in Latin letters.
_SOUNDS = (
    ("lj", "l"),
    ("nj", "n"),
    ("dj", "d"),
    ("kh", "h"),
    ("gh", "g"),
    ("sh", "s"),
    ("ch", "c"),
)


@lru_cache(maxsize=4096)
def _place_words(place: str) -> frozenset[str]:
    words = re.findall(r"\w+", _MARKS.sub("", _latin(place)))
    return frozenset(_sounded(_DIRECTIONS.get(w, w)) for w in words if w not in _SORTS)


def _latin(name: str) -> str:
    """Return a name in small letters without accents: "Lešok" as "lesok"."""
    plain = unicodedata.normalize("NFKD", name.lower())
    return "".join(letter for letter in plain if not unicodedata.combining(letter))


def _sounded(word: str) -> str:
    for written, sound in _SOUNDS:
        word = word.replace(written, sound)
    return re.sub(r"(\w)\1", r"\1", word)


def _when(claims: Sequence[Claim]) -> tuple[datetime, datetime] | None:
    """Return the interval of past times stated, widened to parts of a day."""
    spans = [t for c in claims for t in c.times if t.start <= c.at and not _dates_words(t, c)]
    fine = [t for t in spans if t.precision is not Precision.DAY] or spans
    if not fine:
        return None
    slack = timedelta(hours=3)
    return min(t.start for t in fine) - slack, max(t.end for t in fine) + slack


#: "Acknowledged on Wednesday that": the day of the words is not that of the event.
_SPOKE = re.compile(
    r"\b(?:said|told|acknowledged|admitted|announced|stated|reported|declared|confirmed|conceded|claimed"
    r"|denied|accused|alleged|added)\s+(?:(?:late|early|on|in a statement|a statement)\s+)*$",
    re.IGNORECASE,
)


def _dates_words(span: TimeSpan, claim: Claim) -> bool:
    at = claim.quote.find(span.text)
    day = span.precision is Precision.DAY
    return day and at > 0 and _SPOKE.search(claim.quote[max(0, at - 40) : at]) is not None


def _overlap(a: tuple[datetime, datetime], b: tuple[datetime, datetime]) -> bool:
    return a[0] < b[1] and b[0] < a[1]
