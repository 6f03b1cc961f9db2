"""Which side of a conflict a name stands for: parties, mediators and monitors of a pack.

Leftmost match, longest at its place: "Armenian separatists" is not "Armenian". A person's name
outranks the country in front of it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from bot.claims.alternation import any_of
from bot.claims.memo import once_per_object
from bot.claims.who.given_names import given_gender
from bot.packs import Pack, Party


@dataclass(frozen=True, slots=True, kw_only=True)
class Side:
    """What a name of the pack stands for."""

    role: str  #: party | mediator | monitor
    id: str  #: party id, or the mediator's or monitor's name


@dataclass(frozen=True, slots=True, kw_only=True)
class Sides:
    """A compiled pack."""

    names: re.Pattern[str]
    people: re.Pattern[str]
    owners: dict[str, Side]
    military: frozenset[str] = frozenset()
    states: frozenset[str] = frozenset()  #: ids of parties that are a state
    breakaway: frozenset[str] = frozenset()  #: of these, those that others call separatists
    rebels: Side | None = None  #: the one party that is no state
    places: frozenset[str] = frozenset()  #: names that are no person's, however they look

    def is_thing(self, name: str) -> bool:
        """Tell whether `name` is a place, a state or a body of the pack rather than a person."""
        if self.people.search(name):
            return False
        return _key(name) in self.places or self.names.search(name) is not None

    def is_armed(self, name: str) -> bool:
        """Tell whether a pack lists `name` among a party's armed forces and their voices."""
        return _key(name) in self.military

    def of(self, text: str) -> Side | None:
        """Return the side that `text` names, None where it names none."""
        own = _AGAINST.split(text, maxsplit=1)[0]
        match = self.people.search(own) or self.head(own)
        if match is None or (_key(match.group()) in self.places and _CIVIC.search(own)):
            return None
        if _DISSENT.match(own, match.end()) or _FORMER.search(own[: match.start()]):
            return None
        if _BASED.search(own[: match.start()]) or _NAMESAKE.search(own[: match.start()]):
            return None
        side = self.owners.get(_key(match.group()))
        fights = _REBELS.match(own, match.end()) or _REBELS_OF.search(own[: match.start()])
        return self.rebels if fights and self._governs(side) else side

    def at(self, text: str, name: re.Match[str]) -> Side | None:
        """Return the side of a name where it stands: "Congo rebel leader" is not Congo's."""
        if _NAMESAKE.search(text[: name.start()]):
            return None
        side = self.of(name.group())
        fights = _OWN_REBELS.match(text, name.end())
        return self.rebels if fights and self._governs(side) else side

    def head(self, text: str) -> re.Match[str] | None:
        """Return the first name, if any; of "Nepal's Maoist rebels" that of the group."""
        first = self.names.search(text)
        if first is not None and self._governs(self.owners.get(_key(first.group()))):
            spaced = text[first.end() : first.end() + 1] == " "
            group = self.names.match(text, first.end() + 1) if spaced else None
            owner = self.owners.get(_key(group.group())) if group else None
            if group and owner == self.rebels and _ACTING.match(text, group.end()):
                return group  # "Nepal Maoists say"
        owns = first and _OWNS.match(text, first.end())
        if not owns:
            return first
        group = self.names.search(text, owns.end())
        if group is None:
            return first
        # "Nepal's Maoist rebels said", "a leader of Nepal's armed Maoist movement".
        beside = group.start() == owns.end() and group.group()[:1].islower()
        called = _GROUP.match(text, group.end()) or _CALLED_GROUP.search(group.group())
        acts = _ACTING.match(text, group.end())
        return group if beside or called or acts else first

    def _governs(self, side: Side | None) -> bool:
        """Tell whether a side is a state, and those called its rebels are another one."""
        return side is not None and side.id in self.states - self.breakaway

    def named(self, text: str) -> tuple[str, Side | None] | None:
        """Return the first name with its side; of "Ardovia's communist guerrillas" all of it."""
        match = self.head(text)
        if match is None:
            return None
        side = self.owners.get(_key(match.group()))
        rebels = _REBELS.match(text, match.end())
        if rebels and self.rebels and self._governs(side):
            return text[match.start() : rebels.end()], self.rebels
        return match.group(), self.of(match.group())

    def party_of(self, text: str) -> str | None:
        """Return the party id that `text` names first."""
        side = self.of(text)
        return side.id if side and side.role == "party" else None


