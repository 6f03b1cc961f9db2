"""The phrase left of a reporting verb: its subject, with asides, lists and relative clauses.

Every walk is linear in the tokens and bounded.
"""

from __future__ import annotations

from bot.claims.grammar.cues import lexicon
from bot.claims.grammar.nouns import is_agent
from bot.claims.grammar.phrases import (
    CUT,
    DASHES,
    MAX_WORDS,
    Phrase,
    before_verb,
    is_adverb,
    is_clause_verb,
    is_time,
    previous_mark,
)
from bot.claims.grammar.source_lists import list_edge
from bot.claims.grammar.tokens import Token
from bot.claims.grammar.wordlists import (
    DETERMINERS,
    PERSON_TITLES,
    PREPOSITIONS,
    PRONOUNS,
    ROLE_NOUNS,
    VESSELS,
    word_set,
)

NO_END = CUT | PREPOSITIONS | word_set("the a an its his her their our my no and or but")
_RELATIVE = frozenset({"who", "whose", "which"})
#: How far a relative clause without commas reaches.
_CLAUSE = 16
_ATTRIBUTES = word_set("leading ruling remaining visiting king beijing nanjing outgoing incoming")
_ROUGHLY = word_set("about around over under at")
_AMOUNTS = word_set(
    "half least most two three four five six seven eight nine ten a dozen dozens one"
)
_ASIDE_ENDS = DASHES | {",", ")"}
_LEADING = PREPOSITIONS | {"late", "earlier"}
_OFFICES = PERSON_TITLES | ROLE_NOUNS
#: Words that a name in a headline's list may have.
_NAME_WORDS = 3
_LEAD_NOUNS = word_set("day week month year")


def left_phrase(tokens: list[Token], verb: int, first: int) -> Phrase | None:
    """Return the subject phrase of the verb at `verb`, with an aside between commas."""
    end = before_verb(tokens, verb, first)
    if end < first:
        return None
    if tokens[end].text in _ASIDE_ENDS:
        return _with_aside(tokens, end, first)
    phrase = _plain(tokens, end, first, None)
    found = lexicon().get(tokens[verb].low)
    plural = found is not None and found.form == "base"
    return _with_listed(tokens, phrase, first) if phrase and plural else phrase


def _with_listed(tokens: list[Token], phrase: Phrase, first: int) -> Phrase:
    """Add the first name of a headline's list: "Ardovia, Selmara agree to a truce".

    The verb's plural tells that both do it.
    """
    comma = phrase.first - 1
    if comma <= first or comma - first > _NAME_WORDS or tokens[comma].text != ",":
        return phrase
    listed = tokens[first:comma]
    named = all(t.word and t.text[0].isupper() and not is_adverb(t) for t in listed)
    timed = any(is_time(tokens, i) for i in range(first, comma))
    joined = named and not timed and tokens[phrase.first].text[0].isupper()
    return phrase._replace(first=first) if joined else phrase


def _plain(
    tokens: list[Token], end: int, first: int, aside: tuple[int, int] | None
) -> Phrase | None:
    if end < first or not tokens[end].word or tokens[end].low in NO_END:
        return None
    bare = tokens[end].low.split("'")[0]
    if bare in PRONOUNS:
        return Phrase(end, end, aside, len(tokens[end].low) - len(bare))
    begin = _left_edge(tokens, end, first)
    if begin > first and tokens[begin - 1].low in CUT:
        outer = _before_relative(tokens, end, first)
        if outer is not None:
            return outer if aside is None else outer._replace(aside=aside)
    begin = list_edge(tokens, begin, end, first)
    begin = _drop_lead(tokens, begin, end)
    if begin > end or (begin < end and _opens_clause(tokens, begin)):
        return None
    return Phrase(begin, end, aside)


def _opens_clause(tokens: list[Token], begin: int) -> bool:
    """Tell whether a participle opens a clause of its own; in front of a title it belongs to it."""
    titled = tokens[begin].text[0].isupper() and tokens[begin + 1].low in _OFFICES
    return opens_participle(tokens[begin].low) and not titled


def opens_participle(low: str) -> bool:
    """Tell whether a first word opens a participle clause: "Speaking Sunday", "calling Rubio's"."""
    return low.endswith("ing") and len(low) > 4 and low not in _ATTRIBUTES


def _with_aside(tokens: list[Token], end: int, first: int) -> Phrase | None:
    """Read "X, a former prisoner, 56, said": everything behind the first comma is aside."""
    mark = tokens[end].text
    stop = end
    start: int | None = None
    for _ in range(4):
        start = previous_mark(tokens, stop, first, "(" if mark == ")" else mark)
        if start is None or start == stop - 1:
            return None
        stop = _skip_brackets(tokens, start, first)
        if not _is_apposed(tokens, stop, first, mark):
            break
    head = stop if tokens[stop].word else stop - 1
    return None if start is None else _plain(tokens, head, first, (start + 1, end - 1))


