"""Ministries, armies and other bodies that a text names with their owner.

"Thailand's Public Health Ministry", "the Russian Defense Ministry", "Ministry of Defence of
Armenia": short forms such as "the ministry" find their owner here.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from bot.claims.grammar.words import words_of
from bot.claims.who.sides import Side, Sides

_HEADS = (
    "ministry|army|military|armed forces|government|presidency|police|forces|office|navy|air force"
    "|administration|command|parliament|embassy|council|authorities|leadership|spokesman"
    "|spokeswoman|spokesperson"
)
_BODY = re.compile(
    r"\b(?=[A-Z])(?!(?:The|A|An|In|On|At|But|And|Its|His|Her|Their|This|That|Both|Neither|As|When|After)\b)"
    r"((?:[A-Z][\w\-]{1,20} ){0,2}[A-Z][\w\-]{1,20}['’]s?|[A-Z][\w\-]{2,20}) "
    rf"((?:[A-Za-z]{{3,14}} ){{0,3}}?)((?i:{_HEADS}))\b"
    r"( of (?:National )?(?:Defen[cs]e|Foreign Affairs|Health|Interior|Internal Affairs|Justice"
    r"|Energy|Finance|War|State Security))?"
    r"|\b((?:[A-Z][a-z]{2,14} )?(?i:ministry)) of ((?:[A-Za-z]{3,12} ){0,3}?[A-Z][a-z]{3,12})"
    r" (?:of|in) ([A-Z][\w\-]{2,20})"
)
#: A body is named by one of these.
_HEAD_WORDS = words_of(_HEADS)
_FUNCTIONS = re.compile(
    r"(?i)\b(?:the|a|an|its|his|their|public|health|foreign|defen[cs]e|interior|national|internal"
    r"|security|prime|presidential|economic|finance|justice|energy|agriculture|state|local|senior"
    r"|this|that|but|and|in|on|at|second|first|third|ministry|general|regional|provincial|central"
    r"|supreme|chief|military|army|both|neither|one|two)\b"
)
_DEMONYM = re.compile(r"(?:[aeiou]n|ish|ese|[^aeiou]i|ench|utch|eek|wiss|audi)\Z")
#: Phrases whose key is remembered: news names the same few bodies again and again.
NAMES_KEPT = 2048
_SYNONYMS = {"military": "army", "armed forces": "army"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Body:
    """One mention of a body with its owner."""

    display: str
    key: str  #: "public health ministry"
    owner: str
    side: Side | None
    sentence: int  #: position among the sentences of the entry

    @property
    def belongs(self) -> str:
        """Name the owner comparably: the side, else the stem that country and demonym share."""
        return self.side.id if self.side else self.owner.lower()[:4]


@lru_cache(maxsize=NAMES_KEPT)
def body_key(text: str) -> str:
    """Return the comparable name of a body without article, owner and spelling."""
    low = re.sub(r"\A(?:the|its|his|her|their|this|that|a|an)\s+", "", text.lower().strip())
    low = low.replace("defense", "defence").replace("’", "'")
    match = re.match(r"ministry of (?:national )?([a-z ]{3,30}?)(?: of .*| in .*)?\Z", low)
    if match:
        low = f"{match[1]} ministry"
    low = low.replace("internal affairs ministry", "interior ministry")
    low = low.replace("foreign affairs ministry", "foreign ministry")
    return _SYNONYMS.get(low, low)


def may_name_body(words: frozenset[str]) -> bool:
    """Tell whether a text of these words is worth a search for bodies."""
    return not _HEAD_WORDS.isdisjoint(words)


def find_bodies(text: str, sentence: int, sides: Sides) -> Iterator[Body]:
    """Yield the bodies that `text` names together with an owner."""
    for match in _BODY.finditer(text):
        if match[5]:
            owner, key = match[7], f"{match[5]} of {match[6]}"
        else:
            tail = match[4] or ""
            owner, key = re.sub(r"['’]s?\Z", "", match[1]), f"{match[2]}{match[3]}{tail}"
        side = sides.of(owner)
        named = match[1] is None or match[1] != owner or side or _DEMONYM.search(owner)
        if not named or _FUNCTIONS.fullmatch(owner.split()[-1]):
            continue
        yield Body(
            display=match.group(),
            key=body_key(key),
            owner=owner,
            side=side or sides.of(match.group()),
            sentence=sentence,
        )
