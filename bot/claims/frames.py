"""The reporting frame of one sentence: which verb governs it and which phrase speaks.

Order of preference: a statement closed by its source ("..., the ministry said"), then
"according to", then the main clause ("The ministry said that ..."), then a bare participle.
"""

from __future__ import annotations

from dataclasses import dataclass

from bot.claims.cues import Inflected, Verb, lexicon, verb_stance
from bot.claims.phrases import (
    Phrase,
    before_verb,
    ends_statement,
    is_adverb,
    is_time,
    left_phrase,
    right_phrase,
)
from bot.claims.tokens import Token
from bot.claims.wordlists import (
    AUDIENCES,
    BE_FORMS,
    DETERMINERS,
    MODALS,
    NEGATIONS,
    PREPOSITIONS,
    PRONOUNS,
    word_set,
)
from bot.types import Stance

#: Forms of verbs that are nouns at least as often.
_NOUNISH = word_set(
    "report reports claim claims demand demands plan plans offer offers call calls appeal appeals"
    " request requests estimate estimates charge charges note notes post posts comment comments"
    " answer answers reply replies counter counters state states record records press back"
    " support supports promise promises pledge pledges threat hopes hope aim aims want dispute"
    " disputes tweet tweets brief briefs blame veto welcome find finds question mention"
    " praise regret regrets remark remarks signal signals vow vows approach finding findings"
    " warning meeting offering briefing posting"
)
_SPECIAL = word_set("had has gave offered give gives put puts went goes")
_PLAIN = Inflected(verb=Verb(lemma="put", stance=Stance.ASSERTS, use="say"), form="past")
_REFUSED = word_set("comment say confirm answer elaborate respond discuss identify give")
_DEALT = word_set("ceasefire truce deal proposal plan talks agreement terms conditions text")


@dataclass(frozen=True, slots=True, kw_only=True)
class Frame:
    """One reporting verb with its source."""

    verb: int  #: token index of the cue
    source: Phrase | None
    stance: Stance
    position: str  #: after | according | before | inner | passive | aside | silent
    lemma: str
    use: str
    complement: int  #: token index where its content begins ("before") or ends ("after")
    audience: Phrase | None = None
    shared: bool = False  #: the verb shares the subject of an earlier one


def find_frames(tokens: list[Token], first: int = 0) -> list[Frame]:
    """Return every frame of a sentence whose body starts at token `first`, left to right."""
    table = lexicon()
    frames: list[Frame] = []
    for i in range(first, len(tokens)):
        token = tokens[i]
        if token.quoted or not token.word:
            continue
        frame = None
        if token.low == "according" and i + 2 < len(tokens) and tokens[i + 1].low == "to":
            frame = _according(tokens, i, i + 2)
        elif token.low == "per" and i + 1 < len(tokens) and tokens[i + 1].low in DETERMINERS:
            frame = _according(tokens, i, i + 1) if tokens[i + 1].low == "the" else None
        elif token.low in {"citing", "quoting", "cites", "quotes", "cited", "quoted"}:
            frame = _citing(tokens, i, first)
        elif token.low in _SPECIAL and i > first:
            frame = _special(tokens, i, first)
        found = table.get(token.low)
        if frame is None and found is not None:
            frame = _verb_frame(tokens, i, first, found)
        if frame is not None:
            frames.append(frame)
    return frames


def governing(frames: list[Frame]) -> Frame | None:
    """Return the frame that carries the sentence."""
    for position in ("after", "according"):
        for frame in frames:
            if frame.position == position:
                return frame
    main = [f for f in frames if f.position in {"before", "silent"}]
    strong = [f for f in main if f.use != "think"]
    chosen = (strong or main)[:1]
    if chosen:
        return chosen[0]
    rest = [f for position in ("passive", "aside") for f in frames if f.position == position]
    return rest[0] if rest else None


def _according(tokens: list[Token], cue: int, start: int) -> Frame | None:
    source = right_phrase(tokens, start)
    if source is None:
        return None
    return Frame(
        verb=cue,
        source=source,
        stance=Stance.ASSERTS,
        position="according",
        lemma="according",
        use="say",
        complement=cue,
    )


