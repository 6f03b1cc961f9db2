"""The record of one reporting frame: a cue, its source and what it does."""

from __future__ import annotations

from typing import NamedTuple

from bot.claims.grammar.cues import Inflected
from bot.claims.grammar.phrases import Phrase
from bot.types import Stance


class Frame(NamedTuple):
    """One reporting verb or noun with its source."""

    verb: int  #: token index of the cue
    source: Phrase | None
    stance: Stance
    #: after | according | before | noun | subordinate | passive | aside | inner | silent
    position: str
    lemma: str
    use: str
    complement: int  #: token index where its content begins ("before") or ends ("after")
    audience: Phrase | None = None
    shared: bool = False  #: the verb shares the subject of an earlier one


def verb_frame(
    i: int,
    source: Phrase | None,
    found: Inflected,
    stance: Stance,
    position: str,
    complement: int,
    audience: Phrase | None = None,
    *,
    shared: bool = False,
) -> Frame:
    """Return the frame of the verb `found` at token `i`."""
    return Frame(
        verb=i,
        source=source,
        stance=stance,
        position=position,
        lemma=found.verb.lemma,
        use=_use(found, stance),
        complement=complement,
        audience=audience,
        shared=shared,
    )


def _use(found: Inflected, stance: Stance) -> str:
    """Return the use; who calls for, pleads or appeals speaks, whatever is known of him."""
    return "say" if found.verb.use == "call" and stance is Stance.CALLS_FOR else found.verb.use


def plain_frame(
    i: int, source: Phrase | None, stance: Stance, position: str, lemma: str, complement: int
) -> Frame:
    """Return the frame of a cue that is no verb of the lexicon."""
    return Frame(
        verb=i,
        source=source,
        stance=stance,
        position=position,
        lemma=lemma,
        use="say",
        complement=complement,
    )
