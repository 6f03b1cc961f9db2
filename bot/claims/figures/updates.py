"""Figures that a later one of the same sentence replaces: "had said 27; now says 33". Pure."""

from __future__ import annotations

import re

from bot.types import Figure

#: Literals of which every replaced figure has one before it.
_HINTS = ("had ", "earlier", "previous", "initial", "first", "preliminary", "provisional", "prior")
_TOLD = (
    r"(?:put|puts|said|says|say|spoken|spoke|speaks|reported|reports|given|gave|gives|counted|"
    r"counts|talked|listed|lists|announced|announces|confirmed|confirms|stood|stands|claimed|"
    r"estimated|registered|recorded)"
)
_COUNT = (
    r"(?:statement|count|toll|figure|report|estimate|tally|bulletin|number|total|update|"
    r"communique|list|version|announcement)"
)
#: What was told before: "an earlier statement", "had put the toll at", "was first given as".
_BEFORE = re.compile(
    rf"\b(?:earlier|previous|initial|first|preliminary|provisional|prior|last|original) "
    rf"(?:[\w-]+ ){{0,2}}{_COUNT}\b|"
    rf"\bhad (?:[a-z]+ ){{0,2}}?{_TOLD}\b|"
    rf"\b(?:earlier|initially|first|previously|originally) {_TOLD}\b|"
    rf"\b(?:initially|at first|originally)\b[^.;]{{0,40}}? {_TOLD}\b",
    re.IGNORECASE,
)
#: What is told now: "now says", "its latest gives", "the figure was now".
_AFTER = re.compile(
    rf"\b(?:now|later|since|then|subsequently|afterwards) (?:[a-z]+ ){{0,2}}?"
    rf"(?:{_TOLD}|raised|lowered|revised|corrected|updated|cut)\b|"
    rf"\b{_TOLD} (?:later|now)\b|\b(?:is|was|were|are|stands|stood|has|had) (?:now|since|risen)\b|"
    r"\b(?:number|figure|toll|total|count) (?:is|was|had|stood|stands)\b|"
    r"\b(?:its|the|a|an) (?:latest|new|newer|updated|revised|final|fresh)\b",
    re.IGNORECASE,
)
#: "..., which had given 40, said on Monday": one speaker, then and now.
_SAME_SPEAKER = re.compile(
    rf"\b(?:who|which)\b[^.;]{{0,40}}? had (?:[a-z]+ ){{0,2}}?{_TOLD}\b[^.;]*$"
)
_GOES_ON = re.compile(rf"^[^.;]*?, {_TOLD}\b")
#: Victims of something else.
_OTHERS = re.compile(
    r"\b(?:another|more|others?|further|separate|separately|elsewhere|second|different|while)\b",
    re.IGNORECASE,
)


def replaces(text: str, old: Figure, start: int, new: Figure, behind: int) -> bool:
    """Tell whether a figure that stands at `behind` takes the place of one at `start`."""
    if old.measure is not new.measure or old.low is None or old.low != old.high:
        return False
    if new.low is None or new.low == old.low or new.previous is not None:
        return False
    before = text[:start]
    if not any(hint in before.lower() for hint in _HINTS):
        return False
    between = text[start + len(old.text) : behind]
    told = _BEFORE.search(before[before.rfind(";") + 1 :])
    if told is None or _OTHERS.search(between):
        return False
    if _AFTER.search(between):
        return True
    alike = None in (old.who, new.who) or old.who == new.who
    return bool(alike and _GOES_ON.match(between) and _SAME_SPEAKER.search(before))
