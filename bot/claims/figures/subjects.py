"""Victims before a passive or "died": which group stands left of the verb as its subject. Pure."""

from __future__ import annotations

from itertools import pairwise

from bot.claims.figures.beside import is_hostless
from bot.claims.figures.harm import harm_at
from bot.claims.figures.heads import STOPS
from bot.claims.figures.list_asides import over_phrase
from bot.claims.figures.nouns import are_people
from bot.claims.figures.scene import REACH, Group, Kind, Scene
from bot.claims.figures.tokens import Words
from bot.claims.grammar.wordlists import AUXILIARIES, PREPOSITIONS, word_set

_BE = word_set("was were is are been being be get got gets feared presumed believed left")
SKIPPED = word_set(
    "reported reportedly feared confirmed believed presumed thought known considered allegedly"
    " badly seriously severely slightly lightly critically fatally mortally gravely also already"
    " later now then still instantly yesterday today all both each themselves himself herself"
    " only just further more either brutally aboard onboard discovered declared pronounced"
)
_TO_BE = word_set("to estimated said remain remains remained")
_PASSED = AUXILIARIES | SKIPPED | _TO_BE
_JOINED = PREPOSITIONS | {"and"}
FEARED = word_set("feared likely probably presumed believed thought may might could")
_BREAKS = word_set(
    "that as when while because if although though since until where whereas but after before"
)
_BEFORE_MONTHS = PREPOSITIONS | word_set("last early late mid this")
#: What opens an aside of who the victims were.
_ASIDES = word_set("all both most mostly mainly including among many half some")
#: A verb in the singular behind an aside of who it was.
_CLOSED = tuple((",", verb) for verb in ("was", "is", "has", "had", "died"))
_NO_SUBJECTS = word_set("he she it they we i you nobody none neither no those this these")
SAYING = word_set(
    "said says say saying reported reports told added announced confirmed claimed claims that"
    " adding admitted insisted estimated counted stated declared"
)
MODALS = word_set("will would could may might can should must")
NOT_QUITE = word_set("not never nearly almost")
_FUTURE = word_set("will would should shall must")


def is_passive(words: Words, at: int) -> bool:
    end = at - 1
    while end > 0 and (words.lows[end] in SKIPPED or words.lows[end].endswith("ly")):
        if words.lows[end] in _BE:
            return True
        end -= 1
    return words.lows[end] in _BE if end >= 0 else False


def is_future(words: Words, subject: Group, at: int) -> bool:
    """Tell whether "should be killed" or "may die" tells of nothing that has happened."""
    start = subject.tail + 1
    between = [words.lows[n] for n in range(start, at) if not _is_month(words, n)]
    if len(between) > 5:
        return False
    may = bool(MODALS.intersection(between)) and "have" not in between
    return may or bool(_FUTURE.intersection(between))


def _is_month(words: Words, at: int) -> bool:
    """Tell whether "may" is the month: "captured in May"."""
    return words.lows[at] == "may" and words.before(at) in _BEFORE_MONTHS


def left_subject(scene: Scene, at: int) -> tuple[Group | None, bool]:
    """Return the subject of a verb and whether it is only feared."""
    words = scene.words
    feared = False
    at = _before_all(words, at)
    end = at - 1
    while end >= max(0, at - REACH):
        low = words.lows[end]
        if low in FEARED and scene.held[end] is None and not _is_month(words, end):
            feared = feared or _stands_before_verb(words, end, at)
        group = scene.ending(end)
        if group is not None:
            if _is_subject(scene, group, at):
                return _explained(scene, group, at) or group, feared
            if _is_other_subject(scene, group, at):
                return None, feared
            end = group.first - 1
            continue
        if low in (";", ":", "!", "?"):
            return None, feared
        relative = low == "that" and scene.ending(end - 1) is not None
        if low == "whose":
            return None, feared
        if low in ("who", "which", "whom") or relative:
            return _antecedent(scene, end), feared
        if low in _BREAKS and _breaks(words, end) and not _shares_subject(words, end, at):
            return None, feared
        if _stands_before_verb(words, end, at) and _is_uncounted(words, end):
            return None, feared
        end -= 1
    return None, feared


def _before_all(words: Words, at: int) -> int:
    """Return where ", all Americans," in front of a verb begins; the verb where there is none."""
    end = at - 1
    while end > 0 and words.lows[end] in _PASSED:
        end -= 1
    if end < 1 or words.lows[end] != ",":
        return at
    for start in range(end - 1, max(0, end - 9), -1):
        if words.lows[start] in _ASIDES and words.before(start) == ",":
            return start - 1
        if words.lows[start] == ",":
            break
    return at


def _explained(scene: Scene, member: Group, at: int) -> Group | None:
    """Return the two of "two men, a cook and a maid,", the nurse of "a nurse, Mona Saleh,"."""
    words = scene.words
    whole = scene.ending(member.first - 2) if words.before(member.first) == "," else None
    one = whole or (over_phrase(scene, member.first - 2) if member.named else None)
    if one is not None and _introduces(words, one, member):
        return one
    if whole is None or member.stated or "," not in words.lows[member.tail + 1 : at]:
        return None
    several = whole.stated and whole.kind is Kind.PEOPLE and not whole.part
    wounded = whole.last != whole.first
    return whole if several and (whole.count.value != 1 or wounded) else None


