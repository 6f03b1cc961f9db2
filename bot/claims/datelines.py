"""Where a dateline ends: the reporter's place is not the place of the news."""

from __future__ import annotations

import re

_DAY = (
    r"(?:(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day,? )?"
    r"(?:(?:Jan|Feb|Mar|Apr|May|June?|July?|Aug|Sept?|Oct|Nov|Dec|JAN|FEB|MAR|APR|MAY|JUN|JUL|AUG|"
    r"SEP|OCT|"
    r"NOV|DEC)[A-Za-z]{0,6}\.? \d{1,2}|\d{1,2} (?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|"
    r"Dec)[a-z]{0,6})"
    r"(?:,? \d{4})?"
)
_CITY = r"[A-Z][\w’'.-]{1,20}(?: [A-Z][\w’'.-]{1,20}){0,3}"
_AGENCY = r" ?\([\w ./&-]{2,30}\)(?:\s*[-–—:_]{1,2}\s*|\s+(?=[A-Z“\"]))"
#: "KYIV, Ukraine (AP) — ", "Beirut (dpa) - ", "BAKU, September 20, AZERTAC", "Gaza – Israeli ..."
_DATELINE = re.compile(
    rf"{_CITY}(?:/{_CITY}){{0,2}}"
    rf"(?:, (?!{_DAY})[A-Z][\w.’' ]{{1,24}}?)?"
    rf"(?:(?:, {_DAY})?{_AGENCY}"
    rf"|, {_DAY}, [A-Z]{{3,12}}\s+(?=[A-Z])"
    r"|, (?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day\.?\s*(?:[-–—]{1,2}\s*|$)"
    rf"|, {_DAY}(?:,? [/(]?[A-Z]{{3,12}}[/)]?)?\s*(?:[-–—:.]{{1,2}}\s*|$)"
    r"|\s?—\s*(?=[A-Z0-9“\"])|\s[-–]{1,2}\s+(?=[A-Z0-9“\"]))"
)
#: A name followed by a dash is a dateline only where it is all the sentence has before a capital.
_ASIDE = re.compile(r"[^—–]{0,200}[—–]")


def dateline_end(text: str) -> int:
    """Return where a sentence begins behind its dateline; 0 where it has none."""
    match = _DATELINE.match(text)
    if match is None:
        return 0
    dashed = match[0].rstrip()[-1:] in "—–-" and not re.search(r"[()\d]", match[0])
    if dashed and _ASIDE.match(text, match.end()):
        return 0  # "Tyre — Sour to its people — was hit" has no dateline
    return match.end()
