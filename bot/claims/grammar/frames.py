"""The reporting frames of one sentence and the one that governs it.

Order of preference: a statement closed by its source ("..., the ministry said"), then
"according to", then the main clause ("The ministry said that ..."), then a noun at the head of the
sentence ("Hamas's refusal to ..."), a subordinate clause, a passive, a bare participle.
"""

from __future__ import annotations

from functools import cache

from bot.claims.grammar.agents import right_phrase, unwrapped
from bot.claims.grammar.clauses import as_clause
from bot.claims.grammar.cues import (
    Inflected,
    Verb,
    lexicon,
    light_verbs,
    phrasal_at,
    phrasal_words,
    verb_stance,
)
from bot.claims.grammar.frame import Frame, plain_frame, verb_frame
from bot.claims.grammar.noun_cues import STANCE_OF, VIEWS, noun_frame, object_stance
from bot.claims.grammar.nouns import names_speaker
from bot.claims.grammar.own_stances import with_own_stance
from bot.claims.grammar.passives import has_be
from bot.claims.grammar.phrases import Phrase, ends_statement
from bot.claims.grammar.subjects import left_phrase
from bot.claims.grammar.tokens import Token
from bot.claims.grammar.verb_forms import is_title_case
from bot.claims.grammar.verb_frames import frame_at, silent_frame
from bot.claims.grammar.wordlists import (
    BODY_NOUNS,
    DETERMINERS,
    PERSON_TITLES,
    ROLE_NOUNS,
    word_set,
)
from bot.types import Stance

__all__ = ["Frame", "find_frames", "governing"]

_SPECIAL = word_set("had has gave offered give gives put puts went goes")
_PLAIN = Inflected(verb=Verb(lemma="put", stance=Stance.ASSERTS, use="say"), form="past")
_COUNTS = word_set("number toll count figure total tally")
_SILENCE = word_set("comment response reply word figures date")
_CITES = word_set("citing quoting cites quotes cited quoted")
_PREFACES = word_set("according per reference")
_VIEWS = word_set("words view opinion account telling")
_LEADING = ("noun", "subordinate", "passive", "aside")


def find_frames(tokens: list[Token], first: int = 0) -> list[Frame]:
    """Return every frame of a sentence whose body starts at token `first`, left to right."""
    label = _label_frame(tokens, first)
    frames = [] if label is None else [label]
    for i in _cue_places(tokens, first):
        frame = _frame_at(tokens, i, first)
        if frame is not None:
            frames.append(frame)
    frames = [_spoken(tokens, frame) for frame in frames]
    main = governing(frames)
    if main is None:
        return frames
    return [with_own_stance(tokens, frames, f) if f is main else f for f in frames]


def _cue_places(tokens: list[Token], first: int) -> list[int]:
    """Return where words stand that may open a frame, outside quotations.

    "United States", "Mahmoud Said": only in headlines is a verb written with a capital.
    """
    cues = _cue_words()
    found = [i for i, t in enumerate(tokens) if t.low in cues and i >= first and not t.quoted]
    small = [i for i in found if i == first or not tokens[i].text[0].isupper()]
    return found if len(small) == len(found) or is_title_case(tokens, first) else small


@cache
def _cue_words() -> frozenset[str]:
    """Return every word that may open a frame; all others are passed over."""
    verbs = lexicon().keys() | light_verbs().keys() | phrasal_words()
    return frozenset(verbs | STANCE_OF.keys() | VIEWS | _VIEWS | _CITES | _SPECIAL | _PREFACES)


def _spoken(tokens: list[Token], frame: Frame) -> Frame:
    """Return a frame whose act needs a speaker as one of saying, where its subject is a name.

    "Zelensky hit back" and "Halvia accepted" stay acts: whether they speak hangs on who they are.
    """
    if frame.use not in {"act", "object"} or frame.stance is Stance.ASSERTS or frame.source is None:
        return frame
    named = tokens[frame.source.last].text[0].isupper() and names_speaker(tokens, frame.source)
    return frame._replace(use="say") if named else frame


def governing(frames: list[Frame]) -> Frame | None:
    """Return the frame that carries the sentence."""
    main = [f for f in frames if f.position in {"before", "silent"}]
    for position in ("after", "according"):
        for frame in frames:
            if frame.position == position and not _only_compares(frame, main):
                return frame
    strong = [f for f in main if f.use != "think"]
    chosen = (strong or main)[:1]
    if chosen:
        return chosen[0]
    rest = [f for position in _LEADING for f in frames if f.position == position]
    return rest[0] if rest else None


