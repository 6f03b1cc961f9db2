"""Which side of today a time lies on, by the verb that governs it. Pure.

No parser: the words of `tense_words` stand as cues along the sentence; a time goes by the nearest
verb before it in its own clause, else by the first one after it, else by the clause before.
"""

from __future__ import annotations

import re
from enum import Enum
from typing import NamedTuple

from bot.claims.when import tense_words as words
from bot.claims.words import words_of

#: A participle this near to a time governs it, even behind "will".
ADJACENT = 14


class Direction(Enum):
    """Where a time lies, seen from the publication."""

    PAST = "past"
    FUTURE = "future"
    WOULD = "would"  #: ahead of the speech it is told in
    PLANNED = "planned"  #: was to come, and may have passed
    UNKNOWN = "unknown"


AHEAD = (Direction.FUTURE, Direction.WOULD, Direction.PLANNED)

_BY_KIND = {
    "unreal": Direction.PAST,
    "plan": Direction.PLANNED,
    "implied": Direction.PAST,
    "would": Direction.WOULD,
    "future": Direction.FUTURE,
    "perfect": Direction.PAST,
    "say": Direction.PAST,
    "prospective": Direction.PAST,
    "past": Direction.PAST,
    "weak": Direction.FUTURE,
}
_BREAKS = ("cut", "sub", "that")


class _Cue(NamedTuple):
    start: int
    end: int
    kind: str
    text: str


