"""How far a source phrase reaches: its tail, its appositive, and its words as they stand.

The reporting frame gives the core of the phrase. To the right of its verb ("according to a doctor
at the sub-district hospital who ...") nothing else needs the words up to the next mark, so the
tail belongs to the source; a relative clause describes but does not name.
"""

from __future__ import annotations

from typing import NamedTuple

from bot.claims.grammar.cues import lexicon
from bot.claims.grammar.phrases import Phrase, is_adverb, is_time, phrase_text
from bot.claims.grammar.tokens import Token
from bot.claims.grammar.wordlists import (
    AUXILIARIES,
    PLURAL_GROUPS,
    PREPOSITIONS,
    PRONOUNS,
    ROLE_NOUNS,
    SUBORDINATORS,
    VESSELS,
    word_set,
)

#: What may follow a noun for people and still say who they are.
_TAILS = word_set("at in with from on of for near inside close familiar based to by outside")
_RELATIVES = {"who", "whose", "which", "that", "whom", "where"}
_GOES_ON = word_set("adding saying citing quoting noting accusing warning according while after as")
_PEOPLE = ROLE_NOUNS | PLURAL_GROUPS
_ENDS = VESSELS | _RELATIVES | AUXILIARIES | PRONOUNS | _GOES_ON
_NO_CLAUSE = (SUBORDINATORS - _RELATIVES) | word_set("and but that in on at")
_MAX_TAIL = 14
_MAX_ASIDE = 34


class Source(NamedTuple):
    """The words of one source."""

    head: str
    aside: str  #: appositive or relative clause, "" where there is none
    text: str  #: head and aside as the sentence has them


def source_words(text: str, tokens: list[Token], phrase: Phrase, verb: int) -> Source:
    """Return head, aside and full text of a source phrase of the verb at token `verb`."""
    last, aside = phrase.last, phrase.aside
    fronted = phrase.first > verb and not any(t.word for t in tokens[:verb])
    if fronted and aside and not _is_closed(tokens, aside):
        aside = None
    elif phrase.first > verb and not fronted:
        if aside is None and tokens[last].low in _PEOPLE:
            last = _tail(tokens, last)
        aside = aside or _clause_behind(tokens, last)
    end = max(last, aside[1]) if aside else last
    head = phrase_text(text, tokens, Phrase(phrase.first, last, None, phrase.cut))
    if aside is None or phrase.cut:
        return Source(head, "", head)
    beside = text[tokens[aside[0]].start : tokens[aside[1]].end]
    return Source(head, beside, text[tokens[phrase.first].start : tokens[end].end])


def _is_closed(tokens: list[Token], aside: tuple[int, int]) -> bool:
    """Tell whether a comma ends an appositive; "According to the army, the road ..." has none."""
    end = aside[1] + 1
    return end < len(tokens) - 1 and tokens[end].text == ","


def _tail(tokens: list[Token], last: int) -> int:
    """Return the last token of what follows a noun for people and belongs to it."""
    i, found = last + 1, last
    if i >= len(tokens) or tokens[i].low not in _TAILS:
        return last
    while i < len(tokens) and i - last <= _MAX_TAIL and tokens[i].word and not tokens[i].quoted:
        low = tokens[i].low
        if low in _ENDS:
            break
        if is_time(tokens, i) or is_adverb(tokens[i]) or (low in lexicon() and i > last + 1):
            break
        if low not in PREPOSITIONS and low not in {"the", "a", "an", "and", "his", "her", "its"}:
            found = i
        i += 1
    return last if i < len(tokens) and tokens[i].low in VESSELS else found


def _clause_behind(tokens: list[Token], last: int) -> tuple[int, int] | None:
    """Return the appositive or relative clause behind a phrase, up to the next mark."""
    i = last + 1
    if i < len(tokens) and tokens[i].text in {",", "—", "–", "--"}:
        i += 1
    elif i >= len(tokens) or tokens[i].low not in {"who", "whose"}:
        return None
    if i >= len(tokens) or not tokens[i].word or tokens[i].quoted:
        return None
    low = tokens[i].low
    if low in _GOES_ON or low in PRONOUNS or is_time(tokens, i) or is_adverb(tokens[i]):
        return None
    if low in _NO_CLAUSE:
        return None
    stop = i
    while stop < len(tokens) and stop - i < _MAX_ASIDE and tokens[stop].word:
        if tokens[stop].quoted:
            break
        stop += 1
    return (i, stop - 1)


def naming_part(aside: str) -> str:
    """Return an appositive up to its own relative clause, which names others."""
    words = aside.split()
    cut = next((n for n, word in enumerate(words) if n and word.lower() in _RELATIVES), len(words))
    return " ".join(words[:cut])
