"""Speakers of headlines: "Minister: ...", "...: Anwar", "... - Defence Ministry"."""

from __future__ import annotations

import re

from bot.claims.roster import Roster
from bot.claims.sides import Sides
from bot.claims.speakers import personal_name
from bot.claims.wordlists import BODY_NOUNS, PLURAL_GROUPS, ROLE_NOUNS

_HEAD = re.compile(r"\A\W{0,3}([A-Z][^:“”\"]{1,60}):\s+(?=\S)")
_TAIL = re.compile(r"(?:\s[-–—]{1,2}\s|:\s+)([^:“”\"–—]{2,60}?)\W{0,2}\Z")
_LABELS = re.compile(
    r"(?i)\A(?:update\w*|live|live updates|watch|video|opinion|comment|analysis|exclusive|breaking"
    r"|explainer|explained|correction|urgent|factbox|timeline|photos?|read|listen|editorial|letter"
    r"|interview|review|podcast|in pictures|world news|news|report|background|profile|map)\b"
)
_WORD = re.compile(r"[^\W_][\w.'’\-]*")


def title_source(title: str, sides: Sides, roster: Roster) -> tuple[str, str] | None:
    """Return speaker phrase and content of a headline with a colon or dash, else None."""
    head = _HEAD.match(title)
    if head and not _LABELS.match(head[1]) and _is_source(head[1], sides, roster, first=True):
        return head[1].strip(), title[head.end() :]
    tail = _TAIL.search(title)
    if tail and not _LABELS.match(tail[1]) and _is_source(tail[1], sides, roster, first=False):
        return tail[1].strip(), title[: tail.start()]
    return None


def _is_source(phrase: str, sides: Sides, roster: Roster, *, first: bool) -> bool:
    words = _WORD.findall(phrase)
    if not words or len(words) > 7 or phrase[-1] in ".!?":
        return False
    low = {w.lower() for w in words}
    if low & {"is", "are", "was", "were", "has", "have", "will", "says", "said", "what", "how"}:
        return False
    if words[-1].lower() in ROLE_NOUNS | BODY_NOUNS | PLURAL_GROUPS:
        return True
    if personal_name(phrase) and (roster.person(personal_name(phrase) or "") or len(low) <= 4):
        return bool(roster.person(personal_name(phrase) or "")) or bool(sides.of(phrase))
    if len(words) == 1 and roster.named(words[0]):
        return True
    match = sides.names.match(phrase)
    if match and match.end() >= len(phrase.strip()):
        return True
    return bool(low & (BODY_NOUNS | ROLE_NOUNS)) and (first or " of " in phrase)
