"""The grammar of each sentence before any name is resolved: frame, source phrase, relay."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from bot.claims.grammar.frame import Frame
from bot.claims.grammar.frames import find_frames, governing
from bot.claims.grammar.tokens import MAX_CHARS, Token, tokens_of
from bot.claims.who.actors import acting_phrase
from bot.claims.who.relays import body_offset, carriers
from bot.claims.who.speakers import Mention, read_mention
from bot.claims.who.titles import Headline, read_headline, without_credit
from bot.claims.who.voices import NEUTRAL, Grammar, Lore, phrase_mention, voice_of
from bot.types import Sentence, Stance

ORDER = {"text": 0, "summary": 1, "title": 2}


class Reading(NamedTuple):
    """One sentence as its grammar shows it."""

    text: str
    words: frozenset[str]  #: of the whole sentence
    tokens: list[Token]
    frames: list[Frame]
    frame: Frame | None
    mention: Mention | None
    source_text: str | None  #: the source as the sentence has it, with its appositive
    before: str  #: text left of the source
    content: str
    relay: str | None
    first: int  #: token where the sentence begins behind a dateline
    all_quoted: bool


def read_sentences(
    sentences: Sequence[Sentence], words: Sequence[frozenset[str]], lore: Lore
) -> list[Reading]:
    """Read every sentence, the body before the headline, and note who speaks in the roster.

    `words` are those of each sentence.
    """
    found: dict[int, Reading] = {}
    is_open, where = False, ("", -1)
    for position in reading_order(sentences):
        sentence = sentences[position]
        here = (sentence.field, sentence.paragraph)
        reading, is_open = _read(
            sentence, words[position], lore, in_quote=is_open and here == where
        )
        found[position], where = reading, here
        if reading.mention is not None:
            lore.roster.note(reading.mention)
    return [found[i] for i in range(len(sentences))]


def reading_order(sentences: Sequence[Sentence]) -> list[int]:
    """Return the positions of sentences, the body before summary and title."""
    return sorted(range(len(sentences)), key=lambda i: (ORDER[sentences[i].field], i))


def _read(
    sentence: Sentence, words: frozenset[str], lore: Lore, *, in_quote: bool
) -> tuple[Reading, bool]:
    text, credit = sentence.text[:MAX_CHARS], None
    is_title = sentence.field == "title"
    if is_title:
        text, credit = without_credit(text, lore.entry.outlet_name, lore.names)
    offset = body_offset(text) if not is_title and sentence.index < 3 else 0
    tokens, is_open = tokens_of(text, in_quote=in_quote)
    first = _body_start(tokens, offset)
    frames = find_frames(tokens, first)
    frame = governing(frames) or _relative(tokens, frames)
    headline = None
    if is_title:
        frame = None if _is_agentless(tokens, frame) else frame
        headline = read_headline(text, lore.sides, lore.roster, lore.names)
    if headline is not None and not _outranks(frame, headline):
        return _from_headline(text, words, tokens, frames, headline, credit, lore), is_open
    found = voice_of(Grammar(text, tokens, frames), frame, lore, is_title=is_title)
    frame = found.frame
    before = text[: tokens[frame.source.first].start] if frame and frame.source else ""
    return Reading(
        text=text,
        words=words,
        tokens=tokens,
        frames=frames,
        frame=frame,
        mention=found.mention,
        source_text=found.text,
        before=before[offset:],
        content=_content(text, tokens, frame, first),
        relay=found.relay or carriers(text, lore.names, words) or credit,
        first=first,
        all_quoted=_is_all_quoted(tokens, first),
    ), is_open


def _body_start(tokens: list[Token], offset: int) -> int:
    """Return the first token at or behind the character `offset`."""
    if offset == 0:
        return 0
    return next((i for i, token in enumerate(tokens) if token.start >= offset), len(tokens))


def _is_all_quoted(tokens: list[Token], first: int) -> bool:
    """Tell whether a sentence is nothing but a quotation."""
    words = False
    for i in range(first, len(tokens)):
        if tokens[i].word:
            words = True
            if not tokens[i].quoted:
                return False
    return words


def _outranks(frame: Frame | None, headline: Headline) -> bool:
    """Tell whether a verb says more than the form: "Merz says ... - DW" has Merz speak."""
    if frame is None:
        return False
    says = frame.position == "before" and frame.use in NEUTRAL and frame.source is not None
    return frame.position == "after" or (says and headline.behind)


def _relative(tokens: list[Token], frames: list[Frame]) -> Frame | None:
    """Return a lesser frame as the main one: a closing ", which officials said killed dozens"."""
    for frame in frames:
        source = frame.source
        if frame.position != "inner" or not source or source.first < 2:
            continue
        before, word = tokens[source.first - 2], tokens[source.first - 1]
        open_end = all(t.word or t.quoted or t.text in ".-" for t in tokens[frame.verb :])
        closing = before.text == "," and word.low in {"which", "who", "whom"} and open_end
        if closing and frame.use in NEUTRAL:
            return frame._replace(position="before")
        if word.low == "how" and before.low in {"is", "was"} and tokens[source.first - 3].quoted:
            return frame._replace(position="according")
    return None


def _is_agentless(tokens: list[Token], frame: Frame | None) -> bool:
    """Tell whether a headline's verb is a passive without its "is": "RSF accused of shelling"."""
    if frame is None or frame.position != "before" or frame.verb + 1 >= len(tokens):
        return False
    after = tokens[frame.verb + 1].low
    charged = frame.lemma in {"accuse", "blame", "charge"} and tokens[frame.verb].low.endswith("ed")
    return charged and after in {"of", "over", "for", "on"}


def _from_headline(
    text: str,
    words: frozenset[str],
    tokens: list[Token],
    frames: list[Frame],
    found: Headline,
    credit: str | None,
    lore: Lore,
) -> Reading:
    mention = read_mention(found.phrase, "", lore.sides, lore.names) if found.phrase else None
    return Reading(
        text=text,
        words=words,
        tokens=tokens,
        frames=frames,
        frame=None,
        mention=mention,
        source_text=found.phrase,
        before="",
        content=found.content,
        relay=found.relay or credit,
        first=0,
        all_quoted=False,
    )


def _content(text: str, tokens: list[Token], frame: Frame | None, first: int) -> str:
    if frame is None or first >= len(tokens):
        return text
    if frame.position in {"before", "noun", "subordinate"} and frame.complement < len(tokens):
        return text[tokens[frame.complement].start :]
    if frame.position == "after" and frame.source is not None:
        cut = min(frame.source.first, frame.verb)
        return text[tokens[first].start : tokens[cut].start]
    return text[tokens[first].start :]


def opener_of(reading: Reading, lore: Lore) -> Mention | None:
    """Return whoever acts in a sentence without speaking, for the pronouns of the next."""
    phrase = acting_phrase(reading.tokens, reading.first)
    source = reading.frame.source if reading.frame and reading.mention else None
    if phrase is None or (source is not None and source.first <= phrase.last):
        return None
    grammar = Grammar(reading.text, reading.tokens, reading.frames)
    mention, _ = phrase_mention(grammar, phrase, len(reading.tokens), lore)
    return mention if mention.sort not in {"media", "staff", "none"} else None


def stance_of_silence(frame: Frame | None) -> Stance | None:
    """Return the stance that a frame has whatever its content says, None where content decides."""
    if frame is None:
        return None
    if frame.use == "silent" or frame.stance is not Stance.ASSERTS or frame.use not in NEUTRAL:
        return frame.stance
    return None
