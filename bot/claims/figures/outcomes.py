"""What became of which group: verbs, adjectives and nouns of harm tied to their victims. Pure.

Three ties: right behind the victims ("12 dead"), in front of them ("killed 12", "the murder of
12"), and a passive or "died" whose subject stands further left.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from bot.claims.figures.harm import NOUNS, OPENERS, Harm, harm_at
from bot.claims.figures.list_asides import over_phrase
from bot.claims.figures.lists import joined_later, list_left, list_right
from bot.claims.figures.objects import is_active, named_before, object_told, past_object_told
from bot.claims.figures.places import at_named_place
from bot.claims.figures.scene import Group, Kind, Scene, Told, countable
from bot.claims.figures.subjects import (
    FEARED,
    NOT_QUITE,
    SKIPPED,
    is_future,
    is_passive,
    left_subject,
)
from bot.claims.figures.tokens import Words
from bot.claims.grammar.wordlists import AUXILIARIES, PREPOSITIONS, word_set
from bot.types import Measure

_WANTED = word_set(
    "reward rewards bounty bounties offered offers offering calls called calling demanded demands"
    " warrant warrants"
)
_LAW = word_set(
    "police investigators prosecutors court courts judges customs immigration authorities officers"
    " detectives"
)
_CHARGED = word_set("suspicion charges charge questioning")
_OPENERS = OPENERS | frozenset(NOUNS)
_LEAVING = word_set("left leaving leaves leave")
_LEADING = word_set("lead leads leading led")
_FREED = word_set(
    "freed released release releases releasing freeing free frees rescued rescues swapped exchanged"
    " returned exchange swap"
)


def find_outcomes(scene: Scene) -> Iterator[Told]:
    """Yield what is told of the groups, in the order of the words that tell it."""
    lows = scene.words.lows
    at = 0
    while at < len(lows):
        if lows[at] not in _OPENERS:
            at += 1
            continue
        holder = scene.held[at]
        own = holder is not None and holder.first < at <= holder.last and holder.measure is not None
        harm = None if own else harm_at(lows, at) or NOUNS.get(lows[at])
        if harm is None:
            at += 1
            continue
        told = _told(scene, at, harm)
        if told is not None:
            yield told
        at += harm.size


def _told(scene: Scene, at: int, harm: Harm) -> Told | None:
    if _is_wanted(scene.words, at) or "without" in scene.words.lows[max(0, at - 3) : at]:
        return None
    if _is_arrest(scene.words, at) or _would_have(scene.words, at):
        return None
    if harm.form == "noun":
        return _of_noun(scene, at, harm)
    if harm.form in ("finite", "past"):
        return object_told(scene, at, harm)
    if harm.form == "ing":
        return _of_noun(scene, at, harm) or object_told(scene, at, harm)
    return (
        _behind(scene, at, harm)
        or _inverted(scene, at, harm)
        or past_object_told(scene, at, harm)
        or _subject(scene, at, harm)
    )


def _is_wanted(words: Words, at: int) -> bool:
    """Tell whether a deed is only asked for ("a reward for the capture of the leader")."""
    near = words.lows[max(0, at - 4) : at]
    asked = "for" in near[-2:] or ("to" in near and not _LEADING.isdisjoint(near))
    return asked and bool(_WANTED.intersection(words.lows[max(0, at - 16) : at]))


def _would_have(words: Words, at: int) -> bool:
    """Tell whether a deed did not come about: "it would have killed dozens"."""
    near = words.lows[max(0, at - 4) : at]
    return ("would", "have") in pairwise(near)


def _is_arrest(words: Words, at: int) -> bool:
    """Tell whether the law detains: "police detained", "detained by investigators"."""
    if not words.lows[at].startswith("detain"):
        return False
    near = words.lows[max(0, at - 5) : at]
    behind = words.lows[at + 1 : at + 6]
    if not _LAW.isdisjoint(near) or ("by" in behind and not _LAW.isdisjoint(behind)):
        return True
    return not _CHARGED.isdisjoint(words.lows[at + 1 : at + 10])


def _of_noun(scene: Scene, at: int, harm: Harm) -> Told | None:
    """Read "the murder of six priests and two women" and "the six priests' murder"."""
    words = scene.words
    start = at + harm.size
    while start < at + 9 and (words.at(start) in TIMED or words.at(start + 1) == "#"):
        start += 1
    if words.at(start) == "of" or (words.at(start) == "to" and harm.measure is Measure.WOUNDED):
        first = scene.starting(start + 1) or named_before(scene, start + 1)
        if first is not None and not first.part and countable(first, harm):
            noun = Harm(harm.measure, "noun", harm.strict)
            return Told(list_right(scene, first, noun), harm.measure, at=at)
    owner = scene.ending(at - 2) if words.before(at) == "'" else None
    if owner is not None and owner.kind is Kind.PEOPLE and owner.stated:
        return Told(list_left(scene, owner, harm), harm.measure, at=at)
    return None


#: "the death yesterday of nine people".
_WHOLE_BEFORE = PREPOSITIONS | {"", ".", ",", "and", "when"}
TIMED = word_set(
    "yesterday today on # the evening morning night monday tuesday wednesday thursday friday"
    " saturday sunday last january february march april may june july august september october"
    " november december in combat action battle custody detention"
)


def _behind(scene: Scene, at: int, harm: Harm) -> Told | None:
    """Read "nine dead", "46 people injured", "two soldiers and a child killed in ..."."""
    words = scene.words
    end = at - 1
    feared = False
    while end > 0 and (words.lows[end] in SKIPPED or words.lows[end].endswith("ly")):
        if scene.held[end] is not None:
            break
        feared = feared or words.lows[end] in FEARED
        end -= 1
    counted = scene.ending(end - 1) if words.at(end) == "said" and end == at - 1 else None
    end -= counted is not None and counted.stated  # "more than 30 said killed"
    end -= words.at(end) == "as" and harm.form == "adj"  # "lists 40 people as missing"
    last = scene.ending(end) or (scene.ending(end - 1) if words.lows[end] == "," else None)
    if last is not None and (last.part or last.tail < end):
        last = _whole_of(scene, last) or scene.ending(end)
    thing = last is not None and last.kind is Kind.THING  # "left five members of one family dead"
    if (last is None or thing) and harm.form == "adj":
        last = _left_over_phrase(scene, end)
    if last is None and harm.form in ("ed", "en"):
        last = _over_place(scene, end) or over_phrase(scene, end)
        last = last if last is not None and last.stated and not last.part else None
    if last is None or not countable(last, harm) or words.before(at) in NOT_QUITE:
        return None
    either = words.at(at + harm.size) == "or"  # "with up to 50 men killed or wounded"
    if (either or last.kind is Kind.BARE) and shares_number(scene, at, harm):
        return None
    if harm.form in ("ed", "past") and is_active(scene, at, harm):
        return None
    if harm.form == "died" and last.part:
        return None
    groups = tuple(g for g in list_left(scene, last, harm) if not g.part)
    if last.part or not groups:
        return None
    if harm.form == "ed" and not last.stated and last.definite and not _may_stand_alone(words, at):
        return None
    groups = (*groups, *joined_later(scene, at + harm.size, harm))
    return Told(groups, harm.measure, feared, at)


def _whole_of(scene: Scene, part: Group) -> Group | None:
    """Return the four of "leaves four militants, including their commander, dead"."""
    end = part.first - 1
    if not part.part or scene.words.at(end) not in ("including", "among"):
        return None
    end -= 1 + (scene.words.before(end) == ",")
    whole = scene.ending(end)
    return whole if whole is not None and whole.stated and not whole.part else None


def _left_over_phrase(scene: Scene, end: int) -> Group | None:
    """Return the 12 of "left 12 members of the force dead"."""
    last = over_phrase(scene, end)
    left = last is not None and scene.words.before(last.first) in _LEAVING
    return last if last is not None and left and not last.part else None


def _over_place(scene: Scene, end: int) -> Group | None:
    """Return the number of "two people in Orvel and three in Tashar were killed"."""
    while end > 0 and scene.words.lows[end] in AUXILIARIES:
        end -= 1
    last = over_phrase(scene, end)
    alone = last is not None and last.kind is Kind.BARE
    return last if last and alone and at_named_place(scene.words, last.tail + 1) else None


def _may_stand_alone(words: Words, at: int) -> bool:
    """Tell whether "her son wounded" is whole: at the end or before a preposition."""
    return words.at(at + 1) in _WHOLE_BEFORE


def _inverted(scene: Scene, at: int, harm: Harm) -> Told | None:
    """Read "Killed were a nurse and her son", "Dead at 19: a conscript", "Dead (14)"."""
    words = scene.words
    following = words.at(at + harm.size)
    if following in ("(", ":") and scene.starting(at + harm.size + 1) is not None:
        group = scene.starting(at + harm.size + 1)
        closed = group is not None and words.at(group.tail + 1) in (")", ".", ",", ";", "")
        if group is not None and group.kind is Kind.BARE and closed:
            return Told((group,), harm.measure, at=at)
    also = words.before(at) == "also"  # "also killed were two guards"
    opens = words.before(at - also) in ("", ";", ":", ".", "—", ")") or (
        words.before(at) in ("the", "those") and words.before(at - 1) in ("", ".", ";")
    )
    if not opens:
        return None
    for end in range(at + 1, min(at + 14, len(words.lows))):
        if words.lows[end] in ("was", "were", "are", "is", ":"):
            listed = words.at(end + 1) in _LISTED and words.at(end + 2) == "as"
            start = end + 3 if listed else end + 1
            first = scene.starting(start) or named_before(scene, start)
            if first is not None and countable(first, harm):
                return Told(list_right(scene, first, harm), harm.measure, at=at)
            return None
        held = scene.held[end]
        if words.lows[end] in (";", ".") or (held is not None and held.kind is not Kind.BARE):
            return None
    return None


def _subject(scene: Scene, at: int, harm: Harm) -> Told | None:
    """Read "six people who had been queuing ... were killed" and "... later died"."""
    words = scene.words
    if (
        harm.form == "adj"
        and not is_passive(words, at)
        and words.before(at) not in ("as", "remain", "remained", "remains", "still")
    ):
        return None
    participle = harm.form in ("ed", "en") and not is_passive(words, at)
    if participle and _tells_of_a_name(scene, at):
        return None
    if participle and (not _continues(words, at) or is_active(scene, at, harm)):
        return None
    if words.before(at) in NOT_QUITE or _shares_number(words, at, harm):
        return None
    subject, feared = left_subject(scene, at)
    if subject is not None and harm.form != "adj" and is_future(words, subject, at):
        return None
    groups = joined_later(scene, at + harm.size, harm)
    if subject is not None and not subject.part and countable(subject, harm):
        beside = joined_later(scene, subject.tail + 1, harm)
        told = (*list_left(scene, subject, harm), *(g for g in beside if g.tail < at))
        groups = (*(g for g in told if not g.part), *groups)
    return Told(groups, harm.measure, feared, at) if groups else None


def _tells_of_a_name(scene: Scene, at: int) -> bool:
    """Tell whether ", killed when ..." goes on from a name that is no group."""
    words = scene.words
    end = at - 2
    if words.before(at) != "," or end < 0 or scene.held[end] is not None or not words.plain:
        return False
    whole = over_phrase(scene, end)  # "three miners from Orvel, killed on Monday"
    return words.tokens[end].word[:1].isupper() and not (whole is not None and whole.stated)


_LISTED = word_set("identified named listed")


def _continues(words: Words, at: int) -> bool:
    """Tell whether a participle goes on from another verb ("were seized and killed")."""
    end = at - 1
    while end > 0 and (words.lows[end] in SKIPPED or words.lows[end].endswith("ly")):
        end -= 1
    return words.lows[end] in ("and", "or", ",", "then", ")")


def shares_number(scene: Scene, at: int, harm: Harm) -> bool:
    """Tell whether a number alone stands for both measures ("40 killed and wounded")."""
    words = scene.words
    end = at + harm.size
    other = harm_at(words.lows, end + 1) if words.at(end) in ("and", "or", "/") else None
    if other is None or {other.measure, harm.measure} != {Measure.KILLED, Measure.WOUNDED}:
        return False
    return other.form in ("ed", "adj") and not is_active(scene, end + 1, other)


def _shares_number(words: Words, at: int, harm: Harm) -> bool:
    """Tell whether one number stands for two measures ("were killed or wounded")."""
    end = at + harm.size
    if words.at(end) in ("or", "and", "/") and end + 1 < len(words.lows):
        other = harm_at(words.lows, end + 1)
        if other is not None and other.form == harm.form and other.measure is not harm.measure:
            return harm.measure in (Measure.KILLED, Measure.WOUNDED)
    other = harm_at(words.lows, at - 2) if at >= 2 and words.lows[at - 1] in ("or", "and") else None
    return other is not None and harm.measure is Measure.WOUNDED and other.measure is Measure.KILLED


def is_freed(scene: Scene, group: Group) -> bool:
    """Tell whether captives of a group are let go in the same words."""
    lows = scene.words.lows
    before = lows[max(0, group.first - 3) : group.first]
    after = lows[group.tail + 1 : group.tail + 6]
    after = next((after[:n] for n, low in enumerate(after) if low in ("and", ",", ";")), after)
    return bool(_FREED.intersection(before) or _FREED.intersection(after))
