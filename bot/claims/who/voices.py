"""Who stands behind a reporting frame: the speaker, the agency between, or nobody.

A frame's source may be an outlet that hands on another's words, a thing that cannot speak, or the
agent of a passive; here it becomes a mention and a relay.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import NamedTuple

from bot.claims.grammar.frame import Frame
from bot.claims.grammar.phrases import Phrase
from bot.claims.grammar.sources import Source, naming_part, source_words
from bot.claims.grammar.tokens import Token
from bot.claims.grammar.wordlists import word_set
from bot.claims.who.relays import MediaNames, is_media, media_in
from bot.claims.who.roster import Roster
from bot.claims.who.sides import Sides
from bot.claims.who.speakers import Mention, read_mention
from bot.types import Entry

#: Uses of verbs that leave the stance to what is said.
NEUTRAL = frozenset({"say", "tell", "cite", "post"})
_HANDS_ON = frozenset({"report", "say", "write", "claim", "reveal", "state"})
#: Things that headlines let act; no surname is spelled like them.
_THINGS = word_set(
    "deal plan draft resolution proposal truce ceasefire report study video attack attacks strike"
    " strikes tensions fears doubts hopes shelling war fighting violence rain storm drone drones"
    " missile missiles talks calls row blast blasts explosion explosions protest protests vote"
    " crisis conflict peace aid famine hunger winter heat floods text statement letter memo leak"
    " footage images data figures poll survey evidence raid raids clash clashes shells rockets"
)


_BEHIND_HEAD = re.compile(r"\s(?:of|for|in|on|to|from|between|by)\s")


@dataclass(frozen=True, slots=True, kw_only=True)
class Lore:
    """What holds for the whole entry."""

    entry: Entry
    sides: Sides
    names: MediaNames
    credit: str | None
    roster: Roster


class Voice(NamedTuple):
    """Who is behind one sentence."""

    mention: Mention | None = None
    text: str | None = None
    relay: str | None = None
    frame: Frame | None = None  #: the one that in the end carries the sentence


class Grammar(NamedTuple):
    """One sentence with its frames."""

    text: str
    tokens: list[Token]
    frames: list[Frame]


def phrase_mention(g: Grammar, phrase: Phrase, verb: int, lore: Lore) -> tuple[Mention, Source]:
    """Return what the source phrase of the verb at token `verb` names, and its words."""
    source = source_words(g.text, g.tokens, phrase, verb)
    aside = naming_part(source.aside)
    return read_mention(source.head, aside, lore.sides, lore.names), source


def voice_of(g: Grammar, frame: Frame | None, lore: Lore, *, is_title: bool) -> Voice:
    """Return mention, relay and the frame that in the end carries the sentence."""
    phrase = (frame.source or _first_subject(g.frames)) if frame else None
    if frame is None or phrase is None:
        return Voice(frame=frame)
    mention, source = phrase_mention(g, _agent(g.tokens, frame, phrase), frame.verb, lore)
    if frame.position == "passive" and not _is_act(g.tokens, frame, mention, lore.roster):
        return Voice()
    if frame.use == "silent":
        return Voice(
            mention=None if mention.sort == "media" else mention, text=source.text, frame=frame
        )
    if mention.sort == "media" or _is_unknown_outlet(g.frames, frame, mention, source):
        return _through_media(g, frame, mention, source, lore)
    acts = frame.use not in NEUTRAL and not _can_declare(mention, lore.roster, is_title=is_title)
    if acts or _is_thing(mention):
        return Voice(frame=frame)
    relay = _told(g, frame, lore) or _citing_outlet(g, frame, lore)
    return Voice(mention=mention, text=source.text, relay=relay, frame=frame)


def _agent(tokens: list[Token], frame: Frame, phrase: Phrase) -> Phrase:
    """Return the agent of "accused by Beirut of 40 breaches" without what he charges."""
    if frame.position != "passive" or frame.lemma not in {"accuse", "blame", "charge"}:
        return phrase
    stops = (i for i in range(phrase.first + 1, phrase.last + 1) if tokens[i].low in {"of", "for"})
    stop = next(stops, None)
    return phrase if stop is None else Phrase(phrase.first, stop - 1)


def _is_act(tokens: list[Token], frame: Frame, mention: Mention, roster: Roster) -> bool:
    """Tell whether a passive tells an act of its agent, not a lasting trait or a means.

    "which is backed by Armenia" says nothing, "asked by telephone" names nobody.
    """
    before = {t.low for t in tokens[max(0, frame.verb - 3) : frame.verb]}
    trait = frame.lemma in {"back", "support", "endorse", "recognise", "recognize"}
    if trait and before & {"which", "that", "who"}:
        return False
    return _can_declare(mention, roster, is_title=False) or mention.text[:1].isupper()


def _is_unknown_outlet(frames: list[Frame], frame: Frame, mention: Mention, source: Source) -> bool:
    """Tell whether a name hands on another's words: "Kommersant reported, citing a source"."""
    if mention.sort != "body" or mention.words or mention.side or frame.lemma not in _HANDS_ON:
        return False
    cites = any(f.lemma == "cite" and f.position == "aside" for f in frames)
    return cites or re.match(r"(?i)(?:citing|quoting) ", source.aside) is not None


