"""The phrase right of a cue: the source behind "according to", "said" and "by".

A source that only hands on another's words is unwrapped: of "a report by UN peacekeepers" the
peacekeepers speak.
"""

from __future__ import annotations

from bot.claims.grammar.cues import lexicon
from bot.claims.grammar.nouns import is_agent, names_speaker
from bot.claims.grammar.phrases import CUT, MAX_WORDS, Phrase, is_adverb, is_clause_verb, is_time
from bot.claims.grammar.tokens import Token
from bot.claims.grammar.wordlists import (
    BODY_NOUNS,
    DETERMINERS,
    NEGATIONS,
    PERSON_TITLES,
    PLURAL_GROUPS,
    PREPOSITIONS,
    PRONOUNS,
    ROLE_NOUNS,
    VESSELS,
    word_set,
)

#: Words that carry another's words.
WRAPPERS = word_set(
    "report reports statement statements analysis account accounts data figures count tally"
    " estimate estimates survey study communique bulletin dossier complaint assessment testimony"
    " version document documents information letter message post tweet review summary update"
    " list note notes remarks comments"
)
_HANDED = word_set(
    "given made issued released published provided compiled submitted filed sent collected shared"
    " put circulated posted written prepared distributed gathered obtained"
)
#: Verbs that no noun looks like.
_PASTS = word_set(
    "took came began went held broke fell ran stood lay gave got made left led lost met put rose"
    " saw sent set won grew knew became brought caught drew kept"
)
_KNOWING = word_set("familiar close briefed involved present acquainted knowledgeable")
_NEAR = word_set("in on to from at")
_NEVER_INSIDE = word_set(
    "about over against into under without following during via through within despite since until"
    " before after amid upon across along by with"
)
_PARTS = word_set(
    "southern northern eastern western central occupied besieged nearby rural upper lower south"
    " north east west"
)
_SITES = BODY_NOUNS | word_set(
    "clinic camp front border ministry scene site airport port base prison school university"
    " mosque church embassy frontline talks town city village region area district charge"
    " checkpoint crossing"
)

_LOOSE = PREPOSITIONS | DETERMINERS | {"and", "or"}
_NO_HEAD = PREPOSITIONS | (DETERMINERS - {"some", "many", "others"})
_NO_OPENING = PREPOSITIONS | (NEGATIONS - {"neither"}) | {"there", "so"}
_TIES = _NEAR | {"with", "about"}
_IN_SITE = PREPOSITIONS | _SITES | {"and", "or"}
_HEADS = BODY_NOUNS | ROLE_NOUNS | PERSON_TITLES | PLURAL_GROUPS
_STANDING = _SITES - VESSELS


def right_phrase(tokens: list[Token], start: int) -> Phrase | None:
    """Return the source that begins at token `start`, with an appositive after a comma."""
    if start >= len(tokens) or not _opens(tokens, start):
        return None
    end = start - 1
    for i in range(start, min(len(tokens), start + MAX_WORDS)):
        if not _inside_right(tokens, i, start):
            break
        if i > start and _leaves_site(tokens, i, start):
            break
        end = i
    while end > start and tokens[end].low in _LOOSE:
        end -= 1
    if end < start or tokens[end].low in _NO_HEAD:
        return None
    return Phrase(start, end, _right_aside(tokens, end))


def _opens(tokens: list[Token], start: int) -> bool:
    token = tokens[start]
    if not token.word or token.quoted:
        return False
    low = token.low
    if low in _NO_OPENING or is_time(tokens, start):
        return False
    return "'" not in low or low.split("'")[0] not in PRONOUNS


def unwrapped(tokens: list[Token], phrase: Phrase) -> Phrase:
    """Return the one whose words a phrase carries: "figures released by the army" -> the army."""
    for i in range(phrase.first, min(phrase.last + 1, phrase.first + 6)):
        low = tokens[i].low
        if low in WRAPPERS:
            by = i + 1
            if by < len(tokens) and tokens[by].low in _HANDED:
                by = _over_time(tokens, by + 1)
            return _maker(tokens, by, phrase.last) or phrase
        if low in PREPOSITIONS or not tokens[i].word:
            break
    return phrase


def _over_time(tokens: list[Token], i: int) -> int:
    """Return the index behind "late on Monday"."""
    stop = min(len(tokens) - 1, i + 5)
    while i < stop and (
        is_time(tokens, i) or is_adverb(tokens[i]) or tokens[i].low in {"on", "late", "early"}
    ):
        i += 1
    return i


def _maker(tokens: list[Token], by: int, last: int) -> Phrase | None:
    """Return who stands behind "by", no further than `last` where the phrase holds him."""
    if by + 1 >= len(tokens) or tokens[by].low not in {"by", "from"}:
        return None
    maker = right_phrase(tokens, by + 1)
    if maker is not None and last > by:
        maker = maker._replace(last=min(maker.last, last))
    return maker if maker is not None and names_speaker(tokens, maker) else None