class Tenses:
    """The cues of one sentence, ready to be asked about its times."""

    def __init__(self, text: str) -> None:
        """Read the cues; `text` has its clocks blanked out, length for length."""
        self._text = text
        self._cues = _find_cues(text)

    def direction(self, start: int, end: int) -> Direction:
        """Return the direction of the time at these offsets."""
        before = self._text[max(0, start - 80) : start]
        if words.VIOLENCE_AFTER.match(self._text, end) or (
            words.VIOLENCE_ADJECTIVE.match(self._text, end) and words.ADJECTIVE_LEAD.search(before)
        ):
            return Direction.PAST
        if words.NAMED_AFTER.match(self._text, end) or words.LOOMING_AFTER.match(self._text, end):
            return Direction.FUTURE
        if words.RECORD_BEFORE.search(before):
            return Direction.PAST
        governor = words.GOVERNOR.search(before)
        if governor is None and words.BYGONE_AFTER.match(self._text, end):
            return Direction.PAST
        cue = self._governing(start, end)
        if governor is None or (governor["word"] == "to" and not self._is_moved(cue)):
            found = self._meaning(cue)
            if cue and words.INVITED.search(cue.text) and " to " in self._text[cue.end : start]:
                return Direction.FUTURE
            behind = found not in AHEAD or (cue is not None and cue.start >= end)
            if behind and words.VIOLENCE_BEFORE.search(before):
                return Direction.PAST
            return self._without_verb(start) if found is Direction.UNKNOWN else found
        word = governor["word"].lower()
        starts = word in ("starting", "beginning", "effective", "commencing")
        if starts and (cue is None or cue.start >= end or words.HALT_BEFORE.search(before)):
            return Direction.FUTURE  # "a truce starting on Friday was agreed"
        return self._governed(word, cue, start, end)

    def _without_verb(self, start: int) -> Direction:
        """Return the side that a headline's nouns or an "if" tell, where no verb does."""
        verbless = all(cue.kind in _BREAKS for cue in self._cues)
        planned = verbless and words.SCHEDULE.search(self._text)
        if planned or words.CONDITION.search(self._text[:start]):
            return Direction.FUTURE
        return Direction.UNKNOWN

    def is_object(self, start: int) -> bool:
        """Tell "named 1 p.m. as the hour" from "stopped at 1 p.m."."""
        return not words.ADVERBIAL.search(self._text[:start][-24:])

    def is_speech(self, start: int) -> bool:
        """Tell whether the day at this offset is the day on which somebody spoke."""
        cue = next((c for c in reversed(self._cues) if c.end <= start), None)
        return (
            cue is not None
            and cue.kind == "say"
            and bool(words.SPEECH_GAP.fullmatch(self._text[cue.end : start]))
        )

    def _meaning(self, cue: _Cue | None) -> Direction:
        if cue is None:
            return Direction.UNKNOWN
        if cue.kind != "infinitive":
            return _BY_KIND[cue.kind]
        index = self._cues.index(cue)
        host = next((c for c in reversed(self._cues[:index]) if c.kind not in _BREAKS), None)
        # "Arrived to attend" is as far back as its verb; "agreed to attend" lies ahead.
        past = host is not None and host.kind in ("past", "perfect", "unreal", "implied")
        return Direction.PAST if past and not self._looks_ahead(host) else Direction.FUTURE

    @staticmethod
    def _looks_ahead(cue: _Cue | None) -> bool:
        return cue is not None and bool(re.search(rf"\b(?:{words.PROSPECTIVE}|told)\b", cue.text))

    @staticmethod
    def _is_moved(cue: _Cue | None) -> bool:
        """Tell whether a date was put off or brought forward: "postponed to Friday"."""
        return cue is not None and bool(words.MOVED.search(cue.text))

    def _governed(self, word: str, cue: _Cue | None, start: int, end: int) -> Direction:
        found = self._meaning(cue)
        if word == "since" or word.startswith("earlier"):
            return Direction.PAST
        if word == "from" and self._is_moved(cue):
            return Direction.PLANNED
        if found in AHEAD or cue is None or cue.kind in ("say", "prospective"):
            return found if found in AHEAD else Direction.FUTURE
        offered = cue.start >= end and words.OFFERED.match(self._text, cue.start)
        if self._looks_ahead(cue) or self._is_moved(cue) or offered:
            return Direction.FUTURE
        if word in ("by", "from", "starting", "beginning", "effective", "commencing", "as of"):
            return Direction.PAST
        if word == "for" and words.POSSESSIVE.match(self._text, end):
            planned = words.SCHEDULE.search(self._text[end : end + 30])
            return Direction.FUTURE if planned else found
        if word in ("before", "prior to") and not words.POSSESSIVE.match(self._text, end):
            return Direction.PAST
        if word in ("until", "till", "through"):
            # "raged until Monday" is over; "was suspended until Monday" is not.
            stopped = words.STOPPED.search(self._text[cue.start : start])
            return Direction.FUTURE if stopped else Direction.PAST
        return Direction.FUTURE

    def _governing(self, start: int, end: int) -> _Cue | None:
        before, crossed = self._before(start)
        if before is not None and not crossed:
            if before.kind == "say" and self._opens_content(before, start, end):
                return self._after(end) or before
            return before
        after = self._after(end)
        if after is not None:
            return after
        if before is not None and before.kind != "weak":
            return before
        return next((c for c in self._cues if c.start >= end and c.kind not in _BREAKS), None)

    def _before(self, start: int) -> tuple[_Cue | None, bool]:
        """Return the nearest verb before, and whether the clause ends between."""
        crossed = False
        near: _Cue | None = None
        for cue in reversed(self._cues):
            if cue.end > start:
                continue
            if cue.kind in _BREAKS:
                crossed = crossed or not self._is_preposition(cue, start)
                if near is not None:
                    return near, False
                continue
            if near is None:
                near = cue
                if crossed:
                    return near, True
                if cue.kind != "past" or start - cue.end <= ADJACENT:
                    return near, False
            elif cue.kind in ("future", "would", "plan"):
                return cue, False  # "will release the men seized last year on Friday"
        return near, crossed

    def _is_preposition(self, cue: _Cue, start: int) -> bool:
        """Tell "before Friday" from "before the truce collapsed on Friday"."""
        return cue.kind == "sub" and self._text[cue.end : start].strip() in ("", "on")

    def _after(self, end: int) -> _Cue | None:
        """Return the first verb after, past asides and subordinate clauses."""
        skip_to = end
        for cue in self._cues:
            if cue.start < max(end, skip_to):
                continue
            if cue.kind == "cut":
                return None
            if cue.kind == "sub":
                comma = self._text.find(",", cue.end)
                if comma < 0:
                    return None
                skip_to = comma
                continue
            if cue.kind == "that":
                continue
            if cue.kind == "say" and self._text[cue.end : cue.end + 1] == ",":
                continue  # "On Friday, the minister said, the truce will begin"
            if cue.kind != "infinitive":
                return cue
        return None

    def _opens_content(self, say: _Cue, start: int, end: int) -> bool:
        """Tell "said the talks on Friday would" from "said in a statement on Friday"."""
        own = say.text == "told" or words.SPEECH_GAP.fullmatch(self._text[say.end : start])
        if own and not words.POSSESSIVE.match(self._text, end):
            return False
        follower = self._after(end)
        gap = self._text[end : follower.start] if follower else ","
        return "," not in gap and " that " not in gap and len(gap) < 40


def _find_cues(text: str) -> list[_Cue]:
    """Return the cues of a sentence, left to right."""
    cues: list[_Cue] = []
    anywhere = any(word in text for word in words.CONTRACTED)
    hyphens = "-" in text
    openers = words.CUE_OPENERS
    starts = [
        start
        for word, start in words_of(text).spans
        if word in openers
        or anywhere
        or word[-2:] == "ed"
        or (hyphens and text.startswith("-", start + len(word)))
    ]
    stop = 0
    for start in starts:
        match = words.CUE.match(text, start) if start >= stop else None
        if match is not None:
            stop = match.end()
            cues.append(_Cue(start, stop, match.lastgroup or "", match[0]))
    for mark in words.CUT_MARK.finditer(text):
        if not any(cue.start < mark.start() < cue.end for cue in cues):
            cues.append(_Cue(mark.start(), mark.end(), "cut", mark[0]))
    return sorted(cues)
