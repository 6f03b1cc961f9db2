"""What the content of a plain "X said" does: denies, accuses, calls, plans, warns.

The verb speaks first (`bot.claims.grammar.cues`); only where it is as neutral as "said" do the words of
the content decide, and only for acts of the speaker's own side.
"""

from __future__ import annotations

import re

from bot.claims.grammar.cues import content_stance, tells_of_breach
from bot.claims.grammar.wordlists import word_set
from bot.claims.grammar.words import guarded, words_of
from bot.claims.who.collectives import SIDES
from bot.claims.who.sides import Side, Sides
from bot.types import Stance

#: Without one of these nobody speaks of his own acts.
_SELVES = word_set("we our i")
_SELF = r"(?:we|our (?:\w{1,15} )?(?:forces|army|side|government|country|ministry)|i)"
_OWN_ACTS: tuple[tuple[re.Pattern[str], Stance], ...] = tuple(
    (re.compile(pattern, re.IGNORECASE), stance)
    for pattern, stance in (
        (
            rf"\b{_SELF} (?:\w+ly )?(?:deny|refute)\b"
            r"|\A\W{0,4}(?:not (?:one|a single)|none) of our\b",
            Stance.DENIES,
        ),
        (
            rf"\b{_SELF} (?:\w+ly )?(?:reject|refuse|(?:will|would|can|could|shall)(?:n['’]t| not| never)"
            r" (?:\w+ )?(?:accept|agree|negotiate|surrender|disarm|withdraw|attend|talk|capitulate"
            r"|give up|sign))\b",
            Stance.REJECTS,
        ),
        (rf"\b{_SELF} (?:\w+ly )?(?:call on|call for|demand|urge|ask|appeal)\b", Stance.CALLS_FOR),
        (rf"\b{_SELF} (?:\w+ly )?(?:propose|offer|suggest)\b", Stance.PROPOSES),
        (rf"\b{_SELF} (?:\w+ly )?(?:accuse|blame)\b", Stance.ACCUSES),
        (rf"\b{_SELF} (?:\w+ly )?warn\b", Stance.WARNS),
        (
            rf"\b{_SELF} (?:are|am) (?:going|planning|preparing) to\b"
            rf"|\b{_SELF}(?: will\b| shall\b|['’]ll\b)(?! not| never| be\b)|\b{_SELF} (?:plan|intend) to\b",
            Stance.PLANS,
        ),
    )
)
_THREAT = guarded(
    "will would ll shall",
    r"\b(?:will|would|'ll|shall) (?:\w+ ){0,3}(?:retaliat\w+|respond (?:\w+ ){0,2}(?:forc|harsh|firm"
    r"|decisive|strong)\w*|answer (?:\w+ ){0,3}?(?:with|in kind)\b|crush|destroy|avenge|punish|pay (?:a|the)|be hit|strike back|hit back"
    r"|regret it|resume (?:the )?(?:war|fighting|attacks|operation|offensive)|go on attacking)",
)
_MUST = guarded(
    "must should need needs has have ought",
    r"\b(?:must|should|needs? to|has to|have to|ought to)\b (?!have\b)",
)
_REFUSES = guarded(
    "will would can could willn wouldn cann couldn no rules ruled ruling turns turned",
    r"\b(?:will|would|can|could)(?:n['’]t| not| never) (?:\w+ )?(?:accept|agree|negotiat\w+|surrender"
    r"|disarm|withdraw|attend|take part|talk|capitulate|give up|sign|join|hold talks|bow)\b"
    r"|\b(?:sees?|saw) no need\b|\brul(?:es|ed|ing) out\b|\bturn(?:s|ed) down\b"
    r"|\bno (?:talks|negotiations|ceasefire|truce) (?:while|until|unless|with)\b"
    r"|\bthere (?:will|would|can|could) be no (?:ceasefire|truce|talks|negotiations|deal)\b",
)
_FUTURE = re.compile(
    r"\A\W{0,4}(?:that )?(?P<who>(?:\S+ ){1,5}?)(?:will|would|is to|are to)\b(?! not)"
)
#: "its list would be ready": what becomes of a thing is no act of its owner.
_OWN_THING = re.compile(
    r"\A\W{0,4}(?:that )?(?:its|their|his|her) (?:\S+ ){1,4}?(?:will|would) be "
)
_UNWANTED_OFFER = guarded(
    "unacceptable starter starters question dead",
    r"\b(?:freeze|proposal|plan|draft|ceasefire|truce|terms|deal|offer|demands?|ultimatum"
    r"|conditions?|exchange|swap|withdrawal|corridor|buffer zone)\b[^.;]{0,60}?\b(?:is|are|was|were"
    r"|would be|remains?) (?:\w+ly |simply |totally )?(?:unacceptable|a non-starter|non-starters"
    r"|out of the question|dead on arrival)\b(?! to (?:many|most|some|both|all|either)\b)",
)
#: Threat of a war that comes back: "fighting will resume if".
_RESUMES = guarded(
    "resume restart go continue return",
    r"\W{0,4}(?:that )?(?:the )?(?:war|fighting|attacks?|strikes|hostilities|bombing|offensive"
    r"|operations?) (?:will|would) (?:resume|restart|go on|continue|return)\b[^.;]{0,40}?"
    r"\b(?:if|unless|until)\b",
)
#: An order or a wish in quotation marks: "Let the guns fall silent".
_APPEALS = re.compile(
    r"(?i)\W{0,2}[\"“‘'](?:please )?(?:let (?!me\b|us (?:be|remember)\b)|stop |cease |end "
    r"|lay down |halt |release |lift |open (?:the|every|all) |put down |spare )(?!of\b|is\b|was\b)"
)


