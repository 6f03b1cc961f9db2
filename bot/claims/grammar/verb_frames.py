"""The frame of one verb of the lexicon: subject in front, behind, or of an earlier verb."""

from __future__ import annotations

from bot.claims.grammar.agents import right_phrase, unwrapped
from bot.claims.grammar.clauses import as_clause, clause_of, closed_left, judge
from bot.claims.grammar.cues import Inflected, verb_stance
from bot.claims.grammar.frame import Frame, verb_frame
from bot.claims.grammar.noun_cues import object_stance
from bot.claims.grammar.nouns import cannot_speak, head_of, names_speaker
from bot.claims.grammar.opening_subjects import opening_subject
from bot.claims.grammar.passives import has_be, is_passive, passive_frame
from bot.claims.grammar.phrases import Phrase, before_verb, ends_statement
from bot.claims.grammar.subjects import left_phrase
from bot.claims.grammar.tokens import Token
from bot.claims.grammar.verb_forms import follows_modal, is_noun
from bot.claims.grammar.verb_objects import is_other_sense, takes_its_object
from bot.claims.grammar.wordlists import AUDIENCES, NEGATIONS, PLURAL_GROUPS, PRONOUNS, word_set
from bot.types import Stance

_REFUSED = word_set("comment say confirm answer elaborate respond discuss identify give")
_EAGER = word_set("quick swift rushed hastened hurried continued continues proceeded moved fast")
_PLURALS = PLURAL_GROUPS | {"and", "both"}
_NO_AUDIENCE = PRONOUNS | word_set("that him them us me")
_REPEATS = word_set("reiterate repeat restate reaffirm renew")


def frame_at(
    tokens: list[Token], i: int, first: int, found: Inflected, partner: int | None = None
) -> Frame | None:
    """Return the frame of the verb at token `i`; `partner` is the last token of a phrasal verb."""
    if is_noun(tokens, i, first, found):
        return None
    if found.form == "base" and follows_modal(tokens, i, first):
        return _eager(tokens, i, first, found) or _negated(tokens, i, first, found)
    if found.form == "ing" and not has_be(tokens, i, first):
        return _participle(tokens, i, first, found, partner or i)
    if found.form == "past" and is_passive(tokens, i, first):
        return passive_frame(tokens, i, first, found)
    if _negates(tokens, i, first):
        return silent_frame(tokens, i, first)
    if found.verb.use == "refuse":
        if i + 2 < len(tokens) and tokens[i + 2].low in _REFUSED:
            return silent_frame(tokens, i, first)
        if found.verb.lemma == "decline" and (i + 1 >= len(tokens) or tokens[i + 1].low != "to"):
            return None
    if is_other_sense(tokens, i, found):
        return None
    inverted = _inverted(tokens, i, first, found, i if partner is None else partner)
    if inverted is not None:
        return inverted
    return _subject_frame(tokens, i, first, found, i if partner is None else partner)


def _eager(tokens: list[Token], i: int, first: int, found: Inflected) -> Frame | None:
    """Return the frame of a verb behind one of doing: "was quick to deny", "went on to accuse"."""
    j = i - 2
    if j <= first or tokens[i - 1].low != "to":
        return None
    if tokens[j].low == "on" and tokens[j - 1].low in {"went", "goes", "go"}:
        j -= 1
    elif tokens[j].low not in _EAGER:
        return None
    source = left_phrase(tokens, j, first)
    if source is None or cannot_speak(tokens, source, says=False):
        return None
    if not takes_its_object(tokens, i, found, i + 1, source):
        return None
    position = clause_of(tokens, source, first)
    return verb_frame(i, source, found, _stance(tokens, i, i, found), position, i + 1)


def silent_frame(tokens: list[Token], verb: int, first: int) -> Frame:
    """Return the frame of a source that says nothing: "has not confirmed"."""
    return Frame(
        verb=verb,
        source=left_phrase(tokens, verb, first),
        stance=Stance.ASSERTS,
        position="silent",
        lemma="",
        use="silent",
        complement=verb + 1,
    )


