"""Nouns that carry a stance: "Hamas's refusal to", "a proposal from Egypt", "made an offer".

A noun cue makes its owner the speaker only at the head of a sentence; elsewhere it tells about
somebody, and the sentence is another's. As the object of a light verb it gives the verb its sense.
"""

from __future__ import annotations

from bot.claims.grammar.agents import right_phrase
from bot.claims.grammar.cues import names_statement
from bot.claims.grammar.frame import Frame, plain_frame
from bot.claims.grammar.nouns import cannot_speak, is_agent, names_speaker
from bot.claims.grammar.phrases import Phrase, is_adverb, is_time
from bot.claims.grammar.tokens import Token
from bot.claims.grammar.wordlists import BE_FORMS, DETERMINERS, PREPOSITIONS, word_set
from bot.types import Stance

_NOUNS: dict[Stance, frozenset[str]] = {
    Stance.DENIES: word_set("denial denials disavowal rebuttal repudiation"),
    Stance.REJECTS: word_set("refusal rejection refusals"),
    Stance.CALLS_FOR: word_set(
        "demand demands call calls appeal appeals plea pleas request requests insistence ultimatum"
    ),
    Stance.PROPOSES: word_set(
        "proposal proposals offer offers suggestion suggestions counter-proposal counterproposal"
        " counter-offer initiative"
    ),
    Stance.WARNS: word_set("threat threats warning warnings"),
    Stance.ACCUSES: word_set("accusation accusations allegation allegations charge charges"),
    Stance.PLANS: word_set("pledge pledges promise promises vow vows"),
    Stance.ASSERTS: word_set(
        "announcement announcements claim claims account accounts assertion statement statements"
        " report reports assurance assurances assessment version admission insistence"
        " acknowledgement word description explanation remark remarks confirmation"
    ),
}
STANCE_OF = {noun: stance for stance, nouns in _NOUNS.items() for noun in nouns}
#: Nouns that need their content behind them, because they name other things as well.
_WEAK = word_set(
    "proposal proposals suggestion suggestions call calls offer offers charge charges claim"
    " claims account accounts report reports statement statements version request requests"
    " appeal appeals initiative announcement announcements remark remarks description"
    " explanation assessment promise promises confirmation insistence admission warning word"
    " warnings threat threats vow vows pledge pledges"
)
_CONTENT = word_set("that to of for")
_GIVEN = word_set(
    "given made issued released published provided submitted tabled sent put voiced"
    " came comes come arrived"
)
#: What comes from places as well as from people.
_NEWS = word_set("report reports account accounts claim claims")
_EXISTS = BE_FORMS | word_set("came comes has have had")
VIEWS = word_set("account count reckoning telling estimate version words view tally accounts")
_QUALIFIERS = word_set(
    "latest flat repeated reported own public earlier initial new first second last recent formal"
    " joint written fresh renewed standing longstanding long-standing blunt swift quick immediate"
    " stated official daily weekly detailed full rare open final outright categorical blanket"
)
_BEFORE_NOUN = DETERMINERS | _QUALIFIERS
_NOT_OWNING = PREPOSITIONS - {"of", "for"}
_ACTING = word_set("have has had is are was were")
_LEADS = word_set("under in with by from despite amid following after and but yet")
_OWNER_ENDS = ("'s", "s'")


def noun_frame(tokens: list[Token], i: int, first: int) -> Frame | None:
    """Return the frame of a noun cue at token `i` whose owner opens the sentence."""
    low = tokens[i].low
    stance = STANCE_OF.get(low)
    if low in VIEWS and i > first:
        viewed = _view_frame(tokens, i, first)
        if viewed is not None:
            return viewed
    if stance is None:
        return None
    source, after = _owner(tokens, i, first), i + 1
    if source is None:
        source, after = _maker(tokens, i, first)
    elif low in _WEAK and (after >= len(tokens) or tokens[after].low not in _CONTENT):
        return None
    if source is None or cannot_speak(tokens, source, says=True):
        return None
    if stance is Stance.REJECTS and names_statement([t.low for t in tokens[after : after + 6]]):
        stance = Stance.DENIES
    if stance is Stance.ASSERTS and low.startswith("announcement"):
        stance = _announced(tokens, after)
    return plain_frame(i, source, stance, "noun", low, after)


def _announced(tokens: list[Token], after: int) -> Stance:
    """Return the stance of an announcement by what it announces: an own future act or not."""
    words = [t.low for t in tokens[after : after + 4]]
    own = words[:2] in (["that", "it"], ["that", "he"], ["that", "she"], ["that", "they"])
    return Stance.PLANS if own and words[2:3] in (["will"], ["would"]) else Stance.ASSERTS