#: What is said to bear out somebody else's words.
_BEARING_OUT = ("confirm", "corroborate", "acknowledge", "admit", "verify", "establish")


def _only_compares(frame: Frame, main: list[Frame]) -> bool:
    """Tell whether ", as the army had said" only compares what somebody else says or bears out."""
    before = [f for f in main if f.verb < frame.complement]
    earlier = frame.lemma == "as had" and any(f.use == "say" for f in before)
    borne_out = frame.lemma in ("as", "as had") and any(f.lemma in _BEARING_OUT for f in before)
    return earlier or borne_out


def _frame_at(tokens: list[Token], i: int, first: int) -> Frame | None:
    low = tokens[i].low
    frame = None
    if low == "according" and i + 2 < len(tokens) and tokens[i + 1].low == "to":
        frame = _according(tokens, i, i + 2)
    elif low == "per" and i + 1 < len(tokens) and tokens[i + 1].low == "the":
        frame = _according(tokens, i, i + 1)
    elif low in _VIEWS and [t.low for t in tokens[max(first, i - 2) : i + 2]] == [
        "in",
        "the",
        low,
        "of",
    ]:
        frame = _according(tokens, i, i + 2)
    elif low == "reference" and i > first + 1 and tokens[i - 1].low == "with":
        frame = _referring(tokens, i)
    elif low in _CITES:
        frame = _citing(tokens, i, first)
    elif low in _SPECIAL and i > first:
        frame = _special(tokens, i, first)
    return frame or _from_tables(tokens, i, first) or noun_frame(tokens, i, first)


def _from_tables(tokens: list[Token], i: int, first: int) -> Frame | None:
    phrasal = phrasal_at(tokens, i)
    if phrasal is not None:
        frame = frame_at(tokens, i, first, *phrasal)
        if frame is not None:
            return frame
    found = lexicon().get(tokens[i].low)
    if found is not None:
        return frame_at(tokens, i, first, found)
    return _light_frame(tokens, i, first)


def _light_frame(tokens: list[Token], i: int, first: int) -> Frame | None:
    """Return the frame of "made an offer": the object tells the act."""
    found = light_verbs().get(tokens[i].low)
    told = object_stance(tokens, i) if found is not None else None
    if found is None or told is None or told[0] is Stance.ASSERTS:
        return None
    verb = Verb(lemma=found.verb.lemma, stance=told[0], use="act")
    return frame_at(tokens, i, first, Inflected(verb=verb, form=found.form), told[1])


def _label_frame(tokens: list[Token], first: int) -> Frame | None:
    """Return the frame of a live-blog line: "14:20 - Governor Oleh Hryhorov: the power is back"."""
    start = first
    clock = start < len(tokens) and ":" in tokens[start].text and tokens[start].text[0].isdigit()
    if clock:
        start += 1
        while start < len(tokens) and (not tokens[start].word or tokens[start].low in _CLOCK):
            start += 1
    end = start
    while end < len(tokens) and end - start < 10 and tokens[end].word and not tokens[end].quoted:
        end += 1
    if end == start or end >= len(tokens) - 1 or tokens[end].text != ":":
        return None
    words = tokens[start:end]
    source = Phrase(start, end - 1)
    capital = words[0].text[0].isupper() and words[-1].text[0].isupper()
    office = any(t.low in _OFFICES for t in words)
    if not names_speaker(tokens, source) or words[0].low in _NO_ARTICLES:
        return None
    if words[-1].low in _LABELS:
        return None
    if not (office or (clock and capital)) or any(lexicon().get(t.low) for t in words):
        return None
    return plain_frame(end, source, Stance.ASSERTS, "before", "label", end + 1)


_OFFICES = PERSON_TITLES | ROLE_NOUNS | BODY_NOUNS
_NO_ARTICLES = DETERMINERS - {"the"}
_LABELS = word_set("source sources report reports statement statements live update updates media")
_CLOCK = word_set("gmt utc local time am pm a.m. p.m. est et msk")