def _citing(tokens: list[Token], i: int, first: int) -> Frame | None:
    low = tokens[i].low
    passive = i > first and _has_be(tokens, i, first)
    if passive:
        source = left_phrase(tokens, i, first)
        quoted_as = any(t.low == "as" for t in tokens[i + 1 : i + 8])
        if source is None or not quoted_as:
            return None
        return _cite_frame(i, source, "after" if _closed_left(tokens, source, first) else "before")
    source = right_phrase(tokens, i + 1)
    if source is None:
        return None
    return _cite_frame(i, source, "aside" if low in {"citing", "quoting"} else "according")


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
        if source is None or not _closed_left(tokens, source, first):
            return None
        return _frame(tokens, i, source, _PLAIN, Stance.ASSERTS, "after", source.first)
    if {"number", "toll", "count", "figure", "total", "tally"} & set(words[:4]) and "no" not in (
        words[:1]
    ):
        source = left_phrase(tokens, i, first)
        if source is not None:
            return _frame(tokens, i, source, _PLAIN, Stance.ASSERTS, "before", i + 1)
    if low in {"put", "puts"} and "down" in words:
        source = left_phrase(tokens, i, first)
        if source is not None:
            return _frame(tokens, i, source, _PLAIN, Stance.ASSERTS, "before", i + 1)
    return _no_comment(tokens, i, first)


def _no_comment(tokens: list[Token], i: int, first: int) -> Frame | None:
    words = [t.low for t in tokens[i + 1 : i + 5] if t.word]
    silent = "no" in words[:1] and {"comment", "response", "reply", "word", "figures", "date"} & {
        *words
    }
    return _silent(tokens, i, first) if silent else None


def _silent(tokens: list[Token], verb: int, first: int) -> Frame:
    return Frame(
        verb=verb,
        source=left_phrase(tokens, verb, first),
        stance=Stance.ASSERTS,
        position="silent",
        lemma="",
        use="silent",
        complement=verb + 1,
    )


def _has_be(tokens: list[Token], i: int, first: int) -> bool:
    """Tell whether a form of "be" governs the participle at `i`."""
    j = i - 1
    while j >= first and (is_adverb(tokens[j]) or is_time(tokens, j)):
        j -= 1
    return j >= first and tokens[j].low in BE_FORMS


def _verb_frame(tokens: list[Token], i: int, first: int, found: Inflected) -> Frame | None:
    if _is_noun(tokens, i, first, found):
        return None
    if found.form == "base" and _follows_modal(tokens, i, first):
        return _negated(tokens, i, first, found)
    if found.form == "ing":
        return _participle(tokens, i, first, found)
    if found.form == "past" and _is_passive(tokens, i, first):
        return _passive(tokens, i, found)
    if _negates(tokens, i, first):
        return _silent(tokens, i, first)
    if found.verb.use == "refuse" and i + 2 < len(tokens) and tokens[i + 2].low in _REFUSED:
        return _silent(tokens, i, first)
    if (
        found.verb.use == "refuse"
        and found.verb.lemma == "decline"
        and (i + 1 >= len(tokens) or tokens[i + 1].low != "to")
    ):
        return None
    inverted = _inverted(tokens, i, first, found)
    if inverted is not None:
        return inverted
    return _subject_frame(tokens, i, first, found)


def _is_noun(tokens: list[Token], i: int, first: int, found: Inflected) -> bool:
    low = tokens[i].low
    if low not in _NOUNISH:
        return False
    if i == first:
        return True
    before = tokens[i - 1]
    after = tokens[i + 1] if i + 1 < len(tokens) else None
    if before.low in DETERMINERS | PREPOSITIONS or before.low.endswith(("'s", "s'")):
        return not (before.low == "that" and found.form == "s")
    if not before.word:
        return True
    if after is None or not (after.word or after.quoted):
        return True
    if after.low in {"of", "by", "over", "from", "about", "against", "into"}:
        return True
    if after.low in {"is", "are", "was", "were", "has", "have", "had", "will", "and", "said"}:
        return True
    if before.text[0].islower() and before.low.endswith(("ish", "ese", "ic", "al", "ive", "ed")):
        return True
    # A demonym before it ("the Azerbaijani claim that") makes it a noun; a plural subject does not
    if before.text[0].isupper() and before.low.endswith(("i", "ian", "ish", "ese", "an")):
        return found.form == "base" or before.low.endswith(("ish", "ese", "ian"))
    if found.form == "base":
        return not (before.low.endswith("s") or before.low in PRONOUNS)
    return False


