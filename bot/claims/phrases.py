"""Noun phrases beside a reporting verb: where a source begins and ends.

No parser: a phrase is a bounded run of words between marks, clause words and finite verbs.
Every walk is linear in the tokens.
"""

from __future__ import annotations

from typing import NamedTuple

from bot.claims.cues import lexicon
from bot.claims.tokens import Token
from bot.claims.wordlists import (
    ADVERBS,
    AUXILIARIES,
    DETERMINERS,
    NEGATIONS,
    NOT_ADVERBS,
    PREPOSITIONS,
    PRONOUNS,
    SUBORDINATORS,
    TIME_WORDS,
    VESSELS,
)

#: Longest source in words.
MAX_WORDS = 16

_CUT = SUBORDINATORS | AUXILIARIES | {"said", "says", "told"}


class Phrase(NamedTuple):
    """A source: its head phrase and what stands beside it between commas."""

    first: int  #: token index
    last: int  #: token index, inclusive
    aside: tuple[int, int] | None = None  #: appositive or relative clause


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
        if low in AUXILIARIES | NEGATIONS and not is_time(tokens, i):
            i -= 1
        elif is_time(tokens, i):
            i -= 1
            while i >= first and tokens[i].low in {"on", "late", "early", "this", "last", "in"}:
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
        if tokens[j].low not in VESSELS | {"a", "an", "the", "his", "her", "its"} and j < i:
            return None
        j -= 1
    return None


def left_phrase(tokens: list[Token], verb: int, first: int) -> Phrase | None:
    """Return the subject phrase of the verb at `verb`, with an aside between commas."""
    end = before_verb(tokens, verb, first)
    if end < first:
        return None
    aside = None
    if tokens[end].text in {",", "—", "–", "--", ")"}:
        mark = tokens[end].text
        start = _previous_mark(tokens, end, first, "(" if mark == ")" else mark)
        if start is None or start == end - 1:
            return None
        aside = (start + 1, end - 1)
        end = start - 1
    if end < first or not tokens[end].word or tokens[end].low in _CUT | PREPOSITIONS:
        return None
    begin = _left_edge(tokens, end, first)
    begin = _drop_lead(tokens, begin, end)
    if begin > end:
        return None
    return Phrase(begin, end, aside)


def _previous_mark(tokens: list[Token], end: int, first: int, mark: str) -> int | None:
    for i in range(end - 1, max(first, end - 26) - 1, -1):
        if tokens[i].text == mark and not tokens[i].quoted:
            return i
        if tokens[i].quoted and not tokens[i].word:
            return None
    return None


def _left_edge(tokens: list[Token], end: int, first: int) -> int:
    i = end
    while i > first and end - i < MAX_WORDS:
        token = tokens[i - 1]
        if not token.word:
            if token.text == ")" and not token.quoted:
                opening = _previous_mark(tokens, i - 1, first, "(")
                if opening is not None and opening > first:
                    i = opening
                    continue
            break
        low = token.low
        if low in _CUT and not (low == "may" and token.text[0] == "M"):
            break
        if low in PRONOUNS and low != "it":
            break
        if low in {"and", "or"} and not _joins(tokens, i - 1, first):
            break
        if _is_clause_verb(tokens, i - 1, first):
            break
        i -= 1
    return i


def _joins(tokens: list[Token], i: int, first: int) -> bool:
    """Tell whether "and" at `i` joins two names or nouns rather than two clauses."""
    if i <= first or i + 1 >= len(tokens):
        return False
    left, right = tokens[i - 1], tokens[i + 1]
    if right.low in PRONOUNS or not left.word:
        return False
    span = tokens[max(first, i - 5) : i]
    if any(_is_clause_verb(tokens, max(first, i - 5) + n, first) for n in range(len(span))):
        return False
    if left.text[0].isupper() and right.text[0].isupper():
        return True
    return right.low not in DETERMINERS or left.text[0].isupper()


def _is_clause_verb(tokens: list[Token], i: int, first: int) -> bool:
    """Tell whether token `i` is a lexicon verb that ends a phrase to its right."""
    token = tokens[i]
    found = lexicon().get(token.low)
    if found is None or token.quoted or token.text[0].isupper():
        return False
    if found.form == "past" or token.low in {"says", "tells", "accuses", "denies", "urges"}:
        return i == first or tokens[i - 1].low not in DETERMINERS
    return False


