"""Does a claim tell of an event that is known? Hard gates first, then a weighed likeness. Pure.

Two strikes on two camps read alike, so place and day decide before words do: different known
places, or days that cannot overlap, are different events whatever the text says.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from functools import lru_cache

from bot.types import Claim, Event, Precision

#: Words in more than this share of a conflict's events tell nothing about one of them.
COMMON = 0.34
#: A claim may tell of an event at most this long after its last word.
NEAR = timedelta(hours=36)

STOPWORDS = frozenset(
    "a an the and or of in on at to for by with from as is are was were be been it its that this "
    "he she they his her their has have had said says after before over not no who which also "
    "ministry official officials spokesman spokeswoman statement told according reported".split()
)


def words_of(text: str) -> list[str]:
    """Return the telling words of a text, crudely stemmed."""
    found = re.findall(r"[\w'-]+", text.replace("’", "'").lower())
    return [re.sub(r"(?:'s|ing|ed|es|s)$", "", w) for w in found if w not in STOPWORDS]


class WordLikeness:
    """How alike claims are to events: cosine of word weights, rare words counting more."""

    def __init__(self, claims: Sequence[Claim], events: Iterable[Event]) -> None:
        """Weigh the words of `claims`; `events` are all that the conflict has."""
        documents = [set(words_of(" ".join(c.quote for c in e.claims))) for e in events]
        self._frequency = Counter(word for document in documents for word in document)
        self._total = len(documents)
        self._ours = self._weigh(" ".join(c.quote for c in claims))

    def to(self, event: Event) -> float:
        """Return 0..1: to the whole of an event, or to the claims of it that are most alike."""
        quotes = [c.quote for c in event.claims]
        scores = sorted((_cosine(self._ours, self._weigh(q)) for q in quotes), reverse=True)[:3]
        whole = _cosine(self._ours, self._weigh(" ".join(quotes)))
        return max(whole, sum(scores) / len(scores)) if scores else 0.0

    def _weigh(self, text: str) -> dict[str, float]:
        total, frequency = max(self._total, 1), self._frequency
        return {
            word: (1 + math.log(n)) * math.log(1 + (total + 1) / (0.5 + frequency[word]))
            for word, n in Counter(words_of(text)).items()
            if total < 4 or frequency[word] / total <= COMMON
        }


def similarity(claims: Sequence[Claim], event: Event, events: Iterable[Event]) -> float:
    """Return how alike claims are to one event of `events`; for several see `WordLikeness`."""
    return WordLikeness(claims, events).to(event)


def _cosine(a: dict[str, float], b: dict[str, float]) -> float:
    dot = sum(weight * b.get(word, 0.0) for word, weight in a.items())
    size = math.sqrt(sum(w * w for w in a.values()) * sum(w * w for w in b.values()))
    return dot / size if size else 0.0


def apart(claims: Sequence[Claim], event: Event, now: datetime) -> str | None:
    """Return the gate that keeps claims and event apart, by name, or None."""
    if now - event.last_at > NEAR:
        return "too_long_after"
    ours, theirs = places_of(claims), set(event.places)
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


@lru_cache(maxsize=4096)
def _place_words(place: str) -> frozenset[str]:
    words = re.findall(r"[\w'-]+", place.replace("’", "'").lower())
    return frozenset(_DIRECTIONS.get(w, w) for w in words if w not in _SORTS)


def places_of(claims: Sequence[Claim]) -> set[str]:
    """Return the places that claims name."""
    return {place for claim in claims for place in claim.places}


def _when(claims: Sequence[Claim]) -> tuple[datetime, datetime] | None:
    """Return the interval of past times stated, widened to parts of a day."""
    spans = [t for c in claims for t in c.times if t.start <= c.at]
    fine = [t for t in spans if t.precision is not Precision.DAY] or spans
    if not fine:
        return None
    slack = timedelta(hours=3)
    return min(t.start for t in fine) - slack, max(t.end for t in fine) + slack


def _overlap(a: tuple[datetime, datetime], b: tuple[datetime, datetime]) -> bool:
    return a[0] < b[1] and b[0] < a[1]
