"""Whose people a speaker is where no name of the pack stands in his own. Pure.

By territory ("the governor of Kursk"), by a mediator's or monitor's name, and last a bare body
("the presidency") that only one owner in the pack has.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from dataclasses import replace

from bot.claims.datelines import dateline_end
from bot.claims.memo import once_per_object
from bot.claims.who.sides import REBELS, sides_of
from bot.packs import Pack
from bot.types import Attribution, Sentence

#: Bodies that a text names without their state, once it is clear which one is meant.
_BODY = re.compile(
    r"\b(?:presidency|general (?:command|staff)"
    r"|ministry of (?:national )?(?P<what>defen[cs]e|foreign affairs|interior|health)"
    r"|(?P<kind>defen[cs]e|foreign|interior|health) ministry)\b",
    re.IGNORECASE,
)
#: Those whom a headline means by the one mission of the pack.
_WATCHERS = re.compile(
    r"(?:the )?(?:cease-?fire |truce |international |military )*(?:observers|monitors)",
    re.IGNORECASE,
)
#: Who speaks for a side; and "the rebel command", "a spokesman for the militants", "the rebels".
_VOICE = (
    r"(?:command(?:ers?)?|leaders?|leadership|spokes\w+|statement|chief|negotiators?|delegat\w+"
    r"|sources?|officials?|representatives?)"
)
_REBELS = re.compile(
    rf"(?:(?:the|an?|one|chief|senior|top) )?{REBELS}(?:['’]s?)?(?: (?:chief )?{_VOICE})?"
    rf"|(?:(?:the|an?|one|chief|senior|top) )?{_VOICE} (?:of|for) (?:the )?{REBELS}",
    re.IGNORECASE,
)
#: What may stand around a bare body.
_PLAIN = frozenset(
    "a an the of for at in its media press information office department spokesman spokeswoman"
    " spokesperson official officials statement head chief director he senior public".split()
)


def placed(
    attribution: Attribution,
    pack: Pack | None,
    home: str | None = None,
    named: Collection[str] = (),
) -> Attribution:
    """Name the side or body a speaker belongs to, so that its people are one origin.

    Args:
        home: the party in whose capital the entry was written: what only a state has is its.
        named: ids of the parties that the entry names.
    """
    if pack is None or attribution.party is not None:
        return attribution
    if home is not None and _of_a_state(attribution):
        name = _INDEFINITE.sub("", attribution.speaker_text or "")
        return replace(attribution, speaker=name[:1].upper() + name[1:], party=home)
    if not attribution.speaker:
        return attribution
    speaker = attribution.speaker.replace("’", "'")
    for place, party in _party_places(pack):
        if place in speaker:
            return replace(attribution, party=party)
    for name, body in _body_names(pack):
        if name in speaker:
            return replace(attribution, body=body)
    if len(pack.monitors) == 1 and _WATCHERS.fullmatch(speaker):
        return replace(attribution, body=pack.monitors[0].name)
    rebels = sides_of(pack).rebels
    if rebels is not None and rebels.id in named and _REBELS.fullmatch(speaker):
        return replace(attribution, party=rebels.id)
    bare = _bare_body(speaker)
    at_home = home is not None and bare in OF_A_STATE
    owner = (home, None) if at_home else _bare_owners(pack).get(bare or "")
    return attribution if owner is None else replace(attribution, party=owner[0], body=owner[1])


#: Bodies that only a state has; a ministry of health has many a territory.
OF_A_STATE = ("defence", "foreign", "interior", "presidency", "general staff", "general command")
_INDEFINITE = re.compile(r"^an? ", re.IGNORECASE)
#: Those who need no owner's name at home: "the army said", "a government spokesman".
_STATE_BODY = re.compile(
    r"(?:(?:the|an?) )?(?:(?:senior|chief|top) )?(?:army|military|navy|air force|armed forces"
    r"|government|(?:high|supreme) command)(?:['’]s?)?"
    r"(?: (?:command|headquarters|spokes\w+|statement|communiqu[eé]|bulletin|announcement))?",
    re.IGNORECASE,
)


def _of_a_state(attribution: Attribution) -> bool:
    """Tell whether a state's army or government speaks whose state no word names."""
    unowned = attribution.body is None and not attribution.anonymous
    return unowned and _STATE_BODY.fullmatch(attribution.speaker_text or "") is not None