def _drop_lead(tokens: list[Token], begin: int, end: int) -> int:
    """Skip an introduction without comma: "On Tuesday the army", "In a statement the ministry"."""
    low = tokens[begin].low
    if low in {"and", "but", "or", "so", "then", "yet"}:
        return _drop_lead(tokens, begin + 1, end) if begin < end else end + 1
    if is_adverb(tokens[begin]) and begin < end and low not in {"both", "all", "each"}:
        return _drop_lead(tokens, begin + 1, end)
    if low in {"in", "on", "at", "by", "for", "from", "after", "during", "late", "earlier"}:
        for i in range(begin + 1, end + 1):
            if is_time(tokens, i) or tokens[i].low in {"day", "week", "month", "year"}:
                while i <= end and (is_time(tokens, i) or tokens[i].low in {"day", "week"}):
                    i += 1
                return i
            if tokens[i].low in VESSELS and i < end and tokens[i + 1].low not in VESSELS:
                return i + 1
        return end + 1 if begin == end else begin
    if is_time(tokens, begin):
        return _drop_lead(tokens, begin + 1, end) if begin < end else end + 1
    return begin


def right_phrase(tokens: list[Token], start: int) -> Phrase | None:
    """Return the source that begins at token `start`, with an appositive after a comma."""
    if start >= len(tokens) or not tokens[start].word or tokens[start].quoted:
        return None
    end = start - 1
    for i in range(start, min(len(tokens), start + MAX_WORDS)):
        if not _inside_right(tokens, i, start):
            break
        end = i
    while end > start and tokens[end].low in PREPOSITIONS | DETERMINERS | {"and", "or"}:
        end -= 1
    if end < start or tokens[end].low in PREPOSITIONS | DETERMINERS:
        return None
    return Phrase(start, end, _right_aside(tokens, end))


def _inside_right(tokens: list[Token], i: int, start: int) -> bool:
    token = tokens[i]
    low = token.low
    if not token.word:
        return token.text == "(" and _closed_abbreviation(tokens, i)
    if low in _CUT or (low in PRONOUNS and i > start):
        return False
    if i > start and (is_time(tokens, i) or (token.text[0].islower() and is_adverb(token))):
        return False
    if low in {"in", "on", "to", "at", "during", "from", "via", "by", "through", "with"} and (
        i > start
    ):
        return low in {"in", "to", "from", "on", "at"} and _names_place(tokens, i)
    if i > start and low in {"about", "over", "against", "into", "under", "without", "following"}:
        return False
    return not _is_clause_verb(tokens, i, start) or i == start


def _closed_abbreviation(tokens: list[Token], i: int) -> bool:
    return i + 2 < len(tokens) and tokens[i + 1].text.isupper() and tokens[i + 2].text == ")"


def _names_place(tokens: list[Token], i: int) -> bool:
    """Tell whether a preposition at `i` leads to a name rather than to a vessel or a time."""
    j = i + 1
    if j < len(tokens) and tokens[j].low == "the":
        j += 1
    if j >= len(tokens) or not tokens[j].word:
        return False
    token = tokens[j]
    if token.low in VESSELS or is_time(tokens, j) or token.low in {"reporters", "journalists"}:
        return False
    return token.text[0].isupper() or token.low in {"charge", "town", "city", "region", "area"}


def _right_aside(tokens: list[Token], end: int) -> tuple[int, int] | None:
    i = end + 1
    if i >= len(tokens) or tokens[i].text != ",":
        return None
    stop = i + 1
    while stop < len(tokens) and stop - i < 14 and tokens[stop].word:
        if tokens[stop].low in _CUT and stop > i + 1:
            return None
        stop += 1
    first = tokens[i + 1] if i + 1 < len(tokens) else None
    if first is None or not first.word or stop == i + 1:
        return None
    if first.low in {"who", "whose", "speaking"} or first.low in {"a", "an", "the"}:
        return (i + 1, stop - 1)
    names = [t for t in tokens[i + 1 : stop] if t.text[0].isupper()]
    return (i + 1, stop - 1) if len(names) == stop - i - 1 and len(names) >= 2 else None


def ends_statement(tokens: list[Token], i: int) -> bool:
    """Tell whether nothing but time, place, audience or an aside follows from token `i`."""
    while i < len(tokens) and (is_time(tokens, i) or (tokens[i].word and is_adverb(tokens[i]))):
        i += 1
    if i >= len(tokens):
        return True
    token = tokens[i]
    if not token.word:
        return token.text not in {":", "(", "[", "-"} and not (token.quoted and token.text != ",")
    return token.low in PREPOSITIONS | {"when", "while", "as", "this", "last", "late", "early"}