def _key(name: str) -> str:
    return name.replace("’", "'").replace("defense", "defence").replace("Defense", "Defence")


#: What follows names the other side: "an alliance of three armies at war with the junta".
_AGAINST = re.compile(
    r"\b(?:at war with|(?:fight|battl|oppos|resist|combat|confront)(?:ing|s|es)|opposed to|against|"
    r"(?:that|which|who) (?:fights?|fought|oppos\w+|battl\w+|(?:is|are) fighting|"
    r"(?:has|have) (?:been )?(?:fought|fighting)))\b"
)
_OWNS = re.compile(r"(?:['’]s|(?<=s)['’])\s")
#: Those who fight a government.
REBELS = r"(?:(?i:rebel|guerrilla|insurgent|separatist|secessionist|militant)s?)"
#: Behind the name of a group: its fighters or nothing, but no office of the country's.
_GROUP = re.compile(
    rf"\s*(?:$|[,(]|(?:{REBELS}|fighters?|movement|group|militia"
    r"|forces|front|army|alliance|leadership|leader|spokes\w+|commanders?|chief|negotiators?)\b)"
)
#: The same as the last word of the name: "Maoist rebels".
_CALLED_GROUP = re.compile(rf"\b(?:{REBELS}|fighters)$")
#: Behind the name of a group that stands behind its country's: what it does or is.
_ACTING = re.compile(
    rf"\s*(?:$|[,:]|(?:has|have|had|is|are|will|would)\b|(?:{REBELS}|fighters|leaders?|chiefs?"
    r"|command\w*|say|said|declare|announce|accept"
    r"|reject|agree|order|end|extend|suspend|claim|den[iy]|warn|want|seek|call|vow|threaten)\w*\b)"
)
#: Right behind the name of a state in a sentence: "Congo rebel leader", "Nepal's Maoist rebels".
_OWN_REBELS = re.compile(rf"(?:['’]s?)?\s(?:[A-Z][\w-]+\s)?{REBELS}\b")
#: Behind the name of a country: those who fight its government.
_REBELS = re.compile(
    r"(?:['’]s?)?(?:\s(?!and\b|or\b|vs?\b)[\w-]+){0,3}?\s"
    rf"(?![Mm]ilitant){REBELS}\b"
)
#: In front of it: "the head of the rebellion in", "the largest of the rebel groups in".
_REBELS_OF = re.compile(
    rf"(?<!with )(?<!with the )(?<!fighting )(?<!fighting the )\b"
    rf"(?:{REBELS}|[Rr]ebellion|[Ii]nsurgency|[Uu]prising)\b"
    r"[^,;]{0,30}\b(?:in|of|from)\b[^,;]{0,20}$"
)
#: Those of a country who do not speak for it: its opposition, and who once governed it.
_DISSENT = re.compile(
    r"(?:['’]s?)?(?: [\w-]+){0,2} (?:opposition|dissidents?|exiles?|nationalists?|backbench\w+)\b"
)
#: Those who are in a country and of none of its bodies: "monitors in eastern Norland".
_BASED = re.compile(
    r"(?i)\b(?:monitors|observers|peacekeepers|diplomats?|correspondents?|reporters?|journalists?"
    r"|analysts?|aid workers|mission)\b[^,;]{0,30}\b(?:in|across)\b[^,;]{0,20}$"
)
#: Bodies that have a country in their name and are none of its state: "Workers' Party of Norland".
_NAMESAKE = re.compile(
    r"\b(?:Party|Front|Movement|Bank|University|Church|League|Brotherhood|Federation) of (?:the )?$"
    # A pack's "Army" is none of another's "National Liberation Army".
    r"|\b(?:Liberation|Resistance|Independence|Revolutionary|Patriotic|Salvation|Volunteer) $"
)
_FORMER = re.compile(r"(?i)\b(?:former|ex-|retired|exiled|ousted)\s*$")
_GOVERNS = re.compile(r"(?i)\b(?:government|armed forces|army|ministry)\b")
#: Those who fight a government may have an army, but no government of their own.
_REBELLING = re.compile(rf"(?i)\b{REBELS}\b")
_OWN_GOVERNMENT = re.compile(r"(?i)(?<!anti-)\b(?:government|ministry)\b")
#: Those who live or work in a capital and do not speak for its government.
_CIVIC = re.compile(
    r"(?i)\b(?:emergency (?:response )?rooms?|response rooms?|residents?|witness(?:es)?|hospitals?"
    r"|clinics?|medics?|doctors?|nurses?|network|lawyers|union|volunteers?|journalists?|university|activists?|famil(?:y|ies)"
    r"|shopkeepers?|locals|neighbou?rs|morgue)\b"
)
#: "US-based" tells where somebody sits, not for whom he speaks.
_APART = (
    r"-(?:based|backed|brokered|mediated|funded|born|made|occupied|allied|aligned|linked|designed"
    r"|built|supplied|manufactured|produced|style|trained|armed|equipped|sponsored|inspired)\b"
)