def _negated(tokens: list[Token], i: int, first: int, found: Inflected) -> Frame | None:
    window = {t.low for t in tokens[max(first, i - 4) : i]}
    if not window & NEGATIONS:
        return None
    if found.verb.stance not in {Stance.ASSERTS, Stance.DENIES, Stance.REJECTS}:
        return None
    if found.verb.lemma not in {"accept", "agree", "support", "back"}:
        return silent_frame(tokens, i, first)
    source = left_phrase(tokens, i, first)
    if source is None:
        return None
    return verb_frame(i, source, found, Stance.REJECTS, "before", i + 1)


def _negates(tokens: list[Token], i: int, first: int) -> bool:
    return any(t.low in NEGATIONS for t in tokens[max(first, i - 2) : i])


def _participle(
    tokens: list[Token], i: int, first: int, found: Inflected, last: int
) -> Frame | None:
    if found.verb.use == "post":
        return None
    stance = _stance(tokens, i, last, found)
    if i == first or (i == first + 1 and tokens[first].low in {"but", "and", "while"}):
        comma = any(t.text == "," for t in tokens[i + 1 : i + 40])
        return verb_frame(i, None, found, stance, "aside", i + 1) if comma else None
    if not _parted(tokens, i):
        return None
    return verb_frame(i, opening_subject(tokens, first), found, stance, "aside", i + 1)


def _parted(tokens: list[Token], i: int) -> bool:
    """Tell whether a comma or dash, perhaps inside a closing quotation, stands before token `i`."""
    before = tokens[i - 1]
    if before.quoted and not before.word and i > 1:
        before = tokens[i - 2]
    return before.text in {",", "—", "–", "--"} or before.low == "while"


def _inverted(tokens: list[Token], i: int, first: int, found: Inflected, last: int) -> Frame | None:
    """Return the frame of `", said the minister`, `?" ask villagers`, `..., said the minister.`"""
    if found.verb.use not in {"say", "post", "ask"} or found.form == "ing":
        return None
    if i == first:
        return _opening(tokens, i, found)
    before = tokens[i - 1]
    if before.text not in {",", "—", "–"} and not before.quoted:
        return None
    source = right_phrase(tokens, last + 1)
    if source is None or tokens[last + 1].low in {"that", "this", "it"}:
        return None
    if found.form == "base" and not _is_plural(tokens, source):
        return None
    asks = found.verb.use == "ask"
    if asks and not (before.quoted and tokens[i - 2].text[-1:] == "?"):
        return None
    if not before.quoted and not names_speaker(tokens, source):
        return None
    stop = (source.aside[1] if source.aside else source.last) + 1
    aside = before.quoted and source.last + 1 < len(tokens) and tokens[source.last + 1].text == ","
    if not aside and not ends_statement(tokens, stop) and not _goes_on(tokens, i, stop, first):
        return None
    stance = Stance.ASSERTS if asks else found.verb.stance
    frame = verb_frame(i, source, found, stance, "after", i)
    return frame._replace(use="say") if asks else frame


def _is_plural(tokens: list[Token], source: Phrase) -> bool:
    """Tell whether several speak, as "say" and "ask" need: "say villagers in Orvel"."""
    words = {t.low for t in head_of(tokens, source)}
    return bool(words & _PLURALS)


def _goes_on(tokens: list[Token], i: int, stop: int, first: int) -> bool:
    """Tell whether a colon explains a short verdict: "Fake, says the ministry: no such talks"."""
    return i - first <= 6 and tokens[stop].text == ":"


def _opening(tokens: list[Token], i: int, found: Inflected) -> Frame | None:
    """Return the frame of "Said Ellis: ..."."""
    source = right_phrase(tokens, i + 1)
    if source is None or source.last + 1 >= len(tokens) or not names_speaker(tokens, source):
        return None
    if tokens[source.last + 1].text != ":":
        return None
    return verb_frame(i, source, found, found.verb.stance, "before", source.last + 2)