def _follows_modal(tokens: list[Token], i: int, first: int) -> bool:
    j = i - 1
    while j >= first and (is_adverb(tokens[j]) or tokens[j].low in NEGATIONS):
        j -= 1
    return j >= first and (tokens[j].low in MODALS or tokens[j].low in {"do", "does", "did"})


def _negated(tokens: list[Token], i: int, first: int, found: Inflected) -> Frame | None:
    window = {t.low for t in tokens[max(first, i - 4) : i]}
    if not window & NEGATIONS:
        return None
    if found.verb.stance in {Stance.ASSERTS, Stance.DENIES, Stance.REJECTS}:
        if found.verb.lemma in {"accept", "agree", "support", "back"}:
            source = left_phrase(tokens, i, first)
            if source is None:
                return None
            return _frame(tokens, i, source, found, Stance.REJECTS, "before", i + 1)
        return _silent(tokens, i, first)
    return None


def _negates(tokens: list[Token], i: int, first: int) -> bool:
    return any(t.low in NEGATIONS for t in tokens[max(first, i - 2) : i])


def _is_passive(tokens: list[Token], i: int, first: int) -> bool:
    after = tokens[i + 1] if i + 1 < len(tokens) else None
    if after is not None and after.low == "by":
        return True
    if i == first:
        return True
    before = tokens[i - 1]
    if before.low in DETERMINERS and before.low not in {"both", "each", "all", "several"}:
        return True
    if before.low in PREPOSITIONS:
        return True
    if before.low in _DEALT and (after is None or after.low in PREPOSITIONS):
        return True
    return _has_be(tokens, i, first)


def _passive(tokens: list[Token], i: int, found: Inflected) -> Frame | None:
    if found.verb.use in {"think", "post"} or found.verb.stance is not Stance.ASSERTS:
        return None
    if i + 2 < len(tokens) and tokens[i + 1].low == "by":
        source = right_phrase(tokens, i + 2)
        if source is not None and found.verb.lemma in {"announce", "report", "declare", "confirm"}:
            return _frame(tokens, i, source, found, Stance.ASSERTS, "passive", i)
    return None


def _participle(tokens: list[Token], i: int, first: int, found: Inflected) -> Frame | None:
    if i == first or tokens[i - 1].text not in {",", "—", "–"} or found.verb.use in {"post"}:
        return None
    stance = verb_stance(found.verb, tokens[i + 1 :])
    return _frame(tokens, i, None, found, stance, "aside", i + 1)


def _inverted(tokens: list[Token], i: int, first: int, found: Inflected) -> Frame | None:
    """Return the frame of `", said the minister` and `..., said the minister.`"""
    if found.verb.use not in {"say", "post"} or i == first or found.form == "base":
        return None
    before = tokens[i - 1]
    if before.text != "," and not before.quoted and before.text not in {"—", "–"}:
        return None
    source = right_phrase(tokens, i + 1)
    if source is None or tokens[i + 1].low in {"that", "there"}:
        return None
    stop = (source.aside[1] if source.aside else source.last) + 1
    if not ends_statement(tokens, stop):
        return None
    if source.last == i + 1 and tokens[i + 1].low in _HOLLOW:
        return None
    return _frame(tokens, i, source, found, found.verb.stance, "after", i)


_HOLLOW = word_set("so this that it there")