#: Of a halt one side's word is none of the other's.
_ON_A_HALT = re.compile(
    r"\b(?:truce|cease-?\s?fire|armistice|pause|halt|accept\w*|agree\w*|accord|deal|bound|observ\w+|talks"
    r"|negotiat\w+)\b",
    re.IGNORECASE,
)


def homes_of(sentences: Sequence[Sentence], pack: Pack | None) -> tuple[str | None, ...]:
    """Return for each sentence the party whose state bodies need no name in it, else None.

    That is the party of the dateline's capital, unless the words turn to another party first and
    speak of a halt: "Selmara's cabinet met. The government accepted the truce".
    """
    home = home_of(sentences, pack)
    if home is None or pack is None:
        return (None,) * len(sentences)
    found: list[str | None] = []
    for n, sentence in enumerate(sentences):
        before = sentences[n - 1].text if n and sentences[n - 1].field == sentence.field else ""
        told = f"{before[dateline_end(before) :]} {sentence.text[dateline_end(sentence.text) :]}"
        first = sides_of(pack).names.search(told)
        owner = sides_of(pack).party_of(first.group()) if first else None
        sure = owner in (None, home) or not _ON_A_HALT.search(told)
        found.append(home if sure else None)
    return tuple(found)


#: A dateline's city: "SANAA, June 13 (Saba) --".
_CITY = re.compile(r"[A-Z][\w’'.-]+(?: [A-Z][\w’'.-]+)*")


def home_of(sentences: Sequence[Sentence], pack: Pack | None) -> str | None:
    """Return the party whose capital stands in the dateline, else None."""
    # Above the dateline may stand who wrote it: "By Our Special Correspondent".
    opening = [s.text for s in sentences if s.field == "text"][:3]
    lead = next((text for text in opening if dateline_end(text)), "")
    city = _CITY.match(lead[: dateline_end(lead)])
    if city is None or lead[city.end() : city.end() + 1] == "/":
        return None  # "MOSCOW/KYIV"
    name = " ".join(word.capitalize() for word in city.group().split())
    return sides_of(pack).party_of(name)


@once_per_object
def _party_places(pack: Pack) -> tuple[tuple[str, str], ...]:
    """Return the places of each party's territory with the party's id, in the pack's order."""
    return tuple((place, party.id) for party in pack.parties for place in party.territory)


@once_per_object
def _body_names(pack: Pack) -> tuple[tuple[str, str], ...]:
    """Return the names of mediators and monitors with the name each is shown by."""
    bodies = (*pack.mediators, *pack.monitors)
    return tuple((name, body.name) for body in bodies for name in body.all_names)


def _bare_body(speaker: str) -> str | None:
    """Return the body of "media office of the Presidency"; None where it has an owner's name."""
    match = _BODY.search(speaker)
    if match is None:
        return None
    rest = re.findall(r"[\w'-]+", f"{speaker[: match.start()]} {speaker[match.end() :]}".lower())
    return None if set(rest) - _PLAIN else _key(match)


def _key(match: re.Match[str]) -> str:
    what = (match["what"] or match["kind"] or "").lower()
    if not what:
        return match.group().lower()
    return what.replace("defense", "defence").replace("foreign affairs", "foreign")


@once_per_object
def _bare_owners(pack: Pack) -> dict[str, tuple[str | None, str | None]]:
    """Return body -> (party id, mediator's or monitor's name), for bodies that one owner has."""
    owners: dict[str, set[tuple[str | None, str | None]]] = {}
    parties = ((name, (p.id, None)) for p in pack.parties for name in p.all_names)
    bodies = ((name, (None, body)) for name, body in _body_names(pack))
    for name, owner in (*parties, *bodies):
        match = _BODY.search(name)
        if match is not None:
            owners.setdefault(_key(match), set()).add(owner)
    return {body: next(iter(found)) for body, found in owners.items() if len(found) == 1}