def _according(tokens: list[Token], cue: int, start: int) -> Frame | None:
    source = right_phrase(tokens, start)
    if source is None:
        return None
    source = unwrapped(tokens, source)
    # "Denied an ambush in which, according to the command, two men died": a clause has its own.
    lead = [t.low for t in tokens[max(0, cue - 2) : cue] if t.word]
    inner = bool(lead) and lead[-1] in {"which", "who", "whom", "where", "whose"}
    position = "inner" if inner else "according"
    return plain_frame(cue, source, Stance.ASSERTS, position, "according", cue)


def _citing(tokens: list[Token], i: int, first: int) -> Frame | None:
    low = tokens[i].low
    quoted_as = any(t.low == "as" for t in tokens[i + 1 : i + 16])
    if i > first and has_be(tokens, i, first):
        source = left_phrase(tokens, i, first)
        if source is None or not any(t.low == "as" for t in tokens[i + 1 : i + 8]):
            return None
        return _cite_frame(
            i, source, "after" if _follows_comma(tokens, source, first) else "before"
        )
    source = right_phrase(tokens, i + 1)
    if source is None:
        return None
    if low in {"citing", "quoting"}:
        return _cite_frame(i, source, "aside") if names_speaker(tokens, source) else None
    said = _as_saying(tokens, i) if quoted_as else None
    if said is not None and names_speaker(tokens, source):
        return _cite_frame(i, source, "according")._replace(stance=said)
    citer = left_phrase(tokens, i, first)
    return None if citer is None else _cited_by(tokens, i, citer, source)


def _referring(tokens: list[Token], i: int) -> Frame | None:
    """Return the frame of "reported with reference to X": an agency names its source."""
    if i + 2 >= len(tokens) or tokens[i + 1].low != "to":
        return None
    source = right_phrase(tokens, i + 2)
    if source is None or not names_speaker(tokens, source):
        return None
    return _cite_frame(i, source, "aside")


def _cited_by(tokens: list[Token], i: int, citer: Phrase, source: Phrase) -> Frame:
    """Return the frame of "X cited Y": an outlet hands on a name, anybody else names a reason."""
    if names_speaker(tokens, source) and tokens[i].low in {"cited", "cites"}:
        return _cite_frame(i, source, "according")
    return plain_frame(i, citer, Stance.ASSERTS, "before", "point out", i + 1)


def _as_saying(tokens: list[Token], i: int) -> Stance | None:
    """Return the stance of "quoted X as denying that", None where no verb of speech follows."""
    for j in range(i + 2, min(len(tokens), i + 20)):
        found = lexicon().get(tokens[j].low)
        if tokens[j - 1].low == "as" and found is not None and found.form == "ing":
            return verb_stance(found.verb, tokens[j + 1 :])
    return None


def _follows_comma(tokens: list[Token], source: Phrase, first: int) -> bool:
    before = tokens[source.first - 1] if source.first > first else None
    return before is not None and (before.quoted or before.text in {",", "—", "–", "--", ";"})


def _cite_frame(verb: int, source: Phrase, position: str) -> Frame:
    return Frame(
        verb=verb,
        source=source,
        stance=Stance.ASSERTS,
        position=position,
        lemma="cite",
        use="cite",
        complement=verb + 1,
    )


def _special(tokens: list[Token], i: int, first: int) -> Frame | None:
    """Return the frame of verbs that report only together with their object."""
    low = tokens[i].low
    words = [t.low for t in tokens[i + 1 : i + 7] if t.word]
    if low in {"went", "goes"}:
        closed = words[:1] == ["on"] and ends_statement(tokens, i + 2)
        source = left_phrase(tokens, i, first) if closed else None
        if source is None or not _follows_comma(tokens, source, first):
            return None
        if not names_speaker(tokens, source):
            return None
        return verb_frame(i, source, _PLAIN, Stance.ASSERTS, "after", source.first)
    if low in {"put", "puts"} and words[:1] == ["it"]:
        return as_clause(tokens, i, left_phrase(tokens, i, first), first)
    counts = _COUNTS if low in {"put", "puts"} else {"toll", "figure"}
    gives = low in {"put", "puts", "gave", "gives", "give"}
    counted = gives and bool(counts & set(words[:5])) and words[:1] != ["no"]
    if counted or (low in {"put", "puts"} and "down" in words):
        source = left_phrase(tokens, i, first)
        if source is not None:
            source = unwrapped(tokens, source)
            return verb_frame(i, source, _PLAIN, Stance.ASSERTS, "before", i + 1)
    silent = words[:1] == ["no"] and bool(_SILENCE & set(words[:4]))
    return silent_frame(tokens, i, first) if silent else None