def _genitive(tokens: list[Token], i: int, first: int) -> int | None:
    """Return the index of the owner's last word before the noun at `i`, None where none is."""
    j = i - 1
    while j > first and i - j < 4 and tokens[j].low in _QUALIFIERS:
        j -= 1
    return j if j >= first and tokens[j].word and tokens[j].low.endswith(_OWNER_ENDS) else None


def _owner(tokens: list[Token], i: int, first: int) -> Phrase | None:
    end = _genitive(tokens, i, first)
    if end is None:
        return None
    start = _head_start(tokens, first)
    if end - start > 9 or end < start or not all(t.word for t in tokens[start : end + 1]):
        return None
    if any(t.low in _NOT_OWNING | _ACTING for t in tokens[start : end + 1]):
        return None  # "Ardovia has accepted the council's appeal" is not Ardovia's
    return Phrase(start, end, None, _ending(tokens[end]))


def _ending(token: Token) -> int:
    return 2 if token.low.endswith("'s") else 1


def _head_start(tokens: list[Token], first: int) -> int:
    """Return where the first noun phrase begins: behind "And", "Under", "In"."""
    start = first
    while start + 1 < len(tokens) and (tokens[start].low in _LEADS or is_time(tokens, start)):
        start += 1
    return start


def _maker(tokens: list[Token], i: int, first: int) -> tuple[Phrase | None, int]:
    """Return the one behind "by" or "from" and the index after it."""
    start = _behind_there(tokens, _head_start(tokens, first))
    lead = tokens[start:i]
    if (
        any(t.low == "no" for t in lead)
        or i - start > 4
        or not all(t.low in _BEFORE_NOUN for t in lead)
    ):
        return None, i
    by = i + 1
    if by < len(tokens) and tokens[by].low in _GIVEN:
        by += 1
        if by < len(tokens) and tokens[by].low == "forward":
            by += 1
    if by + 1 >= len(tokens) or tokens[by].low not in {"by", "from"}:
        return None, i
    source = right_phrase(tokens, by + 1)
    if source is None or not names_speaker(tokens, source):
        return None, i
    if tokens[i].low in _NEWS and tokens[by].low == "from" and not _holds_office(tokens, source):
        return None, i
    source = _without_aim(tokens, source)
    return source, source.last + 1


def _behind_there(tokens: list[Token], start: int) -> int:
    """Return where the noun phrase begins behind "There was also", `start` where none does."""
    if start + 2 >= len(tokens) or tokens[start].low != "there":
        return start
    i = start + 1
    while i < len(tokens) and (tokens[i].low in _EXISTS or is_adverb(tokens[i])):
        i += 1
    return i


def _holds_office(tokens: list[Token], source: Phrase) -> bool:
    """Tell whether an office or a body stands behind "from", not a place: "reports from Orvel"."""
    return any(is_agent(t.low) for t in tokens[source.first : source.last + 1])


def _without_aim(tokens: list[Token], source: Phrase) -> Phrase:
    """Return the maker of "a call by the president for a halt" without what he calls for."""
    for j in range(source.first + 1, source.last + 1):
        before = tokens[j - 1]
        if tokens[j].low == "for" and (before.text[0].isupper() or not is_agent(before.low)):
            return source._replace(last=j - 1, aside=None)
    return source


def _view_frame(tokens: list[Token], i: int, first: int) -> Frame | None:
    """Return the frame of "By Kyiv's account" and "in the ministry's words"."""
    end = _genitive(tokens, i, first)
    if end is None:
        return None
    start = end
    while start > first and end - start < 8 and tokens[start - 1].word:
        start -= 1
        if tokens[start].low in {"by", "in", "on"}:
            break
    opens = start == first or not tokens[start - 1].word
    if not opens or tokens[start].low not in {"by", "in", "on"} or start == end:
        return None
    if is_time(tokens, start + 1):
        return None  # ", on Tuesday denied the army's account": a day before the verb
    source = Phrase(start + 1, end, None, _ending(tokens[end]))
    return plain_frame(i, source, Stance.ASSERTS, "according", "account", start)


def object_stance(tokens: list[Token], verb: int) -> tuple[Stance, int] | None:
    """Return the stance of the noun that the verb at `verb` governs, and its index."""
    for j in range(verb + 1, min(len(tokens), verb + 8)):
        token = tokens[j]
        if not token.word or token.quoted or token.low in PREPOSITIONS:
            return None
        stance = STANCE_OF.get(token.low)
        if stance is None or token.text[0].isupper():
            continue
        after = tokens[j + 1].low if j + 1 < len(tokens) else ""
        return None if after in STANCE_OF or after == "'s" else (stance, j)
    return None
