"""Where talks are held: their hours are those of that town. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterable
from zoneinfo import ZoneInfo

from bot.claims.when.time_meanings import STOPPING, TALKS
from bot.claims.when.zones import TOWN, zone_named

_HELD = re.compile(
    r"\b(?:talks?|rounds?|meet(?:s|ing)?|summit|conference|negotiations|session|host\w*)\b"
    rf"[^.;]{{0,160}}?\bin\s(?P<town>{TOWN})(?![\w’'-])"
    rf"|\b(?P<host>{TOWN})\s(?:will|to|is to)\s[Hh]ost\b"
)
#: A round that is over: its town has no say in the hour of the next one.
_PAST = re.compile(
    r"\b(?:last|previous|earlier|former) (?:[\w-]+ ){0,2}?"
    r"(?:talks?|rounds?|meet(?:ing)?s?|summit|conference|negotiations|session)\b"
    r"|\b(?:br(?:oke|eaks?|oken) (?:down|up|off)|collapsed|failed|fell apart|ended)\b",
    re.IGNORECASE,
)


def meeting_zone(texts: Iterable[str]) -> ZoneInfo | None:
    """Return the zone of the first town in which the head of a report has talks held."""
    for text in texts:
        match = _HELD.search(text)
        if match is not None and not _PAST.search(match[0]):
            return zone_named(match["town"] or match["host"])
    return None


def is_on_meeting(text: str) -> bool:
    """Tell whether the hours of a sentence are those of talks, and of no halt."""
    return bool(TALKS.search(text)) and not STOPPING.search(text)
