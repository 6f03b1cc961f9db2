"""The noun of a counted phrase: which word says who or what is counted, and where it ends. Pure."""

from __future__ import annotations

from dataclasses import dataclass, replace

from bot.claims.figures import nouns
from bot.claims.figures.harm import BODIES, COUNTED, LIVES, harm_at
from bot.claims.figures.scene import Group, Kind
from bot.claims.figures.tokens import Token, Words
from bot.claims.grammar.wordlists import (
    AUXILIARIES,
    PREPOSITIONS,
    PRONOUNS,
    SUBORDINATORS,
    TIME_WORDS,
    word_set,
)
from bot.types import Measure

#: Words that a counted noun runs over.
RUN = 9
#: The side of "two of its own soldiers".
OWN = "own"
OWNERS = word_set("his her their its our my your")
ONE_OPENERS = word_set("a an another the") | OWNERS
_MEMBERS = word_set("members member cadres cadre supporters sympathizers sympathisers")
_ARMED_MOVEMENTS = word_set(
    "front movement liberation revolutionary rebel guerrilla insurgent resistance faction jihad"
    " separatist maoist outlawed banned"
)
_STATE_FORCES = word_set("police army guard guards forces gendarmerie navy military battalion")
#: Nouns that make one name of an occupation with the noun behind them.
_OFFICES = word_set(
    "customs traffic intelligence park railway sanitation police aid health relief rescue"
    " security border prison construction oil factory railway media emergency ambulance hospital"
    " school university bus taxi truck farm family crew coffee"
)
NO_FOREIGNERS = word_set("us u.s. un u.n. nato european soviet ottoman persian")
#: "a village head" is a person.
_HEADED = word_set("village clan family district town household tribal community ward")
_ARTICLES = word_set("the a an")
_DATING = word_set("last this each every")
_FILLERS = word_set("more other additional further new such")
_SAYING = word_set(
    "said says say told reported added announced claimed according stated confirmed fled ran"
    " escaped remained went came sustained suffered received"
)
_MARKS = frozenset(", . ; : ( ) — - ! ? / & ' | + = n # …".split())
STOPS = (
    _MARKS
    | (PREPOSITIONS - word_set("near"))
    | SUBORDINATORS
    | AUXILIARIES
    | PRONOUNS
    | (TIME_WORDS - word_set("night morning evening afternoon noon week month weekend"))
    | _SAYING
    | word_set(
        "near of and or but not no nor that which who whom whose what like per than then also"
        " there here him them aboard onboard aged ago nobody none neither whereas once today so"
        " yet"
    )
) - word_set("second")
ENDS = STOPS | {""}
#: Adjectives too: "the civilian population" is nobody.
ADJECTIVES = word_set(
    "minor native local adult national civilian subversive militant terrorist extremist"
    " separatist islamist guerrilla rebel insurgent loyalist jihadist maoist peasant"
    " representative human veteran novice trainee"
)
LEANING = word_set("general major private chief principal") | ADJECTIVES


@dataclass(frozen=True, slots=True)
class Noun:
    """What a number or an article stands before."""

    kind: Kind
    head: str | None
    last: int  #: its place; the word before its start where there is none
    measure: Measure | None = None  #: what its own words say: "wounded" in "three wounded men"


def read_noun(words: Words, start: int, *, one: bool) -> Noun:
    """Return the noun that begins at a word; `one` asks for one person instead of several."""
    nothing = Noun(Kind.BARE, None, start - 1)
    noun, unknown = nothing, ""
    for at in range(start, min(start + RUN, len(words.lows))):
        step = _read_word(words, at, noun, unknown, one=one)
        if step is None:
            break
        noun, unknown, ended = step
        if ended:
            return noun
    if noun.kind is Kind.THING:
        return (_works_with(words, noun) if one else None) or noun
    if one and noun.kind is Kind.PEOPLE:
        return nothing if _is_unfinished(words, noun) else noun
    if one:
        return _known_by_form(words, start)
    if noun.kind is Kind.OPEN:
        plural = unknown.endswith(("s", "n")) and not unknown.endswith(("ss", "'s"))
        return replace(noun, head=unknown) if plural else nothing
    return noun


#: A noun read so far, the last word no list knows, and whether nothing may follow.
_Step = tuple[Noun, str, bool]