def refine(
    content: str, speaker: Side | None, sides: Sides, words: frozenset[str] | None = None
) -> Stance:
    """Return the stance of neutral words by `speaker`; asserts where nothing says otherwise.

    `words` are those of `content` or of its whole sentence.
    """
    words = words_of(content) if words is None else words
    told = _of_own_acts(content, words) or content_stance(content, words)
    if told is not None:
        return told
    if _accuses(content, speaker, sides):
        return Stance.ACCUSES
    told = _of_party(content, words, speaker)
    if told is not None:
        return told
    if _is_own(content, words, speaker, sides):
        return _of_own_side(content, words)
    must = _MUST.search(content, words) and _addresses(content, sides)
    return Stance.CALLS_FOR if must or _APPEALS.match(content) else Stance.ASSERTS


def _of_own_acts(content: str, words: frozenset[str]) -> Stance | None:
    """Return the stance of "we reject", "we will" and the like."""
    if _SELVES.isdisjoint(words):
        return None
    for pattern, stance in _OWN_ACTS:
        if pattern.search(content):
            threat = stance is Stance.PLANS and _THREAT.search(content, words)
            return Stance.WARNS if threat else stance
    return None


def _of_party(content: str, words: frozenset[str], speaker: Side | None) -> Stance | None:
    """Return the stance of words that turn an offer down or threaten with war again."""
    if speaker is not None and speaker.role != "party":
        return None
    if _UNWANTED_OFFER.search(content, words):
        return Stance.REJECTS
    return Stance.WARNS if speaker and _RESUMES.match(content, words) else None


def _of_own_side(content: str, words: frozenset[str]) -> Stance:
    """Return the stance of words about an act of the speaker's own side."""
    if _REFUSES.search(content, words):
        return Stance.REJECTS
    if _THREAT.search(content, words):
        return Stance.WARNS
    if _APPEALS.match(content):
        return Stance.CALLS_FOR
    future = content[:1] not in "\"“‘'" and _FUTURE.match(content) and " if " not in content
    return Stance.PLANS if future and not _OWN_THING.match(content) else Stance.ASSERTS


_ALL_SIDES = re.compile(
    r"(?i)\W{0,4}(?:that )?(?:both|all|neither|each|the (?:two|warring|rival|opposing))\b[^,;.]{0,30}?"
    rf"\b(?:{SIDES}|party|camps?|forces)\b"
)


def _addresses(content: str, sides: Sides) -> bool:
    """Tell whether the content opens with a side of the conflict, or with all of them."""
    return _subject(content, sides) is not None or _ALL_SIDES.match(content) is not None


def _accuses(content: str, speaker: Side | None, sides: Sides) -> bool:
    """Tell whether the content opens with another party and tells of a breach."""
    if speaker is None or not tells_of_breach(content):
        return False
    subject = _subject(content, sides)
    return subject is not None and subject.role == "party" and subject != speaker


def _subject(content: str, sides: Sides) -> Side | None:
    match = sides.names.search(content[:70])
    return sides.of(match.group()) if match else None


_OPENING = re.compile(r"\W{0,4}(?:that )?(\w+)")
_OWN_PRONOUNS = word_set("it they he she its their his her")
_NONE_COMES = guarded("there", r"\bthere (?:will|would|can|could) be no\b")


def _is_own(content: str, words: frozenset[str], speaker: Side | None, sides: Sides) -> bool:
    """Tell whether the content opens with the speaker's own side or a pronoun for it."""
    opening = _OPENING.match(content)
    if opening and opening[1].lower() in _OWN_PRONOUNS:
        return True
    if _NONE_COMES.search(content[:60], words):
        return True
    return speaker is not None and _subject(content[:45], sides) == speaker
