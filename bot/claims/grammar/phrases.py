"""Phrases of a sentence and the words between them: times, adverbs, auxiliaries, vessels.

No parser: a phrase is a bounded run of words between marks, clause words and finite verbs.
`bot.claims.grammar.subjects` reads the phrase left of a verb, `bot.claims.grammar.agents` the one right of it.
"""

from __future__ import annotations

from itertools import pairwise
from typing import NamedTuple

from bot.claims.grammar.cues import lexicon
from bot.claims.grammar.tokens import Token
from bot.claims.grammar.wordlists import (
    ADVERBS,
    AUXILIARIES,
    DETERMINERS,
    NEGATIONS,
    NOT_ADVERBS,
    PLURAL_GROUPS,
    PREPOSITIONS,
    ROLE_NOUNS,
    SUBORDINATORS,
    TIME_WORDS,
    VESSELS,
    word_set,
)

#: Longest source in words.
MAX_WORDS = 16
#: Words that no source contains.
CUT = SUBORDINATORS | AUXILIARIES | (NEGATIONS - {"neither", "nor"}) | {"said", "says", "told"}
DASHES = frozenset({"—", "–", "--"})
_HELPERS = AUXILIARIES | NEGATIONS
_LEADS = frozenset({"on", "late", "early", "this", "last", "in"})
_ARTICLES = frozenset({"a", "an", "the", "his", "her", "its"})
_TAILS = PREPOSITIONS | {"when", "while", "as", "this", "last", "late", "early"}
_NAMED = ROLE_NOUNS | PLURAL_GROUPS
_UNITS = word_set("minute minutes hour hours day days week weeks month months moments moment")
_NEXT = word_set("next same following previous")
_SINCE = word_set("later before earlier ago after afterwards")


class Phrase(NamedTuple):
    """A source: its head phrase and what stands beside it between commas."""

    first: int  #: token index
    last: int  #: token index, inclusive
    aside: tuple[int, int] | None = None  #: appositive or relative clause
    cut: int = 0  #: characters of the last token that do not belong to it: the "'s" of an owner


def is_adverb(token: Token) -> bool:
    """Tell whether a word may stand between subject and verb."""
    low = token.low
    return low in ADVERBS or (
        low.endswith("ly") and low not in NOT_ADVERBS and token.text[:1].islower()
    )


def is_time(tokens: list[Token], i: int) -> bool:
    """Tell whether token `i` is part of a stated time such as "on Friday night"."""
    low = tokens[i].low
    if low == "may":
        return i + 1 < len(tokens) and tokens[i + 1].low[:1].isdigit()
    if low in TIME_WORDS:
        return tokens[i].text[:1].isupper() or not _month_like(low)
    if low[:1].isdigit():
        return bool(
            (i and tokens[i - 1].low in TIME_WORDS)
            or (i + 1 < len(tokens) and tokens[i + 1].low in TIME_WORDS)
        )
    return False


def _month_like(low: str) -> bool:
    return low in {"march", "sun", "sat", "wed"}


def before_verb(tokens: list[Token], verb: int, first: int) -> int:
    """Return the last token left of `verb` that is no auxiliary, negation, adverb or time."""
    i = verb - 1
    while i >= first:
        token = tokens[i]
        low = token.low
        if token.quoted and not token.word:
            return i
        if low in _HELPERS and not is_time(tokens, i):
            i -= 1
        elif is_time(tokens, i):
            i -= 1
            while i >= first and tokens[i].low in _LEADS:
                i -= 1
        elif token.word and is_adverb(token):
            i -= 1
        elif _vessel_end(tokens, i, first) is not None:
            i = _vessel_end(tokens, i, first) or 0
        else:
            break
    return i


def _vessel_end(tokens: list[Token], i: int, first: int) -> int | None:
    """Return the index before "in a statement" that ends at `i`, if one does."""
    if tokens[i].low not in VESSELS:
        return None
    j = i
    while j >= first and i - j < 5:
        if tokens[j].low in {"in", "on"} and j < i:
            return j - 1
        if tokens[j].low not in VESSELS and tokens[j].low not in _ARTICLES and j < i:
            return None
        j -= 1
    return None


def previous_mark(tokens: list[Token], end: int, first: int, mark: str) -> int | None:
    """Return the nearest `mark` left of `end`, None where a quotation mark stands between."""
    for i in range(end - 1, max(first, end - 26) - 1, -1):
        if tokens[i].text == mark and not tokens[i].quoted:
            return i
        if tokens[i].quoted and not tokens[i].word:
            return None
    return None


def is_clause_verb(tokens: list[Token], i: int, first: int) -> bool:
    """Tell whether token `i` is a lexicon verb that ends a phrase beside it."""
    token = tokens[i]
    found = lexicon().get(token.low)
    if found is None or token.quoted or token.text[0].isupper():
        return False
    if found.form == "past":
        before = tokens[i - 1].low if i > first else ""
        return before not in DETERMINERS and not _modifies(tokens, i, before)
    if token.low in {"says", "tells", "accuses", "denies", "urges"}:
        return i == first or tokens[i - 1].low not in DETERMINERS
    return False


def _modifies(tokens: list[Token], i: int, before: str) -> bool:
    """Tell whether a participle belongs to its noun: "officials briefed on the talks"."""
    after = tokens[i + 1].low if i + 1 < len(tokens) else ""
    return before in _NAMED and after in {"on", "about", "by"}


def ends_statement(tokens: list[Token], i: int) -> bool:
    """Tell whether nothing but time, place, audience or an aside follows from token `i`."""
    if i < len(tokens) and tokens[i].text == "(":
        i = after_bracket(tokens, i)
    while i < len(tokens) and (is_time(tokens, i) or (tokens[i].word and is_adverb(tokens[i]))):
        i += 1
    if i >= len(tokens):
        return True
    token = tokens[i]
    if not token.word:
        return token.text not in {":", "(", "[", "-"} and not (token.quoted and token.text != ",")
    if token.low in _TAILS:
        return True
    words = [t.low for t in tokens[i : i + 5]]
    if words[0] in {"the", "that"} and words[1:2] and words[1] in _NEXT:
        return True
    return any(a in _UNITS and b in _SINCE for a, b in pairwise(words))


def after_bracket(tokens: list[Token], i: int) -> int:
    """Return the index behind a bracket of a few words that opens at `i`, or `i` itself."""
    for j in range(i + 1, min(len(tokens), i + 8)):
        if tokens[j].text == ")":
            return j + 1
    return i


def phrase_text(text: str, tokens: list[Token], phrase: Phrase) -> str:
    """Return the words of a phrase as the sentence has them."""
    return text[tokens[phrase.first].start : tokens[phrase.last].end - phrase.cut]