def _read_word(words: Words, at: int, noun: Noun, unknown: str, *, one: bool) -> _Step | None:
    """Return the noun with one more word; None where the word does not belong to it."""
    low = words.lows[at]
    if low == "'" and words.before(at).endswith("s"):
        return noun, unknown, False
    if low in _DATING and noun.last == at - 1 and noun.head is None:
        return None  # "injured 1,042 last month"
    if low == "head" and words.at(at + 1) == "of":
        return Noun(Kind.THING, None, at), unknown, True
    if (low in STOPS and low not in ("other", "some")) or (
        low in _ARTICLES and noun.kind is Kind.BARE
    ):
        return None
    if low in OWNERS and noun.head is not None:
        return None  # "cost 52 people their lives"
    if noun.head is None:
        opens = noun.kind is Kind.BARE or (noun.kind is Kind.OPEN and unknown.endswith("ly"))
        kind, measure = _own_measure(words, at, one=one, opens=opens)
        if kind is not None:
            return Noun(kind, low, at, measure), unknown, True
        if measure is not None:
            return replace(noun, measure=measure), unknown, False
    if harm_at(words.lows, at) or (low.endswith("'s") and noun.head):
        return None
    if words.at(at + 1) == "'" and low.endswith("s"):
        return noun, unknown, False  # "Workers' Party militants"
    return _read_plain(words, at, noun, unknown, one=one)


def _read_plain(words: Words, at: int, noun: Noun, unknown: str, *, one: bool) -> _Step | None:
    low = words.lows[at]
    headed = low in ("head", "heads") and words.before(at) in _HEADED
    if _is_person(words.tokens[at], one=one) or (headed and (low == "head") is one):
        return Noun(Kind.PEOPLE, low, at, noun.measure), unknown, False
    thing = nouns.is_thing(low)
    if noun.head is not None:
        if _goes_on(words, at, one=one):
            return noun, unknown, False
        return (
            (Noun(Kind.THING, None, at), unknown, True) if thing and at == noun.last + 1 else None
        )
    if thing:
        return Noun(Kind.THING, None, at), unknown, False
    if noun.kind is Kind.THING and not _goes_on(words, at, one=one):
        return None
    if noun.kind is not Kind.THING and low not in _FILLERS:
        return Noun(Kind.OPEN, None, at, noun.measure), low, False
    return noun, unknown, False


def _is_unfinished(words: Words, noun: Noun) -> bool:
    """Tell whether a noun only stands before another ("the Jesuit priests", "national guard")."""
    head = noun.head or ""
    following = words.at(noun.last + 1)
    if nouns.are_people(following):
        return True
    leans = head in LEANING or head.endswith("-old")
    return leans and not _ends(words, noun.last) and not following.endswith(("ed", "ing"))


def _ends(words: Words, last: int) -> bool:
    return words.at(last + 1) in ENDS or harm_at(words.lows, last + 1) is not None


def _works_with(words: Words, thing: Noun) -> Noun | None:
    """Return the operator of "a drone operator"."""
    at = thing.last + 1
    agent = nouns.is_agent(words.at(at)) and _ends(words, at)
    return Noun(Kind.PEOPLE, words.at(at), at) if agent else None


def _known_by_form(words: Words, start: int) -> Noun:
    """Read "a Colombian" and "a fruit seller", known by form alone."""
    for at in range(start, start + 4):
        low = words.at(at)
        if low in STOPS or harm_at(words.lows, at) or nouns.is_thing(low):
            break
        foreigner = at == start and nouns.is_nation(low) and low not in NO_FOREIGNERS
        if _ends(words, at) and (foreigner or nouns.is_agent(low)):
            return Noun(Kind.PEOPLE, low, at)
    return Noun(Kind.BARE, None, start - 1)