def _pattern(names: list[str]) -> re.Pattern[str]:
    body = any_of((_key(name) for name in names), _spelled)
    return re.compile(rf"(?<![\w-])(?:{body})(?![\w]|{_APART})")


def _spelled(before: str, letter: str) -> str:
    """Return the pattern of a letter: both apostrophes, and "defence" also with an s."""
    if letter == "'":
        return "['’]"
    return "[cs]" if letter == "c" and before[-5:].lower() == "defen" else re.escape(letter)


@once_per_object
def _compile(pack: Pack) -> Sides:
    owners: dict[str, Side] = {}
    people: list[str] = []
    for party in pack.parties:
        side = Side(role="party", id=party.id)
        for name in (*party.all_names, *party.agencies):
            owners.setdefault(_key(name), side)
        people += [*party.people, *(n for n in party.names if _looks_personal(n))]
        people += _people_of(party.military)
    for role, bodies in (("mediator", pack.mediators), ("monitor", pack.monitors)):
        for body in bodies:
            for name in body.all_names:
                owners.setdefault(_key(name), Side(role=role, id=body.name))
        # A flat list of mediators holds surname and full name as bodies of their own.
        people += _people_of(tuple(name for body in bodies for name in body.all_names))
    states = frozenset(party.id for party in pack.parties if _is_state(party))
    others = [party.id for party in pack.parties if party.id not in states]
    return Sides(
        states=states,
        breakaway=frozenset(p.id for p in pack.parties if any(map(_REBELLING.search, p.names))),
        rebels=Side(role="party", id=others[0]) if len(others) == 1 else None,
        names=_pattern(list(owners)),
        people=_pattern(people),
        owners=owners,
        military=frozenset(_key(name) for party in pack.parties for name in party.military),
        places=frozenset(_key(name) for place in pack.places for name in place.all_names),
    )


def _is_state(party: Party) -> bool:
    """Tell whether a party governs: packs that give no kind tell it by the names."""
    governs = any(_GOVERNS.search(name) for name in party.names)
    fights = any(map(_REBELLING.search, party.names))
    if fights and not any(map(_OWN_GOVERNMENT.search, party.names)):
        return False
    return party.kind == "state" and governs


def _people_of(names: tuple[str, ...]) -> list[str]:
    """Return the people among names of bodies: those with a given name or a surname on its own.

    Packs list "Massad Boulos" and "Boulos" side by side with "Washington" and "White House".
    """
    found = []
    for name in names:
        parts = name.split()
        full = _looks_personal(name) and (given_gender(name) is not None or parts[-1] in names)
        if full:
            found += [name, *(n for n in names if n == parts[-1])]
    return found


def _looks_personal(name: str) -> bool:
    """Tell whether a listed name is two or three bare capitalised words, like a person's."""
    words = name.split()
    return (
        len(words) in {2, 3}
        and all(word[:1].isupper() for word in words)
        and not (_INSTITUTION.search(name))
    )


_INSTITUTION = re.compile(
    r"(?i)army|forces|ministry|minister|region|republic|government|council|authorit|corps|front"
    r"|movement|guard|command|party|brigade|state|united|kingdom|defen[cs]e|office|peace|city"
)

EMPTY = Sides(names=re.compile(r"(?!)"), people=re.compile(r"(?!)"), owners={})


def sides_of(pack: Pack | None) -> Sides:
    """Return the compiled names of `pack`."""
    return EMPTY if pack is None else _compile(pack)