def _skip_brackets(tokens: list[Token], start: int, first: int) -> int:
    """Return the index of the mark, or of the bracket "(RSF)" that stands before it."""
    before = start - 1
    if before > first and tokens[before].text == ")":
        opening = previous_mark(tokens, before, first, "(")
        if opening is not None and opening > first:
            return opening
    return start


def _is_apposed(tokens: list[Token], stop: int, first: int, mark: str) -> bool:
    """Tell whether the part before `stop` is itself an aside of what stands before it."""
    if mark != ",":
        return False
    start = previous_mark(tokens, stop, first, ",")
    if start is None or start == stop - 1 or start <= first:
        return False
    opening = tokens[start + 1]
    apart = opening.low in {"a", "an", "who", "whose", "which", "of", "former"} or (
        opening.low[:1].isdigit()
        or (stop - start == 2 and opening.text.endswith("."))
        or (opening.text[0].islower() and is_agent(opening.low))
    )
    return apart and tokens[start - 1].word and tokens[start - 1].text[0].isupper()


def _before_relative(tokens: list[Token], end: int, first: int) -> Phrase | None:
    """Return the noun before a relative clause without commas: "an official who asked ... said"."""
    for i in range(end, max(first, end - _CLAUSE), -1):
        if not tokens[i].word or tokens[i].quoted or tokens[i].low == "that":
            return None
        if tokens[i].low in _RELATIVE and tokens[i - 1].word and end - i > 1:
            return _plain(tokens, i - 1, first, (i, end))
    return None


def _left_edge(tokens: list[Token], end: int, first: int) -> int:
    i = end
    while i > first and end - i < MAX_WORDS:
        token = tokens[i - 1]
        if not token.word:
            if token.text == ")" and not token.quoted:
                opening = previous_mark(tokens, i - 1, first, "(")
                if opening is not None and opening > first:
                    i = opening
                    continue
            break
        low = token.low
        if low in CUT and not (low in {"may", "said"} and token.text[0].isupper()):
            break
        if low in PRONOUNS and low != "it":
            break
        if low in {"and", "or"} and not _joins(tokens, i - 1, first):
            break
        if is_clause_verb(tokens, i - 1, first):
            break
        i -= 1
    return i


def _joins(tokens: list[Token], i: int, first: int) -> bool:
    """Tell whether "and" at `i` joins two names or nouns rather than two clauses."""
    if i <= first or i + 1 >= len(tokens):
        return False
    left, right = tokens[i - 1], tokens[i + 1]
    if right.low in PRONOUNS or not (left.word or left.text == ")"):
        return False
    begin = max(first, i - 5)
    if any(is_clause_verb(tokens, n, first) for n in range(begin, i)):
        return False
    if left.text[0].isupper() and right.text[0].isupper():
        return True
    return right.low not in DETERMINERS or left.text[0].isupper() or left.text == ")"


def _drop_lead(tokens: list[Token], begin: int, end: int) -> int:
    """Skip an introduction without comma: "On Tuesday the army", "In a statement the ministry"."""
    low = tokens[begin].low
    if low in {"and", "but", "or", "so", "then", "yet"}:
        return _drop_lead(tokens, begin + 1, end) if begin < end else end + 1
    if is_adverb(tokens[begin]) and begin < end and low not in {"both", "all", "each"}:
        return _drop_lead(tokens, begin + 1, end)
    if low in _ROUGHLY and begin < end and _is_quantity(tokens[begin + 1]):
        return begin
    if low in _LEADING:
        return _after_lead(tokens, begin, end)
    if is_time(tokens, begin):
        return _drop_lead(tokens, begin + 1, end) if begin < end else end + 1
    return begin


def _is_quantity(token: Token) -> bool:
    """Tell whether "about" or "at" before this word begins an amount, not an introduction."""
    return token.low[:1].isdigit() or token.low in _AMOUNTS


def _after_lead(tokens: list[Token], begin: int, end: int) -> int:
    for i in range(begin + 1, end + 1):
        if is_time(tokens, i) or tokens[i].low in _LEAD_NOUNS:
            while i <= end and (is_time(tokens, i) or tokens[i].low in {"day", "week"}):
                i += 1
            return i
        if tokens[i].low in VESSELS and i < end and tokens[i + 1].low not in VESSELS:
            return i + 1
    titled = _titled_name(tokens, begin, end)
    return titled if titled is not None else end + 1


def _titled_name(tokens: list[Token], begin: int, end: int) -> int | None:
    """Return where a name with its office begins behind a lead: "To both armies Swiss envoy X"."""
    if not tokens[end].text[0].isupper():
        return None
    start = end
    while start - 1 > begin and (
        tokens[start - 1].text[0].isupper() or tokens[start - 1].low in _OFFICES
    ):
        start -= 1
    return start if any(t.low in _OFFICES for t in tokens[start:end]) else None
