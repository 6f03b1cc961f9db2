"""Who says each sentence of an entry, in which sense and through whom.

Two passes: the first reads every sentence's grammar and notes all full names of the entry; the
second resolves short forms in reading order, the body before summary and title, so that
"Defence Ministry says" finds its country.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache

from bot.claims.grammar.tokens import MAX_CHARS
from bot.claims.grammar.words import sentence_words
from bot.claims.who.antecedents import resolve
from bot.claims.who.discourse import Discourse
from bot.claims.who.kinds import kind_of
from bot.claims.who.offices import ROLES
from bot.claims.who.readings import (
    Reading,
    opener_of,
    read_sentences,
    reading_order,
    stance_of_silence,
)
from bot.claims.who.relays import WireName, credited, media_names, same_outlet
from bot.claims.who.roster import Roster
from bot.claims.who.sides import Side, sides_of
from bot.claims.who.speakers import Mention
from bot.claims.who.stances import refine
from bot.claims.who.voices import Lore
from bot.packs import Pack
from bot.types import Attribution, Entry, Sentence, SpeakerKind, Stance

#: What one man will do is no plan of several, or of a body, who tell of it.
_OF_ONE = re.compile(r"\W{0,4}(?:that )?(?:he|she)\b")
#: Who answers, and says nothing.
_NOBODY = re.compile(r"(?:neither|none|nobody|no one)\b", re.IGNORECASE)


def attribute(
    entry: Entry,
    sentences: Sequence[Sentence],
    pack: Pack | None,
    wires: Sequence[WireName],
) -> tuple[Attribution, ...]:
    """Return one attribution per sentence, in order."""
    names = media_names(wires)
    sides = sides_of(pack)
    roster = Roster(sides)
    lore = Lore(entry=entry, sides=sides, names=names, credit=credited(entry, names), roster=roster)
    words = [sentence_words(sentence.text[:MAX_CHARS]) for sentence in sentences]
    for position, sentence in enumerate(sentences):
        roster.read(sentence.text[:MAX_CHARS], words[position], position)
    readings = read_sentences(sentences, words, lore)
    return _resolve_all(sentences, readings, lore)


def _resolve_all(
    sentences: Sequence[Sentence], readings: list[Reading], lore: Lore
) -> tuple[Attribution, ...]:
    found: dict[int, Attribution] = {}

    @cache
    def opener(position: int) -> Mention | None:
        return opener_of(readings[position], lore)

    lead: Mention | None = None
    discourse = Discourse(roster=lore.roster, sides=lore.sides)
    field, last = "", None
    for position in reading_order(sentences):
        sentence, reading = sentences[position], readings[position]
        if sentence.field != field:
            field, last = sentence.field, None
            discourse = Discourse(
                roster=lore.roster,
                sides=lore.sides,
                first=position,
                opener_of=opener,
                texts=[s.text[:MAX_CHARS] for s in sentences],
                lead=lead,
            )
        mention = _resolved(reading, position, discourse, last)
        if reading.frame is not None and reading.frame.use == "silent":
            mention = None
        if mention is not None and mention.name:
            lead, last = lead or mention, mention
        elif not reading.all_quoted:
            last = None
        found[position] = _attribution(reading, mention, lore)
    return tuple(found[i] for i in range(len(sentences)))


def _resolved(
    reading: Reading, position: int, discourse: Discourse, last: Mention | None
) -> Mention | None:
    if reading.mention is not None:
        return resolve(discourse, reading.mention, position, reading.before)
    if reading.all_quoted and last is not None:
        return last._replace(text="")
    return None


def _attribution(reading: Reading, mention: Mention | None, lore: Lore) -> Attribution:
    relay = reading.relay or lore.credit
    if reading.relay and same_outlet(reading.relay, lore.entry, lore.names):
        relay = None
    text = reading.source_text if mention is not None and mention.text else None
    named = mention is not None and mention.sort != "none" and mention.name
    if mention is None or not named or _NOBODY.match(mention.name or ""):
        return Attribution(
            stance=_stance(reading, mention, lore),
            speaker_text=text,
            speaker_kind=SpeakerKind.MEDIA if relay and reading.relay and not mention else None,
            party=_state_of(reading.relay, lore) if mention is None else None,
            relay=relay,
        )
    return Attribution(
        stance=_stance(reading, mention, lore),
        speaker=_clean(mention.name or ""),
        speaker_text=text,
        speaker_kind=kind_of(mention, mention.name or ""),
        party=mention.side.id if mention.side and mention.side.role == "party" else None,
        relay=relay,
        anonymous=mention.anonymous,
    )


def _clean(name: str) -> str:
    return " ".join(name.split()).strip(" ,;")


def _state_of(relay: str | None, lore: Lore) -> str | None:
    """Return the party that owns the agency which alone stands behind a sentence."""
    if relay is None:
        return None
    side = lore.sides.of(relay)
    state = lore.names.states.get(relay)
    if side is None and state:
        side = lore.sides.of(state.title())
    return side.id if side and side.role == "party" else None


def _stance(reading: Reading, mention: Mention | None, lore: Lore) -> Stance:
    side: Side | None = mention.side if mention else None
    if reading.frame is None:
        return (
            refine(reading.content, side, lore.sides, reading.words) if mention else Stance.ASSERTS
        )
    told = stance_of_silence(reading.frame)
    if told is not None:
        return told
    told = _inner(reading, side, lore) or refine(reading.content, side, lore.sides, reading.words)
    other = mention is not None and (
        mention.sort in {"group", "body", "side"}
        or (mention.sort == "nominal" and not mention.words & ROLES)
    )
    if told is Stance.PLANS and other and _OF_ONE.match(reading.content):
        return Stance.ASSERTS
    return told


def _inner(reading: Reading, side: Side | None, lore: Lore) -> Stance | None:
    """Return the stance of the speaker's own side inside "..., the ministry said"."""
    frame = reading.frame
    if frame is None or frame.position not in {"after", "according"}:
        return None
    for other in reading.frames:
        if other is frame or other.source is None or other.position != "before":
            continue
        if other.stance is Stance.ASSERTS:
            return None
        first, last = other.source.first, other.source.last
        head = reading.text[reading.tokens[first].start : reading.tokens[last].end]
        subject = lore.sides.of(head)
        return other.stance if subject == side else None
    return None