def _citing_outlet(g: Grammar, frame: Frame, lore: Lore) -> str | None:
    """Return the outlet that opens a sentence whose only frame is "..., quoting a minister"."""
    if frame.lemma != "cite" or frame.position != "aside":
        return None
    left = g.text[: g.tokens[frame.verb].start]
    span = media_in(left, lore.names, credit=True)
    return None if span is None or span[0] > 30 else lore.names.canonical(left[slice(*span)])


def _first_subject(frames: list[Frame]) -> Phrase | None:
    return next((f.source for f in frames if f.source and f.position in {"before", "after"}), None)


def _can_declare(mention: Mention, roster: Roster, *, is_title: bool) -> bool:
    """Tell whether a subject can declare by its own act: a side, a person, a body."""
    if mention.sort == "none":
        return False
    if mention.side or mention.words or mention.sort in {"person", "pronoun"}:
        return True
    word = mention.text.strip()
    if roster.named(word) is not None:
        return True
    return is_title and word.isalpha() and word[0].isupper()


def _is_thing(mention: Mention) -> bool:
    """Tell whether what acts is an event or a paper: "Tensions threaten truce"."""
    plain = mention.sort == "body" and not mention.words and mention.side is None
    head = _BEHIND_HEAD.split(mention.text.lower(), maxsplit=1)[0]
    return plain and head.split()[-1] in _THINGS


def _through_media(g: Grammar, frame: Frame, media: Mention, source: Source, lore: Lore) -> Voice:
    """Return the one whom an agency cites, if it says so."""
    span = media_in(media.text, lore.names, credit=True) or (0, len(media.text))
    relay = lore.names.canonical(media.text[span[0] : span[1]])
    cited = re.match(r"(?i)(?:citing|quoting) ", source.aside)
    if cited:
        named = source.aside[cited.end() :].strip()
        mention = read_mention(named, "", lore.sides, lore.names)
        return Voice(mention=mention, text=named, relay=relay, frame=frame)
    for other in sorted(g.frames, key=lambda f: not (f.lemma == "cite" and f.position == "aside")):
        if other is frame or other.source is None or other.lemma == "according":
            continue
        cites = other.lemma == "cite" and (other.verb > frame.verb or other.position == "aside")
        inner = other.position in {"before", "after", "inner", "subordinate"}
        if cites or (inner and other.use in NEUTRAL):
            mention, words = phrase_mention(g, other.source, other.verb, lore)
            if mention.sort != "media":
                then = frame if cites else other
                return Voice(mention=mention, text=words.text, relay=relay, frame=then)
    return Voice(relay=relay, frame=frame)


def _told(g: Grammar, frame: Frame, lore: Lore) -> str | None:
    """Return the agency or outlet that was told or that quoted the source."""
    if frame.audience is not None:
        first, last = frame.audience.first, frame.audience.last
        audience = g.text[g.tokens[first].start : g.tokens[last].end]
        span = media_in(audience, lore.names, credit=True)
        if span is not None:
            return lore.names.canonical(audience[span[0] : span[1]])
    if frame.lemma == "cite" and frame.verb > 0:
        left = " ".join(t.text for t in g.tokens[max(0, frame.verb - 8) : frame.verb])
        if frame.position == "according" and is_media(left, lore.names):
            span = media_in(left, lore.names, credit=True)
            return lore.names.canonical(left[span[0] : span[1]]) if span else None
    return None
