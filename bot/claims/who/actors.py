"""The noun phrase that opens a sentence: who acts there, whether or not anybody speaks.

No parser: a bounded run of words that ends with the last name or noun of office before a verb, a
mark or an unknown word. A later "he", "it" or "they" may stand for it.
"""

from __future__ import annotations

from bot.claims.grammar.cues import lexicon
from bot.claims.grammar.phrases import Phrase, is_adverb, is_time
from bot.claims.grammar.tokens import Token
from bot.claims.grammar.wordlists import (
    AUXILIARIES,
    BODY_NOUNS,
    DETERMINERS,
    PLURAL_GROUPS,
    PREPOSITIONS,
    PRONOUNS,
    ROLE_NOUNS,
    SUBORDINATORS,
)
from bot.claims.who.offices import EXTRA_ROLES, OFFICE_WORDS

_MAX_WORDS = 12
_NOUNS = ROLE_NOUNS | BODY_NOUNS | PLURAL_GROUPS | EXTRA_ROLES
_LINKS = {"of", "in", "from", "at", "for"}
_STOPS = AUXILIARIES | PREPOSITIONS | SUBORDINATORS | PRONOUNS


def acting_phrase(tokens: list[Token], first: int) -> Phrase | None:
    """Return the subject that opens the sentence; None where two are joined or none is seen."""
    begin = _skip_lead(tokens, first)
    last, i = None, begin
    while i < len(tokens) and i - begin < _MAX_WORDS and tokens[i].word and not tokens[i].quoted:
        low = tokens[i].low
        if _is_anchor(tokens, i, begin):
            last = i
        elif last is not None and low in _LINKS and _leads_name(tokens, i):
            i += tokens[i + 1].low == "the"
        elif last is not None or not (low in OFFICE_WORDS or _may_lead(tokens[i], i - begin)):
            break
        i += 1
    if last is None or (i < len(tokens) and tokens[i].low in {"and", "or"}):
        return None
    if _is_attribute(tokens, last):
        return None
    return Phrase(begin, last, _aside(tokens, last))


def _is_attribute(tokens: list[Token], last: int) -> bool:
    """Tell whether an unknown noun follows that acts itself: "the Red Cross convoy crossed"."""
    if last + 2 >= len(tokens) or not tokens[last + 1].word or tokens[last + 1].low in _STOPS:
        return False
    noun, verb = tokens[last + 1], tokens[last + 2]
    if noun.text[0].isupper() or is_adverb(noun) or noun.low.endswith("ed"):
        return False
    return verb.low.endswith("ed") or verb.low in AUXILIARIES or verb.low in lexicon()


def _skip_lead(tokens: list[Token], first: int) -> int:
    """Return where the main clause begins behind "On Friday," and the like."""
    i = first
    while i < len(tokens) and (tokens[i].low in {"and", "but", "then"} or is_adverb(tokens[i])):
        i += 1
    if i < len(tokens) and (tokens[i].low in PREPOSITIONS or is_time(tokens, i)):
        for j in range(i, min(len(tokens), i + 10)):
            if tokens[j].text == ",":
                return j + 1
    elif first < i < len(tokens) and tokens[i].text == ",":
        return i + 1
    return i


def _is_anchor(tokens: list[Token], i: int, begin: int) -> bool:
    token = tokens[i]
    if token.low in DETERMINERS or token.low in _STOPS:
        return False
    if token.low in _NOUNS:
        return True
    if token.low.endswith(("'s", "s'")):
        return False
    return token.text[0].isupper() and (i > begin or token.low not in lexicon())


def _may_lead(token: Token, distance: int) -> bool:
    """Tell whether a word may stand in front of the noun: an article, a number, an adjective."""
    return distance < 4 and token.low not in _STOPS and token.low not in lexicon()


def _leads_name(tokens: list[Token], i: int) -> bool:
    """Tell whether a preposition leads to a name or a body: "of Orvel", "at the hospital"."""
    j = i + 1
    if j < len(tokens) and tokens[j].low == "the":
        j += 1
    if j >= len(tokens) or not tokens[j].word or is_time(tokens, j):
        return False
    return tokens[j].text[0].isupper() or tokens[j].low in BODY_NOUNS


def _aside(tokens: list[Token], last: int) -> tuple[int, int] | None:
    """Return the words between two commas behind token `last`."""
    i = last + 1
    if i >= len(tokens) or tokens[i].text != ",":
        return None
    for j in range(i + 1, min(len(tokens), i + 16)):
        if tokens[j].text == ",":
            return (i + 1, j - 1) if j > i + 1 else None
        if not tokens[j].word:
            return None
    return None