def _own_measure(
    words: Words, at: int, *, one: bool, opens: bool
) -> tuple[Kind | None, Measure | None]:
    """Read "bodies", "lives", "deaths" as nouns, or a participle in front of its noun."""
    low = words.lows[at]
    if low in BODIES:
        single = low in ("body", "corpse", "cadaver")
        owned = words.at(at + 1) == "of" and words.at(at + 2) in ONE_OPENERS | {"n"}
        return (None, None) if owned or single is not one else (Kind.BODY, Measure.KILLED)
    if low in LIVES:
        return Kind.LIVES, Measure.KILLED
    measure = _participle(words, at)
    if measure is None:
        single = low in ("death", "injury", "fatality")
        return (Kind.HARM, COUNTED[low]) if low in COUNTED and single is one else (None, None)
    if not opens:
        return None, None
    if low in COUNTED and nouns.is_thing(words.at(at + 1)):
        return Kind.THING, None  # "12 dead batteries"
    for ahead in (at + 1, at + 2, at + 3):
        if words.at(ahead) in ENDS or harm_at(words.lows, ahead):
            break
        if _is_person(words.tokens[ahead], one=one):
            return None, measure
    return (Kind.HARM, measure) if low in COUNTED else (None, None)


def _participle(words: Words, at: int) -> Measure | None:
    harm = harm_at(words.lows, at)
    if harm is not None and harm.form in ("ed", "en", "adj") and harm.size == 1:
        return harm.measure
    return None


def _goes_on(words: Words, at: int, *, one: bool) -> bool:
    """Tell whether another noun for people ends the same run ("police union leaders")."""
    ahead = at + 1
    return (
        words.lows[at] not in STOPS
        and ahead < len(words.lows)
        and not words.lows[at].endswith("ed")
        and _is_person(words.tokens[ahead], one=one)
    )


def _is_person(token: Token, *, one: bool) -> bool:
    if one:
        return nouns.is_person(token.low)
    return nouns.are_people(token.low) or (nouns.are_demonym(token.word) and token.low[-1] in "se")


def name_of(words: Words, head: str | None, last: int) -> str | None:
    """Return a noun as the text has it: "officers" with what makes it an office, "police"."""
    before = words.before(last)
    whole = head is not None and words.at(last) == head and before in _OFFICES
    return f"{before} {head}" if whole else head


def side_of(words: Words, first: int, last: int, head: str | None) -> str | None:
    if OWN in words.lows[first:last]:
        return OWN
    for at in range(first, last + 1):
        token = words.tokens[at]
        if nouns.is_nation(token.low) and not token.number:
            return token.low[:5]
        if token.number or nouns.names_no_side(token.low):
            continue
        if words.plain and at > 0 and token.word[:1].isupper() and len(token.word) > 1:
            return token.low[:5]
    return nouns.role_of(head) or _membership(words, last, head)


def _membership(words: Words, last: int, head: str | None) -> str | None:
    """Return the camp that "members of the liberation front" belong to."""
    if head not in _MEMBERS or words.at(last + 1) != "of":
        return None
    camp = None
    for low in words.lows[last + 2 : last + 2 + RUN]:
        if low in (",", ";", ".", "and") or harm_at((low,), 0) or low in AUXILIARIES:
            break
        if low in _ARMED_MOVEMENTS:
            return "insurgents"
        camp = "forces" if low in _STATE_FORCES else camp
    return camp


def _is_joined(words: Words, at: int) -> bool:
    """Tell whether "and children" of "12 women and children" begins at a word."""
    joined = words.at(at) == "and" and nouns.are_people(words.at(at + 1))
    return joined and (words.at(at + 2) in ENDS or harm_at(words.lows, at + 2) is not None)


def tail_of(words: Words, group: Group) -> int:
    """Return where "aged 10 and 8", ", 34," or "of 15" behind a noun ends."""
    at = group.last + 1
    if group.stated and group.kind is Kind.PEOPLE and _is_joined(words, at):
        return at + 1
    if words.at(at) == "," and words.at(at + 1) == "aged":
        at += 1
    if words.at(at) == "aged" and words.at(at + 1) in ("n", "#"):
        end = at + 1
        while words.at(end + 1) in ("and", ",") and words.at(end + 2) in ("n", "#"):
            end += 2
        return end
    if words.at(at) == "," and words.at(at + 1) == "#":
        return at + 1
    if words.at(at) == "(" and words.at(at + 1) == "#" and words.at(at + 2) == ")":
        return at + 2
    if group.count.value == 1 and words.at(at) == "of" and words.at(at + 1) in ("n", "#"):
        alone = words.at(at + 2) in ENDS or harm_at(words.lows, at + 2)
        return at + 1 if alone else group.last
    return group.last
