"""What a verb must have, or must not have, behind it to report: "asked for", "claimed lives"."""

from __future__ import annotations

from bot.claims.grammar.cues import Inflected
from bot.claims.grammar.phrases import Phrase, is_time
from bot.claims.grammar.tokens import Token
from bot.claims.grammar.wordlists import AUXILIARIES, word_set

_CALL_AWAY = word_set("in up off out back home into time in-")
_PRIZES = word_set("life lives victory victories percent title win wins seat seats prize crown")
_LETTERS = word_set("letter letters book books song songs notes check cheque")
_TALES = word_set("story stories tale tales truth lie lies")
_OWN = word_set("a an its their his her close contact contacts good")
_ADDRESSED = word_set("to for that with")
_JOINT = word_set("agree accept")
_BOTH = word_set("both sides parties two countries governments")


def is_other_sense(tokens: list[Token], i: int, found: Inflected) -> bool:
    """Tell whether the words behind the verb show that it reports nothing."""
    words = [t.low for t in tokens[i + 1 : i + 9] if t.word]
    match found.verb.lemma:
        case "call":
            return words[:1] != [] and words[0] in _CALL_AWAY
        case "appeal":
            return words[:1] in (["the"], ["a"], ["against"]) or not _ADDRESSED & set(words)
        case "add":
            return words[:1] == ["to"]
        case "claim":
            return bool(_PRIZES & set(words[:5]))
        case "write":
            return bool(_LETTERS & set(words[:4]))
        case "maintain":
            clause = bool(AUXILIARIES & set(words))
            return bool(words) and (words[0] in _OWN or (words[0] == "the" and not clause))
        case "tell":
            aside = words[:1] == ["on"] and not (i + 2 < len(tokens) and is_time(tokens, i + 2))
            return aside or bool(_TALES & set(words[:4]))
        case "report":
            return words[:1] in (["from"], ["for"])
        case "accept" | "agree":
            return words[:1] in (["himself"], ["herself"], ["themselves"])
        case "count":
            return not words or words[0] in {"on", "as", "the", "down"}
        case _:
            return False


def takes_its_object(
    tokens: list[Token], i: int, found: Inflected, after: int, source: Phrase | None
) -> bool:
    """Tell whether the verb has the complement with which alone it reports."""
    match found.verb.use:
        case "post":
            return _takes_content(tokens, after)
        case "ask":
            return _asks_for(tokens, i)
        case "plan":
            return after < len(tokens) and tokens[after].low == "to"  # "hands both a plan for"
    if found.verb.lemma in _JOINT and source is not None:
        return not _is_joint(tokens, source)
    return True


def _takes_content(tokens: list[Token], after: int) -> bool:
    return after < len(tokens) and (
        tokens[after].low == "that" or tokens[after].text == ":" or tokens[after].quoted
    )


def _asks_for(tokens: list[Token], i: int) -> bool:
    words = [t.low for t in tokens[i + 1 : i + 14]]
    return bool({"to", "for"} & set(words)) and words[:1] != ["about"] and "whether" not in words


def _is_joint(tokens: list[Token], source: Phrase) -> bool:
    """Tell whether two sides act together: what they agree on is nobody's claim."""
    words = [t.low for t in tokens[source.first : source.last + 1]]
    return "and" in words or (len(words) <= 4 and words[-1] in _BOTH)
