"""The stance that the words beside a neutral verb give: "Denying that ..., Peskov said".

Only participles that share the subject and clauses whose subject is a pronoun for the speaker
count; what others deny or demand inside a statement stays theirs.
"""

from __future__ import annotations

from bot.claims.grammar.cues import lexicon
from bot.claims.grammar.frame import Frame
from bot.claims.grammar.tokens import Token
from bot.claims.grammar.wordlists import AUXILIARIES
from bot.types import Stance

#: Uses that do not say by themselves what is done with the words.
NEUTRAL = frozenset({"say", "tell", "post", "cite"})
_PRONOUNS = frozenset({"it", "he", "she", "they", "we", "i"})
#: Most words between a verb and the clause that depends on it: "said late on Tuesday that it".
_NEAR = 6


def with_own_stance(tokens: list[Token], frames: list[Frame], main: Frame) -> Frame:
    """Return `main` with the stance of its own participle or clause, itself where none tells."""
    if main.stance is not Stance.ASSERTS or main.position not in {"before", "after", "aside"}:
        return main
    for frame in frames:
        if frame is main or frame.stance is Stance.ASSERTS or frame.use == "think":
            continue
        if _shares_subject(tokens, frame, main) or _own_clause(tokens, frame, main):
            return main._replace(stance=frame.stance)
    return main


def _shares_subject(tokens: list[Token], frame: Frame, main: Frame) -> bool:
    """Tell whether a participle or a conjoined verb has the subject of `main`."""
    if frame.position == "aside" and frame.source in {None, main.source}:
        return main.use not in NEUTRAL or _beside(tokens, frame, main)
    return frame.shared and frame.verb > main.verb and main.use not in NEUTRAL


def _beside(tokens: list[Token], frame: Frame, main: Frame) -> bool:
    """Tell whether a participle leads the sentence or follows outside what was said."""
    if main.source is not None and frame.verb < main.source.first:
        return main.position == "before" and not any(
            t.quoted for t in tokens[frame.verb : main.source.first]
        )
    return main.verb < frame.verb and not _is_inserted(tokens, frame.verb)


def _is_inserted(tokens: list[Token], participle: int) -> bool:
    """Tell whether a participle stands between a subject and its verb: "X, accusing Y, left"."""
    for i in range(participle, len(tokens) - 1):
        if tokens[i].text == "," and not tokens[i].quoted:
            found = lexicon().get(tokens[i + 1].low)
            return tokens[i + 1].low in AUXILIARIES or (found is not None and found.form != "ing")
    return False


def _own_clause(tokens: list[Token], frame: Frame, main: Frame) -> bool:
    """Tell whether `frame` is "it denied the charge" right behind "the ministry said"."""
    if main.position != "before" or main.use not in {"say", "tell"} or frame.source is None:
        return False
    head = tokens[frame.source.first]
    return (
        head.low in _PRONOUNS
        and frame.source.first == frame.source.last
        and main.verb < frame.source.first <= max(main.verb, main.complement - 1) + _NEAR
        and not any(not t.word for t in tokens[main.verb + 1 : frame.source.first])
    )
