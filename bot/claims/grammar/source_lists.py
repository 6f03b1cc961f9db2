"""Lists of sources: "Riyadh, Cairo and Abu Dhabi" in front of a verb."""

from __future__ import annotations

from bot.claims.grammar.phrases import CUT
from bot.claims.grammar.tokens import Token
from bot.claims.grammar.wordlists import DETERMINERS, PREPOSITIONS

_BEFORE_LIST = CUT | {"and", "but"}
_SMALL = DETERMINERS | {"of", "al", "el"}


def list_edge(tokens: list[Token], begin: int, end: int, first: int) -> int:
    """Move the edge over "Riyadh, Cairo and Abu Dhabi": a list of names with "and" in its end."""
    joined = any(t.low in {"and", "or"} for t in tokens[begin:end])
    if not joined or begin <= first:
        return begin
    edge = begin
    while edge - 1 > first and tokens[edge - 1].text == ",":
        start = edge - 1
        while start > first and not _closes_item(tokens, start - 1):
            start -= 1
        item = [t for t in tokens[start : edge - 1] if t.text not in "()"]
        if not 1 <= len(item) <= 6 or not _is_item(item):
            opens = start == first or tokens[start - 1].text == ","
            return start if opens and _opens_list(item) else begin
        edge = start
    return edge if edge == first or tokens[edge - 1].low in _BEFORE_LIST else begin


def _opens_list(item: list[Token]) -> bool:
    """Tell whether a longer part at the head of the sentence is the first of a list of names."""
    low = item[0].low
    return (
        3 <= len(item) <= 12
        and low in DETERMINERS
        and item[-1].text[0].isupper()
        and all(t.word and t.low not in {"in", "on", "at", "after", "before"} for t in item)
    )


def _closes_item(tokens: list[Token], i: int) -> bool:
    token = tokens[i]
    return token.text == "," or (token.word and token.low in CUT) or token.quoted


def _is_item(item: list[Token]) -> bool:
    return all(t.word and (t.text[0].isupper() or t.low in _SMALL) for t in item) and (
        item[0].low not in PREPOSITIONS and item[-1].text[0].isupper()
    )