def _subject_frame(
    tokens: list[Token], i: int, first: int, found: Inflected, last: int
) -> Frame | None:
    shared = _conjoined(tokens, i, first)
    if shared:
        return _shared_frame(tokens, i, first, found, last)
    source = left_phrase(tokens, i, first)
    if source is None or cannot_speak(tokens, source, says=found.verb.lemma in {"say", "state"}):
        return None
    view = as_clause(tokens, i, source, first)
    if view is not None:
        return view
    judging = judge(tokens, source)
    if judging is not None:
        return verb_frame(i, judging, found, found.verb.stance, "inner", i + 1)
    speaker = unwrapped(tokens, source)
    if found.verb.lemma == "show" and speaker == source:
        return None
    audience = _audience(tokens, i, found)
    after = (audience.last if audience else last) + 1
    if _closes_question(tokens, source, first, found):
        frame = verb_frame(i, speaker, found, Stance.ASSERTS, "after", source.first)
        return frame._replace(use="say")
    if _closes(tokens, source, first, found, after):
        return verb_frame(i, speaker, found, found.verb.stance, "after", source.first, audience)
    if not takes_its_object(tokens, i, found, after, speaker):
        return None
    position = clause_of(tokens, source, first)
    stance = _stance(tokens, i, last, found)
    if found.verb.lemma == "tell" and _is_order(tokens, after):
        stance = Stance.CALLS_FOR
    return verb_frame(i, speaker, found, stance, position, after, audience)


def _closes(tokens: list[Token], source: Phrase, first: int, found: Inflected, after: int) -> bool:
    """Tell whether source and verb close a statement: "..., the ministry said on Monday"."""
    return (
        found.verb.use in {"say", "tell", "post"}
        and ends_statement(tokens, after)
        and closed_left(tokens, source, first)
    )


def _closes_question(tokens: list[Token], source: Phrase, first: int, found: Inflected) -> bool:
    """Tell whether source and verb close a quoted question: "Who fired?" the envoy asked."""
    if found.verb.use != "ask" or source.first < first + 2:
        return False
    mark, end = tokens[source.first - 1], tokens[source.first - 2]
    return mark.quoted and not mark.word and "?" in {mark.text[-1:], end.text[-1:]}


def _shared_frame(
    tokens: list[Token], i: int, first: int, found: Inflected, last: int
) -> Frame | None:
    """Return the frame of a second verb: "counted 41 clashes and said that ..."."""
    if found.verb.use in {"post", "think", "plan"} or found.form == "base":
        return None
    audience = _audience(tokens, i, found)
    after = (audience.last if audience else last) + 1
    if not takes_its_object(tokens, i, found, after, None):
        return None
    source = opening_subject(tokens, first)
    stance = _stance(tokens, i, last, found)
    return verb_frame(i, source, found, stance, "before", after, audience, shared=True)


def _stance(tokens: list[Token], i: int, last: int, found: Inflected) -> Stance:
    if found.verb.lemma in _REPEATS:
        told = object_stance(tokens, i)
        return told[0] if told else found.verb.stance
    return verb_stance(found.verb, tokens[last + 1 :])


def _conjoined(tokens: list[Token], i: int, first: int) -> bool:
    end = before_verb(tokens, i, first)
    return end >= first and tokens[end].low in {"and", "but", "or", "then"}


def _is_order(tokens: list[Token], after: int) -> bool:
    """Tell whether "told X" goes on with "to" and a verb, or "that they must"."""
    words = [t.low for t in tokens[after : after + 4]]
    return words[:1] in (["to"], ["not"]) or (words[:1] == ["that"] and "must" in words)


def _audience(tokens: list[Token], i: int, found: Inflected) -> Phrase | None:
    start = i + 1
    if found.verb.use != "tell" or start >= len(tokens) or not tokens[start].word:
        return None
    if tokens[start].low in AUDIENCES:
        return Phrase(start, start)
    if tokens[start].low in _NO_AUDIENCE:
        return None
    return right_phrase(tokens, start)