def _introduces(words: Words, one: Group, name: Group) -> bool:
    """Tell whether "a nurse" says who the name behind it is."""
    single = one.kind is Kind.PEOPLE and one.count.value == 1 and not (one.named or one.part)
    opens = words.before(one.first) not in PREPOSITIONS | {"and"}
    if not name.named:  # "another Palestinian, a 17-year-old, was"
        said = words.lows[name.tail + 1 : name.tail + 3] in _CLOSED
        return single and opens and said and not one.stated and not name.stated
    return name.head is None and single and opens


def _breaks(words: Words, at: int) -> bool:
    """Tell whether a conjunction opens the clause; "that" behind a noun is a relative."""
    low, before = words.lows[at], words.before(at)
    if low == "that":
        return not _is_in_aside(words, at)
    if low == "since":
        return before not in AUXILIARIES  # "have since died"
    if low == "as":
        first_told = words.at(at + 1) in (
            "first",
            "initially",
            "earlier",
            "previously",
            "originally",
        )
        return (
            not first_told
            and before
            not in (
                "listed",
                "reported",
                "given",
                "registered",
                "identified",
                "named",
                "known",
                "described",
                "well",
            )
            and not (before == "only" and words.before(at - 1) in ("named", "known", "identified"))
        )
    return True


def _shares_subject(words: Words, at: int, verb: int) -> bool:
    """Tell whether "but" goes on with the same people, or "since" opens a mere phrase."""
    if words.lows[at] == "but":
        return _stands_before_verb(words, at, verb)
    phrase = words.lows[at] == "since" and words.at(at + 1) in ("the", "an", "a")
    between = words.lows[at + 2 : verb]
    first = next((n for n, low in enumerate(between) if low in AUXILIARIES), len(between))
    return phrase and first < REACH // 8 and _PASSED.issuperset(between[first:])


def _is_in_aside(words: Words, at: int) -> bool:
    """Tell whether "that" goes on from a noun between commas: ", a white Kia that had ..."."""
    near = words.lows[max(0, at - 7) : at]
    return any(one == "," and two in ("a", "an", "the", "one") for one, two in pairwise(near))


def _stands_before_verb(words: Words, at: int, verb: int) -> bool:
    between = words.lows[at + 1 : verb]
    if between[:2] == ("on", "board"):
        between = between[2:]
    return all(w in _PASSED or w.endswith("ly") for w in between)


def _is_uncounted(words: Words, at: int) -> bool:
    """Tell whether a pronoun or a plural without number is the subject ("any civilians died")."""
    if words.lows[at] in _NO_SUBJECTS:
        return True
    if not are_people(words.lows[at]):
        return False
    start = at
    while start > 0 and words.before(start) not in STOPS:
        start -= 1
    return words.before(start) not in _JOINED


def _is_other_subject(scene: Scene, group: Group, at: int) -> bool:
    """Tell whether the verb is said of a thing, or of someone to whom nothing happened."""
    words = scene.words
    if not _stands_before_verb(words, group.tail, at):
        return False
    before = words.before(group.first)
    if before in SKIPPED:
        before = words.before(group.first - 1)
    return before in ("nor", "neither") or (group.kind is Kind.THING and before not in PREPOSITIONS)


def _is_subject(scene: Scene, group: Group, at: int) -> bool:
    words = scene.words
    before = words.before(group.first)
    near = _stands_before_verb(words, group.tail, at)
    if before == "with" and words.at(group.tail + 1) == "having":
        near = _stands_before_verb(words, group.tail + 1, at)  # "with 12 people having died"
    if is_hostless(scene, group):
        return False
    if group.part or group.kind is Kind.THING or before in ("nor", "neither"):
        return False
    if group.kind is Kind.HARM and not near:
        return False
    if group.kind is Kind.BARE and not near:
        return False
    if before in PREPOSITIONS:
        being = words.before(at) == "being"  # "resulting in two people being injured"
        return near and (being or before in ("after", "before", "since", "until", "with"))
    if words.at(group.tail + 1) in SAYING:
        return False
    if before.endswith(("ed", "ing")) and before not in SAYING:
        return near and not harm_at(words.lows, group.first - 1)
    return harm_at(words.lows, group.first - 1) is None if group.first else True


def _antecedent(scene: Scene, at: int) -> Group | None:
    """Return the group that "who" at a word takes up."""
    words = scene.words
    for end in range(at - 1, max(-1, at - 9), -1):
        group = scene.ending(end)
        if group is not None and not group.part:
            return group if group.kind in (Kind.PEOPLE, Kind.BARE, Kind.OPEN) else None
        if words.lows[end] in (";", ".") or harm_at(words.lows, end):
            return None
    return None
