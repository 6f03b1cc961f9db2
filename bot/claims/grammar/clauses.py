"""Which clause a source stands in: main, subordinate, "as X put it", "a claim X denied"."""

from __future__ import annotations

from bot.claims.grammar.frame import Frame, plain_frame
from bot.claims.grammar.noun_cues import STANCE_OF
from bot.claims.grammar.phrases import Phrase, is_adverb, is_time
from bot.claims.grammar.tokens import Token
from bot.claims.grammar.wordlists import DETERMINERS, PREPOSITIONS, word_set
from bot.types import Stance

_NOT_MAIN = word_set("that who which whose if where whether what how")
_SUBORDINATE = word_set("after when while as because before until since although though unless")

#: Words of an introduction before the main clause: "In a statement", "To both armies".
_LEAD_WORDS = PREPOSITIONS | word_set(
    "a the and but both all statement interview post speech address armies sides parties"
)


def as_clause(tokens: list[Token], i: int, source: Phrase | None, first: int) -> Frame | None:
    """Return the frame of ", as the ministry put it," and "that is how he described it"."""
    if source is None or source.first <= first:
        return None
    before = tokens[source.first - 1]
    after = tokens[i + 1] if i + 1 < len(tokens) else None
    closed = (
        after is None or not after.word or after.low in {"it", "them"} or is_time(tokens, i + 1)
    )
    if before.low == "as" and closed:
        told = (
            "as had" if "had" in [t.low for t in tokens[max(source.last + 1, i - 2) : i]] else "as"
        )
        return plain_frame(i, source, Stance.ASSERTS, "according", told, source.first - 1)
    lead = [t.low for t in tokens[max(first, source.first - 4) : source.first]]
    pointed = bool({"that", "this"} & set(lead)) or tokens[first].quoted
    if before.low in {"how", "what"} and {"is", "was"} & set(lead) and pointed:
        return plain_frame(i, source, Stance.ASSERTS, "according", "as", source.first - 1)
    return None


def judge(tokens: list[Token], source: Phrase) -> Phrase | None:
    """Return who judges in "a claim Yerevan denied": the words after the noun, None elsewhere."""
    start = source.first
    if tokens[start].low not in {"a", "an", "the", "something"} or source.last - start < 1:
        return None
    noun = start if tokens[start].low == "something" else start + 1
    if tokens[noun].low not in STANCE_OF and noun != start:
        return None
    after = noun + 1
    if after > source.last or not (
        tokens[after].text[0].isupper() or tokens[after].low in DETERMINERS
    ):
        return None
    return Phrase(after, source.last)


def closed_left(tokens: list[Token], source: Phrase, first: int) -> bool:
    """Tell whether a statement stands before the source."""
    if source.first <= first:
        return False
    before = tokens[source.first - 1]
    if before.quoted:
        return True
    return before.text in {",", "—", "–", "--", "-", ";"} and source.first - first > 2


def clause_of(tokens: list[Token], source: Phrase, first: int) -> str:
    """Return the position of a frame by the clause that its source opens."""
    if source.first <= first:
        return "before"
    low = tokens[source.first - 1].low
    if low in _NOT_MAIN:
        return "inner"
    if low in _SUBORDINATE:
        return "subordinate" if low != "as" or source.first - 1 == first else "inner"
    opens = not tokens[source.first - 1].word or low in {"and", "but"}
    return "before" if opens or _only_lead(tokens, first, source.first) else "inner"


def _only_lead(tokens: list[Token], first: int, stop: int) -> bool:
    return all(
        is_time(tokens, i)
        or is_adverb(tokens[i])
        or tokens[i].low in _LEAD_WORDS
        or not tokens[i].word
        for i in range(first, stop)
    )
