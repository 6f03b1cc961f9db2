"""Who opens a sentence, whatever its verb: the subject of "X drew a contrast, saying that"."""

from __future__ import annotations

from bot.claims.grammar.nouns import OFFICE_WORDS, names_speaker
from bot.claims.grammar.phrases import CUT, MAX_WORDS, Phrase, is_adverb
from bot.claims.grammar.subjects import NO_END, opens_participle
from bot.claims.grammar.tokens import Token
from bot.claims.grammar.wordlists import DETERMINERS, PREPOSITIONS, PRONOUNS, word_set

_OFFICES = DETERMINERS | OFFICE_WORDS
_OPENING = PRONOUNS | DETERMINERS
_UNITS = DETERMINERS | word_set("minutes hours days weeks months years moments")


def opening_subject(tokens: list[Token], first: int) -> Phrase | None:
    """Return the speaker who opens the sentence, whatever the verb: "Zakharova hit back"."""
    start = first
    while start < len(tokens) and (
        is_adverb(tokens[start])
        or tokens[start].low in {"and", "but", "yet", "then"}
        or (start > first and tokens[start].text == ",")
    ):
        start += 1
    end = start - 1
    for i in range(start, min(len(tokens), start + MAX_WORDS)):
        token = tokens[i]
        if not token.word or token.quoted or token.low in CUT:
            break
        if not (token.text[0].isupper() or _belongs(tokens, i, start)):
            break
        end = i
    if end == start and _is_no_name(tokens, start):
        return None
    if end > start and opens_participle(tokens[start].low):
        return None
    while end >= start and (tokens[end].low in NO_END or is_adverb(tokens[end])):
        end -= 1
    if end < start or end + 1 >= len(tokens):
        return None
    phrase = Phrase(start, end)
    return phrase if names_speaker(tokens, phrase) else None


def _is_no_name(tokens: list[Token], start: int) -> bool:
    """Tell whether a lone first word owes its capital to its place: "Chastened by"."""
    low = tokens[start].low
    after = tokens[start + 1].low if start + 1 < len(tokens) else ""
    odd = low.endswith(("ing", "ed", "ic")) or low in _UNITS
    return low not in PRONOUNS and (odd or after in PREPOSITIONS)


def _belongs(tokens: list[Token], i: int, start: int) -> bool:
    """Tell whether a small-letter word is part of an opening source."""
    low = tokens[i].low
    if i == start:
        return low in _OPENING
    if tokens[start].low in PRONOUNS:
        return False
    plain = low in {"of", "for", "the", "and", "al", "el", "bin"} or low.endswith(("'s", "s'"))
    return plain or low in _OFFICES