def _subject_frame(tokens: list[Token], i: int, first: int, found: Inflected) -> Frame | None:
    shared = _conjoined(tokens, i, first)
    source = None if shared else left_phrase(tokens, i, first)
    if source is None and not shared:
        return None
    if shared and found.verb.use in {"post", "think", "plan"}:
        return None
    audience = _audience(tokens, i, found)
    after = (audience.last if audience else i) + 1
    closed = source is not None and _closed_left(tokens, source, first)
    statement = found.verb.use in {"say", "tell", "post"} and ends_statement(tokens, after)
    if source is not None and closed and statement:
        return _frame(tokens, i, source, found, found.verb.stance, "after", source.first, audience)
    if found.verb.use == "post" and not _takes_content(tokens, after):
        return None
    if found.verb.use == "ask" and not _asks_for(tokens, i):
        return None
    if found.verb.use == "plan" and (
        after >= len(tokens) or tokens[after].low not in {"to", "for"}
    ):
        return None
    if found.verb.lemma == "tell" and _is_order(tokens, after):
        return _frame(tokens, i, source, found, Stance.CALLS_FOR, "before", after, audience)
    position = "before" if source is None or _is_main(tokens, source, first) else "inner"
    stance = verb_stance(found.verb, tokens[i + 1 :])
    return _frame(tokens, i, source, found, stance, position, after, audience, shared=shared)


def _frame(
    tokens: list[Token],
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
    return Frame(
        verb=i,
        source=source,
        stance=stance,
        position=position,
        lemma=found.verb.lemma,
        use=found.verb.use,
        complement=complement,
        audience=audience,
        shared=shared,
    )


def _conjoined(tokens: list[Token], i: int, first: int) -> bool:
    end = before_verb(tokens, i, first)
    return end >= first and tokens[end].low in {"and", "but", "or", "then"}


def _closed_left(tokens: list[Token], source: Phrase, first: int) -> bool:
    """Tell whether a statement stands before the source."""
    if source.first <= first:
        return False
    before = tokens[source.first - 1]
    if before.quoted:
        return True
    return before.text in {",", "—", "–", "--", "-", ";"} and source.first - first > 2


def _is_main(tokens: list[Token], source: Phrase, first: int) -> bool:
    """Tell whether the source opens the sentence or a main clause of it."""
    if source.first <= first:
        return True
    before = tokens[source.first - 1]
    if before.low in {"that", "who", "which", "whose", "if", "as", "where", "whether"}:
        return False
    return (
        not before.word
        or before.low in {"and", "but", "while", "after", "when", "because"}
        or (_only_lead(tokens, first, source.first))
    )


def _only_lead(tokens: list[Token], first: int, stop: int) -> bool:
    return all(
        is_time(tokens, i)
        or is_adverb(tokens[i])
        or tokens[i].low in PREPOSITIONS
        or tokens[i].low in {"a", "the", "and", "but"}
        or not tokens[i].word
        or tokens[i].low in {"statement", "interview", "post", "speech", "address"}
        for i in range(first, stop)
    )


def _takes_content(tokens: list[Token], after: int) -> bool:
    return after < len(tokens) and (
        tokens[after].low == "that" or tokens[after].text == ":" or tokens[after].quoted
    )


def _asks_for(tokens: list[Token], i: int) -> bool:
    words = [t.low for t in tokens[i + 1 : i + 14]]
    return bool({"to", "for"} & set(words)) and words[:1] != ["about"] and "whether" not in words


def _is_order(tokens: list[Token], after: int) -> bool:
    """Tell whether "told X" goes on with "to" and a verb, or "that they must"."""
    words = [t.low for t in tokens[after : after + 4]]
    return words[:1] == ["to"] or (words[:1] == ["that"] and "must" in words)


def _audience(tokens: list[Token], i: int, found: Inflected) -> Phrase | None:
    start = i + 1
    if found.verb.use != "tell":
        return None
    if start >= len(tokens) or not tokens[start].word:
        return None
    if tokens[start].low in AUDIENCES:
        return Phrase(start, start)
    if tokens[start].low == "that" or tokens[start].low in PRONOUNS | {"him", "them", "us", "me"}:
        return None
    return right_phrase(tokens, start)
