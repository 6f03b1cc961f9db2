"""Speakers and credits of headlines: "Minister: ...", "...: Anwar", "... - Reuters".

A colon or a dash makes a speaker only of a phrase that can speak: a known person, an office, a
body, a side. Topics ("Sudan: drones hit ...") and labels ("Explained: ...") do not.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from bot.claims.grammar.cues import lexicon
from bot.claims.grammar.wordlists import (
    AUXILIARIES,
    BODY_NOUNS,
    PERSON_TITLES,
    PLURAL_GROUPS,
    PREPOSITIONS,
    ROLE_NOUNS,
    TIME_WORDS,
    word_set,
)
from bot.claims.who.given_names import given_gender
from bot.claims.who.offices import EXTRA_ROLES, office_before
from bot.claims.who.people import WORD, personal_name
from bot.claims.who.relays import MediaNames, is_media, media_in
from bot.claims.who.roster import Roster
from bot.claims.who.sides import Sides
from bot.claims.who.world_names import COUNTRIES, STATES

_HEAD = re.compile(
    r"\A\W{0,3}([^\W_][^:“”\"]{1,70}):\s+(?=\S)"
    r"|\A([^\W_][^:“”‘\"–—]{1,40}?) [–—-]{1,2} (?=[‘“'\"])"
)
_TAIL = re.compile(r"(?:\s[-–—]{1,2}\s|:\s+)([^:“”\"–—]{2,60}?)\W{0,2}\Z")
_CREDIT = re.compile(r"\s(?:[-–—|]{1,2}\s+([^-–—|:“”\"]{2,40}?)|\(([A-Z][\w .&-]{1,30})\))\s*\Z")
_LABELS = re.compile(
    r"(?i)\A(?:update\w*|live|live updates?|watch|video|opinion|comment|commentary|analysis"
    r"|breaking|exclusive|explainer|explained|correction|urgent|factbox|fact ?check|timeline"
    r"|photos?|read|listen|editorial|letters?|interview|review|podcast|in pictures|news|reports?"
    r"|world news|background|profile|map|key (?:points|events)|just in|developing|flash|alert|recap"
    r"|summary"
    r"|q&a|q and a|insight|feature|special report|the latest|latest|day \S+|week \S+)\b"
)
_PASSING = re.compile(
    r"(?i)\A(?:breaking|exclusive|urgent|update \d*|live|just in|flash|alert)\W*\Z"
)
_ADDRESS = re.compile(r"\A(.{2,50}?) (?:to|in|on) (.{2,40})\Z")
_TOPIC = re.compile(r"\A(.{2,40}?) (?:on|about|after|ahead of|following) .{2,40}\Z")
#: Behind the name of a side: news from there rather than words of it.
_HARM = re.compile(
    r"(?i)\b(?:killed|dead|dies?|wounded|injured|hurt|hits?|struck|flee|displaced)\b"
)
#: Nouns of bodies that are places or topics at least as often.
_TOPICS = word_set(
    "region republic hospital company club network union court department district front state"
    " coalition alliance mission movement statement report side wing federation children women"
    " families refugees captives prisoners migrants people"
)
_NOUNS = ROLE_NOUNS | BODY_NOUNS | PLURAL_GROUPS | EXTRA_ROLES | word_set("mod mfa mea moh pmo")
_NEVER_BEHIND = word_set("region republic state district front people children women")
_NO_LEAD = word_set("no any all this that our your every deadly more most new")
_HEADS = _NOUNS | PERSON_TITLES
_NO_OFFICE = PREPOSITIONS - {"of", "for", "in", "at"}
_SMALL = AUXILIARIES | word_set(
    "is are was were has have will what how why when who says said killed wounded"
)


@dataclass(frozen=True, slots=True)
class Headline:
    """What the form of a headline tells by itself."""

    phrase: str | None  #: the speaker's words
    content: str
    relay: str | None  #: agency or outlet in front, behind, or addressed
    behind: bool = False  #: the speaker stands behind the words


def without_credit(title: str, outlet: str, names: MediaNames) -> tuple[str, str | None]:
    """Return a headline without the outlet or agency behind its last dash, and that name."""
    match = _CREDIT.search(title)
    name = (match[1] or match[2]).strip() if match else ""
    if not match or not name:
        return title, None
    bare = re.sub(r"(?i)\Athe ", "", name)
    own = bare.casefold() == re.sub(r"(?i)\Athe ", "", outlet).casefold()
    if not own and not is_media(name, names):
        return title, None
    return title[: match.start()].rstrip(), names.canonical(name)


def read_headline(title: str, sides: Sides, roster: Roster, names: MediaNames) -> Headline | None:
    """Return speaker phrase and content of a headline with a colon or dash, else None."""
    head = _HEAD.match(title)
    lead = (head[1] or head[2]).strip() if head else ""
    if head and _PASSING.match(lead):
        return read_headline(title[head.end() :], sides, roster, names)
    if head and not _LABELS.match(lead):
        found = _read_head(lead, title[head.end() :], sides, roster, names)
        if found is not None:
            return found
    tail = _TAIL.search(title)
    if tail and not _LABELS.match(tail[1]):
        content = title[: tail.start()]
        if is_media(tail[1], names):
            return Headline(None, content, names.canonical(tail[1].strip()))
        dashed = title[tail.start() : tail.start(1)].strip(" ") != ":"
        if _is_source(tail[1], sides, roster, first=False, quoted=dashed or _has_quote(content)):
            return Headline(tail[1].strip(), content, None, behind=True)
    return None


def _read_head(
    phrase: str, content: str, sides: Sides, roster: Roster, names: MediaNames
) -> Headline | None:
    quoted = content[:1] in "'‘“\""
    told = _ADDRESS.match(phrase)
    if told and is_media(told[2], names) and _can_speak(told[1], sides, roster):
        span = media_in(told[2], names, credit=True) or (0, len(told[2]))
        return Headline(told[1], content, names.canonical(told[2][span[0] : span[1]]))
    known = told and quoted and WORD.findall(told[1])[-1].lower() in _NOUNS
    if told and known and told[2][0].isupper() and _can_speak(told[1], sides, roster):
        return Headline(told[1], content, None)
    if is_media(phrase, names) and not _has_verb(WORD.findall(phrase)):
        span = media_in(phrase, names, credit=True) or (0, len(phrase))
        return Headline(None, content, names.canonical(phrase[span[0] : span[1]]))
    if not _is_topic(phrase, content, sides) and _is_source(
        phrase, sides, roster, first=True, quoted=quoted
    ):
        return Headline(phrase, content, None)
    topic = _TOPIC.match(phrase)
    if topic and _can_speak(topic[1], sides, roster) and (quoted or _is_known(topic[1], sides)):
        return Headline(topic[1], content, None)
    return None


def _is_topic(phrase: str, content: str, sides: Sides) -> bool:
    """Tell whether a country in front of a colon is where it happens, not who says it.

    "Mali: armed groups suspend their observance" is news from there.
    """
    if phrase.isupper() and phrase.title() in COUNTRIES and content[:1] not in "'‘“\"":
        return True  # the slug of an agency: "GUATEMALA: Army to return to the table"
    if phrase in sides.places and " " in phrase and content[:1] not in "'‘“\"":
        return True  # "Central African Republic: Forum to open on Monday"
    if sides.names.fullmatch(phrase) is None:
        return False
    person = sides.people.match(content)
    if person is not None and sides.of(person.group()) != sides.of(phrase):
        return True  # "Senegal: Salif Sadio suspends his truce"
    acting = sides.names.match(content)
    others = acting is not None and sides.of(acting.group()) != sides.of(phrase)
    return _HARM.search(content) is not None or (others and content[:1].islower())


def _is_known(phrase: str, sides: Sides) -> bool:
    """Tell whether a phrase is the name of a person of the pack."""
    return sides.people.fullmatch(phrase.strip()) is not None


def _can_speak(phrase: str, sides: Sides, roster: Roster) -> bool:
    return _is_source(phrase, sides, roster, first=True, quoted=True)


def _is_source(phrase: str, sides: Sides, roster: Roster, *, first: bool, quoted: bool) -> bool:
    """Tell whether a phrase beside a colon or dash speaks.

    `first`: it stands in front; `quoted`: what it would say is in quotation marks, which lets even
    an unknown surname speak.
    """
    words = WORD.findall(phrase)
    low = [w.lower().rstrip(".") for w in words]
    small = {w.lower() for w in words if not w.isupper()}
    if not words or len(words) > 8 or phrase[-1] in ".!?" or small & _SMALL:
        return False
    if _has_verb(words) or set(low) & _NO_OFFICE:
        return False
    if low[-1] in _NOUNS:
        return (
            low[-1] not in (_TOPICS if first else _NEVER_BEHIND)
            and low[0] not in _NO_LEAD
            and (not first or words[0][0].isupper())
        )
    if not first and len(words) < 4 and all(w.isupper() and len(w) > 1 for w in words):
        return True
    if len(words) == 2 and _is_owner(words[0], sides) and words[1][0].isupper():
        return True
    personal = personal_name(phrase)
    if personal is not None:
        return (
            office_before(phrase, len(phrase) - len(personal)) < len(phrase) - len(personal)
            or given_gender(personal) is not None
            or roster.person(personal) is not None
            or sides.people.search(phrase) is not None
        )
    if roster.named(words[-1]) is not None or sides.people.fullmatch(words[-1]):
        return True
    if len(words) == 1:
        return _is_single_source(words[0], sides, roster, first=first, quoted=quoted)
    match = sides.names.match(phrase)
    if match and match.end() >= len(phrase.strip()):
        return True
    governed = {"of", "for", "in", "at"} & set(low)
    return bool(governed) and low[0] in _HEADS and low[0] not in _TOPICS


def _is_single_source(
    word: str, sides: Sides, roster: Roster, *, first: bool, quoted: bool
) -> bool:
    if sides.names.fullmatch(word):
        return not (word in sides.places and first and not quoted)
    if word in STATES:
        return not first or quoted
    if word.lower() in TIME_WORDS:
        return False
    acronym = len(word) > 1 and word.isupper() and word.isalpha()
    return acronym or (word[0].isupper() and quoted and not sides.is_thing(word))


def _is_owner(word: str, sides: Sides) -> bool:
    """Tell whether "France's" owns a surname rather than a thing."""
    owner = re.sub(r"['’]s\Z", "", word)
    if owner == word:
        return False
    return owner in STATES or owner.isupper() or sides.names.fullmatch(owner) is not None


def _has_verb(words: list[str]) -> bool:
    found = [lexicon().get(w.lower()) for w in words if w[0].islower()]
    return any(f is not None and f.form in {"s", "past"} for f in found)


def _has_quote(text: str) -> bool:
    return bool(re.search(r"(?<!\w)['‘“\"]\w", text))