def _inside_right(tokens: list[Token], i: int, start: int) -> bool:
    token = tokens[i]
    low = token.low
    if not token.word:
        return token.text == "(" and _closed_abbreviation(tokens, i)
    if low in CUT or (low in PRONOUNS and i > start):
        return False
    if i == start:
        return True
    if is_time(tokens, i) or (token.text[0].islower() and is_adverb(token)):
        return False
    if _begins_anew(tokens, i) or _does_more(tokens, i):
        return False
    if tokens[i - 1].low in _KNOWING and low in _TIES:
        return True
    if low in _NEAR:
        return _names_place(tokens, i)
    if low in _NEVER_INSIDE or (low == "of" and (_tells_act(tokens, i) or _is_topic(tokens, i))):
        return False
    if low == "for":
        return _names_whom(tokens, i)
    return not is_clause_verb(tokens, i, start)


def _does_more(tokens: list[Token], i: int) -> bool:
    """Tell whether a verb of the main clause follows: "a truce of X and ordered", "of X took"."""
    token, before = tokens[i], tokens[i - 1]
    if not token.text[0].islower():
        return False
    if before.low == "and":
        return token.low in lexicon()
    return before.text[0].isupper() and token.low in _PASTS


def _begins_anew(tokens: list[Token], i: int) -> bool:
    """Tell whether an adverbial follows the source: "X only after", "Adom a little later"."""
    low, before = tokens[i].low, tokens[i - 1]
    if low == "only":
        return before.low not in DETERMINERS
    named = before.text[0].isupper() and before.low not in _LOOSE
    return named and low in {"a", "an", "the"} and tokens[i].text[0].islower()


def _is_topic(tokens: list[Token], i: int) -> bool:
    """Tell whether "of" behind a name leads to what was spoken of: "said Orsk of the draft"."""
    before = tokens[i - 1]
    if not before.text[0].isupper() or before.low in _HEADS:
        return False
    if i + 1 >= len(tokens) or tokens[i + 1].low not in {"the", "a", "an", "this", "that"}:
        return False
    stop = i + 2
    while stop < len(tokens) and stop < i + 6 and tokens[stop].word:
        if tokens[stop].low in _LOOSE or is_time(tokens, stop):
            break
        stop += 1
    last = tokens[stop - 1]
    return last.text[0].islower() and last.low not in _SITES and not is_agent(last.low)


def _names_whom(tokens: list[Token], i: int) -> bool:
    """Tell whether "for" at `i` belongs to the source: "a spokesman for the army"."""
    after = tokens[i + 1] if i + 1 < len(tokens) else None
    if after is None or not after.word:
        return False
    return after.text[0].isupper() or after.low in DETERMINERS or is_agent(tokens[i - 1].low)


def _tells_act(tokens: list[Token], i: int) -> bool:
    """Tell whether "of" at `i` goes on with what somebody is accused of: "of stalling"."""
    return i + 1 < len(tokens) and tokens[i + 1].low.endswith("ing") and (
        tokens[i + 1].text[0].islower()
    )  # fmt: skip


def _leaves_site(tokens: list[Token], i: int, start: int) -> bool:
    """Tell whether the word at `i` follows a site in small letters: "at the clinic speak"."""
    before, token = tokens[i - 1], tokens[i]
    return (
        before.low in _SITES
        and before.text[0].islower()
        and token.word
        and token.text[0].islower()
        and token.low not in _IN_SITE
        and any(t.low in _NEAR for t in tokens[start:i])
    )


def _closed_abbreviation(tokens: list[Token], i: int) -> bool:
    return i + 2 < len(tokens) and tokens[i + 1].text.isupper() and tokens[i + 2].text == ")"


def _names_place(tokens: list[Token], i: int) -> bool:
    """Tell whether a preposition at `i` leads to a name or a site, not to a vessel or a time."""
    j = i + 1
    if j < len(tokens) and tokens[j].low in {"the", "a", "an"}:
        j += 1
    if j >= len(tokens) or not tokens[j].word:
        return False
    token = tokens[j]
    if token.low in VESSELS or is_time(tokens, j) or token.low in {"reporters", "journalists"}:
        return False
    if token.low in _PARTS and j + 1 < len(tokens):
        token = tokens[j + 1]
    if token.text[0].isupper():
        return True
    near = tokens[j : j + 3]
    return any(t.low in _STANDING for t in near) and all(t.word for t in near[:1]) and (
        tokens[i].low != "to" and is_agent(tokens[i - 1].low)
    )  # fmt: skip


def _right_aside(tokens: list[Token], end: int) -> tuple[int, int] | None:
    i = end + 1
    if i >= len(tokens) or tokens[i].text != ",":
        return None
    stop = i + 1
    while stop < len(tokens) and stop - i < 14 and tokens[stop].word:
        if tokens[stop].low in CUT and stop > i + 1:
            return None
        stop += 1
    first = tokens[i + 1] if i + 1 < len(tokens) else None
    if first is None or not first.word or stop == i + 1:
        return None
    if first.low in {"who", "whose", "speaking"} or first.low in {"a", "an", "the"}:
        return (i + 1, stop - 1)
    names = [t for t in tokens[i + 1 : stop] if t.text[0].isupper()]
    return (i + 1, stop - 1) if len(names) == stop - i - 1 and len(names) >= 2 else None
