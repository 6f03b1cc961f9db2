"""Nouns that can speak and nouns that cannot: what a source phrase may be headed by.

The head of a phrase is the last word before its first preposition. `cannot_speak` is a veto for
things ("the shelling", "burnt buses"); `names_speaker` asks for a name, an office, a body or an
agent, and serves where word order alone proves nothing.
"""

from __future__ import annotations

from bot.claims.grammar.phrases import Phrase, is_adverb
from bot.claims.grammar.tokens import Token
from bot.claims.grammar.wordlists import (
    ANONYMOUS_NOUNS,
    BODY_NOUNS,
    DETERMINERS,
    MESSAGES,
    PERSON_TITLES,
    PLURAL_GROUPS,
    PREPOSITIONS,
    PRONOUNS,
    ROLE_NOUNS,
    TIME_WORDS,
    word_set,
)

SPEAKERS = ROLE_NOUNS | BODY_NOUNS | PLURAL_GROUPS | ANONYMOUS_NOUNS | MESSAGES | PERSON_TITLES
#: Small words of an office in front of its noun or of a name.
OFFICE_WORDS = SPEAKERS | word_set(
    "senior top former deputy chief state security general health finance justice national"
    " public regional provincial rebel opposition ruling military naval air border civil human"
    " rights affairs armed acting interim outgoing second third presidential political candidate"
    " other nominee member members campaign congressional federal local veteran leading"
)
#: Things that a careless verb may seem to make speak.
_THINGS = word_set(
    "bus buses lorry lorries truck trucks drone drones missile missiles rocket rockets shell"
    " shells bomb bombs bullet bullets mine mines gun guns tank tanks plane planes jet jets strike"
    " strikes airstrike airstrikes attack attacks raid raids blast blasts war wars battle battles"
    " clash clashes fire fires quake earthquake storm flood floods wave waves house houses building"
    " buildings street streets road roads bridge bridges wall walls school schools sign signs"
    " picture pictures image images photo photos photograph photographs scene scenes footage map"
    " maps smoke ruins debris rubble crater craters wreckage night nights day days morning week"
    " weeks month months year years number numbers toll vote votes poll polls price prices talks"
    " trip visit event events case cases issue issues question questions problem problems crisis"
    " truce ceasefire cease-fire deal pact treaty accord matter memories bankruptcy taxes silence"
    " story stories winter cold hunger famine disease cholera lives life death deaths violence"
    " remarks comments criticism praise calls call move moves step steps interest interests"
    " convoy convoys column columns car cars vehicle vehicles ship ships boat boats train trains"
    " aircraft rain snow weather mud dust siege sieges body bodies"
    " trials trial charges charge results result rules rule law laws line lines"
)
#: Documents state and say, but they do not claim, tell or deny.
_DOCUMENTS = word_set("plan deal agreement text draft resolution roadmap proposal document terms")
_THING_ENDINGS = (
    "tion", "tions", "sion", "sions", "ment", "ments", "ance", "ence", "ness", "ing", "ings",
    "ism", "ship", "hood", "ity", "ities", "ure", "ures", "age",
)  # fmt: skip
_NOT_THINGS = SPEAKERS | word_set(
    "delegation nation nations corporation foundation intelligence conference audience defence"
    " alliance resistance ambulance community communities majority minority facility king being"
    " television university charity association institution insurance governorate village"
)
_DESCRIBING = word_set(
    "familiar close loyal based backed briefed involved allied aligned linked present responsible"
    " opposed affiliated able stationed trapped caught displaced"
)
_NO_OPENING = PREPOSITIONS | TIME_WORDS
_LEADING = OFFICE_WORDS | DETERMINERS | {"of", "al", "el", "and"}
_AGENT_ENDINGS = (
    "er", "ers", "or", "ors", "ist", "ists", "ian", "ians", "man", "men", "woman", "women", "ee",
    "ees", "eer", "eers", "ant", "ants", "arch", "archs", "person", "people",
)  # fmt: skip
_NOT_AGENTS = word_set(
    "number matter letter winter water power summer tower center corner quarter answer offer river"
    " paper order weather border fodder other another further former latter later over under never"
    " after whether together either neither error terror mirror door floor horror labor labour"
    " favor factor tumor restaurant plant grant want important significant coffee fee degree tree"
    " three committee-level human german roman"
)


def head_of(tokens: list[Token], phrase: Phrase) -> list[Token]:
    """Return the words of a phrase up to what describes its noun from behind."""
    words = [t for t in tokens[phrase.first : phrase.last + 1] if t.word]
    for i, token in enumerate(words):
        if i and (token.low in PREPOSITIONS or _follows_noun(token, words[i - 1])):
            return words[:i]
    return words


def _follows_noun(token: Token, before: Token) -> bool:
    """Tell whether a word describes the noun before it: "residents living", "officials close"."""
    if not token.text[0].islower() or not (is_agent(before.low) or before.low in BODY_NOUNS):
        return False
    low = token.low
    return low in _DESCRIBING or (low.endswith("ing") and low not in SPEAKERS)


def is_agent(low: str) -> bool:
    """Tell whether a small-letter noun stands for somebody who can speak."""
    return low in SPEAKERS or (
        low.endswith(_AGENT_ENDINGS) and len(low) > 4 and low not in _NOT_AGENTS
    )


def names_speaker(tokens: list[Token], phrase: Phrase) -> bool:
    """Tell whether a phrase is headed by a name, an office, a body, an agent or a pronoun."""
    head = head_of(tokens, phrase)
    if not head or head[0].low in _NO_OPENING:
        return False
    if any(is_adverb(t) or t.low.endswith("n't") for t in head[1:]):
        return False
    last = head[-1]
    if len(head) == 1 and last.low in PRONOUNS:
        return True
    if last.low[:1].isdigit() or last.low in PRONOUNS:
        return False
    if not last.text[0].isupper():
        return is_agent(last.low)
    if last.low in _THINGS or last.low.endswith(("'s", "s'")):
        return False
    if len(head) == 1 and phrase.first == 0 and last.low not in SPEAKERS:
        return not last.low.endswith(_THING_ENDINGS)
    lead = [t for t in head[:-1] if not t.text[0].isupper()]
    return all(t.low in _LEADING or is_agent(t.low)
               or t.low.endswith(("'s", "ish", "ese", "ic", "al", "led", "based"))
               for t in lead)  # fmt: skip


def cannot_speak(tokens: list[Token], phrase: Phrase, *, says: bool) -> bool:
    """Tell whether a phrase is headed by a thing; `says` allows documents ("the text says")."""
    head = head_of(tokens, phrase)
    if not head:
        return True
    last = head[-1]
    low = last.low
    if last.text[0].isupper() and phrase.last > phrase.first:
        return False
    if low in _DOCUMENTS:
        return not says
    if low in _NOT_THINGS:
        return False
    return low in _THINGS or (not last.text[0].isupper() and low.endswith(_THING_ENDINGS))
