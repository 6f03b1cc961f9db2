"""Who says each sentence of an entry, in which sense and through whom.

Two passes: the first reads every sentence's grammar and notes all full names of the entry; the
second resolves short forms in reading order, the body before summary and title, so that
"Defence Ministry says" finds its country.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from bot.claims.antecedents import Discourse
from bot.claims.frames import Frame, find_frames, governing
from bot.claims.phrases import Phrase
from bot.claims.relays import (
    MediaNames,
    WireName,
    body_offset,
    carriers,
    credited,
    is_media,
    media_in,
    media_names,
    same_outlet,
)
from bot.claims.roster import Roster
from bot.claims.sides import Side, Sides, sides_of
from bot.claims.speakers import Mention, kind_of, read_mention
from bot.claims.stances import refine
from bot.claims.titles import title_source
from bot.claims.tokens import MAX_CHARS, Token, tokens_of
from bot.packs import Pack
from bot.types import Attribution, Entry, Sentence, SpeakerKind, Stance

_NEUTRAL = {"say", "tell", "cite", "post"}
_ORDER = {"text": 0, "summary": 1, "title": 2}


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """The grammar of one sentence before any name is resolved."""

    text: str
    tokens: list[Token]
    frames: list[Frame]
    frame: Frame | None
    mention: Mention | None
    before: str  #: text left of the source
    content: str
    relay: str | None
    all_quoted: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class _Lore:
    """What holds for the whole entry."""

    entry: Entry
    sides: Sides
    names: MediaNames
    credit: str | None
    roster: Roster


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
    lore = _Lore(
        entry=entry, sides=sides, names=names, credit=credited(entry, names), roster=roster
    )
    for position, sentence in enumerate(sentences):
        roster.read(sentence.text[:MAX_CHARS], position)
    readings = _read_all(sentences, lore)
    for reading in readings:
        if reading.mention is not None:
            roster.note(reading.mention)
    return _resolve_all(sentences, readings, lore)


def _read_all(sentences: Sequence[Sentence], lore: _Lore) -> list[Reading]:
    readings: list[Reading] = []
    is_open, where = False, ("", -1)
    for sentence in sentences:
        here = (sentence.field, sentence.paragraph)
        reading, is_open = _read(sentence, lore, in_quote=is_open and here == where)
        readings.append(reading)
        where = here
    return readings


def _read(sentence: Sentence, lore: _Lore, *, in_quote: bool) -> tuple[Reading, bool]:
    text = sentence.text[:MAX_CHARS]
    offset = body_offset(text) if sentence.field != "title" and sentence.index < 3 else 0
    tokens, is_open = tokens_of(text, in_quote=in_quote)
    first = next((i for i, token in enumerate(tokens) if token.start >= offset), len(tokens))
    headline = title_source(text, lore.sides, lore.roster) if sentence.field == "title" else None
    frames = find_frames(tokens, first)
    frame = governing(frames)
    words = [token for token in tokens[first:] if token.word]
    all_quoted = bool(words) and all(token.quoted for token in words)
    if headline is not None and (frame is None or frame.position != "after"):
        return _read_headline(text, tokens, frames, headline, lore), is_open
    mention, relay, frame = _source_of(text, tokens, frames, frame, lore)
    content = _content(text, tokens, frame, first)
    before = text[: tokens[frame.source.first].start] if frame and frame.source else ""
    reading = Reading(
        text=text,
        tokens=tokens,
        frames=frames,
        frame=frame,
        mention=mention,
        before=before[offset:],
        content=content,
        relay=relay or carriers(text, lore.names),
        all_quoted=all_quoted,
    )
    return reading, is_open


def _read_headline(
    text: str, tokens: list[Token], frames: list[Frame], found: tuple[str, str], lore: _Lore
) -> Reading:
    phrase, content = found
    mention = read_mention(phrase, "", lore.sides, lore.names)
    relay = lore.names.canonical(phrase) if mention.sort == "media" else None
    return Reading(
        text=text,
        tokens=tokens,
        frames=frames,
        frame=None,
        mention=None if relay else mention,
        before="",
        content=content,
        relay=relay,
        all_quoted=False,
    )


def _words(text: str, tokens: list[Token], span: tuple[int, int] | None) -> str:
    return "" if span is None else text[tokens[span[0]].start : tokens[span[1]].end]


def _source_of(
    text: str, tokens: list[Token], frames: list[Frame], frame: Frame | None, lore: _Lore
) -> tuple[Mention | None, str | None, Frame | None]:
    """Return mention, relay and the frame that in the end carries the sentence."""
    if frame is None:
        return None, None, frame
    phrase = frame.source or _first_subject(frames, frame)
    if phrase is None:
        return None, None, frame
    head, aside = _phrase_words(text, tokens, phrase)
    mention = read_mention(head, aside, lore.sides, lore.names)
    if frame.use == "silent":
        return (None if mention.sort == "media" else mention), None, frame
    if mention.sort == "media":
        return _through_media(text, tokens, frames, frame, mention, aside, lore)
    if frame.use not in {"say", "tell", "cite", "post"} and not _can_declare(mention, lore.roster):
        return None, None, frame
    return mention, _told(text, tokens, frame, lore), frame


def _phrase_words(text: str, tokens: list[Token], phrase: Phrase) -> tuple[str, str]:
    return _words(text, tokens, (phrase.first, phrase.last)), _words(text, tokens, phrase.aside)


def _first_subject(frames: list[Frame], frame: Frame) -> Phrase | None:
    return next((f.source for f in frames if f.source and f.position in {"before", "after"}), None)


def _can_declare(mention: Mention, roster: Roster) -> bool:
    """Tell whether a subject can declare by its own act: a side, a person, a body."""
    return bool(
        mention.side
        or mention.words
        or mention.sort in {"person", "pronoun"}
        or roster.named(mention.text)
    ) and (mention.sort != "none")


def _through_media(
    text: str,
    tokens: list[Token],
    frames: list[Frame],
    frame: Frame,
    media: Mention,
    aside: str,
    lore: _Lore,
) -> tuple[Mention | None, str, Frame]:
    """Return the one whom an agency cites, if it says so."""
    span = media_in(media.text, lore.names, credit=True) or (0, len(media.text))
    relay = lore.names.canonical(media.text[span[0] : span[1]])
    for low in ("citing", "quoting"):
        if aside.lower().startswith(low):
            return read_mention(aside[len(low) :].strip(), "", lore.sides, lore.names), relay, frame
    for other in frames:
        if other is frame or other.source is None or other.lemma == "according":
            continue
        cited = other.lemma == "cite" and other.verb > frame.verb
        inner = other.position in {"before", "after", "inner"} and other.use in _NEUTRAL
        if cited or inner:
            head, extra = _phrase_words(text, tokens, other.source)
            mention = read_mention(head, extra, lore.sides, lore.names)
            if mention.sort != "media":
                return mention, relay, frame if cited else other
    return None, relay, frame


def _told(text: str, tokens: list[Token], frame: Frame, lore: _Lore) -> str | None:
    """Return the agency or outlet that was told or that quoted the source."""
    if frame.audience is not None:
        audience = _words(text, tokens, (frame.audience.first, frame.audience.last))
        span = media_in(audience, lore.names, credit=True)
        if span is not None:
            return lore.names.canonical(audience[span[0] : span[1]])
    if frame.lemma == "cite" and frame.verb > 0:
        left = " ".join(t.text for t in tokens[max(0, frame.verb - 8) : frame.verb])
        if frame.position == "according" and is_media(left, lore.names):
            span = media_in(left, lore.names, credit=True)
            return lore.names.canonical(left[span[0] : span[1]]) if span else None
    return None


def _content(text: str, tokens: list[Token], frame: Frame | None, first: int) -> str:
    if frame is None or first >= len(tokens):
        return text
    if frame.position == "before" and frame.complement < len(tokens):
        return text[tokens[frame.complement].start :]
    if frame.position == "after" and frame.source is not None:
        cut = min(frame.source.first, frame.verb)
        return text[tokens[first].start : tokens[cut].start]
    return text[tokens[first].start :]


def _resolve_all(
    sentences: Sequence[Sentence], readings: list[Reading], lore: _Lore
) -> tuple[Attribution, ...]:
    found: dict[int, Attribution] = {}
    lead: Mention | None = None
    order = sorted(range(len(sentences)), key=lambda i: (_ORDER[sentences[i].field], i))
    discourse = Discourse(roster=lore.roster, sides=lore.sides)
    field, last = "", None
    for position in order:
        sentence, reading = sentences[position], readings[position]
        if sentence.field != field:
            field, last = sentence.field, None
            discourse = Discourse(roster=lore.roster, sides=lore.sides, lead=lead)
        mention = _resolved(reading, position, discourse, last)
        silent = reading.frame is not None and reading.frame.use == "silent"
        if silent:
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
        return discourse.resolve(reading.mention, position, reading.before)
    if reading.all_quoted and last is not None:
        return replace(last, text="")
    return None


def _attribution(reading: Reading, mention: Mention | None, lore: _Lore) -> Attribution:
    relay = reading.relay or lore.credit
    if relay is not None and same_outlet(relay, lore.entry, lore.names):
        relay = None
    if mention is None or mention.sort == "none" or not mention.name:
        return Attribution(
            stance=_stance(reading, mention, lore),
            speaker_text=mention.text if mention else None,
            speaker_kind=SpeakerKind.MEDIA if relay and reading.relay and not mention else None,
            party=_state_of(reading.relay, lore) if mention is None else None,
            relay=relay,
        )
    return Attribution(
        stance=_stance(reading, mention, lore),
        speaker=_clean(mention.name),
        speaker_text=mention.text or None,
        speaker_kind=kind_of(mention, mention.name),
        party=mention.side.id if mention.side and mention.side.role == "party" else None,
        relay=relay,
        anonymous=mention.anonymous,
    )


def _clean(name: str) -> str:
    return " ".join(name.split()).strip(" ,;")


def _state_of(relay: str | None, lore: _Lore) -> str | None:
    """Return the party that owns the agency which alone stands behind a sentence."""
    if relay is None:
        return None
    side = lore.sides.of(relay)
    state = lore.names.states.get(relay)
    if side is None and state:
        side = lore.sides.of(state.title())
    return side.id if side and side.role == "party" else None


def _stance(reading: Reading, mention: Mention | None, lore: _Lore) -> Stance:
    frame = reading.frame
    side: Side | None = mention.side if mention else None
    if frame is None:
        return refine(reading.content, side, lore.sides) if mention else Stance.ASSERTS
    if frame.use == "silent" or frame.stance is not Stance.ASSERTS:
        return frame.stance
    if frame.use not in _NEUTRAL:
        return frame.stance
    inner = _inner(reading, side, lore)
    return inner or refine(reading.content, side, lore.sides)


def _inner(reading: Reading, side: Side | None, lore: _Lore) -> Stance | None:
    """Return the stance of the speaker's own side inside "..., the ministry said"."""
    frame = reading.frame
    if frame is None or frame.position not in {"after", "according"}:
        return None
    for other in reading.frames:
        if other is frame or other.source is None or other.position != "before":
            continue
        if other.stance is Stance.ASSERTS:
            return None
        head = _words(reading.text, reading.tokens, (other.source.first, other.source.last))
        subject = lore.sides.of(head)
        same = subject is not None and subject == side
        return other.stance if same or (subject is None and lore.sides.of(head) == side) else None
    return None
