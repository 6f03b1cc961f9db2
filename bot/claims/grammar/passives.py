"""Passive reporting verbs: "was accused by Kyiv of", "were told by the army to leave"."""

from __future__ import annotations

from bot.claims.grammar.agents import right_phrase
from bot.claims.grammar.cues import Inflected, verb_stance
from bot.claims.grammar.frame import Frame, verb_frame
from bot.claims.grammar.nouns import cannot_speak
from bot.claims.grammar.phrases import is_adverb, is_time
from bot.claims.grammar.tokens import Token
from bot.claims.grammar.wordlists import BE_FORMS, DETERMINERS, NEGATIONS, PREPOSITIONS, word_set
from bot.types import Stance

#: Acts of speech that a bare participle tells too: "a truce announced by the army".
_BARE = word_set("announce report declare confirm propose put deny reject accuse")
#: Uses whose passive tells nothing about what is claimed.
_MUTE = word_set("think post refuse plan")
_DEALT = word_set("ceasefire truce deal proposal plan talks agreement terms conditions text")
#: What may stand between a participle and "by": "turned down flat by", "brushed aside by".
_BETWEEN = word_set("on down flat aside off away out outright back")
#: Behind "by": how something was said.
_MEANS = word_set(
    "phone telephone email e-mail mail text letter fax radio video videolink teleconference message"
)
_ORDERS = word_set("to not that")


def has_be(tokens: list[Token], i: int, first: int) -> bool:
    """Tell whether a form of "be" governs the participle at `i`."""
    j = i - 1
    while j >= first and (is_adverb(tokens[j]) or is_time(tokens, j) or tokens[j].low in NEGATIONS):
        j -= 1
    return j >= first and tokens[j].low in BE_FORMS


def is_passive(tokens: list[Token], i: int, first: int) -> bool:
    """Tell whether the participle at `i` is no active verb."""
    after = tokens[i + 1] if i + 1 < len(tokens) else None
    if after is not None and after.low == "by" and not _is_means(tokens, i + 2):
        return True
    if i == first:
        return True
    before = tokens[i - 1]
    if before.low in DETERMINERS and before.low not in {"both", "each", "all", "several"}:
        return True
    if before.low in PREPOSITIONS or before.text.isdigit():
        return True
    if before.low in _DEALT and (after is None or after.low in PREPOSITIONS):
        return True
    return has_be(tokens, i, first)


def passive_frame(tokens: list[Token], i: int, first: int, found: Inflected) -> Frame | None:
    """Return the frame of a passive whose agent stands behind "by"."""
    by = _agent_mark(tokens, i)
    if by is None or found.verb.use in _MUTE:
        return None
    if not has_be(tokens, i, first) and (
        found.verb.lemma not in _BARE or _is_of_object(tokens, i, first)
    ):
        return None
    if any(t.low in NEGATIONS for t in tokens[max(first, i - 3) : i]):
        return None
    source = right_phrase(tokens, by + 1)
    if source is None or cannot_speak(tokens, source, says=True):
        return None
    stance = _stance(tokens, i, source.last + 1, found)
    return verb_frame(i, source, found, stance, "passive", i)


def _is_of_object(tokens: list[Token], i: int, first: int) -> bool:
    """Tell whether the participle only says whose the object is: "joined a truce declared by X"."""
    for j in range(i - 1, max(first, i - 6), -1):
        if not tokens[j].word:
            return False
        if tokens[j].low in DETERMINERS:
            before = tokens[j - 1]
            return before.text[0].islower() and before.low.endswith("ed")
    return False


def _agent_mark(tokens: list[Token], i: int) -> int | None:
    """Return the index of "by" behind the participle, over "down" or a stated time."""
    for j in range(i + 1, min(len(tokens) - 1, i + 4)):
        if tokens[j].low == "by":
            return None if _is_means(tokens, j + 1) else j
        if not (is_adverb(tokens[j]) or is_time(tokens, j) or tokens[j].low in _BETWEEN):
            return None
    return None


def _is_means(tokens: list[Token], i: int) -> bool:
    """Tell whether the words from `i` on name no agent: "said by phone", "by satellite phone"."""
    return any(t.low in _MEANS for t in tokens[i : i + 2])


def _stance(tokens: list[Token], i: int, after: int, found: Inflected) -> Stance:
    """Return the stance of the agent; what was rejected stands before the verb."""
    if found.verb.use == "object":
        subject = [t for t in tokens[max(0, i - 12) : i] if t.low not in BE_FORMS]
        return verb_stance(found.verb, subject)
    if found.verb.lemma == "tell" and after < len(tokens) and tokens[after].low in _ORDERS:
        return Stance.CALLS_FOR if tokens[after].low != "that" else Stance.ASSERTS
    if found.verb.lemma in {"suggest", "call", "offer"}:
        return found.verb.stance if found.verb.lemma != "call" else Stance.ASSERTS
    return verb_stance(found.verb, tokens[after:])
